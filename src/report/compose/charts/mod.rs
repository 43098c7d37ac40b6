//! Which charts a report shows, and in which words.

mod cost;
mod demand;
mod quota;
mod throttled;
mod work;

use super::Evaluated;
use crate::report::model::Chart;

/// The charts in reading order: capacity, its want, what callers add to it, the money.
pub(super) fn charts(variants: &[Evaluated<'_>]) -> Vec<Chart> {
    let Some(base) = variants.first() else {
        return Vec::new();
    };
    [demand::by_pool(base), throttled::charts(variants), work::charts(base), vec![cost::per_day(base)]].concat()
}
