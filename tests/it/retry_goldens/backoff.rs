//! Delays and costs of single attempts.

use super::{PROFILES, assert_near, count, draw, golden, list, number, outcome, policy, text};
use tokencast::client::Policy;
use tokencast::units::Micros;

#[test]
fn every_failure_is_retried_after_the_delay_and_at_the_cost_of_botocore() {
    for profile in PROFILES {
        let Some(golden) = golden(&format!("backoff_{profile}")) else { return };
        for case in list(&golden["cases"]) {
            let written = policy(&golden, text(&case["mode"]));
            let attempts = if text(&case["mode"]) == "standard" { 12 } else { written.attempts };
            let policy = Policy { attempts, ..written };
            let attempt = count(&case["attempt"]) as u32;
            let retry_after = case["retry_after_ms"].as_u64().map(|ms| Micros(ms * 1_000));
            let outcome = outcome(&case["outcome"]);
            let found = policy.retry(attempt, outcome, draw(&case["u"]), retry_after);
            assert_eq!(found.is_some(), case["retry"] == true, "{profile}: {case}");
            let Some(found) = found else { continue };
            assert_eq!(u64::from(found.cost), count(&case["quota_cost"]), "{profile}: {case}");
            let class = policy.classes.of(outcome).expect("a class that is retried");
            let exact = policy.backoff.exact_delay(class, attempt, draw(&case["u"]), retry_after);
            let seconds = exact as f64 / 18_446_744_073_709_551_616.0 / 1e6;
            assert_near(seconds, number(&case["delay"]), 1e-9, &format!("{profile}: {case}"));
            assert_eq!(found.after.0, 1 + (exact >> 64) as u64, "{profile}: {case}");
        }
        assert_eq!(list(&golden["cases"]).len(), 217, "{profile}");
    }
}
