//! Tasks and retries in a sentence each.

use crate::report::format::{count, counted, duration, hundredths, per, percent};
use crate::report::model::{App, Tasks, Variant};

/// What the retries of a variant cost, and how many they are; nothing without any that count.
pub(super) fn retries(base: &Variant) -> Option<String> {
    let (totals, retries) = (&base.totals, &base.totals.retries);
    let cost = retries.all_cost();
    if cost.is_zero() && retries.abandoned == 0 {
        return None;
    }
    let abandoned = match retries.abandoned {
        0 => String::new(),
        some => format!(", with {} that nobody waited for", counted(some, "answer")),
    };
    Some(format!(
        "Of that, {} is for retries and abandoned generations{abandoned}; {} attempts are made per call.",
        cost.rounded(),
        hundredths(totals.attempts, totals.arrivals)
    ))
}

/// A sentence for the app that works in tasks; of several a table tells.
pub(super) fn tasks(base: &Variant) -> Option<String> {
    let mut working = base.apps.iter().filter_map(|app| Some((app, app.tasks.as_ref()?)));
    let (app, tasks) = working.next()?;
    working.next().is_none().then(|| sentence(app, tasks))
}

fn sentence(app: &App, tasks: &Tasks) -> String {
    let Some(calls) = tasks.calls else {
        return format!("None of the {} of {} has ended.", counted(tasks.begun, "task"), app.name);
    };
    let takes = format!("Each of the {} of {} takes", counted(tasks.begun, "task"), app.name);
    let mut parts = vec![format!("{takes} {} model calls", per(calls.total, calls.tasks))];
    parts.extend(tasks.cost.map(|cost| format!("{} at P50, {} at P99", cost.p50.of_one(), cost.p99.of_one())));
    parts.extend(tasks.latency.map(|at| format!("{} at P50, {} at P99", duration(at.p50), duration(at.p99))));
    if tasks.visible_tokens.whole > 0 {
        parts.push(format!("{} of the tokens are visible to a user", percent(tasks.visible_tokens)));
    }
    let lost = tasks.failed + tasks.shed + tasks.dead;
    let lost = if lost == 0 { String::new() } else { format!(" {} are not answered.", count(lost)) };
    parts.join("; ") + "." + &lost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn tasks_are_told_in_a_sentence_and_retries_as_a_part_of_the_cost() {
        let report = sample::working();
        let base = &report.variants[0];
        assert_eq!(
            tasks(base).unwrap(),
            "Each of the 12,345 tasks of triage takes 4.2 model calls; $0.012 at P50, $0.09 at P99; 3.10 s at P50, 9.40 s \
             at P99; 8.33% of the tokens are visible to a user. 45 are not answered."
        );
        assert_eq!(
            retries(base).unwrap(),
            "Of that, $15.00 is for retries and abandoned generations, with 88 answers that nobody waited for; 1.00 attempts are \
             made per call."
        );
        let plain = sample::report();
        assert_eq!((tasks(&plain.variants[0]), retries(&plain.variants[0])), (None, None));
    }
}
