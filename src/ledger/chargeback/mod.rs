//! Whose cost is whose: the bill by the values of a tag.
//!
//! An application's own lines are those of its value. What applications share is divided among them by usage, by
//! reservation or by peak, in whole femtodollars, so that the rows of each tag sum to the bill. Tokens that were used of
//! purchased capacity are its input, as charged, and its output.

mod remainder;
mod sharing;

use super::Bill;
use crate::plan::{App, Plan};
use crate::sim::Run;
use crate::units::Usd;
use std::collections::BTreeMap;

/// The bill by the values of one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chargeback<'a> {
    /// The tag.
    pub tag: &'a str,
    /// The dearest value first, then what has no tag, then what is nobody's.
    pub rows: Vec<Row<'a>>,
}

/// What one value of a tag pays for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// Who pays.
    pub owner: Owner<'a>,
    /// Its applications, as indices into the plan.
    pub apps: Vec<usize>,
    /// What its applications are billed for themselves.
    pub own: Usd,
    /// Its part of what applications share.
    pub shared: Usd,
}

/// Who pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner<'a> {
    /// The applications whose tag has this value.
    Value(&'a str),
    /// Those that do not have the tag.
    NoTag,
    /// Nobody: capacity that was bought and not used.
    Unallocated,
}

impl Row<'_> {
    /// All that it pays for.
    #[must_use]
    pub fn cost(&self) -> Usd {
        self.own + self.shared
    }
}

/// The bill by each tag that the plan asks for.
#[must_use]
pub fn chargeback<'a>(plan: &'a Plan, run: &Run, bill: &Bill<'_>) -> Vec<Chargeback<'a>> {
    if plan.chargeback.by.is_empty() {
        return Vec::new();
    }
    let shared = sharing::shared(plan, run, bill);
    let own: Vec<Usd> = (0..plan.apps.len()).map(|app| bill.of_app(app)).collect();
    let by_tag = |tag: &'a String| {
        let mut rows: BTreeMap<Owner<'a>, Row<'a>> = BTreeMap::new();
        for (number, app) in plan.apps.iter().enumerate() {
            let owner = owner(app, tag);
            let row = rows.entry(owner).or_insert_with(|| Row::of(owner));
            row.apps.push(number);
            row.own += own[number];
            row.shared += shared.of_apps[number];
        }
        if shared.unallocated != Usd::ZERO {
            rows.insert(Owner::Unallocated, Row { shared: shared.unallocated, ..Row::of(Owner::Unallocated) });
        }
        let mut rows: Vec<Row<'a>> = rows.into_values().collect();
        // Values lie before the two others; of equal ones the first by name.
        rows.sort_by_key(|row| match row.owner {
            Owner::Value(_) => (0, -row.cost().femtos()),
            Owner::NoTag => (1, 0),
            Owner::Unallocated => (2, 0),
        });
        assert_eq!(rows.iter().map(Row::cost).sum::<Usd>(), bill.total(), "a line was lost or made up");
        Chargeback { tag, rows }
    };
    plan.chargeback.by.iter().map(by_tag).collect()
}

impl<'a> Row<'a> {
    fn of(owner: Owner<'a>) -> Self {
        Self { owner, apps: Vec::new(), own: Usd::ZERO, shared: Usd::ZERO }
    }
}

fn owner<'a>(app: &'a App, tag: &str) -> Owner<'a> {
    let own = app.tags.iter().find(|(key, _)| key == tag);
    own.map_or(Owner::NoTag, |(_, value)| Owner::Value(value))
}
