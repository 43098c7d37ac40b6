//! What a run needs to know, as plain values.

use super::{
    Access, Assumption, Caller, Chargeback, Elsewhere, Finding, Lane, Meter, Pool, Prompt, Standing, Target, Trace,
    Work,
};
use crate::bedrock::quota::{Change, Limit, Window};
use crate::bedrock::rules::Rules;
use crate::rng::Distribution;
use crate::units::{Micros, Rate, SimTime};

/// One variant of a scenario, ready to run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The scenario's start.
    pub start: jiff::Timestamp,
    /// When the run ends; without it, when the last call of the traces has settled.
    pub horizon: Option<Micros>,
    /// How minutes are cut.
    pub window: Window,
    /// What AWS does not document, as it is assumed.
    pub rules: Rules,
    /// The quota pools that the applications draw from.
    pub pools: Vec<Pool>,
    /// The applications, in the order of the file.
    pub apps: Vec<App>,
    /// How the bill is told apart.
    pub chargeback: Chargeback,
    /// Where the tokens could go instead.
    pub elsewhere: Vec<Elsewhere>,
    /// What was taken as given.
    pub assumptions: Vec<Assumption>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// The ids of pools that run on a default quota which the scenario does not confirm.
    pub unverified: Vec<String>,
}

/// One application.
#[derive(Debug, Clone)]
pub struct App {
    /// Its name in the scenario.
    pub name: String,
    /// Its tags, in the order of the file.
    pub tags: Vec<(String, String)>,
    /// Where its calls can go, target after target; never empty.
    pub lanes: Vec<Lane>,
    /// The models that it calls, in the order of their lanes. None of them is listed when there is one only.
    pub targets: Vec<Target>,
    /// How its tasks come to their calls; nothing when each task is one call, sent once it comes to the one target.
    pub work: Option<Box<Work>>,
    /// What its tasks are billed for beside tokens.
    pub meters: Vec<Meter>,
    /// What it is billed for by the hour.
    pub standing: Vec<Standing>,
    /// `max_tokens` of calls that do not bring their own.
    pub max_tokens: u32,
    /// The scenario leaves it unset: it is the model's maximum.
    pub max_tokens_unset: bool,
    /// Who sends its calls, and hangs up when nothing comes back.
    pub client: Caller,
    /// What its calls begin with, unless they were recorded.
    pub prompt: Option<Prompt>,
    /// Where its calls come from.
    pub traffic: Traffic,
}

impl App {
    /// Where its calls go first.
    #[must_use]
    pub fn first(&self) -> &Lane {
        &self.lanes[0]
    }

    /// A task of it can be more than one call that is sent as it comes: somebody waits, or steps follow each other.
    #[must_use]
    pub fn works_in_tasks(&self) -> bool {
        self.work.is_some() || matches!(self.traffic, Traffic::Closed(_))
    }

    /// Its calls are answered in jobs, hours later: their latency is no user's.
    #[must_use]
    pub fn is_batch(&self) -> bool {
        matches!(self.first().access, Access::Batch(_))
    }

    /// A call that finds a lane full goes on to the next one: both are of one target.
    #[must_use]
    pub fn goes_on_after(&self, lane: usize) -> bool {
        lane + 1 < self.lanes.len() && self.target_of_lane(lane) == self.target_of_lane(lane + 1)
    }
}

/// Where calls come from.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "one a scenario's application: its size does not matter")]
pub enum Traffic {
    /// Nowhere: arrivals are handed to the engine by the caller.
    Given,
    /// Drawn from distributions, up to the horizon.
    Synthetic(Box<Synthetic>),
    /// Sent by users who wait for the answer, up to the horizon.
    Closed(Closed),
    /// Replayed from a file.
    Trace(Trace),
}

impl Traffic {
    /// Calls were recorded together with the `max_tokens` of each.
    #[must_use]
    pub fn brings_max_tokens(&self) -> bool {
        matches!(self, Self::Trace(trace) if trace.recorded.max_tokens)
    }

