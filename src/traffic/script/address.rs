//! Numbers of calls: each is the number of its task, the turn within the conversation and the step within the task.
//!
//! `task << 28 | turn << 16 | step`. The steps of a task itself are below 4,096, nine chains of 200 calls at most;
//! those of the agents that it starts have ranges of 64 above. A recorded call of a session brings
//! `session << 28 | position << 8` and keeps it: its steps are below 256.

/// Bits of turn and step.
pub const TASK_BITS: u32 = 28;
/// Bits of the step.
pub const TURN_BITS: u32 = 16;
/// The first step of the first agent that a task starts.
const FIRST_OF_SUBAGENTS: u64 = 4_096;
/// Steps of each of them.
const STEPS_OF_A_SUBAGENT: u64 = 64;

/// The most turns of a conversation.
pub(super) const MOST_TURNS: u32 = 4_000;
/// The most calls of one chain of an agent.
pub(super) const MOST_STEPS: u32 = 200;
/// The most agents that one chain starts.
pub(super) const MOST_SUBAGENTS: u32 = 100;
/// The most calls of each.
pub(super) const MOST_STEPS_OF_A_SUBAGENT: u32 = 60;

/// One task, and the steps that are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address {
    /// The task and its turn.
    base: u64,
    /// The step that the task begins with.
    first: u64,
}

impl Address {
    /// The first turn of a task.
    pub(super) fn of_task(number: u64) -> Self {
        Self { base: number << TASK_BITS, first: 0 }
    }

    /// A recorded call of a session.
    pub(super) fn of_session(request: u64) -> Self {
        Self { base: request, first: 0 }
    }

    /// Another turn of the same conversation.
    pub(super) fn turn(self, turn: u32) -> Self {
        Self { base: self.conversation() | u64::from(turn) << TURN_BITS, first: 0 }
    }

    /// An agent that the task starts in one of its chains.
    pub(super) fn subagent(self, chain: u32, agent: u32) -> Self {
        let range = u64::from(chain * MOST_SUBAGENTS + agent);
        Self { first: FIRST_OF_SUBAGENTS + range * STEPS_OF_A_SUBAGENT, ..self }
    }

    /// The number of the task, or of the session.
    pub(super) fn number(self) -> u64 {
        self.base >> TASK_BITS
    }

    /// The same for all turns of a conversation and for all calls of a session.
    pub(super) fn conversation(self) -> u64 {
        self.base >> TASK_BITS << TASK_BITS
    }

    /// What is drawn once a task is drawn at it.
    pub(super) fn task(self) -> u64 {
        self.step(0)
    }

    /// A step of the task.
    pub(super) fn step(self, step: u32) -> u64 {
        self.base + self.first + u64::from(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_steps_of_the_largest_task_have_one_number() {
        let task = Address::of_task(7).turn(MOST_TURNS - 1);
        let own = (0..=9 * MOST_STEPS).map(|step| task.step(step));
        let theirs = (0..9).flat_map(|chain| {
            let agents = (0..MOST_SUBAGENTS).map(move |agent| task.subagent(chain, agent));
            agents.flat_map(|agent| (0..MOST_STEPS_OF_A_SUBAGENT).map(move |step| agent.step(step)))
        });
        let all: Vec<u64> = own.chain(theirs).collect();
        let distinct: BTreeSet<u64> = all.iter().copied().collect();
        assert_eq!(distinct.len(), all.len());
        assert!(all.iter().all(|request| request >> 16 == 7 << 12 | u64::from(MOST_TURNS - 1)));
    }
}
