//! Sessions of a trace: their numbers, and the numbers of their calls.

use std::collections::BTreeMap;

/// Bits of the number of a call below that of its session; the lowest eight are the steps of the call.
const SESSION_BITS: u32 = 28;
const STEP_BITS: u32 = 8;
/// The most calls of a session, and the most sessions: what the bits can tell apart, and what draws can.
const MOST_CALLS: u32 = 1 << (SESSION_BITS - STEP_BITS);
const MOST_SESSIONS: usize = 1 << 29;

/// The sessions that were met, by name: the number of each, in the order of the file, and its calls so far. All of
/// them stay, since a session can always go on.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    met: BTreeMap<Box<str>, (u32, u32)>,
}

impl Sessions {
    /// The number of the session of one call more.
    pub(super) fn number(&mut self, name: &str) -> Result<u32, String> {
        let count = self.met.len();
        if !self.met.contains_key(name) {
            if count >= MOST_SESSIONS {
                return Err("more than 536,870,912 sessions".to_owned());
            }
            self.met.insert(name.into(), (count as u32, 0));
        }
        let Some((number, calls)) = self.met.get_mut(name) else { return Ok(0) };
        *calls += 1;
        if *calls > MOST_CALLS { Err("more than 1,048,576 calls in one session".to_owned()) } else { Ok(*number) }
    }
}

/// Numbers for calls in the order in which they are sent.
#[derive(Debug, Default)]
pub(super) struct Requests {
    count: u64,
    /// By session.
    of_sessions: Vec<u32>,
}

impl Requests {
    /// The number of the next call: `session << 28 | position << 8`, or its place among all calls.
    pub(super) fn next(&mut self, session: Option<u32>) -> u64 {
        let Some(session) = session else {
            self.count += 1;
            return self.count - 1;
        };
        let at = session as usize;
        if self.of_sessions.len() <= at {
            self.of_sessions.resize(at + 1, 0);
        }
        let position = self.of_sessions[at];
        self.of_sessions[at] += 1;
        u64::from(session) << SESSION_BITS | u64::from(position) << STEP_BITS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_numbered_as_they_come_and_calls_within_them() {
        let (mut sessions, mut requests) = (Sessions::default(), Requests::default());
        let numbers = ["x", "y", "x", "x"].map(|name| requests.next(sessions.number(name).ok()));
        assert_eq!(numbers, [0, 1 << 28, 1 << 8, 2 << 8]);
        assert_eq!([None, None].map(|none| requests.next(none)), [0, 1]);
    }

    #[test]
    fn a_session_has_as_many_calls_as_its_numbers_can_tell_apart() {
        let mut sessions = Sessions::default();
        assert!((0..MOST_CALLS).all(|_| sessions.number("x") == Ok(0)));
        assert!(sessions.number("x").unwrap_err().contains("1,048,576 calls"));
        assert_eq!(sessions.number("y"), Ok(1));
    }
}
