//! What the book knows of one model.

use super::capacity::{PROVISIONED_TERMS, ProvisionedRow, RESERVED_TERMS, ReservedPrice, ReservedRow, UnitPrice};
use super::{
    CacheFacts, Discount, Lifecycle, MissingRate, Profile, Provenance, QuotaRow, RateRow, Regions, ServiceRow,
};
use crate::bedrock::profile::{GLOBAL_PREFIX, Via};
use crate::bedrock::term::Term;
use crate::bedrock::tier::Tier;
use crate::units::Tokens;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A model: its identity, its limits, its default quotas and its prices.
#[derive(Debug, Clone)]
pub struct Model {
    /// Its short name in scenarios and reports: `claude-haiku-4-5`.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// The bare model id.
    pub id: String,
    /// What the usage types of AWS bills call it, the one that is written first.
    pub billing_names: Vec<String>,
    /// Other names in prose that sources use.
    pub aliases: Vec<String>,
    /// The geographic profiles that exist: `us`, `eu`.
    pub geo_prefixes: Vec<String>,
    /// The largest input and output together.
    pub context: TokenLimit,
    /// The largest output; an embedding model has none.
    pub max_output: Option<TokenLimit>,
    /// How output counts against quotas, by date, the oldest first.
    pub burndown: Vec<Burndown>,
    /// The prompt cache; nothing when the model has none.
    pub cache: Option<CacheFacts>,
    /// The end of its life, as far as it is announced.
    pub lifecycle: Option<Lifecycle>,
    /// Profiles by prefix whose Regions are not those of the prefix in general.
    pub profiles: BTreeMap<String, Profile>,
    /// Default quotas, in no order.
    pub quotas: Vec<QuotaRow>,
    /// Prices, in no order.
    pub prices: Vec<RateRow>,
    /// Prices of model units, in no order.
    pub provisioned: Vec<ProvisionedRow>,
    /// Prices of the reserved tier, in no order.
    pub reserved: Vec<ReservedRow>,
    /// Measured service times, one row a tier at most.
    pub service: Vec<ServiceRow>,
    /// The discounts that are for it.
    pub discounts: Vec<Arc<Discount>>,
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

    /// The prices by one way in one Region and tier on one day: a row that names the Region beats `any`,
    /// then the latest wins, then the user's own.
    ///
    /// # Errors
    /// When no row holds; the error names what was asked for and what there is in that tier, or else in all.
    pub fn rates(&self, via: Via, region: &str, tier: Tier, day: Date) -> Result<&RateRow, MissingRate> {
        let rows = self.sold(via, region, tier, day).filter(|row| row.input_above.is_none());
        let found = rows.max_by_key(|row| row.precedence(region));
        let of_tier = self.prices.iter().any(|row| row.tier == tier);
        let priced = |row: &RateRow| format!("{} {} {} from {}", row.via, row.regions, row.tier, row.from);
        found.ok_or_else(|| MissingRate {
            model: self.key.clone(),
            via,
            region: region.to_owned(),
            tier,
            day,
            priced: self.prices.iter().filter(|row| !of_tier || row.tier == tier).map(priced).collect(),
        })
    }

    /// The prices of calls with a long input by one way in one Region and tier on one day; nothing when they cost
    /// what all calls cost.
    #[must_use]
    pub fn long_rates(&self, via: Via, region: &str, tier: Tier, day: Date) -> Option<&RateRow> {
        let rows = self.sold(via, region, tier, day).filter(|row| row.input_above.is_some());
        rows.max_by_key(|row| row.precedence(region))
    }

    /// The row is what a call in some Region of its own pays on a day.
    #[must_use]
    pub fn in_force(&self, row: &RateRow, day: Date) -> bool {
        let counts = |region: &str| {
            let found = match row.input_above {
                None => self.rates(row.via, region, row.tier, day).ok(),
                Some(_) => self.long_rates(row.via, region, row.tier, day),
            };
            found.is_some_and(|found| std::ptr::eq(found, row))
        };
        match &row.regions {
            Regions::Any => counts("any"),
            Regions::Named(regions) => regions.iter().any(|region| counts(region)),
        }
    }

    fn sold(&self, via: Via, region: &str, tier: Tier, day: Date) -> impl Iterator<Item = &RateRow> {
        let rows = self.prices.iter().filter(move |row| row.via == via && row.tier == tier && row.from <= day);
        rows.filter(move |row| row.regions.include(region))
    }

    /// The tiers that can be bought by one way in one Region on one day.
    #[must_use]
    pub fn tiers(&self, via: Via, region: &str, day: Date) -> BTreeSet<Tier> {
        let priced = self.prices.iter().filter(|row| row.via == via && row.regions.include(region) && row.from <= day);
        let reserved = RESERVED_TERMS.into_iter().find_map(|term| self.reserved(via, region, term, day));
        priced.map(|row| row.tier).chain(reserved.map(|_| Tier::Reserved)).collect()
    }

