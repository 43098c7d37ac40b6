//! Where a JSON value ends: counts brackets outside of strings, and understands nothing else.

use memchr::memchr2;

/// Follows one value through pieces of text.
#[derive(Debug, Clone, Default)]
pub(super) struct JsonScan {
    depth: u64,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Before,
    Between,
    Scalar,
    String,
    Escape,
    Ended,
}

impl JsonScan {
    /// How many bytes of the piece belong to the value. Those behind its end do not.
    pub(super) fn take(&mut self, piece: &[u8]) -> usize {
        let mut at = 0;
        while at < piece.len() && !self.ended() {
            if self.state == State::String {
                at += memchr2(b'"', b'\\', &piece[at..]).unwrap_or(piece.len() - at);
                let Some(byte) = piece.get(at) else { break };
                self.state = if *byte == b'\\' { State::Escape } else { self.behind_a_value() };
                at += 1;
            } else {
                at += usize::from(self.step(piece[at]));
            }
        }
        at
    }

    /// The value is complete.
    pub(super) fn ended(&self) -> bool {
        self.state == State::Ended
    }

    /// One byte outside of a string's plain text; false when it is not of the value any more.
    fn step(&mut self, byte: u8) -> bool {
        let ends_scalar = byte.is_ascii_whitespace() || b",]}".contains(&byte);
        self.state = match (self.state, byte) {
            (State::Escape, _) => State::String,
            (State::Scalar, _) if ends_scalar && self.depth == 0 => {
                self.state = State::Ended;
                return false;
            }
            (_, b'"') => State::String,
            (_, b'{' | b'[') => {
                self.depth += 1;
                State::Between
            }
            (_, b'}' | b']') => {
                self.depth = self.depth.saturating_sub(1);
                self.behind_a_value()
            }
            (State::Before, byte) if byte.is_ascii_whitespace() => State::Before,
            (State::Before | State::Scalar, _) => State::Scalar,
            (state, _) => state,
        };
        true
    }

    fn behind_a_value(&self) -> State {
        if self.depth == 0 { State::Ended } else { State::Between }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value at the beginning of a text, read in pieces of every size.
    fn value(text: &str) -> &str {
        let ends = (1..=text.len()).map(|size| {
            let mut scan = JsonScan::default();
            let taken: usize = text.as_bytes().chunks(size).map(|piece| scan.take(piece)).sum();
            assert!(scan.ended(), "{text}");
            taken
        });
        let ends: Vec<usize> = ends.collect();
        assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
        &text[..ends[0]]
    }

    #[test]
    fn a_value_ends_at_its_last_bracket_quote_or_digit() {
        assert_eq!(value(r#"{"a":[1,{}]},2"#), r#"{"a":[1,{}]}"#);
        assert_eq!(value(r#"["}]\"]",{"b":"\\"}] ]"#), r#"["}]\"]",{"b":"\\"}]"#);
        assert_eq!(value(r#""a\"b\\" "#), r#""a\"b\\""#);
        assert_eq!(value("-1.5e3,"), "-1.5e3");
        assert_eq!(value("null}"), "null");
    }

    #[test]
    fn a_value_that_goes_on_has_not_ended() {
        for text in [r#"{"a":1"#, r#""a\"#, "12", "[[]"] {
            let mut scan = JsonScan::default();
            assert_eq!(scan.take(text.as_bytes()), text.len());
            assert!(!scan.ended(), "{text}");
        }
    }
}
