//! What can be wrong in an entry although every value of it can be read.

mod capacity;
mod charges;
mod facts;

pub(super) use charges::charge;
pub(super) use facts::profiles;

use super::Regions;
use super::file::{AccountEntry, BurndownEntry, ModelEntry, PriceEntry, QuotaEntry};
use crate::bedrock::profile::GEO_PREFIXES;
use crate::bedrock::tier::Tier;
use crate::document::{Located, Place, Problems};
use crate::units::Tokens;
use jiff::civil::Date;

pub(super) fn model(entry: &ModelEntry, problems: &mut Problems) {
    for limit in entry.context.iter().chain(&entry.max_output).filter(|limit| limit.tokens >= Tokens::MAX_PER_CALL) {
        problems.at(&limit.source.place, format!("{} tokens are not below 2^31", limit.tokens));
    }
    prefixes(entry.geo_prefixes.as_deref().unwrap_or_default(), problems);
    burndown(entry.burndown.as_deref().unwrap_or_default(), problems);
    quotas(entry.quotas.as_deref().unwrap_or_default(), problems);
    prices(entry.prices.as_deref().unwrap_or_default(), problems);
    entry.cache.iter().for_each(|cache| facts::cache(cache, problems));
    entry.lifecycle.iter().for_each(|life| facts::lifecycle(life, problems));
    entry.profiles.iter().for_each(|list| profiles(list, problems));
    facts::service(entry.service.as_deref().unwrap_or_default(), problems);
    capacity::provisioned(entry.provisioned.as_deref().unwrap_or_default(), problems);
    capacity::reserved(entry.reserved.as_deref().unwrap_or_default(), problems);
}

pub(super) fn account(entry: &AccountEntry, problems: &mut Problems) {
    ascending(entry.quotas.iter().map(|row| &row.from), problems);
    for row in &entry.quotas {
        plausible(&row.from.place, Some(row.tokens_per_day), LARGEST_A_DAY, problems);
    }
}

fn prefixes(list: &[Located<String>], problems: &mut Problems) {
    for prefix in list.iter().filter(|prefix| !GEO_PREFIXES.contains(&prefix.value.as_str())) {
        problems.unknown(&prefix.place, "geographic prefix", &prefix.value, &GEO_PREFIXES);
    }
}

fn burndown(rows: &[BurndownEntry], problems: &mut Problems) {
    ascending(rows.iter().map(|row| &row.from), problems);
    for row in rows.iter().filter(|row| !(1..=100).contains(&row.times.value)) {
        let message = format!("a burndown of {} times", row.times.value);
        problems.with_help(&row.times.place, message, "write a whole number from 1 to 100");
    }
}

fn quotas(rows: &[QuotaEntry], problems: &mut Problems) {
    let pool = |row: &QuotaEntry| (row.via.value, row.tier.value);
    for (earlier, row) in pairs(rows).filter(|(earlier, row)| pool(earlier) == pool(row)) {
        if let Some(region) = earlier.regions.value.shared(&row.regions.value) {
            let what = format!("the quotas of `{}` for `{region}`", row.via.value);
            twice(&row.regions.place, &earlier.regions.place, &what, problems);
        }
    }
    for row in rows {
        plausible(&row.via.place, row.tokens_per_minute, Tokens::MAX_QUOTA, problems);
        plausible(&row.via.place, row.requests_per_minute, Tokens::MAX_QUOTA, problems);
        plausible(&row.via.place, row.tokens_per_day, LARGEST_A_DAY, problems);
    }
    for row in rows.iter().filter(|row| !POOLED.contains(&row.tier.value)) {
        let message = format!("the {} tier has no quota of its own", row.tier.value);
        problems.with_help(&row.tier.place, message, "priority and flex share the quota of `standard`");
    }
    let unlimited = |row: &&QuotaEntry| {
        row.tokens_per_minute.is_none() && row.requests_per_minute.is_none() && row.tokens_per_day.is_none()
    };
    for row in rows.iter().filter(unlimited) {
        problems.with_help(
            &row.via.place,
            "this row holds no limit",
            "write `tokens_per_minute`, or take the row away",
        );
    }
}

/// The tiers with a pool of their own.
const POOLED: [Tier; 2] = [Tier::Standard, Tier::LatencyOptimized];

/// The largest quota of a minute, all day long.
const LARGEST_A_DAY: Tokens = Tokens(Tokens::MAX_QUOTA.0 * 1_440);

fn plausible(place: &Place, quota: Option<Tokens>, most: Tokens, problems: &mut Problems) {
    if let Some(quota) = quota.filter(|quota| *quota > most) {
        problems.with_help(place, format!("a quota of {quota}"), format!("the largest that is read is {most}"));
    }
}

fn prices(rows: &[PriceEntry], problems: &mut Problems) {
    let sold = |row: &PriceEntry| (row.via.value, row.tier.value, row.input_above.is_some());
    for (earlier, row) in pairs(rows).filter(|(earlier, row)| sold(earlier) == sold(row)) {
        let what = format!("the {} price of `{}`", row.tier.value, row.via.value);
        let (first, second) = (Dated::of(&earlier.regions, &earlier.from), Dated::of(&row.regions, &row.from));
        in_order(&what, first, second, problems);
    }
    for row in rows.iter().filter(|row| row.tier.value == Tier::Reserved) {
        let help = "write its price per hour under `reserved`";
        problems.with_help(&row.tier.place, "the reserved tier is not sold by the token", help);
    }
}

/// Where a row holds, and from when.
struct Dated<'a> {
    regions: &'a Regions,
    from: &'a Located<Date>,
}

impl<'a> Dated<'a> {
    fn of(regions: &'a Located<Regions>, from: &'a Located<Date>) -> Self {
        Self { regions: &regions.value, from }
    }
}

/// Two rows of the same thing that share a Region: the later one stands below, and no day has two.
fn in_order(what: &str, earlier: Dated, row: Dated, problems: &mut Problems) {
    let Some(region) = earlier.regions.shared(row.regions) else { return };
    if earlier.from.value == row.from.value {
        let what = format!("{what} for `{region}` from {}", row.from.value);
        twice(&row.from.place, &earlier.from.place, &what, problems);
    } else if earlier.from.value > row.from.value {
        out_of_order(earlier.from, row.from, problems);
    }
}

/// Every two rows, the earlier one first.
fn pairs<T>(rows: &[T]) -> impl Iterator<Item = (&T, &T)> {
    rows.iter().enumerate().flat_map(|(at, row)| rows[..at].iter().map(move |earlier| (earlier, row)))
}

fn ascending<'a>(dates: impl Iterator<Item = &'a Located<Date>>, problems: &mut Problems) {
    let dates: Vec<_> = dates.collect();
    for pair in dates.windows(2) {
        if pair[0].value == pair[1].value {
            twice(&pair[1].place, &pair[0].place, &format!("the figure from {}", pair[1].value), problems);
        } else if pair[0].value > pair[1].value {
            out_of_order(pair[0], pair[1], problems);
        }
    }
}

fn twice(place: &Place, first: &Place, what: &str, problems: &mut Problems) {
    let help = format!("it was first written in line {}; keep one of the two", first.line_column().0);
    problems.with_help(place, format!("{what} stands here a second time"), help);
}

fn out_of_order(earlier: &Located<Date>, later: &Located<Date>, problems: &mut Problems) {
    let line = earlier.place.line_column().0;
    let message = format!("{} stands after {} of line {line}", later.value, earlier.value);
    problems.with_help(&later.place, message, "put the oldest row first");
}
