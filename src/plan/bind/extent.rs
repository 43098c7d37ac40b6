//! How much a plan asks of the engine: what is beyond its counters is refused, never wrapped around.

use super::Binding;
use crate::document::Located;
use crate::plan::{Agent, App, Choice, Synthetic, Traffic, Work};
use crate::rng::Distribution;
use crate::units::Micros;

/// Calls of one run: at ten million a second, three hours of waiting.
const MOST_CALLS: f64 = 1e11;
/// Tasks of one application whose calls are numbered by task: what draws can tell apart.
const MOST_TASKS: f64 = 5e8;
/// Attempts of one minute: half of what a row of the record counts, for bursts.
const MOST_ATTEMPTS_A_MINUTE: f64 = 2e9;
/// Tokens of one run, as a quota counts them: half of 64 bits.
const MOST_TOKENS: f64 = 9e18;
/// Nobody answers faster.
const SHORTEST_ANSWER_US: f64 = 1_000.0;
/// The most that a price book counts an output token for.
const LARGEST_BURNDOWN: f64 = 100.0;

/// What the applications so far ask for together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    /// Of an application whose tasks are more than a call each; zero otherwise.
    tasks: f64,
    calls: f64,
    attempts_a_minute: f64,
    tokens: f64,
}

impl Binding<'_> {
    /// Adds an application; reports it when it takes the sum beyond what can be counted.
    pub(super) fn extend(&mut self, name: &Located<String>, app: &App) {
        let Some(horizon) = self.scenario.horizon else { return };
        let Some(own) = Extent::of(app, horizon.0) else { return };
        let sum = &mut self.extent;
        sum.calls += own.calls;
        sum.attempts_a_minute += own.attempts_a_minute;
        sum.tokens += own.tokens;
        let (what, help) = if own.tasks > MOST_TASKS {
            ("more than 500 million tasks", "lower `rate` or `users`, or shorten `horizon`")
        } else if sum.calls > MOST_CALLS {
            ("more than 100 billion calls", "lower `rate` or `growth`, or shorten `horizon`")
        } else if sum.attempts_a_minute > MOST_ATTEMPTS_A_MINUTE {
            ("more than two billion attempts in a minute", "lower `rate`, `growth` or `client.attempts`")
        } else if sum.tokens > MOST_TOKENS {
            ("more than nine quintillion tokens", "lower `rate`, `input` or `max_tokens`, or shorten `horizon`")
        } else {
            return;
        };
        let message =
            format!("up to the app `{}`, this scenario asks for {what}: a run cannot count so many", app.name);
        self.problems.with_help(&name.place, message, help);
        // The other applications are not to blame.
        self.extent = Extent::default();
    }
}

impl Extent {
    /// What an application asks for up to the horizon, unless it was recorded.
    fn of(app: &App, horizon: Micros) -> Option<Self> {
        let demand = Demand::of(app, horizon)?;
        let size = TaskSize::of(app, demand.input, demand.output);
        let numbered = app.works_in_tasks();
        let attempts = demand.tasks_of_busiest_minute * size.calls * f64::from(app.client.policy.attempts);
        Some(Self {
            tasks: if numbered { demand.tasks * size.turns } else { 0.0 },
            calls: demand.tasks * size.turns * size.calls,
            attempts_a_minute: attempts,
            tokens: demand.tasks * size.turns * size.tokens,
        })
    }
}

/// Tasks, or conversations, as the traffic begins them.
struct Demand<'a> {
    tasks: f64,
    tasks_of_busiest_minute: f64,
    input: &'a Distribution,
    output: &'a Distribution,
}

impl<'a> Demand<'a> {
    fn of(app: &'a App, horizon: Micros) -> Option<Self> {
        let minute = Micros::MINUTE.min(horizon).0 as f64;
        match &app.traffic {
            Traffic::Synthetic(traffic) => {
                let rate = traffic.rate.per_microsecond().to_f64();
                let (mean_growth, last_growth) = growth(traffic.monthly_growth, horizon);
                Some(Self {
                    tasks: rate * horizon.0 as f64 * mean_growth,
                    tasks_of_busiest_minute: rate * minute * last_growth.max(1.0) * peak(traffic),
                    input: &traffic.input,
                    output: &traffic.output,
                })
            }
            Traffic::Closed(closed) => {
                let answer_us = f64::from(centre(&app.first().service.ttft_us));
                let between_us = f64::from(centre(&closed.think_ms)) * 1_000.0 + answer_us;
                let rate = f64::from(closed.users) / between_us.max(SHORTEST_ANSWER_US);
                Some(Self {
                    tasks: rate * horizon.0 as f64,
                    tasks_of_busiest_minute: rate * minute,
                    input: &closed.input,
                    output: &closed.output,
                })
            }
            Traffic::Given | Traffic::Trace(_) => None,
        }
    }
}

