//! The bill by tags, in the report's words.

use super::Evaluated;
use super::variant::money;
use crate::ledger::{self, Owner, chargeback};
use crate::report::model::{Chargeback, ChargebackRow};

/// The bill of a variant by each tag that is asked for.
pub(super) fn by_tags(one: &Evaluated<'_>) -> Vec<Chargeback> {
    let share = one.plan.chargeback.share.name();
    let found = chargeback(one.plan, &one.run, &one.bill);
    let by_tag = found.iter().map(|by| Chargeback {
        tag: by.tag.to_owned(),
        share: share.to_owned(),
        rows: by.rows.iter().map(|paid| row(paid, one)).collect(),
    });
    by_tag.collect()
}

fn row(row: &ledger::ChargebackRow<'_>, one: &Evaluated<'_>) -> ChargebackRow {
    let (owner, value) = match row.owner {
        Owner::Value(value) => ("value", value),
        Owner::NoTag => ("no_tag", "(no tag)"),
        Owner::Unallocated => ("unallocated", "(unallocated)"),
    };
    ChargebackRow {
        owner: owner.to_owned(),
        value: value.to_owned(),
        apps: row.apps.iter().map(|app| one.plan.apps[*app].name.clone()).collect(),
        own: money(row.own),
        shared: money(row.shared),
        cost: money(row.cost()),
    }
}
