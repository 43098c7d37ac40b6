//! One price for one thing: the same rate under two names is one row, and two rates are nobody's.

use super::product::Row;
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::Regions;
use crate::units::Tokens;
use crate::upkeep::{Skipped, Stated};
use std::collections::{BTreeMap, BTreeSet};

/// What is sold, whatever it is called.
type Thing = (String, Option<Via>, Option<Regions>, Option<Tier>, Option<Tokens>, UsageClass);

/// The rows that agree, in the order of what they sell; those that contradict each other are skipped.
pub(super) fn apart(rows: Vec<Row>, skipped: &mut Vec<Skipped>) -> Vec<Stated> {
    let mut things: BTreeMap<Thing, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let Stated { model, via, regions, tier, input_above, class, .. } = &row.stated;
        let thing = (model.clone(), *via, regions.clone(), *tier, *input_above, *class);
        things.entry(thing).or_default().push(row);
    }
    let mut stated = Vec::new();
    for (_, rows) in things {
        if rows.iter().all(|row| row.stated.rate == rows[0].stated.rate) {
            stated.extend(together(rows));
        } else if dated(&rows) {
            stated.extend(rows.into_iter().map(|row| row.stated));
        } else {
            let rates: Vec<String> =
                rows.iter().map(|row| format!("{} ({})", row.stated.rate.per_million(), row.stated.place)).collect();
            let why = format!("the same tokens are priced {} per million: check which it is", rates.join(" and "));
            let what = |row: Row| Skipped { what: row.usage_type, why: why.clone(), place: row.stated.place };
            skipped.extend(rows.into_iter().map(what));
        }
    }
    skipped.sort_by(|one, other| (&one.place, &one.what, &one.why).cmp(&(&other.place, &other.what, &other.why)));
    skipped.dedup();
    stated
}

/// One row of the same rate from the earliest day on, from all places.
fn together(rows: Vec<Row>) -> Option<Stated> {
    let places: BTreeSet<String> = rows.iter().map(|row| row.stated.place.clone()).collect();
    let from = rows.iter().map(|row| row.stated.from).min().flatten();
    let first = rows.into_iter().next()?.stated;
    Some(Stated { from, place: places.into_iter().collect::<Vec<_>>().join(", "), ..first })
}

/// One product whose price changed: every row has a day of its own.
fn dated(rows: &[Row]) -> bool {
    let days: BTreeSet<_> = rows.iter().filter_map(|row| row.stated.from).collect();
    days.len() == rows.len() && rows.iter().all(|row| row.stated.place == rows[0].stated.place)
}
