//! How the tasks of an application come to their calls, as far as the scenario asks for anything.

use super::service::log_normal;
use super::traffic::distribution;
use crate::plan::{Agent, Concurrency, Consumer, Conversation, Direct, Subagents, Work};
use crate::rng::Distribution;
use crate::scenario::{self, Kept, Spread, Spreadable, Thought, Traffic};
use crate::units::Micros;

/// What an application does beyond one call for each arrival; direct calls of its agent go to the target `direct`.
pub(super) fn work(written: &scenario::App, direct: Option<usize>) -> Work {
    let session = matches!(&written.traffic, Traffic::Trace(trace) if trace.keeps(Kept::Session));
    Work {
        concurrency: written.concurrency.as_ref().map(concurrency),
        consumer: written.queue.as_ref().map(consumer),
        sessions: session,
        conversation: written.conversation.as_ref().map(conversation),
        agent: written.agent.as_ref().map(|written| agent(written, direct)),
        ..Work::default()
    }
}

fn concurrency(written: &scenario::Concurrency) -> Concurrency {
    Concurrency {
        most: whole(written.most.get()),
        queue: written.queue.map_or(u32::MAX, |queue| whole(queue.get())),
        patience: written.patience,
    }
}

fn consumer(written: &scenario::Queue) -> Consumer {
    Consumer {
        concurrency: whole(written.concurrency.get()),
        batch: whole(written.batch.get()),
        visibility: written.visibility_timeout.value,
        receives: whole(written.max_receives.get()),
        reports_failures: written.report_failures,
    }
}

fn conversation(written: &scenario::Conversation) -> Conversation {
    Conversation {
        turns: distribution(written.turns.value),
        think_ms: thought(written.think),
        history_tokens: written.history_tokens.map(|tokens| whole(tokens.get())),
        history_turns: written.history_turns.map(|turns| whole(turns.get())),
    }
}

fn agent(written: &scenario::Agent, target: Option<usize>) -> Agent {
    Agent {
        steps: distribution(written.steps.value),
        tool_call: distribution(written.tool_call),
        tool_result: distribution(written.tool_result),
        tool_ms: milliseconds(written.tool_time, |time| time, Micros::HOUR),
        budget_tokens: written.budget_tokens.map(|tokens| tokens.get()),
        direct: written.direct.as_ref().map(|direct| Direct {
            share: direct.value.share.share(),
            target,
            prompt_tokens: direct.value.prompt_tokens.map(|tokens| whole(tokens.get())),
        }),
        subagents: written.subagents.as_ref().map(|subagents| Subagents {
            count: distribution(subagents.count.value),
            steps: distribution(subagents.steps.value),
            input: distribution(subagents.input),
            result: distribution(subagents.result),
        }),
    }
}

/// How long people think, in milliseconds.
pub(super) fn thought(written: Spread<Thought>) -> Distribution {
    milliseconds(written, |thought| thought.0, Micros::DAY)
}

/// A length of time in milliseconds, none longer than the longest that a scenario may name.
pub(super) fn milliseconds<T: Spreadable>(
    written: Spread<T>,
    length: impl Fn(T) -> Micros,
    longest: Micros,
) -> Distribution {
    let whole_ms = |time: T| whole((length(time).0 + 500) / 1_000);
    match log_normal(written, whole_ms) {
        Distribution::LogNormal { median, p95, .. } => {
            let (median, longest) = (median.max(1), u32::try_from(longest.0 / 1_000).unwrap_or(u32::MAX));
            Distribution::LogNormal { median, p95: p95.max(median), max: longest }
        }
        constant => constant,
    }
}

/// Scenarios keep these counts below 2^32.
fn whole(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Tail;

    #[test]
    fn lengths_of_time_are_drawn_in_milliseconds_up_to_what_a_scenario_may_name() {
        let spread =
            |median, value| Spread::LogNormal { median: Thought(median), tail: Tail::P95, value: Thought(value) };
        assert_eq!(thought(Spread::Constant(Thought(Micros(20_000_499)))), Distribution::Constant(20_000));
        let day_ms = 86_400_000;
        let drawn = thought(spread(Micros::SECOND, Micros::MINUTE));
        assert_eq!(drawn, Distribution::LogNormal { median: 1_000, p95: 60_000, max: day_ms });
        let shortest = thought(spread(Micros(1), Micros(2)));
        assert_eq!(shortest, Distribution::LogNormal { median: 1, p95: 1, max: day_ms });
    }
}
