//! One client and its retry quota, call after call.

use super::{PROFILES, assert_near, count, draw, error, golden, has_metadata, list, number, outcome, policy};
use serde_json::Value;
use tokencast::client::{Outcome, Policy, RetryQuota};

#[test]
fn the_retry_quota_is_that_of_botocore() {
    for name in ["healthy_then_storm", "transient_outage", "mixed", "storm5"] {
        for profile in PROFILES {
            let Some(golden) = golden(&format!("quota_{name}_{profile}")) else { return };
            let written = policy(&golden, "standard");
            let policy = Policy { attempts: count(&golden["max_attempts"]) as u32, ..written };
            let mut quota = RetryQuota::new(&policy.quota.expect("a quota"));
            assert_eq!(u64::from(quota.left()), count(&golden["initial_quota"]));
            for (number, call) in list(&golden["calls"]).iter().enumerate() {
                replay(&policy, &mut quota, call, &format!("{name} {profile}, call {number}"));
            }
            assert!(list(&golden["calls"]).len() >= 200);
        }
    }
}

fn replay(policy: &Policy, quota: &mut RetryQuota, call: &Value, what: &str) {
    assert_eq!(u64::from(quota.left()), count(&call["quota_before"]), "{what}");
    let (mut attempt, mut last_cost) = (0, None);
    let (last, reached) = loop {
        let (script, expected) = (&call["script"][attempt], &call["attempts"][attempt]);
        attempt += 1;
        let outcome = outcome(&script["outcome"]);
        assert_eq!(script["outcome"], expected["outcome"], "{what}");
        let retry = policy.retry(attempt as u32, outcome, draw(&script["u"]), None);
        let paid = retry.map(|retry| quota.take(retry.cost));
        let reached = paid == Some(false);
        assert_eq!(paid, expected["quota_ok"].as_bool(), "{what}, attempt {attempt}");
        let Some(retry) = retry.filter(|_| !reached) else {
            assert!(expected["delay"].is_null(), "{what}, attempt {attempt}");
            break (outcome, reached);
        };
        assert_eq!(u64::from(retry.cost), count(&expected["cost"]), "{what}, attempt {attempt}");
        let waited = (retry.after.0 - 1) as f64 / 1e6;
        assert_near(waited, number(&expected["delay"]), 1e-6, &format!("{what}, attempt {attempt}"));
        last_cost = Some(retry.cost);
    };
    if last == Outcome::Ok {
        quota.succeeded(last_cost);
    }
    assert_eq!(attempt, list(&call["attempts"]).len(), "{what}");
    assert_eq!(last == Outcome::Ok, call["ok"] == true, "{what}");
    assert_eq!(error(last), call["error"].as_str(), "{what}");
    let told = |flag: bool| flag && has_metadata(last);
    assert_eq!(told(attempt as u32 == policy.attempts), call["max_attempts_reached"] == true, "{what}");
    assert_eq!(told(reached), call["retry_quota_reached"] == true, "{what}");
    assert_eq!(u64::from(quota.left()), count(&call["quota_after"]), "{what}");
}
