//! The price book and the questions it answers.

use super::file::SourceEntry;
use super::{
    AccountQuota, Charge, Discount, MissingRate, Model, Platform, Profile, Provenance, QuotaRow, RateRow, merge,
};
use crate::bedrock::profile::{ProfileId, Via};
use crate::bedrock::tier::Tier;
use crate::document::{Problems, Source, nearest};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Every model, price and default quota that is known, with sources.
#[derive(Debug, Clone, Default)]
pub struct PriceBook {
    pub(super) sources: BTreeMap<String, SourceEntry>,
    pub(super) models: BTreeMap<String, Model>,
    pub(super) profiles: BTreeMap<String, Profile>,
    pub(super) charges: BTreeMap<String, Charge>,
    pub(super) discounts: BTreeMap<String, Arc<Discount>>,
    pub(super) platforms: BTreeMap<String, Platform>,
    pub(super) account_quotas: Vec<AccountQuota>,
    pub(super) files: Vec<Arc<Source>>,
}

/// What an id in a call means.
#[derive(Debug, Clone, Copy)]
pub struct Resolved<'a> {
    /// The model.
    pub model: &'a Model,
    /// The way to it.
    pub via: Via,
    /// The prefix of the id: `us`, `global`, or nothing.
    pub prefix: Option<&'a str>,
}

/// An id that the book does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownModel {
    /// The id.
    pub id: String,
    /// Every id that the book has.
    pub known: Vec<String>,
}

impl PriceBook {
    /// Lays the user's own files over the book: a model's entry adds the model, or replaces its facts and
    /// the rows for the same way, Regions and day, and adds the others.
    ///
    /// # Errors
    /// Every problem of every file.
    pub fn overlay(self, sources: &[Arc<Source>]) -> Result<Self, Problems> {
        merge::overlay(self, sources)
    }

    /// The model under a short name such as `claude-haiku-4-5`.
    #[must_use]
    pub fn model(&self, key: &str) -> Option<&Model> {
        self.models.get(key)
    }

