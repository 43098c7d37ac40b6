//! The view model of a profile, and its JSON contract (`schema_version` 1).
//!
//! Instants are RFC 3339 in UTC, durations whole microseconds, shares the two counts that they are made of. What is not
//! known is `null`.

use crate::report::model::{Percentiles, Share, Tokens, Tool};
use serde::Serialize;

/// What a trace is like.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// Version of this contract; it grows only when a field changes its meaning.
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// The trace as it was named.
    pub trace: String,
    /// The zone of hours of the day and of the week.
    pub timezone: String,
    /// All calls.
    pub total: Counts,
    /// Times count from a zero of the recording's own, and not from 1970: its last call is within a year of it.
    pub counts_from_zero: bool,
    /// How fast calls come.
    pub rates: Rates,
    /// Traffic over time.
    pub timeline: Timeline,
    /// How calls follow the hours.
    pub shape: Shape,
    /// Input tokens of answered calls.
    pub input: Lengths,
    /// Output tokens of answered calls.
    pub output: Lengths,
    /// Whether long inputs get long answers.
    pub correlation: Correlation,
    /// Answers that were cut.
    pub truncation: Truncation,
    /// What `max_tokens` was set to.
    pub max_tokens: MaxTokens,
    /// What the prompt cache did, as recorded.
    pub recorded_cache: RecordedCache,
    /// What a prompt cache could do, by the blocks of prompts.
    pub reuse: Option<Reuse>,
    /// Calls in flight, by their recorded latency.
    pub in_flight: Option<InFlight>,
    /// The sessions that calls belong to.
    pub sessions: Option<Sessions>,
    /// The longest times without calls, and all outages.
    pub gaps: Vec<Gap>,
    /// Apps with the most tokens or calls, by tokens.
    pub top_apps: Vec<App>,
    /// Calls by app, model, Region and tier, by tokens.
    pub groups: Vec<Group>,
    /// What a monitor counted, by model.
    pub observed: Vec<Monitored>,
}

/// Calls, what became of them, and their tokens.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    /// Calls.
    pub calls: u64,
    /// What became of them.
    pub outcomes: Outcomes,
    /// Their tokens by class.
    pub tokens: Tokens,
    /// When the first one was sent.
    pub first: Option<String>,
    /// When the last one was sent.
    pub last: Option<String>,
    /// The time between the two.
    pub span_us: u64,
}

/// What became of calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcomes {
    /// Answered.
    pub answered: u64,
    /// Refused by a quota.
    pub throttled: u64,
    /// Ended in another error.
    pub failed: u64,
    /// Answered by a guardrail.
    pub blocked: u64,
}

/// How fast calls come, and how unevenly.
#[derive(Clone, Debug, Serialize)]
pub struct Rates {
    /// Calls over the time from the first to the last.
    pub mean_per_second: Option<f64>,
    /// The second of UTC with the most calls.
    pub peak_second: Peak,
    /// The minute of UTC with the most calls.
    pub peak_minute: Peak,
    /// The minute of UTC with the most tokens, input and output.
    pub peak_tokens: Peak,
    /// Counts in windows from the first call on.
    pub windows: Vec<Windows>,
    /// The standard deviation of the gaps between calls over their mean.
    pub variation_of_gaps: Option<f64>,
    /// The shortest time between two stamps that differ.
    pub stamps_apart_us: Option<u64>,
    /// Calls with the same stamp as the one before.
    pub stamps_shared: Share,
}

/// The fullest period.
#[derive(Clone, Debug, Serialize)]
pub struct Peak {
    /// What it held.
    pub amount: u64,
    /// When it began.
    pub at: String,
}

/// Counts of calls in windows of one width.
#[derive(Clone, Debug, Serialize)]
pub struct Windows {
    /// How wide they are.
    pub width_us: u64,
    /// How many there are, empty ones among them, and without the one that the trace ends in.
    pub count: u64,
    /// Their calls.
    pub calls: u64,
    /// The calls of the fullest one.
    pub most: u64,
    /// The variance of their counts over the mean.
    pub dispersion: Option<f64>,
    /// They are narrower than the stamps are apart: their counts show the stamps.
    pub finer_than_stamps: bool,
}

/// Traffic over time.
#[derive(Clone, Debug, Serialize)]
pub struct Timeline {
    /// When the first step begins.
    pub start: Option<String>,
    /// How wide a step is.
    pub step_s: u64,
    /// Calls of each step.
    pub calls: Vec<u64>,
    /// Input tokens of each step.
    pub input: Vec<u64>,
    /// Output tokens of each step.
    pub output: Vec<u64>,
}

/// How calls follow the hours.
#[derive(Clone, Debug, Serialize)]
pub struct Shape {
    /// Calls by hour of the day.
    pub by_hour_of_day: Vec<u64>,
    /// Calls by hour of the week, from Monday on.
    pub by_hour_of_week: Vec<u64>,
    /// How often each hour of the week comes between the first call and the last.
    pub hours_of_week: Vec<u64>,
    /// Hours that the trace covers from beginning to end.
    pub whole_hours: u64,
    /// What the hour of the day explains; `null` below two days, and where all hours are alike.
    pub daily: Option<Strength>,
    /// What the hour of the week explains; `null` below two weeks, and where all hours are alike.
    pub weekly: Option<Strength>,
}

/// How much of the variance of hourly counts is explained.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Strength {
    /// The share: R squared.
    pub r_squared: f64,
    /// What chance alone would explain.
    pub by_chance: f64,
}

