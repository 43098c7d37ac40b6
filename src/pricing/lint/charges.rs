//! What can be wrong with the prices of services around the models.

use super::{Dated, in_order, pairs};
use crate::document::Problems;
use crate::pricing::file::ChargeEntry;

pub(in crate::pricing) fn charge(entry: &ChargeEntry, problems: &mut Problems) {
    for (earlier, row) in pairs(entry.prices.as_deref().unwrap_or_default()) {
        let (first, second) = (Dated::of(&earlier.regions, &earlier.from), Dated::of(&row.regions, &row.from));
        in_order("the price", first, second, problems);
    }
}
