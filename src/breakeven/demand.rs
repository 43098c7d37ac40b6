//! What applications ask for in each minute, and what it costs on demand.

use crate::bedrock::usage::UsageClass;
use crate::plan::{Access, App, Lane, Plan};
use crate::sim::{DAY_MINUTES, minute_at, steps};
use crate::traffic::Arrival;
use crate::units::{Micros, Usd};
use jiff::tz::TimeZone;

/// Tokens of each application in each minute of UTC, the first minute being that of the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    apps: Vec<Vec<(u64, u64)>>,
    span: Micros,
}

/// One minute: its tokens, and their price on demand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Minute {
    /// Input tokens.
    pub input: u64,
    /// Output tokens.
    pub output: u64,
    /// What the input costs on demand.
    pub input_cost: Usd,
    /// What the output costs on demand.
    pub output_cost: Usd,
}

/// The minutes of one application, or of all that share what is bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Every minute of the span, those without traffic too.
    pub minutes: Vec<Minute>,
    /// The time that they cover; the first and the last minute may be begun only.
    pub span: Micros,
}

/// All tokens of a demand together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mix {
    /// Input tokens.
    pub input: u64,
    /// Output tokens.
    pub output: u64,
    /// What they cost on demand.
    pub cost: Usd,
}

/// Where an application buys its tokens on demand: the last lane of its model that is held to a quota. Nowhere
/// when it has several models of its own: their demand cannot be told apart by the minute.
#[must_use]
pub fn on_demand(app: &App) -> Option<&Lane> {
    let mut own = app.own_targets();
    let only = own.next().filter(|_| own.next().is_none())?;
    only.lanes().iter().rev().find(|lane| lane.access == Access::Quota)
}

impl Tally {
    /// Counts every call once, at its arrival: as if none were refused. Answers are cut at `max_tokens`.
    #[must_use]
    pub fn of(plan: &Plan, arrivals: impl Iterator<Item = Arrival>) -> Self {
        let into = plan.start.as_microsecond().rem_euclid(Micros::MINUTE.0 as i64) as u64;
        let mut apps = vec![Vec::new(); plan.apps.len()];
        for arrival in arrivals {
            let minute = ((into + arrival.at.0) / Micros::MINUTE.0) as usize;
            let minutes: &mut Vec<(u64, u64)> = &mut apps[arrival.app as usize];
            if minutes.len() <= minute {
                minutes.resize(minute + 1, (0, 0));
            }
            minutes[minute].0 += u64::from(arrival.call.input);
            minutes[minute].1 += u64::from(arrival.output());
        }
        let last = apps.iter().map(Vec::len).max().unwrap_or(0) as u64;
        let counted = Micros((last * Micros::MINUTE.0).saturating_sub(into));
        let span = plan.horizon.unwrap_or(counted);
        let minutes = (into + span.0).div_ceil(Micros::MINUTE.0) as usize;
        apps.iter_mut().for_each(|app| app.resize(minutes, (0, 0)));
        Self { apps, span }
    }

    /// The demand of some applications together, each at its own prices of the minute's UTC day. One that buys
    /// nothing on demand is left out.
    ///
    /// # Panics
    /// When an application has no prices for what it used.
    #[must_use]
    pub fn demand(&self, plan: &Plan, apps: &[usize]) -> Demand {
        let mut minutes = vec![Minute::default(); self.apps.first().map_or(0, Vec::len)];
        for &app in apps {
            for day in steps(plan.start, minutes.len(), DAY_MINUTES) {
                let date = minute_at(plan.start, day.start).to_zoned(TimeZone::UTC).date();
                let Some(lane) = on_demand(&plan.apps[app]) else { continue };
                let row = lane.offer.rates_on(date);
                let cost = |class, tokens| match tokens {
                    0 => Usd::ZERO,
                    _ => row.rate(class).expect("a plan prices every class that it can use").times(tokens),
                };
                for (minute, &(input, output)) in minutes[day.clone()].iter_mut().zip(&self.apps[app][day]) {
                    minute.input += input;
                    minute.output += output;
                    minute.input_cost += cost(UsageClass::UncachedInput, input);
                    minute.output_cost += cost(UsageClass::Output, output);
                }
            }
        }
        Demand { minutes, span: self.span }
    }
}

impl Minute {
    /// What the minute costs on demand.
    #[must_use]
    pub fn cost(&self) -> Usd {
        self.input_cost + self.output_cost
    }
}

impl Demand {
    /// All minutes together.
    #[must_use]
    pub fn mix(&self) -> Mix {
        let add = |mix: Mix, minute: &Minute| Mix {
            input: mix.input + minute.input,
            output: mix.output + minute.output,
            cost: mix.cost + minute.cost(),
        };
        self.minutes.iter().fold(Mix::default(), add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::traffic::{Call, Fate};
    use crate::units::SimTime;
    use crate::{plan, pricing, scenario};

    /// One application on Llama 3.3 70B, whose calls the test brings.
    fn plan(start: &str, horizon: Option<Micros>) -> Plan {
        let text = format!(
            "name: t\nstart: {start}\nhorizon: 1h\napps:\n  a: {{model: meta.llama3-3-70b-instruct-v1:0, \
             region: us-west-2, max_tokens: 9, traffic: {{rate: 1/s, input: 1, output: 1}}}}\n"
        );
        let file = scenario::parse(&Source::new("t.yaml", text)).expect("a good scenario");
        let plan = plan::bind(&file.base, &pricing::bundled().expect("a good book")).expect("known names");
        Plan { horizon, ..plan }
    }

    fn arrival(at: u64, input: u32, output: u32, max_tokens: u32) -> Arrival {
        Arrival {
            at: SimTime(at),
            app: 0,
            request: 0,
            call: Call { input, max_tokens, prefix: None },
            fate: Fate { output },
        }
    }

    #[test]
    fn calls_count_in_the_minute_of_their_arrival_and_answers_are_cut() {
        let plan = plan("2026-12-01T00:00:30Z", Some(Micros::MINUTE));
        let calls = [arrival(0, 100, 50, 20), arrival(29_999_999, 1, 2, 9), arrival(30_000_000, 10, 5, 5)];
        let demand = Tally::of(&plan, calls.into_iter()).demand(&plan, &[0]);
        let tokens: Vec<_> = demand.minutes.iter().map(|minute| (minute.input, minute.output)).collect();
        assert_eq!((tokens, demand.span), (vec![(101, 22), (10, 5)], Micros::MINUTE));
        // 0.72 USD per million tokens, both ways.
        assert_eq!(demand.mix(), Mix { input: 111, output: 27, cost: Usd::parse("0.00009936 USD").unwrap() });
    }

    #[test]
    fn without_a_horizon_the_last_minute_with_a_call_is_the_end() {
        let plan = plan("2026-12-01T00:00:30Z", None);
        let tally = Tally::of(&plan, [arrival(31_000_000, 1, 0, 0)].into_iter());
        assert_eq!((tally.span, tally.demand(&plan, &[0]).minutes.len()), (Micros(90_000_000), 2));
        let nothing = Tally::of(&plan, std::iter::empty()).demand(&plan, &[0]);
        assert_eq!((nothing.span, nothing.mix()), (Micros(0), Mix::default()));
    }
}
