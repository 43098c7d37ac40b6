//! Times without calls, and which of them traffic as usual does not explain.

use super::shape::Shape;
use crate::units::Micros;

/// Gaps that are told, the longest first.
const TOLD: usize = 10;
/// Shorter gaps are no outage.
const SHORTEST_OUTAGE: Micros = Micros(10 * Micros::MINUTE.0);
/// An outage is a gap in which so many calls were to be expected; where they come in bursts, so many bursts.
const EXPECTED_IN_OUTAGE: f64 = 20.0;
/// Gaps that are kept until the usual rate is known.
const KEPT: usize = 1_000;

/// A time without calls.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gap {
    /// The last call before it, in microseconds of Unix time.
    pub at_us: i64,
    /// How long it is, in microseconds.
    pub length_us: u64,
    /// The calls that were to be expected in it: at the rate of its hours of the day, or of the week, where the trace is
    /// long enough to tell, else at the mean rate.
    pub expected: f64,
    /// It is longer than ten minutes, and more calls were to be expected in it than twenty times the index of dispersion
    /// of minutes, or than twenty where that is below one. Calls at random leave one in five hundred million such gaps
    /// empty by chance, and so do bursts at random, of as many calls as the index.
    pub outage: bool,
}

/// What is kept while calls come: the longest gaps.
#[derive(Debug, Clone, Default)]
pub(super) struct Longest {
    last_us: Option<i64>,
    /// Gaps and their beginnings.
    kept: Vec<(u64, i64)>,
}

impl Longest {
    pub(super) fn take(&mut self, at_us: i64) {
        let before = self.last_us.replace(at_us).unwrap_or(at_us);
        if at_us > before {
            self.kept.push((at_us.abs_diff(before), before));
        }
        if self.kept.len() >= 2 * KEPT {
            self.forget();
        }
    }

    /// The longest first, the first of equal ones first; the shortest go.
    fn forget(&mut self) {
        self.kept.sort_unstable_by_key(|(length, at)| (std::cmp::Reverse(*length), *at));
        self.kept.truncate(KEPT);
    }

    /// The longest gaps, and all outages, of traffic with an index of dispersion of minutes.
    pub(super) fn done(mut self, shape: &Shape, dispersion: Option<f64>) -> Vec<Gap> {
        self.forget();
        let least = EXPECTED_IN_OUTAGE * dispersion.unwrap_or(1.0).max(1.0);
        let gap = |(length_us, at_us): &(u64, i64)| {
            let expected = shape.expected(*at_us, *length_us);
            let outage = *length_us > SHORTEST_OUTAGE.0 && expected > least;
            Gap { at_us: *at_us, length_us: *length_us, expected, outage }
        };
        let gaps = self.kept.iter().map(gap).zip(0..);
        gaps.filter(|(gap, place)| *place < TOLD || gap.outage).map(|(gap, _)| gap).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Profile;
    use super::*;
    use crate::trace::{Given, Row};

    fn gaps(at_us: impl Iterator<Item = i64> + Send) -> Vec<Gap> {
        let rows = at_us.map(|at_us| Row { at_us, ..Row::default() });
        Profile::of("trace", &mut Given(rows), &jiff::tz::TimeZone::UTC).expect("in order").gaps
    }

    const MINUTE: i64 = 60_000_000;

    #[test]
    fn the_longest_gaps_are_found_among_many() {
        let found = gaps((0..5_000).map(|n| n * MINUTE + if n > 4_000 { 5 * MINUTE } else { 0 }));
        assert_eq!((found[0].at_us, found[0].length_us), (4_000 * MINUTE, 6 * MINUTE as u64));
        assert_eq!(found.len(), TOLD);
        assert!(found.iter().all(|gap| !gap.outage), "six minutes are no outage");
    }

    #[test]
    fn a_pause_between_bursts_is_no_outage_where_as_many_single_calls_would_make_it_one() {
        // 180 calls in three hours: one a minute, or thirty at once every half an hour; none for the last half an hour.
        let minutes = 0..180;
        let single = minutes.clone().filter(|minute| *minute < 150).map(|minute| minute * MINUTE);
        let end = || std::iter::once(180 * MINUTE);
        let bursts = minutes.filter(|minute| *minute < 150).map(|minute| minute / 30 * 30 * MINUTE + minute);
        assert!(gaps(single.chain(end()))[0].outage);
        let found = gaps(bursts.chain(end()));
        assert!(found[0].expected > 20.0 && !found[0].outage, "{:?}", found[0]);
    }

    #[test]
    fn an_hour_without_calls_is_an_outage_by_day_and_not_in_a_night_without_calls() {
        // A call a minute from 6 to 18, for eight days; none between 12 and 13 on the fifth.
        let day = 24 * 60;
        let calls = (0..8 * day).filter(|minute| (6 * 60..18 * 60).contains(&(minute % day)));
        let missing = 4 * day + 12 * 60..4 * day + 13 * 60;
        let found = gaps(calls.filter(|minute| !missing.contains(minute)).map(|minute| minute * MINUTE));
        let outages: Vec<i64> = found.iter().filter(|gap| gap.outage).map(|gap| gap.at_us / MINUTE).collect();
        assert_eq!(outages, [missing.start - 1]);
        assert!(found[0].length_us > 12 * Micros::HOUR.0 && !found[0].outage, "a night is longer, and usual");
    }
}
