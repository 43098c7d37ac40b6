//! What can be wrong with the cache, the life, the profiles and the speed of a model.

use super::twice;
use crate::bedrock::profile::{GEO_PREFIXES, GLOBAL_PREFIX};
use crate::document::{Located, Named, Place, Problems, Salvaged};
use crate::pricing::file::{CacheEntry, LifecycleEntry, ProfileEntry, ServiceEntry};
use jiff::civil::Date;

pub(super) fn cache(entry: &CacheEntry, problems: &mut Problems) {
    if entry.ttls.is_empty() {
        problems.with_help(&entry.source.place, "a cache without a time to live", "write `ttls: [5m]`");
    }
    for (at, ttl) in entry.ttls.iter().enumerate() {
        if let Some(earlier) = entry.ttls[..at].iter().find(|earlier| earlier.value == ttl.value) {
            twice(&ttl.place, &earlier.place, &format!("`{}`", ttl.value.name()), problems);
        }
    }
}

pub(super) fn lifecycle(entry: &LifecycleEntry, problems: &mut Problems) {
    let states = [&entry.legacy, &entry.extended_access, &entry.end_of_life];
    let days: Vec<&Located<Date>> = states.into_iter().flatten().collect();
    if days.is_empty() {
        let help = "write `legacy`, `extended_access` or `end_of_life`, or take the section away";
        problems.with_help(&entry.source.place, "this lifecycle holds no day", help);
    }
    for pair in days.windows(2).filter(|pair| pair[0].value >= pair[1].value) {
        let message = format!("{} is not after {}", pair[1].value, pair[0].value);
        problems.with_help(&pair[1].place, message, "a model is legacy first, then in extended access, then gone");
    }
}

/// Prefixes that exist; whether a model has them is another question.
pub(in crate::pricing) fn profiles(list: &Named<Salvaged<ProfileEntry>>, problems: &mut Problems) {
    let known: Vec<&str> = GEO_PREFIXES.into_iter().chain([GLOBAL_PREFIX]).collect();
    for (prefix, _) in list.0.iter().filter(|(prefix, _)| !known.contains(&prefix.value.as_str())) {
        problems.unknown(&prefix.place, "profile prefix", &prefix.value, &known);
    }
}

pub(super) fn service(rows: &[ServiceEntry], problems: &mut Problems) {
    for (at, row) in rows.iter().enumerate() {
        if let Some(earlier) = rows[..at].iter().find(|earlier| earlier.tier.value == row.tier.value) {
            let what = format!("the service time of `{}`", row.tier.value);
            twice(&row.tier.place, &earlier.tier.place, &what, problems);
        }
        ordered(row.ttft.p50 <= row.ttft.p90.value, &row.ttft.p90.place, problems);
        ordered(row.output_rate.p50 <= row.output_rate.p90.value, &row.output_rate.p90.place, problems);
    }
}

fn ordered(in_order: bool, p90: &Place, problems: &mut Problems) {
    if !in_order {
        problems.with_help(p90, "`p90` is below `p50`", "of rates, `p90` is the faster one");
    }
}
