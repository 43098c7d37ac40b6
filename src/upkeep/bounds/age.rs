//! How long ago figures were compared with their sources.

use crate::pricing::PriceBook;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A figure that was checked longer ago is old.
pub const OLD_AFTER_DAYS: i32 = 90;

/// The old figures of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old {
    /// The key of the source.
    pub source: String,
    /// How many figures cite it and are old.
    pub figures: usize,
    /// The day on which the oldest of them was checked.
    pub checked: Date,
}

/// What was checked more than [`OLD_AFTER_DAYS`] days before a day, by source.
#[must_use]
pub fn old(book: &PriceBook, on: Date) -> Vec<Old> {
    let mut old: BTreeMap<&str, Old> = BTreeMap::new();
    for cited in book.provenances() {
        let days = cited.checked.until(on).map_or(i32::MAX, |span| span.get_days());
        if days <= OLD_AFTER_DAYS {
            continue;
        }
        let of_source = old.entry(&cited.source).or_insert_with(|| Old {
            source: cited.source.clone(),
            figures: 0,
            checked: cited.checked,
        });
        of_source.figures += 1;
        of_source.checked = of_source.checked.min(cited.checked);
    }
    old.into_values().collect()
}
