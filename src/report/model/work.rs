//! The tasks of an app, and what its retries did.

use super::{Percentiles, Share};
use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// What retries did, and what was written for nobody: parts of the figures beside them, not additions.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Retries {
    /// Second and later attempts.
    pub attempts: u64,
    /// Of them, those that were refused with 429.
    pub throttled_attempts: u64,
    /// Retries that their client's retry quota did not allow.
    pub cut: u64,
    /// Attempts, first or later, that their client no longer waited for.
    pub abandoned: u64,
    /// What second and later attempts cost.
    pub cost: Money,
    /// What first attempts cost that nobody waited for.
    pub abandoned_cost: Money,
    /// The minute with the most second and later attempts; `null` without any.
    pub worst_minute: Option<WorstMinute>,
}

impl Retries {
    /// Something was tried again, or abandoned, or would have been tried again.
    #[must_use]
    pub fn any(&self) -> bool {
        self.attempts + self.cut + self.abandoned > 0
    }

    /// Retries and abandoned generations together.
    #[must_use]
    pub fn all_cost(&self) -> Money {
        [self.cost, self.abandoned_cost].into_iter().sum()
    }
}

/// The minute in which retries were most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WorstMinute {
    /// Its first instant, RFC 3339 in UTC.
    pub minute: String,
    /// All attempts that were made in it.
    pub attempts: u64,
    /// Of them, first ones. Attempts divided by first ones are the amplification.
    pub first_attempts: u64,
}

/// The tasks of an app of which one can be more than a call.
///
/// `begun = done + failed + blocked_before + blocked_after + shed + dead + open`.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Tasks {
    /// Tasks that came, each turn of a conversation for itself.
    pub begun: u64,
    /// Tasks that were answered.
    pub done: u64,
    /// Tasks of which a call was given up.
    pub failed: u64,
    /// Tasks whose input a guardrail blocked.
    pub blocked_before: u64,
    /// Tasks whose answer a guardrail blocked.
    pub blocked_after: u64,
    /// Tasks that found the line full, or waited in it for too long.
    pub shed: u64,
    /// Messages that were received as often as they may be, and not answered.
    pub dead: u64,
    /// Tasks that were neither at the end of the period.
    pub open: u64,
    /// Conversations that were begun.
    pub conversations: u64,
    /// Tasks of an agent that their token budget made answer before their last step.
    pub cut_by_budget: u64,
    /// Tasks that a router answered by one call.
    pub direct: u64,
    /// Agents that were started by another.
    pub subagents: u64,
    /// Answers that were not good enough, so that the next model was asked.
    pub escalated: u64,
    /// Calls that went on to another model after their own had not answered.
    pub fallen_back: u64,
    /// Messages that were received again.
    pub redelivered: u64,
    /// Model calls of a task that ended; `null` when none did.
    pub calls: Option<CallsOfTask>,
    /// What an answered task costs by use; `null` when none was answered.
    pub cost: Option<TaskCost>,
    /// From the arrival of a task to its answer, in microseconds; `null` when none was answered.
    pub latency: Option<Percentiles>,
    /// How long tasks waited in line, of those that were started; `null` when none was.
    pub waited: Option<Percentiles>,
    /// Tokens that users wrote and read, out of those of all calls.
    pub visible_tokens: Share,
    /// The longest line.
    pub line_peak: u64,
    /// The first minute in which it was that long, RFC 3339 in UTC; `null` when nobody waited.
    pub line_peak_minute: Option<String>,
    /// The most tasks that were open at once, waiting or not.
    pub at_once_peak: u64,
}

/// Calls of a task.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct CallsOfTask {
    /// Calls of all tasks that ended.
    pub total: u64,
    /// Tasks that ended.
    pub tasks: u64,
    /// Half of the tasks took at most so many.
    pub p50: u64,
    /// Ninety-nine in a hundred took at most so many.
    pub p99: u64,
    /// The most of a task.
    pub max: u64,
}

/// What a task costs, in USD: tokens that are paid for by use, and what else is billed by use.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct TaskCost {
    /// The mean of answered tasks.
    pub mean: Money,
    /// Half of the answered tasks cost at most this.
    pub p50: Money,
    /// Nine in ten cost at most this.
    pub p90: Money,
    /// Ninety-nine in a hundred cost at most this.
    pub p99: Money,
    /// The dearest cost this.
    pub max: Money,
    /// All tasks that ended, answered or not.
    pub all: Money,
}
