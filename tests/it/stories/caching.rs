//! What a prompt cache saves, and when it costs more than none.

use super::billed;
use crate::bundled::{pages, variant};
use tokencast::report::model::{Pages, Variant};

/// What was read and written of the cache: reads, writes for five minutes, writes for an hour.
fn cached(variant: &Variant, app: &str) -> [u64; 3] {
    ["cache_read", "cache_write_5m", "cache_write_1h"].map(|class| billed(variant, app, class))
}

fn cost(variant: &Variant, app: &str) -> String {
    let totals = &variant.apps.iter().find(|known| known.name == app).expect("the app").totals;
    assert_eq!(totals.served, totals.arrivals);
    totals.cost.total.to_string()
}

fn charged_by_minute(pages: &Pages, name: &str, app: &str) -> Vec<u64> {
    let rows = pages.timeline.iter().filter(|row| row.variant == name && row.app == app);
    rows.map(|row| row.charged_tokens).collect()
}

/// 120 calls in ten hours, five minutes apart. What an entry is written with is its first token, 0.8 s after the call:
/// the next call still finds it, and lives on to the call after that, which comes when it has just died. So 60 of
/// 120 write. A call costs 400 x $3 + 100 x $15 = $0.0027 a thousandth of a million, and its prefix $0.018 uncached,
/// $0.0225 or $0.036 written, $0.0018 read.
#[test]
fn twelve_calls_an_hour_gain_from_five_minutes_only_when_none_is_late() {
    let pages = pages("prompt-caching");
    let quiet = |name: &str| {
        let found = variant(&pages, name);
        (cached(found, "quiet"), cost(found, "quiet"))
    };
    // 120 x (0.0027 + 0.018)
    assert_eq!(quiet("base"), ([0, 0, 0], "2.484".to_owned()));
    // 120 x 0.0027 + 60 x 0.0225 + 60 x 0.0018
    assert_eq!(quiet("five_minutes"), ([60 * 6_000, 60 * 6_000, 0], "1.782".to_owned()));
    // 120 x (0.0027 + 0.0225): a quarter more for the prefix than without a cache.
    assert_eq!(quiet("a_second_late"), ([0, 120 * 6_000, 0], "3.024".to_owned()));
    // 120 x 0.0027 + 0.036 + 119 x 0.0018
    assert_eq!(quiet("one_hour"), ([119 * 6_000, 0, 6_000], "0.5742".to_owned()));
}

#[test]
fn twelve_calls_a_minute_write_once_and_an_hour_of_life_costs_a_cent_more() {
    let pages = pages("prompt-caching");
    let busy = |name: &str| {
        let found = variant(&pages, name);
        (cached(found, "busy"), cost(found, "busy"))
    };
    // 7,200 x (0.0027 + 0.018)
    assert_eq!(busy("base"), ([0, 0, 0], "149.04".to_owned()));
    // 7,200 x 0.0027 + 7,199 x 0.0018, and one write of 0.0225 or 0.036
    assert_eq!(busy("five_minutes"), ([7_199 * 6_000, 6_000, 0], "32.4207".to_owned()));
    assert_eq!(busy("one_hour"), ([7_199 * 6_000, 0, 6_000], "32.4342".to_owned()));
}

/// 12 x (6,000 + 400 + 5 x 100) against 12 x (400 + 5 x 100): what is read of the cache is not charged.
#[test]
fn twelve_calls_a_minute_leave_72_000_tokens_of_quota_to_others() {
    let pages = pages("prompt-caching");
    let without = charged_by_minute(&pages, "base", "busy");
    assert_eq!(without, [82_800; 600]);
    for name in ["five_minutes", "one_hour"] {
        let with = charged_by_minute(&pages, name, "busy");
        assert_eq!((with[0], &with[1..]), (16_800, [10_800; 599].as_slice()), "{name}");
    }
    // Reservations hold the whole input until a call ends, cached or not.
    let reserved = |name: &str| variant(&pages, name).pools[0].reserved_peak;
    assert_eq!(reserved("five_minutes"), reserved("base"));
}

#[test]
fn a_prefix_below_the_minimum_is_billed_as_ever() {
    let pages = pages("prompt-caching");
    let base = cost(variant(&pages, "base"), "short");
    // 7,200 x (3,400 x $1 + 100 x $5) / 1,000,000
    assert_eq!(base, "28.08");
    for name in ["five_minutes", "one_hour"] {
        let found = variant(&pages, name);
        assert_eq!((cached(found, "short"), cost(found, "short")), ([0, 0, 0], base.clone()), "{name}");
    }
}
