//! From the rows of the book to the rows of a sheet.

use super::sheet::{AccountQuota, Cited, Price, Profile, Provisioned, Quota, Reserved, Service};
use crate::bedrock::usage::UsageClass;
use crate::pricing::{self, Model, PriceBook, Provenance, ProvisionedRow, QuotaRow, RateRow, ReservedRow, ServiceRow};
use crate::report::money::Money;
use crate::units::Usd;
use std::collections::BTreeSet;

pub(super) fn cited(provenance: &Provenance) -> Cited {
    Cited {
        title: provenance.title.clone(),
        url: provenance.url.clone(),
        checked: provenance.checked.to_string(),
        confidence: provenance.confidence.name().to_owned(),
        note: provenance.note.clone(),
        conflicts: provenance.conflicts.iter().map(|one| format!("{}: {}", one.source, one.says)).collect(),
        own: provenance.overlay,
    }
}

fn money(amount: Usd) -> Money {
    Money::from(amount.femtos())
}

pub(super) fn price(row: &RateRow) -> Price {
    let per_million = |class| row.rate(class).map(|rate| money(rate.per_million()));
    Price {
        via: row.via.to_string(),
        regions: row.regions.to_string(),
        tier: row.tier.to_string(),
        from: row.from.to_string(),
        input_above: row.input_above.map(|tokens| tokens.0),
        input: per_million(UsageClass::UncachedInput),
        output: per_million(UsageClass::Output),
        cache_read: per_million(UsageClass::CacheRead),
        cache_write_5m: per_million(UsageClass::CacheWrite5m),
        cache_write_1h: per_million(UsageClass::CacheWrite1h),
        source: cited(&row.provenance),
    }
}

pub(super) fn quota(row: &QuotaRow) -> Quota {
    Quota {
        via: row.via.to_string(),
        regions: row.regions.to_string(),
        tier: row.tier.to_string(),
        tokens_per_minute: row.tokens_per_minute.map(|limit| limit.0),
        requests_per_minute: row.requests_per_minute,
        tokens_per_day: row.tokens_per_day.map(|limit| limit.0),
        source: cited(&row.provenance),
    }
}

pub(super) fn account_quota(row: &pricing::AccountQuota) -> AccountQuota {
    AccountQuota {
        name: row.name.clone(),
        from: row.from.to_string(),
        tokens_per_day: row.tokens_per_day.0,
        source: cited(&row.provenance),
    }
}

/// One row a term.
pub(super) fn provisioned(row: &ProvisionedRow) -> impl Iterator<Item = Provisioned> {
    row.per_hour.iter().map(|(term, per_hour)| Provisioned {
        regions: row.regions.to_string(),
        from: row.from.to_string(),
        term: term.to_string(),
        per_hour: money(*per_hour),
        source: cited(&row.provenance),
    })
}

pub(super) fn reserved(row: &ReservedRow) -> Reserved {
    Reserved {
        via: row.via.to_string(),
        regions: row.regions.to_string(),
        from: row.from.to_string(),
        term: row.term.to_string(),
        input: money(row.input),
        output: money(row.output),
        source: cited(&row.provenance),
    }
}

pub(super) fn service(row: &ServiceRow) -> Service {
    Service {
        tier: row.tier.to_string(),
        ttft_p50_us: row.ttft_p50.0,
        ttft_p90_us: row.ttft_p90.0,
        output_rate_p50_thousandths: row.output_rate_p50.thousandths_per_second(),
        output_rate_p90_thousandths: row.output_rate_p90.thousandths_per_second(),
        source: cited(&row.provenance),
    }
}

pub(super) fn profile(book: &PriceBook, model: &Model, prefix: &str) -> Profile {
    let known = book.profile(model, prefix);
    let list = |of: fn(&pricing::Profile) -> &BTreeSet<String>| {
        known.into_iter().flat_map(|profile| of(profile).iter().cloned()).collect()
    };
    Profile {
        id: format!("{prefix}.{}", model.id),
        prefix: prefix.to_owned(),
        sources: list(|profile| &profile.sources),
        destinations: list(|profile| &profile.destinations),
        source: known.map(|profile| cited(&profile.provenance)),
    }
}
