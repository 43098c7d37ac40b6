//! The turns of a conversation: how many, how far apart, and what is asked in each.

use super::address::{Address, MOST_TURNS};
use super::drawn::{Drawn, Source};
use crate::plan::{App, Conversation, Traffic};
use crate::units::Micros;

#[derive(Debug, Clone)]
pub(super) struct Turns {
    pub(super) limits: Conversation,
    count: Drawn,
    think: Drawn,
    /// Tokens of questions and answers; without them each turn is as long as the first.
    lengths: Option<(Drawn, Drawn)>,
}

impl Turns {
    pub(super) fn new(app: &App, conversation: &Conversation, source: Source) -> Self {
        let lengths = match &app.traffic {
            Traffic::Synthetic(drawn) => Some((&drawn.input, &drawn.output)),
            Traffic::Closed(drawn) => Some((&drawn.input, &drawn.output)),
            Traffic::Given | Traffic::Trace(_) => None,
        };
        let lengths = lengths.map(|(input, output)| {
            (source.drawn("conversation/input", input), source.drawn("conversation/output", output))
        });
        Self {
            limits: conversation.clone(),
            count: source.drawn("conversation/turns", &conversation.turns),
            think: source.drawn("conversation/think", &conversation.think_ms),
            lengths,
        }
    }

    /// The conversation has a turn of that number, from zero on.
    pub(super) fn has(&self, address: Address, turn: u32) -> bool {
        turn < self.count.at(address.conversation()).min(MOST_TURNS)
    }

    /// How long the user thinks before a turn.
    pub(super) fn think(&self, turn: Address) -> Micros {
        self.think.time_at(turn.task())
    }

    /// Tokens of a turn's question and answer, which are `first` where none are drawn.
    pub(super) fn lengths(&self, turn: Address, first: (u32, u32)) -> (u32, u32) {
        let drawn = self.lengths.as_ref();
        drawn.map_or(first, |(input, output)| (input.at(turn.task()), output.at(turn.task())))
    }
}
