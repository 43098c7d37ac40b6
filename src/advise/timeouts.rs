//! Findings about who hangs up before the answer is there.

use crate::codes::Code;
use crate::histogram::Histogram;
use crate::ledger::Totals;
use crate::plan::{App, Finding, Severity};
use crate::sim::AppRecord;
use crate::units::{Micros, Tokens};

/// Timeouts that are shorter than the silence of more than one call in a hundred: of what was answered or, where
/// clients hung up in the run, of what they hung up on.
pub(super) fn cut_off(app: &App, record: &AppRecord, totals: &Totals) -> Vec<Finding> {
    let client = app
        .client
        .read_timeout
        .map(|timeout| (Code::ReadTimeoutShorterThanP99, timeout, "the client's read timeout", "client.read_timeout"));
    let between = app.client.idle_timeout.map(|timeout| {
        (Code::IdleTimeoutShorterThanP99, timeout, "the idle timeout between it and Bedrock", "idle_timeout")
    });
    let silence = if app.client.streaming { record.ttft.from_admission() } else { record.e2e.from_admission() };
    let silence = &silence;
    let cut = |timeout: Micros| silence.above(timeout) * 100 > silence.count();
    let abandoned = totals.retries.abandoned;
    let hung_up = app.client.read_timeout.filter(|_| abandoned > 0 && app.client.total_timeout.is_none());
    let shorter = client.into_iter().chain(between).filter(|(code, timeout, ..)| match (code, hung_up) {
        (Code::ReadTimeoutShorterThanP99, Some(_)) => abandoned * 100 > totals.attempts,
        _ => cut(*timeout),
    });
    let finding = |(code, timeout, what, key): (Code, Micros, &str, &str)| Finding {
        code,
        severity: Severity::Error,
        message: match (code, hung_up) {
            (Code::ReadTimeoutShorterThanP99, Some(timeout)) => hung_up_on(app, totals, timeout),
            _ => message(app, silence, timeout, what),
        },
        place: format!("apps.{}.{key}", app.name),
        advice: Some(advice(app).to_owned()),
    };
    shorter.map(finding).collect()
}

fn message(app: &App, silence: &Histogram, timeout: Micros, what: &str) -> String {
    let until = if app.client.streaming { "first" } else { "last" };
    let (cut, all) = (silence.above(timeout), silence.count());
    format!(
        "nothing comes back to `{}` until the {until} token, which takes {} s at p99, and {what} is {} s: {} of {} answers \
         would be cut off. Such a call still runs to its end, holds quota and is billed; if it is tried again, it is billed again",
        app.name,
        seconds(silence.percentile(990)),
        seconds(timeout),
        Tokens(cut),
        Tokens(all)
    )
}

fn hung_up_on(app: &App, totals: &Totals, timeout: Micros) -> String {
    let until = if app.client.streaming { "first" } else { "last" };
    format!(
        "nothing comes back to `{}` until the {until} token, and the client's read timeout is {} s: clients hung up on {} of {} \
         attempts. Such an attempt still runs to its end, holds quota and is billed",
        app.name,
        seconds(timeout),
        Tokens(totals.retries.abandoned),
        Tokens(totals.attempts)
    )
}

fn advice(app: &App) -> &'static str {
    match app.client.streaming {
        true => "raise the timeout above the slowest first token",
        false => "stream the answer, ask for a shorter one, or raise the timeout above the slowest answer",
    }
}

/// With one decimal where there is one: 60, 66.7.
fn seconds(length: Micros) -> String {
    let tenths = (length.0 + 50_000) / 100_000;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{RetryTotals, sample_plan};

    #[test]
    fn clients_that_hung_up_are_counted_and_not_guessed() {
        let mut app = sample_plan().apps.remove(0);
        app.client.read_timeout = Some(Micros(10_000_000));
        let hung_up = |abandoned| Totals {
            attempts: 1_000,
            retries: RetryTotals { abandoned, ..RetryTotals::default() },
            ..Totals::default()
        };
        let found = cut_off(&app, &AppRecord::default(), &hung_up(11));
        let [found] = &found[..] else { panic!("{found:?}") };
        assert_eq!(found.code, Code::ReadTimeoutShorterThanP99);
        assert!(found.message.contains("10 s: clients hung up on 11 of 1,000 attempts"), "{}", found.message);
        assert_eq!(cut_off(&app, &AppRecord::default(), &hung_up(10)), [], "one in a hundred");
    }

    #[test]
    fn seconds_are_told_to_a_tenth() {
        assert_eq!(seconds(Micros(60_000_000)), "60");
        assert_eq!(seconds(Micros(67_466_667)), "67.5");
        assert_eq!(seconds(Micros(49_999)), "0");
    }
}
