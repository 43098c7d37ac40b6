//! What is known of the tasks of an application, and of its retries.

use crate::bedrock::usage::Usage;
use crate::histogram::Histogram;
use crate::units::Micros;

/// The tasks of one application over the whole run.
///
/// `begun = done + failed + blocked_before + blocked_after + shed + dead + open`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Tasks that were neither at the end.
    pub open: u64,
    /// Conversations that were begun.
    pub conversations: u64,
    /// Tasks of an agent that their token budget made answer before their last step.
    pub cut_by_budget: u64,
    /// Tasks that a router answered by one call.
    pub direct: u64,
    /// Agents that were started by another.
    pub subagents: u64,
    /// Answers that were not good enough, so that the next target of the cascade was asked.
    pub escalated: u64,
    /// Calls that went on to another target after their own had not answered.
    pub fallen_back: u64,
    /// Messages that were received again.
    pub redelivered: u64,
    /// From the arrival of a task to its answer; of answered tasks.
    pub e2e: Histogram<Micros>,
    /// How long tasks waited in line; of those that were started.
    pub waited: Histogram<Micros>,
    /// Model calls of a task that ended.
    pub calls: Histogram<u64>,
    /// Tokens that the users of answered tasks wrote and read: their questions and the last answers.
    pub visible_tokens: u64,
    /// Tokens of all calls, input and output, cached or not, of tasks that ended.
    pub tokens: u64,
    /// By minute of the record: the most tasks that waited in line.
    pub line: Vec<u32>,
    /// By minute: the most tasks that were open, waiting or not.
    pub at_once: Vec<u32>,
}

/// What retries did in one minute, of one lane; minutes without are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RetryRow {
    /// Which minute of the record it is.
    pub minute: usize,
    /// Second and later attempts that were made.
    pub attempts: u32,
    /// Tokens that they asked for.
    pub offered: u64,
    /// Of them, those that were refused with 429.
    pub throttled: u32,
    /// Retries that the retry quota of their client did not allow.
    pub cut: u32,
    /// Attempts that their client no longer waited for: first ones and later ones.
    pub abandoned: u32,
    /// Billed tokens of second and later attempts, whether somebody still waited for them or not.
    pub usage: Usage,
    /// Billed tokens of first attempts that nobody waited for.
    pub abandoned_usage: Usage,
    /// Of `usage`, the tokens of calls with a long input.
    pub long_usage: Usage,
    /// Of `abandoned_usage`, those of calls with a long input.
    pub long_abandoned_usage: Usage,
}

/// Tokens of calls with a long input in one minute, of one lane; minutes without are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LongRow {
    /// Which minute of the record it is.
    pub minute: usize,
    /// Their tokens: a part of those of the minute.
    pub usage: Usage,
}