    /// Every model, by short name.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.models.values()
    }

    /// The model and way behind an id as a call names it: `us.anthropic.claude-...`.
    ///
    /// # Errors
    /// When the book has no such model, or the model no such prefix.
    pub fn resolve<'a>(&'a self, id: &'a str) -> Result<Resolved<'a>, UnknownModel> {
        let ProfileId { prefix, via, model_id } = ProfileId::parse(id);
        let model = self.models().find(|model| model.id == model_id);
        model
            .filter(|model| prefix.is_none_or(|prefix| model.prefixes().any(|known| known == prefix)))
            .map(|model| Resolved { model, via, prefix })
            .ok_or_else(|| UnknownModel { id: id.to_owned(), known: self.ids() })
    }

    /// Every id that a call can name: bare, and with each prefix that exists.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let ids_of = |model: &Model| {
            let prefixed = model.prefixes().map(|prefix| format!("{prefix}.{}", model.id));
            std::iter::once(model.id.clone()).chain(prefixed).collect::<Vec<_>>()
        };
        self.models().flat_map(ids_of).collect()
    }

    /// Where a model's calls with a prefix can be made and may run: the model's own list, else that of
    /// the prefix. Nothing when the model has no such prefix, or nothing is known of it.
    #[must_use]
    pub fn profile<'a>(&'a self, model: &'a Model, prefix: &str) -> Option<&'a Profile> {
        let exists = model.prefixes().any(|known| known == prefix);
        let found = model.profiles.get(prefix).or_else(|| self.profiles.get(prefix));
        found.filter(|_| exists)
    }

    /// Where calls with a prefix can be made and may run, of models without a list of their own.
    #[must_use]
    pub fn profile_of_prefix(&self, prefix: &str) -> Option<&Profile> {
        self.profiles.get(prefix)
    }

    /// The title of a source; nothing when the book does not know it.
    #[must_use]
    pub fn source_title(&self, key: &str) -> Option<&str> {
        self.sources.get(key).map(|entry| entry.title.as_str())
    }

    /// Every service around the models, by short name.
    pub fn charges(&self) -> impl Iterator<Item = &Charge> {
        self.charges.values()
    }

    /// The prices of a model by one way in one Region and tier on one day, as [`Model::rates`].
    ///
    /// # Errors
    /// When no row holds, or no model has that short name.
    pub fn rates(&self, model: &str, via: Via, region: &str, tier: Tier, day: Date) -> Result<&RateRow, MissingRate> {
        let missing = || MissingRate { model: model.into(), via, region: region.into(), tier, day, priced: Vec::new() };
        self.model(model).ok_or_else(missing)?.rates(via, region, tier, day)
    }

    /// The default quotas of a model by one way in one Region and tier, as [`Model::quota_defaults`].
    #[must_use]
    pub fn quota_defaults(&self, model: &str, via: Via, region: &str, tier: Tier) -> Option<&QuotaRow> {
        self.model(model)?.quota_defaults(via, region, tier)
    }

    /// What is sold around the models, by short name such as `guardrail-content-filters`.
    #[must_use]
    pub fn charge(&self, key: &str) -> Option<&Charge> {
        self.charges.get(key)
    }

    /// Every discount, by name.
    pub fn discounts(&self) -> impl Iterator<Item = &Discount> {
        self.discounts.values().map(Arc::as_ref)
    }

    /// A platform other than Bedrock, by short name such as `anthropic-api`.
    #[must_use]
    pub fn platform(&self, key: &str) -> Option<&Platform> {
        self.platforms.get(key)
    }

    /// Every such platform, by short name.
    pub fn platforms(&self) -> impl Iterator<Item = &Platform> {
        self.platforms.values()
    }

    /// What of a source is not in the book on purpose: ids or names, where `*` stands for anything, and why.
    pub fn left_out<'a>(&'a self, source: &str) -> impl Iterator<Item = (&'a [String], &'a str)> {
        let entries = self.sources.get(source).and_then(|entry| entry.left_out.as_deref()).unwrap_or_default();
        entries.iter().map(|entry| (entry.ids.as_slice(), entry.why.as_str()))
    }

    /// The limit on tokens per day across models that holds on a day; nothing before there was one.
    #[must_use]
    pub fn account_tokens_per_day(&self, day: Date) -> Option<&AccountQuota> {
        let rows = self.account_quotas.iter().filter(|row| row.from <= day);
        rows.max_by_key(|row| (row.from, row.provenance.overlay))
    }

    /// The day on which a figure of the book was last compared with its source; nothing for an empty book.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        self.provenances().map(|cited| cited.checked).max()
    }

    /// The provenance of every figure.
    pub fn provenances(&self) -> impl Iterator<Item = &Provenance> {
        let across = self.account_quotas.iter().map(|row| &row.provenance);
        let profiles = self.profiles.values().map(|profile| &profile.provenance);
        let charges = self.charges.values().flat_map(|charge| charge.prices.iter().map(|row| &row.provenance));
        let discounts = self.discounts().map(|discount| &discount.provenance);
        let elsewhere = self.platforms.values().flat_map(|platform| platform.models.values().flatten());
        let across = across.chain(elsewhere.map(|row| &row.provenance));
        self.models().flat_map(Model::provenances).chain(profiles).chain(charges).chain(discounts).chain(across)
    }

    /// The SHA-256 of names and texts of every file, in the order of reading, as lower-case hexadecimal.
    /// Folders do not count: the same files give the same answer wherever they lie.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        for file in &self.files {
            let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
            for part in [name, &file.text] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Display for UnknownModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown model `{}`", self.id)?;
        let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
        nearest(&self.id, &known).map_or(Ok(()), |meant| write!(f, "; did you mean `{meant}`?"))
    }
}

impl Error for UnknownModel {}