/// Lengths in tokens; quantiles by nearest rank.
#[derive(Clone, Debug, Serialize)]
pub struct Lengths {
    /// How many.
    pub count: u64,
    /// Their mean.
    pub mean: Option<f64>,
    /// The quantiles.
    pub quantiles: Vec<Quantile>,
    /// How many lie in each octave: from a power of two to just below the next.
    pub octaves: Vec<Octave>,
}

/// One quantile.
#[derive(Clone, Debug, Serialize)]
pub struct Quantile {
    /// `p50`, `p90`, `p95`, `p99` or `max`.
    pub name: &'static str,
    /// The length.
    pub value: u64,
    /// Answers no longer than it were cut: without that, it could be longer.
    pub is_lower_bound: bool,
    /// The estimate for answers that are not cut, by Kaplan and Meier; `null` where nothing was cut, and where it is
    /// beyond all that was seen.
    pub uncut: Option<u64>,
}

/// Lengths of one octave.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Octave {
    /// The shortest length of it.
    pub from: u64,
    /// How many.
    pub count: u64,
    /// How many of them were cut.
    pub cut: u64,
}

/// Whether long inputs get long answers.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Correlation {
    /// Answered calls with an input and an answer that was not cut.
    pub calls: u64,
    /// Pearson's coefficient of the logarithms.
    pub pearson_of_logs: Option<f64>,
    /// Spearman's coefficient, of ranks within a sixteenth of an octave.
    pub spearman: Option<f64>,
}

/// Answers that were cut at `max_tokens`.
#[derive(Clone, Debug, Serialize)]
pub struct Truncation {
    /// How many of all answers.
    pub cut: Share,
    /// The shortest of them.
    pub shortest: Option<u64>,
}

/// What `max_tokens` was set to.
#[derive(Clone, Debug, Serialize)]
pub struct MaxTokens {
    /// Answered calls that set it.
    pub set: Share,
    /// What those calls wrote of what they asked for.
    pub used: Share,
    /// What they asked for and did not write: reserved of the quota until the answer ended.
    pub unused: u64,
    /// The values that were set most often.
    pub usual: Vec<Setting>,
    /// How many different values were set.
    pub values: u64,
}

/// A value of `max_tokens`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Setting {
    /// The value.
    pub max_tokens: u64,
    /// Answered calls that set it.
    pub calls: u64,
}

/// What the prompt cache did, as recorded.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RecordedCache {
    /// Tokens read, of all input.
    pub read: Share,
    /// Tokens written, of all input.
    pub written: Share,
}

/// What a prompt cache could read at most: whole prefixes, an entry behind each block.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Reuse {
    /// Answered calls with blocks.
    pub calls: u64,
    /// Of their input, with entries of five minutes.
    pub five_minutes: Share,
    /// Of their input, with entries of one hour.
    pub one_hour: Share,
}

/// Calls in flight.
#[derive(Clone, Debug, Serialize)]
pub struct InFlight {
    /// Calls with a latency, of all.
    pub recorded: Share,
    /// How many at once on average.
    pub mean: Option<f64>,
    /// The most at once.
    pub peak: Peak,
}

/// Sessions.
#[derive(Clone, Debug, Serialize)]
pub struct Sessions {
    /// How many.
    pub count: u64,
    /// Calls that belong to one, of all.
    pub calls: Share,
    /// Calls of a session.
    pub calls_of_one: Vec<Quantile>,
    /// The time from one call of a session to its next; `null` where none has two.
    pub rests: Option<Percentiles>,
}

/// A time without calls.
#[derive(Clone, Debug, Serialize)]
pub struct Gap {
    /// The last call before it.
    pub from: String,
    /// How long it is.
    pub length_us: u64,
    /// Calls that were to be expected in it.
    pub expected_calls: f64,
    /// Longer than ten minutes, and more calls were to be expected than twenty times the dispersion of minutes, or
    /// than twenty where that is below one.
    pub outage: bool,
}

/// An app.
#[derive(Clone, Debug, Serialize)]
pub struct App {
    /// Its name.
    pub app: Option<String>,
    /// Its calls, of all.
    pub calls: Share,
    /// Its tokens, input and output, of all.
    pub tokens: Share,
}

/// Calls of one kind; in the last one, of all kinds that were not kept apart.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The application.
    pub app: Option<String>,
    /// The model or profile.
    pub model: Option<String>,
    /// The Region that was called.
    pub region: Option<String>,
    /// The service tier.
    pub tier: String,
    /// Several kinds that are not told apart.
    pub others: bool,
    /// Its calls.
    pub counts: Counts,
    /// Input tokens of answered calls: median and 95th percentile.
    pub input: Option<[u64; 2]>,
    /// Output tokens of answered calls: median and 95th percentile.
    pub output: Option<[u64; 2]>,
    /// Answers that were cut.
    pub cut: u64,
}

/// What a monitor counted for a model.
#[derive(Clone, Debug, Serialize)]
pub struct Monitored {
    /// The model or profile.
    pub model: String,
    /// The metric, as the monitor names it.
    pub metric: String,
    /// Periods with a value.
    pub periods: u64,
    /// The sum of all values.
    pub sum: u64,
    /// The highest value by the minute.
    pub peak: Peak,
    /// The period that it is of.
    pub peak_period_s: u32,
    /// The most tokens that the rows of this model have in a minute, but for those read from the cache.
    pub rows_peak: Option<Peak>,
}
