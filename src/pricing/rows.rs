//! From the entries of a file to the rows of the book: each gets its source in full.

use super::capacity::{PROVISIONED_TERMS, ProvisionedRow, ReservedRow, UnitThroughput};
use super::charge::ChargeRow;
use super::file::{
    AccountQuotaEntry, BurndownEntry, CacheEntry, ChargeRowEntry, Cited, LifecycleEntry, LimitEntry, PriceEntry,
    ProfileEntry, ProvisionedEntry, QuotaEntry, ReservedEntry, ServiceEntry, SourceEntry, UnitEntry,
};
use super::{
    AccountQuota, Burndown, CacheFacts, Confidence, Conflict, Lifecycle, Profile, Provenance, QuotaRow, RateRow,
    ServiceRow, TokenLimit,
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
    pub(super) fn cite(&self, cited: Cited, problems: &mut Problems) -> Provenance {
        let found = self.source(&cited.source, problems);
        let source = cited.source.value;
        let conflicts = cited.conflicts.into_iter().map(|conflict| {
            self.source(&conflict.source, problems);
            Conflict { source: conflict.source.value, says: conflict.says }
        });
        Provenance {
            title: found.map_or_else(|| source.clone(), |entry| entry.title.clone()),
            url: found.and_then(|entry| entry.url.clone()),
            checked: cited.checked,
            confidence: cited.confidence.or(found.map(|entry| entry.confidence)).unwrap_or(Confidence::Low),
            note: cited.note,
            conflicts: conflicts.collect(),
            overlay: self.overlay,
            source,
        }
    }

    fn source(&self, key: &Located<String>, problems: &mut Problems) -> Option<&SourceEntry> {
        let found = self.sources.get(&key.value);
        if found.is_none() {
            let known: Vec<&str> = self.sources.keys().map(String::as_str).collect();
            problems.unknown(&key.place, "source", &key.value, &known);
        }
        found
    }
}

pub(super) fn limit(entry: LimitEntry, citing: &Citing, problems: &mut Problems) -> TokenLimit {
    let provenance = citing.cite(entry.cited(), problems);
    TokenLimit { tokens: entry.tokens, provenance }
}

pub(super) fn burndown(entry: BurndownEntry, citing: &Citing, problems: &mut Problems) -> Burndown {
    let provenance = citing.cite(entry.cited(), problems);
    Burndown { from: entry.from.value, times: entry.times.value, provenance }
}

pub(super) fn quota(entry: QuotaEntry, citing: &Citing, problems: &mut Problems) -> QuotaRow {
    let provenance = citing.cite(entry.cited(), problems);
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
    let provenance = citing.cite(entry.cited(), problems);
    RateRow {
        via: entry.via.value,
        regions: entry.regions.value,
        tier: entry.tier.value,
        from: entry.from.value,
        input_above: entry.input_above,
        per_million: entry.per_million,
        unusual: entry.unusual,
        provenance,
    }
}

pub(super) fn account_quota(entry: AccountQuotaEntry, citing: &Citing, problems: &mut Problems) -> AccountQuota {
    let provenance = citing.cite(entry.cited(), problems);
    AccountQuota { name: entry.name, from: entry.from.value, tokens_per_day: entry.tokens_per_day, provenance }
}

pub(super) fn cache(entry: CacheEntry, citing: &Citing, problems: &mut Problems) -> CacheFacts {
    let provenance = citing.cite(entry.cited(), problems);
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
    let provenance = citing.cite(entry.cited(), problems);
    let day = |written: Option<Located<Date>>| written.map(|day| day.value);
    Lifecycle {
        legacy: day(entry.legacy),
        extended_access: day(entry.extended_access),
        end_of_life: day(entry.end_of_life),
        provenance,
    }
}

pub(super) fn profile(prefix: &str, entry: ProfileEntry, citing: &Citing, problems: &mut Problems) -> Profile {
    let provenance = citing.cite(entry.cited(), problems);
    Profile { prefix: prefix.to_owned(), sources: entry.sources.0, destinations: entry.destinations.0, provenance }
}

/// A term that provisioned throughput is not sold under has been reported; it is left out here.
pub(super) fn provisioned(entry: ProvisionedEntry, citing: &Citing, problems: &mut Problems) -> ProvisionedRow {
    let provenance = citing.cite(entry.cited(), problems);
    let priced = entry.per_hour.0.into_iter().filter_map(|(term, price)| {
        let sold = PROVISIONED_TERMS.into_iter().find(|sold| sold.name() == term.value);
        sold.map(|term| (term, price.0))
    });
    let per_hour = priced.collect();
    let throughput =
        |unit: UnitEntry| UnitThroughput { input_tpm: unit.input_tpm.get(), output_tpm: unit.output_tpm.get() };
    let unit = entry.units.map(throughput);
    ProvisionedRow { regions: entry.regions.value, from: entry.from.value, per_hour, unit, provenance }
}

pub(super) fn reserved(entry: ReservedEntry, citing: &Citing, problems: &mut Problems) -> ReservedRow {
    let provenance = citing.cite(entry.cited(), problems);
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
    let provenance = citing.cite(entry.cited(), problems);
    ChargeRow { regions: entry.regions.value, from: entry.from.value, usd: entry.usd.0, provenance }
}

pub(super) fn service(entry: ServiceEntry, citing: &Citing, problems: &mut Problems) -> ServiceRow {
    let provenance = citing.cite(entry.cited(), problems);
    ServiceRow {
        tier: entry.tier.value,
        ttft_p50: entry.ttft.p50,
        ttft_p90: entry.ttft.p90.value,
        output_rate_p50: entry.output_rate.p50,
        output_rate_p90: entry.output_rate.p90.value,
        provenance,
    }
}
