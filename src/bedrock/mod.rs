//! What AWS does with a call: profiles and regions, quotas and reservations, the prompt cache, service
//! time.
//!
//! Does not know what anything costs, nor where calls come from.

pub mod batch;
pub mod cache;
pub mod profile;
pub mod quota;
pub mod region;
pub mod residency;
pub mod rules;
pub mod service;
pub mod term;
pub mod tier;
pub mod usage;
pub mod usage_type;
