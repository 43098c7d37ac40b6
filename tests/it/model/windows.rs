//! How much is used of a limit: a sum over everything that ever touched it.

use tokencast::bedrock::quota::{Limit, Window};
use tokencast::units::Micros;

/// What one call held of a limit, each amount from an instant on; the first one from its admission.
pub type Timeline = Vec<(u64, u64)>;

/// A limit with everything that can be known of it at an instant.
pub struct Question<'a> {
    pub limit: Limit,
    /// Amounts that it takes later, in order of time.
    pub changes: &'a [(u64, u64)],
    /// How far into a period of UTC the simulation starts.
    pub into: u64,
    pub now: u64,
}

impl Question<'_> {
    /// There is room for so much more.
    pub fn fits(&self, touching: &[Timeline], window: Window, need: u64) -> bool {
        let period = self.limit.period.0;
        match window {
            Window::TokenBucket if self.limit.period != Micros::DAY => {
                i128::from(need) * i128::from(period) <= self.level(touching)
            }
            Window::SlidingMinute if self.limit.period != Micros::DAY => {
                self.used(touching, |at, now| now < at + period) + need <= self.amount_at(self.now)
            }
            _ => {
                let number = |at: u64| (at + self.into) / period;
                self.used(touching, |at, now| number(at) == number(now)) + need <= self.amount_at(self.now)
            }
        }
    }

    fn amount_at(&self, at: u64) -> u64 {
        self.changes.iter().rfind(|(from, _)| *from <= at).map_or(self.limit.amount, |(_, amount)| *amount)
    }

    /// While what was admitted is counted, what replaces it counts in its place; afterwards each increase counts
    /// as if it had been admitted then.
    fn used(&self, touching: &[Timeline], counts: impl Fn(u64, u64) -> bool) -> u64 {
        let of_call = |timeline: &Timeline| -> u64 {
            let at = timeline[0].0;
            if counts(at, self.now) {
                return timeline[timeline.len() - 1].1;
            }
            let late = timeline.windows(2).filter(|pair| !counts(at, pair[1].0) && counts(pair[1].0, self.now));
            late.map(|pair| pair[1].1.saturating_sub(pair[0].1)).sum()
        };
        touching.iter().map(of_call).sum()
    }

    /// The level of a bucket in units of one token divided by the period, integrated from the start: at every
    /// instant the bucket is refilled, then another limit may take effect, then the credits of earlier admissions
    /// are summed and the level is cut at full, then the instant's own admissions are taken.
    fn level(&self, touching: &[Timeline]) -> i128 {
        let period = i128::from(self.limit.period.0);
        let full = |at: u64| i128::from(self.amount_at(at)) * period;
        let of_calls = touching.iter().flatten().map(|(at, _)| *at);
        let of_limit = self.changes.iter().map(|(at, _)| *at).filter(|at| *at <= self.now);
        let mut instants: Vec<u64> = of_calls.chain(of_limit).chain([self.now]).collect();
        instants.sort_unstable();
        instants.dedup();
        let (mut level, mut last, mut amount) = (i128::from(self.limit.amount) * period, 0, self.limit.amount);
        for instant in instants {
            let refilled = level + i128::from(amount) * i128::from(instant - last);
            level = refilled.min(i128::from(amount) * period);
            (last, amount) = (instant, self.amount_at(instant));
            let changes = touching.iter().map(|timeline| of_instant(timeline, instant));
            let (credit, debit) = changes.fold((0, 0), |(credit, debit), (c, d)| (credit + c, debit + d));
            level = full(instant).min(level + credit * period) - debit * period;
        }
        level
    }
}

/// What a call gives back at an instant, or takes as an admission of it. One that ends when it begins takes what
/// it is charged.
fn of_instant(timeline: &Timeline, instant: u64) -> (i128, i128) {
    let last = timeline.iter().rposition(|(at, _)| *at == instant);
    match last {
        None => (0, 0),
        Some(last) if timeline[0].0 == instant => (0, timeline[last].1.into()),
        Some(last) => (i128::from(timeline[last - 1].1) - i128::from(timeline[last].1), 0),
    }
}
