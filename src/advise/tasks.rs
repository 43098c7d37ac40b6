//! Findings about tasks: lines that grow, messages that die, tokens that nobody sees.

use crate::codes::Code;
use crate::histogram::Histogram;
use crate::plan::{App, Finding, Severity};
use crate::sim::{Run, Tasks};
use crate::units::{Micros, Tokens};

/// Shorter runs say nothing of a trend.
const SHORTEST_TREND: usize = 8;

/// A line that is longer in each quarter of the run than in the one before, and at its end is not to be worked off
/// within a minute.
pub(super) fn line_grows(app: &App, tasks: &Tasks, run: &Run) -> Option<Finding> {
    let minutes = run.span().0.div_ceil(Micros::MINUTE.0) as usize;
    let waiting = |minute: usize| u64::from(tasks.line.get(minute).copied().unwrap_or(0));
    let quarters: [u64; 4] = std::array::from_fn(|quarter| (part(quarter, minutes)).map(waiting).sum());
    let served_a_minute = tasks.done / (minutes as u64).max(1);
    let end = minutes.checked_sub(1).map_or(0, waiting);
    let grows = quarters.windows(2).all(|pair| pair[0] < pair[1]);
    (minutes >= SHORTEST_TREND && grows && end > served_a_minute).then(|| Finding {
        code: Code::LineGrows,
        severity: Severity::Warning,
        message: format!(
            "the line of `{}` grows all along: {} tasks wait on average in the first quarter of the run, {} in the last, {} at its \
             end. {} tasks are answered a minute; one that was started had waited {} s at p95",
            app.name,
            Tokens(mean(quarters[0], part(0, minutes).len())),
            Tokens(mean(quarters[3], part(3, minutes).len())),
            Tokens(end),
            Tokens(served_a_minute),
            tenths_of_seconds(&tasks.waited)
        ),
        place: format!("apps.{}", app.name),
        advice: Some(
            "let more tasks run at once where the quota has room, shorten them, or shed what cannot be served in time".to_owned(),
        ),
    })
}

/// The minutes of a quarter of the run; equal in length but for the minutes that are left over, which no quarter has.
fn part(quarter: usize, minutes: usize) -> std::ops::Range<usize> {
    let (length, over) = (minutes / 4, minutes % 4);
    over + quarter * length..over + (quarter + 1) * length
}

fn mean(sum: u64, minutes: usize) -> u64 {
    sum / (minutes as u64).max(1)
}

fn tenths_of_seconds(waited: &Histogram) -> String {
    let tenths = waited.percentile(950).0 / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Messages that nobody answered.
pub(super) fn dead_letters(app: &App, tasks: &Tasks) -> Option<Finding> {
    let received = app.work.as_ref().and_then(|work| work.consumer).map(|consumer| consumer.receives);
    let times = received.map_or_else(String::new, |times| format!(" {times} times"));
    (tasks.dead > 0).then(|| Finding {
        code: Code::DeadLetters,
        severity: Severity::Warning,
        message: format!(
            "{} of {} messages of `{}` were received{times} without an answer and became dead letters; {} receptions were \
             repetitions",
            Tokens(tasks.dead),
            Tokens(tasks.begun),
            app.name,
            Tokens(tasks.redelivered)
        ),
        place: format!("apps.{}.consumer", app.name),
        advice: Some("a longer visibility timeout, smaller batches, or fewer of them at once".to_owned()),
    })
}

/// Tasks of which users see less than a tenth.
pub(super) fn hidden_tokens(app: &App, tasks: &Tasks) -> Option<Finding> {
    let ended = tasks.calls.count();
    (ended > 0 && tasks.done > 0 && tasks.visible_tokens * 10 < tasks.tokens).then(|| Finding {
        code: Code::HiddenTokens,
        severity: Severity::Info,
        message: format!(
            "a task of `{}` takes {} tokens on average, of which a user writes and reads {}: the rest is prompts, steps, results \
             and what is sent again",
            app.name,
            Tokens(tasks.tokens / ended),
            Tokens(tasks.visible_tokens / tasks.done)
        ),
        place: format!("apps.{}", app.name),
        advice: Some("shorten or cache what every call sends, keep less history, take fewer steps".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{sample_plan, sample_run};
    use crate::sim::AppRecord;

    fn app() -> App {
        sample_plan().apps.remove(0)
    }

    fn grows(line: impl Iterator<Item = u32>, done: u64) -> Option<Finding> {
        let tasks = Tasks { line: line.collect(), done, ..Tasks::default() };
        line_grows(&app(), &tasks, &sample_run(AppRecord::default()))
    }

    #[test]
    fn a_line_that_is_longer_in_every_quarter_and_not_worked_off_in_a_minute_grows() {
        let found = grows(0..60, 600).unwrap();
        for told in
            ["7 tasks wait on average in the first quarter", "52 in the last", "59 at its end", "10 tasks are answered"]
        {
            assert!(found.message.contains(told), "{told}: {}", found.message);
        }
        assert_eq!(grows(0..60, 3_600), None, "a minute's answers would serve it");
        assert_eq!(grows((0..60).rev(), 600), None);
        assert_eq!(grows((0..30).chain(0..30), 60), None, "it was empty in between");
        assert_eq!(grows(0..59, 600), None, "nobody waits in the last minute");
        assert_eq!(grows(std::iter::repeat_n(50, 60), 600), None, "long, but it does not grow");
    }

    #[test]
    fn dead_letters_are_told_with_what_was_repeated() {
        let tasks = Tasks { begun: 100, dead: 3, redelivered: 12, ..Tasks::default() };
        let found = dead_letters(&app(), &tasks).unwrap();
        assert!(found.message.contains("3 of 100 messages of `bot`") && found.message.contains("12 receptions"));
        assert_eq!(dead_letters(&app(), &Tasks::default()), None);
    }

    /// The bill of an agent: 200 visible tokens of 2,400.
    #[test]
    fn less_than_a_tenth_is_hidden_and_a_tenth_is_not() {
        let mut tasks = Tasks { done: 2, visible_tokens: 400, tokens: 4_800, ..Tasks::default() };
        [4, 4].into_iter().for_each(|calls| tasks.calls.add(calls));
        let found = hidden_tokens(&app(), &tasks).unwrap();
        assert!(found.message.contains("takes 2,400 tokens on average, of which a user writes and reads 200"));
        tasks.tokens = 4_000;
        assert_eq!(hidden_tokens(&app(), &tasks), None);
    }
}
