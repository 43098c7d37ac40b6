//! Batch inference: calls are collected into jobs, and a job is answered as a whole.
//!
//! Limits: AWS General Reference, quotas of Amazon Bedrock, table of June 2025. A job is answered within 24
//! hours; nothing is promised before (User Guide, "Batch inference").

use crate::units::Micros;

/// How an application sends its batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    /// A job is submitted so often, and whenever it is full.
    pub every: Micros,
    /// How long a job takes once it is in progress.
    pub takes: Micros,
}

/// The most records of one job.
pub const MOST_RECORDS: u64 = 50_000;
/// The fewest records of one job.
pub const FEWEST_RECORDS: u64 = 100;
/// Jobs of one base model that can be submitted or in progress at once; further ones wait at the caller.
pub const MOST_JOBS: usize = 20;