    /// What calls read from a cache and wrote to it is taken as it was recorded.
    #[must_use]
    pub fn brings_splits(&self) -> bool {
        matches!(self, Self::Trace(trace) if trace.recorded.cache)
    }
}

/// Users of whom each sends, waits for the answer, thinks, and sends again.
#[derive(Debug, Clone, PartialEq)]
pub struct Closed {
    /// How many they are.
    pub users: u32,
    /// How long each thinks, before the first task too.
    pub think_ms: Distribution,
    /// The users begin spread evenly over this time.
    pub ramp: Micros,
    /// Input tokens.
    pub input: Distribution,
    /// Output tokens, before `max_tokens` cuts them.
    pub output: Distribution,
}

/// Traffic that is drawn.
#[derive(Debug, Clone)]
pub struct Synthetic {
    /// The mean rate over a week, before growth.
    pub rate: Rate,
    /// Relative rates by weekday from Monday and by local hour; not all zero.
    pub shape: [[u64; 24]; 7],
    /// Where the hours of `shape` are local.
    pub timezone: jiff::tz::TimeZone,
    /// The factor by which the rate grows in 730 hours. A float: it is quantised where it is used.
    pub monthly_growth: Option<f64>,
    /// The squared coefficient of variation of the gaps, in thousandths: 0 even, 1000 Poisson.
    pub dispersion_thousandths: u32,
    /// Input tokens.
    pub input: Distribution,
    /// Output tokens, before `max_tokens` cuts them.
    pub output: Distribution,
}

/// How often an output token counts at settlement, by date: ascending, the first from the start.
#[derive(Debug, Clone)]
pub struct Burndown(Vec<(SimTime, u32)>);

impl Burndown {
    /// Rates, each from an instant on; the first is for everything before the second.
    ///
    /// # Panics
    /// When the list is empty or not ascending.
    #[must_use]
    pub fn new(rates: Vec<(SimTime, u32)>) -> Self {
        assert!(!rates.is_empty() && rates.is_sorted_by_key(|(from, _)| *from), "burndown rates are dated in order");
        Self(rates)
    }

    /// The rate at an instant.
    #[inline]
    #[must_use]
    pub fn at(&self, now: SimTime) -> u32 {
        let [(_, first), later @ ..] = self.0.as_slice() else { return 1 };
        later.iter().rev().find(|(from, _)| *from <= now).map_or(*first, |(_, rate)| *rate)
    }
}

/// An empty plan: no applications, no pools, no horizon.
impl Default for Plan {
    fn default() -> Self {
        Self {
            start: jiff::Timestamp::UNIX_EPOCH,
            horizon: None,
            window: Window::ClockMinute,
            rules: Rules::default(),
            pools: Vec::new(),
            apps: Vec::new(),
            chargeback: Chargeback::default(),
            elsewhere: Vec::new(),
            assumptions: Vec::new(),
            findings: Vec::new(),
            unverified: Vec::new(),
        }
    }
}

impl Plan {
    /// All limits, pool after pool: the order that routes count in.
    pub fn limits(&self) -> impl Iterator<Item = &Limit> {
        self.pools.iter().flat_map(|pool| &pool.limits)
    }

    /// The applications whose latency somebody feels: all but batches, unless there is nothing else.
    pub fn felt_by_users(&self) -> impl Iterator<Item = usize> {
        let only_batches = self.apps.iter().all(App::is_batch);
        let apps = self.apps.iter().enumerate();
        apps.filter(move |(_, app)| only_batches || !app.is_batch()).map(|(number, _)| number)
    }

    /// The amounts that limits take later, counted as `limits` does.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let firsts = (0..self.pools.len()).map(|number| Pool::limits_among(&self.pools, number).start);
        let of_pool = |(pool, first): (&Pool, usize)| -> Vec<Change> {
            pool.changes.iter().map(|change| Change { limit: first + change.limit, ..*change }).collect()
        };
        self.pools.iter().zip(firsts).flat_map(of_pool).collect()
    }
}
