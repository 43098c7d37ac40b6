//! The bill by tags: a small table for each, of the first variant.

use super::layout::Layout;
use super::{left, right};
use crate::report::model::{Chargeback, Report};

/// Who pays for what.
pub(super) fn chargeback(report: &Report, layout: &Layout) -> String {
    let tags = report.variants.first().map(|base| base.chargeback.as_slice()).unwrap_or_default();
    tags.iter().map(|by| table(by, layout)).collect()
}

fn table(by: &Chargeback, layout: &Layout) -> String {
    let columns =
        [left("who pays"), right("own").rank(1), right("shared").rank(2), right("cost"), left("apps").rank(3)];
    let rows: Vec<Vec<String>> = by
        .rows
        .iter()
        .map(|row| {
            let money = [row.own, row.shared, row.cost].map(|amount| amount.brief());
            std::iter::once(format!("{}: {}", by.tag, row.value)).chain(money).chain([row.apps.join(", ")]).collect()
        })
        .collect();
    layout.table(&columns, &rows)
}
