//! The same models sold elsewhere by the token, to compare with.

use super::file::PlatformEntry;
use super::rows::Citing;
use super::{PerMillion, PriceBook, Provenance};
use crate::bedrock::tier::Tier;
use crate::document::{Located, Problems};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A platform other than Bedrock.
#[derive(Debug, Clone)]
pub struct Platform {
    /// Its short name.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// Prices by the key of the model, in no order.
    pub models: BTreeMap<String, Vec<PlatformRow>>,
}

/// What tokens of a model cost there from a day on.
#[derive(Debug, Clone)]
pub struct PlatformRow {
    /// The first day of effect.
    pub from: Date,
    /// Standard or batch.
    pub tier: Tier,
    /// The prices.
    pub per_million: PerMillion,
    /// Where they come from.
    pub provenance: Provenance,
}

impl Platform {
    /// The prices of a model in a tier on a day: the latest, then the user's own.
    #[must_use]
    pub fn rates(&self, model: &str, tier: Tier, day: Date) -> Option<&PlatformRow> {
        let rows = self.models.get(model)?.iter().filter(|row| row.tier == tier && row.from <= day);
        rows.max_by_key(|row| (row.from, row.provenance.overlay))
    }
}

/// Adds a platform to the book, or changes what an overlay says of it.
pub(super) fn add(
    book: &mut PriceBook,
    key: &Located<String>,
    entry: PlatformEntry,
    overlay: bool,
    problems: &mut Problems,
) {
    let known = book.platforms.remove(&key.value);
    let Some(name) = entry.name.or_else(|| known.as_ref().map(|known| known.name.clone())) else {
        problems.at(&key.place, format!("the platform `{}` is new and lacks `name`", key.value));
        return;
    };
    let mut models = known.map(|known| known.models).unwrap_or_default();
    let citing = Citing { sources: &book.sources, overlay };
    for (model, entries) in entry.models.0 {
        let mut new: Vec<PlatformRow> = Vec::new();
        for entry in entries {
            if !matches!(entry.tier.value, Tier::Standard | Tier::Batch) {
                problems.at(
                    &entry.tier.place,
                    format!("a platform sells `standard` and `batch`, not `{}`", entry.tier.value),
                );
            }
            if new.iter().any(|row| row.tier == entry.tier.value && row.from >= entry.from.value) {
                let message = "the prices of a tier stand in the order of their days, each day once";
                problems.at(&entry.from.place, message);
            }
            let provenance = citing.cite(entry.cited(), problems);
            let (from, tier) = (entry.from.value, entry.tier.value);
            new.push(PlatformRow { from, tier, per_million: entry.per_million, provenance });
        }
        let old = models.remove(&model.value).unwrap_or_default();
        let same = |new: &PlatformRow, old: &PlatformRow| (new.tier, new.from) == (old.tier, old.from);
        if !book.models.contains_key(&model.value) {
            let names: Vec<&str> = book.models.keys().map(String::as_str).collect();
            problems.unknown(&model.place, "model", &model.value, &names);
        }
        models.insert(model.value, super::merge::laid_over(old, new, same));
    }
    book.platforms.insert(key.value.clone(), Platform { key: key.value.clone(), name, models });
}
