//! What an application does beyond sending each call as it comes, to one model.
//!
//! A task is what a user, a message or a schedule asks for. Most tasks are one call; these are chains of calls,
//! wait for their turn, or choose among models. Lengths of time are in milliseconds, drawn for each use.

use crate::rng::Distribution;
use crate::units::{Micros, Ratio};

/// How the tasks of an application come to their calls.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Work {
    /// Which of the application's targets a task is sent to.
    pub choice: Choice,
    /// What takes over a call that its target did not answer.
    pub fallback: Option<Fallback>,
    /// How many tasks run at once, and what becomes of the others.
    pub concurrency: Option<Concurrency>,
    /// Tasks are the messages of a queue, and this is who takes them out.
    pub consumer: Option<Consumer>,
    /// Recorded calls of one session follow each other: none is sent before the one before it has ended.
    pub sessions: bool,
    /// A task is one turn of several.
    pub conversation: Option<Conversation>,
    /// A task is a chain of dependent calls.
    pub agent: Option<Agent>,
    /// What is found and added to the input before a task's first call.
    pub retrieval: Option<Retrieval>,
    /// What is checked before and after the model.
    pub guardrails: Option<Guardrails>,
}

/// One of the models that an application calls: a run of its lanes, of which a call takes the first that has room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What reports call it: its model or profile, and what sets it apart from another of that model.
    pub name: String,
    /// Its first lane among the application's; its last is that before the first of the next target.
    pub first_lane: usize,
    /// `max_tokens` of its calls that do not bring their own.
    pub max_tokens: u32,
}

/// Which of an application's targets a task is sent to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Choice {
    /// The first.
    #[default]
    First,
    /// Each with its share of the tasks, from the first target on; they sum to one.
    Split(Vec<Ratio>),
    /// The first; its answer is not good enough with the first probability, then the second is asked as well, and
    /// so on. There is one target more than there are probabilities.
    Cascade(Vec<Ratio>),
}

/// Targets that a call goes on to, at once and in this order, when its own has not answered it after all attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The targets, as indices into those of the application.
    pub to: Vec<usize>,
    /// It goes on when its last attempt was throttled.
    pub on_throttled: bool,
    /// It goes on when its last attempt failed with a fault of the server, or without a connection.
    pub on_failed: bool,
    /// It goes on when its last attempt timed out.
    pub on_timeout: bool,
    /// A target that did not answer is left out for so long, unless no other is left.
    pub cooldown: Micros,
}

/// Tasks that run at once; the others wait in the order in which they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concurrency {
    /// So many run.
    pub most: u32,
    /// So many wait; what comes then is shed.
    pub queue: u32,
    /// A task that has waited so long is shed.
    pub patience: Option<Micros>,
}

/// Who takes messages out of a queue: at least once, in batches, one message of a batch after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consumer {
    /// Batches that are worked on at once.
    pub concurrency: u32,
    /// The most messages of a batch.
    pub batch: u32,
    /// A message that is not deleted so long after it was received can be received again.
    pub visibility: Micros,
    /// A message that was received so often is moved to the dead letters instead.
    pub receives: u32,
    /// The messages of a batch that were answered are deleted although others failed.
    pub reports_failures: bool,
}

/// Turns of one conversation: each begins with what was said before.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// How many turns there are.
    pub turns: Distribution,
    /// From the end of an answer to the next turn.
    pub think_ms: Distribution,
    /// The most tokens of earlier turns that are sent again; the oldest turns go first.
    pub history_tokens: Option<u32>,
    /// The most earlier turns that are sent again.
    pub history_turns: Option<u32>,
}

/// A chain of calls: each sends again what was said before it, its own answers and the results of its tools.
#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    /// How many calls a task takes, the one that writes the answer included; its `max` bounds it.
    pub steps: Distribution,
    /// Tokens that a call writes which uses a tool instead of answering.
    pub tool_call: Distribution,
    /// Tokens of what a tool gives back.
    pub tool_result: Distribution,
    /// How long a tool takes.
    pub tool_ms: Distribution,
    /// Tokens of input and output of all calls, after which the next call of a task has to answer.
    pub budget_tokens: Option<u64>,
    /// Tasks that a router finds simple: one call, without the chain.
    pub direct: Option<Direct>,
    /// Agents that the first call starts; the next call waits for all of them.
    pub subagents: Option<Subagents>,
}

/// Tasks that are answered by one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Direct {
    /// Their share of all tasks.
    pub share: Ratio,
    /// The target that they are sent to; without it, as all others are.
    pub target: Option<usize>,
    /// The tokens of their prompt, instead of the application's.
    pub prompt_tokens: Option<u32>,
}

/// Agents that work for another, all at once, each with a context of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Subagents {
    /// How many there are of a task.
    pub count: Distribution,
    /// How many calls each takes.
    pub steps: Distribution,
    /// Tokens of the task that each is given.
    pub input: Distribution,
    /// Tokens that each hands back, which the first agent reads.
    pub result: Distribution,
}

/// What is looked up for a task, and read by its calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrieval {
    /// How many chunks are added to the input.
    pub chunks: Distribution,
    /// Tokens of a chunk.
    pub chunk_tokens: Distribution,
    /// The target that embeds the question, a call of its own.
    pub embedding: Option<usize>,
    /// How long the search takes.
    pub search_ms: Distribution,
    /// What each search is billed for: meters of the application, with the units of one search.
    pub meters: Vec<(usize, u64)>,
}

/// What checks the text before the model reads it, and after it has written.
#[derive(Debug, Clone, PartialEq)]
pub struct Guardrails {
    /// Policies that check the input and bill it by text units: meters of the application.
    pub before: Vec<usize>,
    /// Policies that check the answer.
    pub after: Vec<usize>,
    /// Characters of a token, in hundredths.
    pub characters_per_token_hundredths: u32,
    /// How long a check takes.
    pub check_ms: Distribution,
    /// Inputs that are blocked: the model is not called.
    pub blocked_before: Ratio,
    /// Answers that are blocked after they were written.
    pub blocked_after: Ratio,
}

/// Characters of a text unit, which is begun for each policy (Amazon Bedrock pricing, read 2026-11-20).
pub const TEXT_UNIT_CHARACTERS: u64 = 1_000;
