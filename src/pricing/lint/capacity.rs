//! What can be wrong with the prices of capacity that is bought by the hour.

use super::{Dated, in_order, pairs};
use crate::bedrock::term::Term;
use crate::document::{Place, Problems};
use crate::pricing::capacity::{PROVISIONED_TERMS, RESERVED_TERMS};
use crate::pricing::file::{ProvisionedEntry, ReservedEntry};

pub(super) fn provisioned(rows: &[ProvisionedEntry], problems: &mut Problems) {
    for (earlier, row) in pairs(rows) {
        let (first, second) = (Dated::of(&earlier.regions, &earlier.from), Dated::of(&row.regions, &row.from));
        in_order("the price of a model unit", first, second, problems);
    }
    for row in rows {
        if row.per_hour.0.is_empty() {
            problems.with_help(&row.from.place, "this row holds no price", "write `per_hour: {1_month: 21.18}`");
        }
        for (term, _) in &row.per_hour.0 {
            exists(&term.value, &term.place, "provisioned throughput", &PROVISIONED_TERMS, problems);
        }
    }
}

pub(super) fn reserved(rows: &[ReservedEntry], problems: &mut Problems) {
    for row in rows {
        exists(row.term.value.name(), &row.term.place, "the reserved tier", &RESERVED_TERMS, problems);
    }
    let same = |(earlier, row): &(&ReservedEntry, &ReservedEntry)| {
        (earlier.via.value, earlier.term.value) == (row.via.value, row.term.value)
    };
    for (earlier, row) in pairs(rows).filter(same) {
        let (first, second) = (Dated::of(&earlier.regions, &earlier.from), Dated::of(&row.regions, &row.from));
        let what = format!("the reserved price of `{}` for `{}`", row.via.value, row.term.value);
        in_order(&what, first, second, problems);
    }
}

fn exists(term: &str, place: &Place, what: &str, sold: &[Term], problems: &mut Problems) {
    if !sold.iter().any(|known| known.name() == term) {
        let names: Vec<String> = sold.iter().map(|term| format!("`{term}`")).collect();
        let help = format!("its terms are {}", names.join(", "));
        problems.with_help(place, format!("{what} is not sold for the term `{term}`"), help);
    }
}
