//! Ways to call a model, and quotas that change.

use super::{admitted_at_once, cost_of_a_call};
use crate::bundled::{pages, text_with, variant};
use crate::command::Folder;
use tokencast::report::model::{Pages, Pool, ThrottledWhen};

fn pool<'a>(pages: &'a Pages, name: &str) -> &'a Pool {
    let mut pools = variant(pages, name).pools.iter();
    pools.find(|pool| pool.limits.contains_key("tokens_per_minute")).expect("a quota per minute")
}

#[test]
fn a_profile_has_twice_the_pool_and_the_global_one_saves_an_eleventh() {
    let pages = pages("cross-region-options");
    let per_minute = |name: &str| pool(&pages, name).limits["tokens_per_minute"];
    assert_eq!(["in_region", "base", "global"].map(per_minute), [3_000_000, 6_000_000, 6_000_000]);
    // 8,000 x $3.30 + 500 x $16.50 a million, and 8,000 x $3 + 500 x $15.
    let cost = |name: &str| cost_of_a_call(variant(&pages, name));
    assert_eq!((cost("base").to_string(), cost("global").to_string()), ("0.03465".to_owned(), "0.0315".to_owned()));
    // Geo costs 1.10, so that global saves 1/11 = 9.09 %.
    assert_eq!(cost("base").times(10), cost("global").times(11));
    // The bare id costs as much as global in the price book, which says that another source has it at the geo price.
    assert_eq!(cost("in_region"), cost("global"));
}

/// 3,000,000 / 10,500 = 285 in each of 60 minutes; retries find the same room that others leave.
#[test]
fn one_region_admits_285_of_400_calls_a_minute_and_the_profiles_all() {
    let pages = pages("cross-region-options");
    // The minute is full after 43 seconds, so that every admitted call is answered before the hour ends.
    assert_eq!(variant(&pages, "in_region").totals.served, 285 * 60);
    assert_eq!(admitted_at_once(&pages, "in_region"), 285);
    for name in ["base", "global"] {
        let totals = &variant(&pages, name).totals;
        assert_eq!((totals.arrivals, totals.throttled_attempts), (24_000, 0), "{name}");
    }
}

#[test]
fn the_global_profile_is_refused_where_the_data_has_to_stay_in_the_united_states() {
    let stays = text_with("cross-region-options", &[(", residency: null", "")]);
    let answer = Folder::with("s.yaml", stays).tokencast(&["run", "s.yaml"]).ended(2);
    let expected = ["error[residency-broken]", "s.yaml:28:35: ", "outside of the residency `us`", "eu-west-1"];
    for text in expected {
        assert!(answer.stderr.contains(text), "no {text:?} in {}", answer.stderr);
    }
}

/// 200,000 / 16,500 = 12 of 20 calls a minute, in the 12,960 minutes of nine days.
#[test]
fn eight_calls_a_minute_are_throttled_until_the_increase_lands_and_none_after_it() {
    let pages = pages("quota-increase");
    let throttled = |name: &str| variant(&pages, name).totals.requests_throttled;
    assert_eq!(["base", "no_increase", "asked_in_time"].map(throttled), [8 * 12_960, 8 * 17_280, 0]);
    let minutes = |name: &str| pool(&pages, name).throttled_when.as_ref().map(ends);
    let nine_days = (12_960, "2026-12-01T00:00:00Z", "2026-12-09T23:59:00Z");
    let all_days = (17_280, "2026-12-01T00:00:00Z", "2026-12-12T23:59:00Z");
    assert_eq!(
        ["base", "no_increase", "asked_in_time"].map(minutes),
        [Some(nine_days), Some(all_days), None],
        "minutes that throttle, the first and the last"
    );
    // Retries make no quota: only those of the last minutes find the larger one.
    let (patient, hasty) = (&variant(&pages, "with_retries").totals, &variant(&pages, "base").totals);
    assert!(patient.throttled_attempts > 10 * hasty.throttled_attempts);
    assert!((1..=40).contains(&(patient.served - hasty.served)), "{} {}", patient.served, hasty.served);
}

fn ends(when: &ThrottledWhen) -> (u64, &str, &str) {
    (when.minutes, &when.first_minute, &when.last_minute)
}
