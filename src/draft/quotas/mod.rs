//! The quotas of an account, as `aws service-quotas list-service-quotas --service-code bedrock` prints them.
//!
//! Names of quotas are those of the Service Quotas console in 2025 and 2026; older ones say `InvokeModel`.

mod name;

use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::document::{Place, Problem, Source};
use crate::pricing::{Model, PriceBook};
use crate::scenario::QuotaPool;
use crate::units::{Decimal, Tokens};
use name::{Means, Period};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::sync::Arc;

/// The quotas of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountQuotas {
    listed: Vec<Listed>,
    /// More pages follow: the list is not whole.
    pub more: bool,
}

/// One quota of invocations.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    region: Option<String>,
    account: Option<String>,
    means: Means,
    value: u64,
}

/// The pool that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) model: &'a Model,
    pub(super) via: Via,
    pub(super) region: &'a str,
    pub(super) account: Option<&'a str>,
    pub(super) pool: QuotaPool,
}

/// The limits of one pool; an absent one is not listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) tokens_per_minute: Option<u64>,
    pub(super) requests_per_minute: Option<u64>,
    pub(super) tokens_per_day: Option<u64>,
}

impl Wanted<'_> {
    /// The pool of a tier; nothing for tiers that draw from none.
    pub(super) fn pool_of(tier: Tier) -> Option<QuotaPool> {
        match tier {
            Tier::Standard | Tier::Priority | Tier::Flex | Tier::Reserved => Some(QuotaPool::Standard),
            Tier::LatencyOptimized => Some(QuotaPool::LatencyOptimized),
            Tier::Batch => None,
        }
    }

    /// The tier under which the price book has its defaults.
    pub(super) fn tier(&self) -> Tier {
        if self.pool == QuotaPool::Standard { Tier::Standard } else { Tier::LatencyOptimized }
    }

    /// Both are the same pool of one account.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let key = |one: &Self| (one.model.key.clone(), one.via, one.region.to_owned(), one.pool);
        key(self) == key(other)
    }
}

impl Limits {
    fn each(self) -> impl Iterator<Item = u64> {
        [self.tokens_per_minute, self.requests_per_minute, self.tokens_per_day].into_iter().flatten()
    }

    /// Any of them is listed.
    pub(super) fn is_some(&self) -> bool {
        self.each().next().is_some()
    }

    /// A limit of zero is among them: AWS gives new accounts such.
    pub(super) fn has_zero(&self) -> bool {
        self.each().any(|limit| limit == 0)
    }

    /// Those that a scenario takes.
    pub(super) fn without_zeros(self) -> Self {
        let above = |limit: Option<u64>| limit.filter(|limit| *limit > 0);
        Self {
            tokens_per_minute: above(self.tokens_per_minute),
            requests_per_minute: above(self.requests_per_minute),
            tokens_per_day: above(self.tokens_per_day),
        }
    }
}

#[derive(Deserialize)]
struct Listing<'a> {
    #[serde(rename = "Quotas", borrow)]
    quotas: Vec<Entry<'a>>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(rename = "QuotaName")]
    name: String,
    #[serde(rename = "Value", borrow)]
    value: &'a RawValue,
    #[serde(rename = "QuotaArn")]
    arn: Option<String>,
}

impl AccountQuotas {
    /// Reads the JSON that the command prints. Quotas of anything but calls to models are passed over.
    ///
    /// # Errors
    /// When it is not that JSON, with the place.
    pub fn read(source: &Arc<Source>) -> Result<Self, Problem> {
        let text = source.text.trim_start_matches('\u{feff}');
        let listing: Listing<'_> = serde_json::from_str(text).map_err(|error| {
            let place = Place::of_line_column(source, error.line() as u64, error.column() as u64);
            let message = format!("these are not the quotas of an account: {error}");
            let help =
                "write what `aws service-quotas list-service-quotas --service-code bedrock --output json` prints";
            Problem::new(place, message).help(help)
        })?;
        let listed = listing.quotas.iter().filter_map(Entry::listed).collect();
        Ok(Self { listed, more: listing.next.is_some() })
    }

    /// Quotas of models that the price book does not have under the names that they are listed with.
    #[must_use]
    pub fn unmatched(&self, book: &PriceBook) -> usize {
        let of_models = self.listed.iter().filter_map(|listed| listed.means.model.as_deref());
        of_models.filter(|name| name::model(name, book).is_none()).count()
    }

    /// What of the list its reader should hear of.
    pub(super) fn told(&self, book: &PriceBook) -> Vec<String> {
        let more = "the list of service quotas goes on behind its NextToken: quotas may be missing; list them all, without \
                    `--max-items` and `--no-paginate`";
        let unmatched = self.unmatched(book);
        let unknown =
            format!("{unmatched} service quotas are of models that the price book does not have under those names");
        [(self.more, more.to_owned()), (unmatched > 0, unknown)]
            .into_iter()
            .filter_map(|(is_so, told)| is_so.then_some(told))
            .collect()
    }

    /// The limits of a pool, as far as they are listed.
    pub(super) fn limits(&self, wanted: Wanted<'_>, book: &PriceBook) -> Limits {
        let of = |period: Period| {
            let mut found = self.listed.iter().filter(|listed| listed.is_in(wanted.region, wanted.account));
            found.find_map(|listed| listed.means.limit(listed.value, period, &wanted, book))
        };
        Limits {
            tokens_per_minute: of(Period::TokensPerMinute),
            requests_per_minute: of(Period::RequestsPerMinute),
            tokens_per_day: of(Period::TokensPerDay),
        }
    }

    /// Tokens per day over all models of an account: the least of its Regions.
    pub(super) fn across_models(&self, regions: &[&str], account: Option<&str>) -> Option<u64> {
        let across = self.listed.iter().filter(|listed| listed.means == Means::across_models());
        across.filter(|listed| regions.iter().any(|region| listed.is_in(region, account))).map(|one| one.value).min()
    }
}

impl Listed {
    /// What is listed without a place holds everywhere.
    fn is_in(&self, region: &str, account: Option<&str>) -> bool {
        let same = |own: &Option<String>, asked: &str| own.as_deref().is_none_or(|own| own == asked);
        same(&self.region, region) && account.is_none_or(|account| same(&self.account, account))
    }
}

impl Entry<'_> {
    /// Nothing for quotas of other things, and for values that are no count.
    fn listed(&self) -> Option<Listed> {
        let value = Decimal::parse(self.value.get()).ok()?.shifted(0)?;
        let value = u64::try_from(value).ok()?.min(Tokens::MAX_QUOTA.0);
        // arn:aws:servicequotas:REGION:ACCOUNT:bedrock/L-...
        let part = |number: usize| {
            let part = self.arn.as_deref()?.split(':').nth(number)?;
            (!part.is_empty()).then(|| part.to_owned())
        };
        Some(Listed { region: part(3), account: part(4), means: Means::of(&self.name)?, value })
    }
}

#[cfg(test)]
mod tests;
