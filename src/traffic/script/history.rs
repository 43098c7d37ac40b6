//! What was said in earlier turns, as far as it is sent again.

use super::task::Said;
use crate::plan::Conversation;
use std::collections::VecDeque;

/// Earlier turns, the oldest first: question and answer of each, without what tools said.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    turns: VecDeque<[Said; 2]>,
    tokens: u64,
}

impl History {
    pub(super) fn tokens(&self) -> u64 {
        self.tokens
    }

    pub(super) fn said(&self) -> impl Iterator<Item = Said> {
        self.turns.iter().flatten().copied()
    }

    /// The history when one turn more is over; whole turns are dropped, the oldest first, until it fits.
    pub(super) fn grown(mut self, question: Said, answer: Said, limits: &Conversation) -> Self {
        self.tokens += tokens_of(&[question, answer]);
        self.turns.push_back([question, answer]);
        let most_tokens = limits.history_tokens.map_or(u64::MAX, u64::from);
        let most_turns = limits.history_turns.map_or(usize::MAX, |turns| turns as usize);
        while self.tokens > most_tokens || self.turns.len() > most_turns {
            let Some(oldest) = self.turns.pop_front() else { break };
            self.tokens -= tokens_of(&oldest);
        }
        self
    }
}

fn tokens_of(turn: &[Said; 2]) -> u64 {
    turn.iter().map(|said| u64::from(said.tokens)).sum()
}
