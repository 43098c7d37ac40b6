//! Prices that may not hold any more.

use super::Entry;

pub(super) const PRICES_STALE: Entry = Entry {
    title: "prices are older than 90 days",
    about: &[
        "Every price of the book says on which day somebody compared it with its source. Models are added, go into \
         extended access and change their price several times a year, so that a figure that nobody looked at for a \
         quarter may not be what AWS bills.",
        "Compare the price with its source, correct the row and its day in an overlay, and give the folder with \
         `--pricing`; or wait for the next release. Where an old price must not pass, limit it: `prices.age <= 90d` is a \
         budget like any other.",
    ],
    causes: "start: 2027-06-01T00:00:00Z  # the book was checked on 2026-11-20",
    cures: "budgets:\n  - prices.age <= 90d",
    source: "the price book of this program, field `checked`, 2026-11-20",
};
