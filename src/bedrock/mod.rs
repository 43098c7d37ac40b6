//! What AWS does with a call: models and profiles, quotas and reservations, service time.
//!
//! Does not know what anything costs, nor where calls come from.

pub mod quota;
pub mod service;
