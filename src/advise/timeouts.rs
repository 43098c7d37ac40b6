//! Findings about who hangs up before the answer is there.

use crate::codes::Code;
use crate::ledger::Totals;
use crate::plan::{App, Finding, Severity};
use crate::units::{Micros, Tokens};

/// The timeout that ended more than one attempt in a hundred: of the client and of what stands before Bedrock, the
/// shorter. With a limit on the whole time nobody can tell whose it was.
pub(super) fn cut_off(app: &App, totals: &Totals) -> Option<Finding> {
    let client = &app.client;
    if client.total_timeout.is_some() || totals.retries.abandoned * 100 <= totals.attempts {
        return None;
    }
    let read = client.read_timeout.map(|timeout| (timeout, Code::ReadTimeoutShorterThanP99));
    let idle = client.idle_timeout.map(|timeout| (timeout, Code::IdleTimeoutShorterThanP99));
    let (timeout, code) = read.into_iter().chain(idle).min_by_key(|(timeout, _)| *timeout)?;
    let (what, key) = match code {
        Code::IdleTimeoutShorterThanP99 => ("the idle timeout between it and Bedrock", "idle_timeout"),
        _ => ("the client's read timeout", "client.read_timeout"),
    };
    let until = if client.streaming { "first" } else { "last" };
    Some(Finding {
        code,
        severity: Severity::Error,
        message: format!(
            "nothing comes back to `{}` until the {until} token, and {what} is {} s: {} of {} attempts were cut off. Such an \
             attempt still runs to its end, holds quota and is billed; if it is tried again, it is billed again",
            app.name,
            seconds(timeout),
            Tokens(totals.retries.abandoned),
            Tokens(totals.attempts)
        ),
        place: format!("apps.{}.{key}", app.name),
        advice: Some(advice(app).to_owned()),
    })
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
    fn the_shorter_timeout_is_named_when_it_ended_more_than_one_attempt_in_a_hundred() {
        let mut app = sample_plan().apps.remove(0);
        app.client.read_timeout = Some(Micros(10_000_000));
        let cut = |app: &App, abandoned| {
            let retries = RetryTotals { abandoned, ..RetryTotals::default() };
            cut_off(app, &Totals { attempts: 1_000, retries, ..Totals::default() })
        };
        let found = cut(&app, 11).unwrap();
        assert_eq!(found.code, Code::ReadTimeoutShorterThanP99);
        assert!(found.message.contains("10 s: 11 of 1,000 attempts were cut off"), "{}", found.message);
        assert_eq!(cut(&app, 10), None, "one in a hundred");
        app.client.idle_timeout = Some(Micros(9_000_000));
        assert_eq!(cut(&app, 11).unwrap().code, Code::IdleTimeoutShorterThanP99);
        app.client.total_timeout = Some(Micros(1));
        assert_eq!(cut(&app, 11), None);
    }

    #[test]
    fn seconds_are_told_to_a_tenth() {
        assert_eq!(seconds(Micros(60_000_000)), "60");
        assert_eq!(seconds(Micros(67_466_667)), "67.5");
        assert_eq!(seconds(Micros(49_999)), "0");
    }
}
