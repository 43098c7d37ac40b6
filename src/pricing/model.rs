//! What the book knows of one model.

use super::{MissingRate, Provenance, QuotaRow, RateRow};
use crate::bedrock::profile::{GLOBAL_PREFIX, Via};
use crate::units::Tokens;
use jiff::civil::Date;

/// A model: its identity, its limits, its default quotas and its prices.
#[derive(Debug, Clone)]
pub struct Model {
    /// Its short name in scenarios and reports: `claude-haiku-4-5`.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// The bare model id.
    pub id: String,
    /// The geographic profiles that exist: `us`, `eu`.
    pub geo_prefixes: Vec<String>,
    /// The largest input and output together.
    pub context: TokenLimit,
    /// The largest output; an embedding model has none.
    pub max_output: Option<TokenLimit>,
    /// How output counts against quotas, by date, the oldest first.
    pub burndown: Vec<Burndown>,
    /// Default quotas, in no order.
    pub quotas: Vec<QuotaRow>,
    /// Prices, in no order.
    pub prices: Vec<RateRow>,
}

/// A limit in tokens.
#[derive(Debug, Clone)]
pub struct TokenLimit {
    /// Tokens.
    pub tokens: Tokens,
    /// Where the limit comes from.
    pub provenance: Provenance,
}

/// From a day on, an output token counts `times` against a quota at settlement.
#[derive(Debug, Clone)]
pub struct Burndown {
    /// The first day of effect.
    pub from: Date,
    /// 1 to 100.
    pub times: u32,
    /// Where the figure comes from.
    pub provenance: Provenance,
}

impl Model {
    /// The burndown on a day; nothing before the model was there.
    #[must_use]
    pub fn burndown_on(&self, day: Date) -> Option<&Burndown> {
        self.burndown.iter().rev().find(|row| row.from <= day)
    }

    /// The prices by one way in one Region on one day: a row that names the Region beats `any`, then the
    /// latest wins, then the user's own.
    ///
    /// # Errors
    /// When no row holds; the error names what was asked for and what there is.
    pub fn rates(&self, via: Via, region: &str, day: Date) -> Result<&RateRow, MissingRate> {
        let rows = self.prices.iter().filter(|row| row.via == via && row.regions.include(region) && row.from <= day);
        let found = rows.max_by_key(|row| (row.regions.name(region), row.from, row.provenance.overlay));
        found.ok_or_else(|| MissingRate {
            model: self.key.clone(),
            via,
            region: region.to_owned(),
            day,
            priced: self.prices.iter().map(|r| format!("{} {} from {}", r.via, r.regions, r.from)).collect(),
        })
    }

    /// The default quotas by one way in one Region: a row that names the Region beats `any`, then the
    /// user's own wins. Nothing when none is known.
    #[must_use]
    pub fn quota_defaults(&self, via: Via, region: &str) -> Option<&QuotaRow> {
        let rows = self.quotas.iter().filter(|row| row.via == via && row.regions.include(region));
        rows.max_by_key(|row| (row.regions.name(region), row.provenance.overlay))
    }

    /// The prefixes that exist before the id: the geographic ones, and `global` when that is sold.
    pub fn prefixes(&self) -> impl Iterator<Item = &str> {
        let global = self.prices.iter().any(|row| row.via == Via::Global).then_some(GLOBAL_PREFIX);
        self.geo_prefixes.iter().map(String::as_str).chain(global)
    }

    /// The provenance of every figure.
    pub fn provenances(&self) -> impl Iterator<Item = &Provenance> {
        let limits = std::iter::once(&self.context).chain(&self.max_output).map(|limit| &limit.provenance);
        let rows = self.quotas.iter().map(|row| &row.provenance).chain(self.prices.iter().map(|row| &row.provenance));
        limits.chain(self.burndown.iter().map(|row| &row.provenance)).chain(rows)
    }
}
