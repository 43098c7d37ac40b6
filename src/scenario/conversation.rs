//! Tasks that are turns of conversations.

use super::bounded::Counted;
use super::{Length, Spread, Thought};
use crate::document::{Located, Place, Problem, Whole, section};

const TURNS: Counted = Counted { whole: "a conversation", parts: "turns", most: 4_000 };

section! {
    /// Each arrival of the traffic begins a conversation. A turn sends again the questions and answers of the turns
    /// before it, but not what tools and searches gave back; its own input and output are drawn like the first ones.
    pub struct Conversation {
        /// How many turns a conversation has; with a `max` of 4,000 or less.
        pub turns: Located<Length>,
        /// From the end of an answer to the next turn.
        pub think: Spread<Thought>,
        /// The most tokens of earlier turns that are sent again; the oldest turns are dropped first, each as a whole.
        /// Left out: all.
        pub history_tokens: Option<Whole<0, 100_000_000>>,
        /// The most earlier turns that are sent again. Left out: all.
        pub history_turns: Option<Whole<0, 4_000>>,
    }
    check is_bounded
}

fn is_bounded(conversation: &Conversation, _: &Place) -> Result<(), Problem> {
    TURNS.check(&conversation.turns)
}
