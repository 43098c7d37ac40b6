//! What of the prices is the reader's own.

use super::layout::Layout;
use crate::report::headline;
use crate::report::model::Report;

/// A sentence or two, where there is something to say.
pub(super) fn own(report: &Report, layout: &Layout) -> String {
    let told = report.variants.first().and_then(headline::own_prices);
    told.map_or_else(String::new, |told| layout.paragraph(&told, 0))
}