    /// The Regions in which the bare id has a price on a day; nothing when a row holds for any Region, and
    /// an empty set when the model is called through profiles only.
    #[must_use]
    pub fn regions_on_demand(&self, day: Date) -> Option<BTreeSet<String>> {
        let bare = |row: &&RateRow| row.via == Via::OnDemand && row.tier == Tier::Standard && row.from <= day;
        let named = self.prices.iter().filter(bare).map(|row| match &row.regions {
            Regions::Any => None,
            Regions::Named(names) => Some(names.clone()),
        });
        named.collect::<Option<Vec<_>>>().map(|sets| sets.into_iter().flatten().collect())
    }

    /// The price of a model unit in one Region under one term on one day; nothing when it is not sold so.
    #[must_use]
    pub fn provisioned(&self, region: &str, term: Term, day: Date) -> Option<UnitPrice<'_>> {
        let rows = self.provisioned.iter().filter(|row| row.regions.include(region) && row.from <= day);
        let row = rows.max_by_key(|row| (row.regions.name(region), row.from, row.provenance.overlay))?;
        let per_hour = *row.per_hour.get(&term)?;
        Some(UnitPrice { per_hour, unit: row.unit, provenance: &row.provenance })
    }

    /// The discount on tokens by one way in one Region and tier on one day.
    #[must_use]
    pub fn discount(&self, via: Via, region: &str, tier: Tier, day: Date) -> Option<&Arc<Discount>> {
        self.discounts.iter().find(|one| one.is_for(via, tier) && one.holds(region, day))
    }

    /// The discount on model units in one Region on one day.
    #[must_use]
    pub fn unit_discount(&self, region: &str, day: Date) -> Option<&Arc<Discount>> {
        self.discounts.iter().find(|one| one.is_for_units() && one.holds(region, day))
    }

    /// The discount on the reserved tier by one way in one Region on one day.
    #[must_use]
    pub fn reserved_discount(&self, via: Via, region: &str, day: Date) -> Option<&Arc<Discount>> {
        self.discounts.iter().find(|one| one.is_for_reserved(via) && one.holds(region, day))
    }

    /// The days on which some discount begins or ends.
    pub fn discount_days(&self) -> impl Iterator<Item = Date> {
        self.discounts.iter().flat_map(|one| [one.from, one.until]).flatten()
    }

    /// The terms under which model units are sold in one Region on one day.
    #[must_use]
    pub fn provisioned_terms(&self, region: &str, day: Date) -> Vec<Term> {
        PROVISIONED_TERMS.into_iter().filter(|term| self.provisioned(region, *term, day).is_some()).collect()
    }

    /// The price of the reserved tier by one way in one Region under one term on one day.
    #[must_use]
    pub fn reserved(&self, via: Via, region: &str, term: Term, day: Date) -> Option<ReservedPrice<'_>> {
        let rows = self.reserved.iter().filter(|row| row.via == via && row.term == term);
        let rows = rows.filter(|row| row.regions.include(region) && row.from <= day);
        let row = rows.max_by_key(|row| (row.regions.name(region), row.from, row.provenance.overlay))?;
        Some(ReservedPrice { input: row.input, output: row.output, provenance: &row.provenance })
    }

    /// The default quotas by one way in one Region and tier: a row that names the Region beats `any`, then
    /// the user's own wins. Nothing when none is known. Priority and flex share the quota of standard.
    #[must_use]
    pub fn quota_defaults(&self, via: Via, region: &str, tier: Tier) -> Option<&QuotaRow> {
        let rows = self.quotas.iter().filter(|row| row.via == via && row.tier == tier && row.regions.include(region));
        rows.max_by_key(|row| (row.regions.name(region), row.provenance.overlay))
    }

    /// How fast the model was measured to answer in a tier.
    #[must_use]
    pub fn service(&self, tier: Tier) -> Option<&ServiceRow> {
        self.service.iter().find(|row| row.tier == tier)
    }

    /// The prefixes that exist before the id: the geographic ones, and `global` when that is sold.
    pub fn prefixes(&self) -> impl Iterator<Item = &str> {
        let global = self.prices.iter().any(|row| row.via == Via::Global).then_some(GLOBAL_PREFIX);
        self.geo_prefixes.iter().map(String::as_str).chain(global)
    }

    /// The provenance of every figure.
    pub fn provenances(&self) -> impl Iterator<Item = &Provenance> {
        let limits = std::iter::once(&self.context).chain(&self.max_output).map(|limit| &limit.provenance);
        let facts = self.cache.iter().map(|cache| &cache.provenance);
        let facts = facts.chain(self.lifecycle.iter().map(|life| &life.provenance));
        let facts = facts.chain(self.profiles.values().map(|profile| &profile.provenance));
        let facts = facts.chain(self.service.iter().map(|row| &row.provenance));
        let rows = self.quotas.iter().map(|row| &row.provenance).chain(self.prices.iter().map(|row| &row.provenance));
        let bought = self.provisioned.iter().map(|row| &row.provenance);
        let bought = bought.chain(self.reserved.iter().map(|row| &row.provenance));
        limits.chain(self.burndown.iter().map(|row| &row.provenance)).chain(facts).chain(rows).chain(bought)
    }
}
