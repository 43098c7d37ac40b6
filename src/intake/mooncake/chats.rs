//! Which chat a turn belongs to, where each turn names only the one before it.

use std::collections::BTreeMap;

/// Turns that are remembered, at most; the oldest is forgotten first.
const MOST_TURNS: usize = 1 << 20;

/// The first turn of each turn's chat.
#[derive(Default)]
pub(super) struct Chats {
    first: BTreeMap<u64, u64>,
}

impl Chats {
    /// The first turn of a turn's chat. When the turn before is not known, that one stands for it.
    pub(super) fn first_turn(&mut self, turn: u64, before: Option<u64>) -> u64 {
        let first = before.map_or(turn, |before| self.first.get(&before).copied().unwrap_or(before));
        self.first.insert(turn, first);
        if self.first.len() > MOST_TURNS {
            // Turns are numbered in the order of the recording.
            self.first.pop_first();
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_of_a_chat_are_named_by_its_first() {
        let mut chats = Chats::default();
        assert_eq!(chats.first_turn(5, None), 5);
        assert_eq!(chats.first_turn(8, Some(5)), 5);
        assert_eq!(chats.first_turn(9, Some(8)), 5);
        assert_eq!(chats.first_turn(10, Some(2)), 2, "turn 2 was before the recording began");
        assert_eq!(chats.first_turn(11, Some(2)), 2);
    }
}
