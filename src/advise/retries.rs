//! Findings about retries that were not made, and answers that nobody waited for.

use crate::codes::Code;
use crate::ledger::Totals;
use crate::plan::{App, Finding, Severity};
use crate::units::{Tokens, Usd};

/// Retries that the client's retry quota did not allow.
pub(super) fn cut(app: &App, totals: &Totals) -> Option<Finding> {
    let retries = totals.retries;
    (retries.cut > 0).then(|| Finding {
        code: Code::RetriesCutByQuota,
        severity: Severity::Info,
        message: format!(
            "{} retries of `{}` were not made because the retry quota of their client was spent; {} were made. Such calls are \
             given up before their last attempt, which keeps the pool from being flooded",
            Tokens(retries.cut),
            app.name,
            Tokens(retries.attempts)
        ),
        place: format!("apps.{}.client", app.name),
        advice: Some("more capacity, or fewer calls at once; the retry quota itself is a protection".to_owned()),
    })
}

/// Attempts that went on after their client had hung up.
pub(super) fn abandoned(app: &App, totals: &Totals) -> Option<Finding> {
    let retries = totals.retries;
    (retries.abandoned > 0).then(|| Finding {
        code: Code::AbandonedGenerations,
        severity: Severity::Warning,
        message: format!(
            "{} of {} attempts of `{}` went on after their client had hung up: they were written to their end, held quota and \
             were billed. First attempts alone cost {} that way, second and later ones {} in all, of a bill of {}",
            Tokens(retries.abandoned),
            Tokens(totals.attempts),
            app.name,
            dollars(retries.abandoned_cost),
            dollars(retries.cost),
            dollars(totals.cost)
        ),
        place: format!("apps.{}.client", app.name),
        advice: Some(
            "raise the timeout above the slowest answer, stream it, ask for a shorter one, or do not retry after timeouts"
                .to_owned(),
        ),
    })
}

/// To the cent, with thousands separators; less than a cent in full.
fn dollars(amount: Usd) -> String {
    const CENT: i128 = 10_000_000_000_000;
    if amount.femtos() < CENT {
        return format!("${amount}");
    }
    let cents = u64::try_from((amount.femtos() + CENT / 2) / CENT).unwrap_or(u64::MAX);
    format!("${}.{:02}", Tokens(cents / 100), cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{RetryTotals, sample_plan};

    fn totals(retries: RetryTotals) -> Totals {
        Totals { attempts: 50, cost: Usd::parse("9.876 USD").unwrap(), retries, ..Totals::default() }
    }

    #[test]
    fn what_nobody_waited_for_is_told_in_dollars() {
        let app = &sample_plan().apps[0];
        let retries = RetryTotals {
            attempts: 7,
            abandoned: 5,
            cost: Usd::parse("1.234 USD").unwrap(),
            abandoned_cost: Usd::parse("0.0042 USD").unwrap(),
            ..RetryTotals::default()
        };
        let found = abandoned(app, &totals(retries)).unwrap();
        assert!(found.message.contains("5 of 50 attempts of `bot`"), "{}", found.message);
        assert!(found.message.contains("$0.0042 that way, second and later ones $1.23 in all, of a bill of $9.88"));
        assert_eq!(abandoned(app, &totals(RetryTotals::default())), None);
    }

    #[test]
    fn dollars_are_cents_with_separators_or_less_than_a_cent_in_full() {
        let told = |text: &str| dollars(Usd::parse(text).unwrap());
        assert_eq!((told("1_476.432 USD"), told("0.0042 USD")), ("$1,476.43".to_owned(), "$0.0042".to_owned()));
        assert_eq!((told("0.995 USD"), told("0 USD")), ("$1.00".to_owned(), "$0.00".to_owned()));
    }

    #[test]
    fn retries_that_the_quota_did_not_allow_are_noted() {
        let app = &sample_plan().apps[0];
        let found = cut(app, &totals(RetryTotals { attempts: 7, cut: 12, ..RetryTotals::default() })).unwrap();
        assert!(
            found.message.starts_with("12 retries of `bot` were not made") && found.message.contains("7 were made")
        );
        assert_eq!(cut(app, &totals(RetryTotals::default())), None);
    }
}
