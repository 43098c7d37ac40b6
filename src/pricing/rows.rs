//! From the entries of a file to the rows of the book: each gets its source in full.

use super::capacity::{PROVISIONED_TERMS, ProvisionedRow, ReservedRow};
use super::charge::ChargeRow;
use super::file::{
    AccountQuotaEntry, BurndownEntry, CacheEntry, ChargeRowEntry, LifecycleEntry, LimitEntry, PriceEntry, ProfileEntry,
    ProvisionedEntry, QuotaEntry, ReservedEntry, ServiceEntry, SourceEntry,
};
use super::{
    AccountQuota, Burndown, CacheFacts, Lifecycle, Profile, Provenance, QuotaRow, RateRow, ServiceRow, TokenLimit,
};
use crate::document::{Located, Problems};
use crate::units::Tokens;
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
        tier: entry.tier.value,
        tokens_per_minute: entry.tokens_per_minute,
        requests_per_minute: entry.requests_per_minute.map(|requests| requests.0),
        tokens_per_day: entry.tokens_per_day,
        provenance,
    }
}

pub(super) fn price(entry: PriceEntry, citing: &Citing, problems: &mut Problems) -> RateRow {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    let (via, regions, from) = (entry.via.value, entry.regions.value, entry.from.value);
    RateRow { via, regions, tier: entry.tier.value, from, per_million: entry.per_million, provenance }
}

pub(super) fn account_quota(entry: AccountQuotaEntry, citing: &Citing, problems: &mut Problems) -> AccountQuota {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    AccountQuota { name: entry.name, from: entry.from.value, tokens_per_day: entry.tokens_per_day, provenance }
}

pub(super) fn cache(entry: CacheEntry, citing: &Citing, problems: &mut Problems) -> CacheFacts {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    CacheFacts {
        minimum: Tokens(entry.minimum.get()),
        ttls: entry.ttls.into_iter().map(|ttl| ttl.value).collect(),
        checkpoints: small(entry.checkpoints.get()),
        look_back: small(entry.look_back.get()),
        provenance,
    }
}

/// A count that its type bounds far below.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

pub(super) fn lifecycle(entry: LifecycleEntry, citing: &Citing, problems: &mut Problems) -> Lifecycle {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    let day = |written: Option<Located<Date>>| written.map(|day| day.value);
    Lifecycle {
        legacy: day(entry.legacy),
        extended_access: day(entry.extended_access),
        end_of_life: day(entry.end_of_life),
        provenance,
    }
}

pub(super) fn profile(prefix: &str, entry: ProfileEntry, citing: &Citing, problems: &mut Problems) -> Profile {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    Profile { prefix: prefix.to_owned(), sources: entry.sources.0, destinations: entry.destinations.0, provenance }
}

/// A term that provisioned throughput is not sold under has been reported; it is left out here.
pub(super) fn provisioned(entry: ProvisionedEntry, citing: &Citing, problems: &mut Problems) -> ProvisionedRow {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    let priced = entry.per_hour.0.into_iter().filter_map(|(term, price)| {
        let sold = PROVISIONED_TERMS.into_iter().find(|sold| sold.name() == term.value);
        sold.map(|term| (term, price.0))
    });
    let per_hour = priced.collect();
    ProvisionedRow { regions: entry.regions.value, from: entry.from.value, per_hour, provenance }
}

pub(super) fn reserved(entry: ReservedEntry, citing: &Citing, problems: &mut Problems) -> ReservedRow {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    ReservedRow {
        via: entry.via.value,
        regions: entry.regions.value,
        from: entry.from.value,
        term: entry.term.value,
        input: entry.input_per_1k_tpm_hour.0,
        output: entry.output_per_1k_tpm_hour.0,
        provenance,
    }
}

pub(super) fn charge(entry: ChargeRowEntry, citing: &Citing, problems: &mut Problems) -> ChargeRow {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    ChargeRow { regions: entry.regions.value, from: entry.from.value, usd: entry.usd.0, provenance }
}

pub(super) fn service(entry: ServiceEntry, citing: &Citing, problems: &mut Problems) -> ServiceRow {
    let provenance = citing.cite(&entry.source, entry.checked, entry.note, problems);
    ServiceRow {
        tier: entry.tier.value,
        ttft_p50: entry.ttft.p50,
        ttft_p90: entry.ttft.p90.value,
        output_rate_p50: entry.output_rate.p50,
        output_rate_p90: entry.output_rate.p90.value,
        provenance,
    }
}
