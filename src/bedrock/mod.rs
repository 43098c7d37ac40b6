//! What AWS does with a call. Knows neither money nor traffic.

pub mod profile;
pub mod region;
pub mod usage;
