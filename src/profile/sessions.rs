//! Sessions: how many calls they have, and how long they rest in between.

use super::Distribution;
use crate::histogram::Histogram;
use crate::trace::{Name, Row};
use crate::units::Micros;
use std::collections::BTreeMap;

/// A session that rests so long is over; the same name is another one then. So only a week's sessions are remembered.
const OVER: Micros = Micros(7 * Micros::DAY.0);

/// Sessions: how many calls they have, and how long they rest in between.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sessions {
    /// How many there are. One that rests for a week is over, and its name begins another one.
    pub count: u64,
    /// Calls that belong to one.
    pub calls: u64,
    /// How many calls each of them has.
    pub calls_of_one: Distribution,
    /// The time from one call of a session to its next.
    pub rests: Histogram,
}

/// What is kept while calls come.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    by_name: BTreeMap<(Name, Name), Session>,
    swept_us: i64,
    found: Sessions,
}

#[derive(Debug, Clone, Copy)]
struct Session {
    calls: u64,
    last_us: i64,
}

impl Session {
    fn is_over(&self, now_us: i64) -> bool {
        now_us.abs_diff(self.last_us) >= OVER.0
    }
}

impl Open {
    pub(super) fn take(&mut self, row: &Row) {
        if row.session.is_none() {
            return;
        }
        self.sweep(row.at_us);
        self.found.calls += 1;
        let key = (row.app.clone(), row.session.clone());
        let session = self.by_name.entry(key).or_insert(Session { calls: 0, last_us: row.at_us });
        if session.is_over(row.at_us) {
            self.found.calls_of_one.add(session.calls);
            session.calls = 0;
        }
        if session.calls > 0 {
            self.found.rests.add(Micros(row.at_us.abs_diff(session.last_us)));
        }
        *session = Session { calls: session.calls + 1, last_us: row.at_us };
    }

    /// Once a week, sessions that are over leave.
    fn sweep(&mut self, now_us: i64) {
        if now_us.abs_diff(self.swept_us) < OVER.0 {
            return;
        }
        self.swept_us = now_us;
        let over = &mut self.found.calls_of_one;
        self.by_name.retain(|_, session| {
            let keeps = !session.is_over(now_us);
            if !keeps {
                over.add(session.calls);
            }
            keeps
        });
    }

    pub(super) fn done(mut self) -> Sessions {
        self.by_name.values().for_each(|session| self.found.calls_of_one.add(session.calls));
        self.found.count = self.found.calls_of_one.count();
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = Micros::DAY.0 as i64;

    fn of(calls: &[(&str, i64)]) -> Sessions {
        let mut open = Open::default();
        for (name, at_us) in calls {
            open.take(&Row { session: Some((*name).into()), at_us: *at_us, ..Row::default() });
        }
        open.done()
    }

    #[test]
    fn calls_and_rests_are_those_of_each_session() {
        let found = of(&[("a", 0), ("b", 1), ("a", 10), ("a", 40), ("b", 101)]);
        assert_eq!((found.count, found.calls), (2, 5));
        assert_eq!(found.calls_of_one.each().collect::<Vec<_>>(), [(2, 1), (3, 1)]);
        assert_eq!((found.rests.count(), found.rests.sum(), found.rests.max()), (3, 140, Micros(100)));
    }

    #[test]
    fn a_name_that_comes_back_after_a_week_is_another_session_whether_or_not_others_come_in_between() {
        for between in [vec![], vec![("b", 6 * DAY), ("b", 9 * DAY)]] {
            let calls = [vec![("a", 0), ("a", DAY)], between, vec![("a", 15 * DAY)]].concat();
            let found = of(&calls);
            let of_a = found.calls_of_one.each().filter(|(calls, _)| *calls < 3).map(|(_, times)| times).sum::<u64>();
            assert!(of_a >= 2, "{found:?}");
            assert_eq!(found.calls_of_one.sum(), u128::from(found.calls));
        }
    }

    #[test]
    fn calls_without_a_session_are_none_of_it() {
        let mut open = Open::default();
        open.take(&Row::default());
        assert_eq!(open.done(), Sessions::default());
    }
}
