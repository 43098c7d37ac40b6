//! How much of a variant is throttled, why and when.

use crate::report::format::{count, counted, instant, percent};
use crate::report::model::{Pool, ThrottledWhen, Variant};

/// The share first, then the limits that ran out, then the worst minute.
pub(super) fn of(variant: &Variant) -> String {
    let totals = &variant.totals;
    if totals.throttled_attempts == 0 {
        return none_of(totals.arrivals);
    }
    let sentence = format!(
        "{} of its {} are throttled at least once, {}.",
        percent(totals.throttled_share()),
        counted(totals.arrivals, "request"),
        given_up(totals.gave_up)
    );
    let why = reasons(variant).map(|reasons| format!("Why: {reasons}."));
    [Some(sentence), why, when(variant)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Which limits ran out, the one with the most refusals first.
pub(super) fn reasons(variant: &Variant) -> Option<String> {
    let limits = |pool: &'_ Pool| {
        let limits = pool.by_limit.iter().map(|(name, refused)| (*refused, reason(pool, name, *refused)));
        limits.collect::<Vec<_>>()
    };
    let mut reasons: Vec<(u64, String)> = variant.pools.iter().flat_map(limits).collect();
    reasons.sort_by_key(|(refused, _)| std::cmp::Reverse(*refused));
    let reasons: Vec<String> = reasons.into_iter().map(|(_, reason)| reason).collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

fn reason(pool: &Pool, limit: &str, refused: u64) -> String {
    let words = limit.replace('_', " ");
    let limit = pool.limits.get(limit).map_or(words.clone(), |&amount| format!("{} {words}", count(amount)));
    format!("{} runs out of its {limit} ({} refused)", pool.id, counted(refused, "attempt"))
}

fn none_of(requests: u64) -> String {
    match requests {
        0 => "It makes no request.".to_owned(),
        1 => "Its one request is not throttled.".to_owned(),
        _ => format!("None of its {} is throttled.", counted(requests, "request")),
    }
}

fn given_up(lost: u64) -> String {
    match lost {
        0 => "and none is given up".to_owned(),
        1 => "and 1 request is given up".to_owned(),
        _ => format!("and {} are given up", counted(lost, "request")),
    }
}

/// The pools of an app share its minutes: the widest of them tells when.
fn when(variant: &Variant) -> Option<String> {
    let whens = variant.pools.iter().filter_map(|pool| pool.throttled_when.as_ref());
    let ThrottledWhen { minutes, worst_minute, .. } = whens.max_by_key(|when| when.minutes)?;
    Some(format!("When: in {}, most at {}.", counted(*minutes, "minute"), instant(worst_minute)))
}