/// What one task comes to, roughly: every turn is taken for one at the end of its conversation.
struct TaskSize {
    /// Turns of a conversation.
    turns: f64,
    /// Calls of a turn.
    calls: f64,
    /// Tokens of a turn, as a quota counts them.
    tokens: f64,
}

impl TaskSize {
    fn of(app: &App, input: &Distribution, output: &Distribution) -> Self {
        let simple = Work::default();
        let work = app.work.as_deref().unwrap_or(&simple);
        let question = many(input);
        let max_tokens = app.targets().map(|target| target.max_tokens).max().unwrap_or(0);
        let answer = f64::from(likely_most(output).min(max_tokens));
        let turns = work.conversation.as_ref().map_or(1.0, |conversation| many(&conversation.turns));
        let (calls_of_chain, said) = work.agent.as_ref().map_or((1.0, 0.0), chain);
        let chains = match &work.choice {
            Choice::Cascade(probabilities) => probabilities.len() as f64 + 1.0,
            Choice::First | Choice::Split(_) => 1.0,
        };
        // Every target of a fallback may be asked as well.
        let chains = chains * work.fallback.as_ref().map_or(1.0, |chain| chain.to.len() as f64 + 1.0);
        let retrieval = work.retrieval.as_ref();
        let found = retrieval.map_or(0.0, |retrieval| many(&retrieval.chunks) * many(&retrieval.chunk_tokens));
        let prompt = app.prompt.as_ref().map_or(0.0, |prompt| prompt.tokens().into());
        let calls = chains * calls_of_chain + f64::from(u8::from(retrieval.is_some()));
        let history = (turns - 1.0) * (question + answer);
        let per_call = prompt + history + found + question + said + f64::from(max_tokens);
        Self { turns, calls, tokens: calls * (per_call + answer * LARGEST_BURNDOWN) }
    }
}

/// Calls of an agent and of those that it starts, and the tokens that stand behind the question in the end.
fn chain(agent: &Agent) -> (f64, f64) {
    let steps = many(&agent.steps);
    let subagents = agent.subagents.as_ref();
    let helping = subagents.map_or(0.0, |all| many(&all.count) * many(&all.steps));
    let results = subagents.map_or(0.0, |all| many(&all.count) * many(&all.result));
    (steps + helping, steps * (many(&agent.tool_call) + many(&agent.tool_result)) + results)
}

/// The busiest hour of a week in multiples of the mean.
fn peak(traffic: &Synthetic) -> f64 {
    let weights = || traffic.shape.iter().flatten().map(|weight| *weight as f64);
    weights().fold(0.0, f64::max) * 168.0 / weights().sum::<f64>()
}

/// Growth of the rate: its mean over the horizon, and at its end.
fn growth(monthly: Option<f64>, horizon: Micros) -> (f64, f64) {
    let months = horizon.0 as f64 / Micros::MONTH.0 as f64;
    let exponent = monthly.map_or(0.0, libm::log) * months;
    let last = libm::exp(exponent);
    (if exponent == 0.0 { 1.0 } else { libm::expm1(exponent) / exponent }, last)
}

fn many(distribution: &Distribution) -> f64 {
    likely_most(distribution).into()
}

/// A value in the middle.
fn centre(distribution: &Distribution) -> u32 {
    match *distribution {
        Distribution::Constant(value) => value,
        Distribution::LogNormal { median, .. } => median,
        Distribution::LogNormalMean { mean, .. } | Distribution::Exponential { mean, .. } => mean,
    }
}

/// A value that the mean of many draws stays below. The mean of a log-normal is below its p95 while that
/// is at most 223 medians, exp(2 x 1.645^2).
fn likely_most(distribution: &Distribution) -> u32 {
    match *distribution {
        Distribution::Constant(value) => value,
        Distribution::LogNormal { median, p95, max } if u64::from(p95) <= u64::from(median) * 223 => p95.min(max),
        Distribution::LogNormal { max, .. } => max,
        Distribution::LogNormalMean { mean, max, .. } | Distribution::Exponential { mean, max } => mean.min(max),
    }
}
