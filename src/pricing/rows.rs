//! From the entries of a file to the rows of the book: each gets its source in full.

use super::file::{AccountQuotaEntry, BurndownEntry, LimitEntry, PriceEntry, QuotaEntry, SourceEntry};
use super::{AccountQuota, Burndown, Provenance, QuotaRow, RateRow, TokenLimit};
use crate::document::{Located, Problems};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The sources that a file may cite, and whether it is the user's own.
pub(super) struct Citing<'a> {
    pub(super) sources: &'a BTreeMap<String, SourceEntry>,
    pub(super) overlay: bool,
}

impl Citing<'_> {
    /// A source that is not defined is a problem; the provenance then carries its key as a title.
    fn cite(
        &self,
        source: &Located<String>,
        checked: Date,
        note: Option<String>,
        problems: &mut Problems,
    ) -> Provenance {
        let key = source.value.clone();
        let found = self.sources.get(&key);
        if found.is_none() {
            let known: Vec<&str> = self.sources.keys().map(String::as_str).collect();
            problems.unknown(&source.place, "source", &key, &known);
        }
        let title = found.map_or_else(|| key.clone(), |entry| entry.title.clone());
        let url = found.and_then(|entry| entry.url.clone());
        Provenance { source: key, title, url, checked, note, overlay: self.overlay }
    }
}

pub(super) fn limit(entry: LimitEntry, citing: &Citing, problems: &mut Problems) -> TokenLimit {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    TokenLimit { tokens: entry.tokens, provenance }
}

pub(super) fn burndown(entry: BurndownEntry, citing: &Citing, problems: &mut Problems) -> Burndown {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    Burndown { from: entry.from.value, times: entry.times.value, provenance }
}

pub(super) fn quota(entry: QuotaEntry, citing: &Citing, problems: &mut Problems) -> QuotaRow {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    QuotaRow {
        via: entry.via.value,
        regions: entry.regions.value,
        tokens_per_minute: entry.tokens_per_minute,
        requests_per_minute: entry.requests_per_minute.map(|requests| requests.0),
        tokens_per_day: entry.tokens_per_day,
        provenance,
    }
}

pub(super) fn price(entry: PriceEntry, citing: &Citing, problems: &mut Problems) -> RateRow {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    let (via, regions, from) = (entry.via.value, entry.regions.value, entry.from.value);
    RateRow { via, regions, from, per_million: entry.per_million, provenance }
}

pub(super) fn account_quota(entry: AccountQuotaEntry, citing: &Citing, problems: &mut Problems) -> AccountQuota {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    AccountQuota { name: entry.name, from: entry.from.value, tokens_per_day: entry.tokens_per_day, provenance }
}
