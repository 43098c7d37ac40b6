//! Whether what an entry says fits the model that comes out, with what the book had before.

use super::Model;
use super::file::ModelEntry;
use crate::bedrock::cache::Ttl;
use crate::bedrock::profile::Via;
use crate::bedrock::usage::UsageClass;
use crate::document::{Located, Problems};

/// The places of an entry that something else of the model has to go with.
pub(super) struct Written {
    ways: Vec<Located<Via>>,
    ttls: Vec<Located<Ttl>>,
    prefixes: Vec<Located<String>>,
}

impl Written {
    pub(super) fn of(entry: &ModelEntry) -> Self {
        let prices = entry.prices.iter().flatten().map(|row| &row.via);
        let quotas = entry.quotas.iter().flatten().map(|row| &row.via);
        let reserved = entry.reserved.iter().flatten().map(|row| &row.via);
        let profiles = entry.profiles.iter().flat_map(|list| &list.0);
        Self {
            ways: prices.chain(quotas).chain(reserved).cloned().collect(),
            ttls: entry.cache.iter().flat_map(|cache| &cache.ttls).cloned().collect(),
            prefixes: profiles.map(|(prefix, _)| prefix.clone()).collect(),
        }
    }

    pub(super) fn fits(&self, model: &Model, problems: &mut Problems) {
        self.ways_exist(model, problems);
        self.cache_is_sold(model, problems);
        self.prefixes_exist(model, problems);
    }

    /// A row for a geographic profile needs a profile.
    fn ways_exist(&self, model: &Model, problems: &mut Problems) {
        let help = "list the profiles, for example `geo_prefixes: [us, eu]`";
        let geo = self.ways.iter().filter(|via| via.value == Via::Geo);
        for via in geo.filter(|_| model.geo_prefixes.is_empty()) {
            problems.with_help(&via.place, "`geo` for a model without geographic profiles", help);
        }
    }

    /// An entry that lives so long needs a price for reading it, and one for writing it.
    fn cache_is_sold(&self, model: &Model, problems: &mut Problems) {
        let sold = |class| model.prices.iter().any(|row| row.rate(class).is_some());
        for ttl in &self.ttls {
            for class in [UsageClass::CacheRead, ttl.value.written()].into_iter().filter(|class| !sold(*class)) {
                let message = format!("a cache of `{}` for a model without a price of `{class}`", ttl.value.name());
                problems.with_help(&ttl.place, message, "write the price, or take the time to live away");
            }
        }
    }

    fn prefixes_exist(&self, model: &Model, problems: &mut Problems) {
        for prefix in self.prefixes.iter().filter(|prefix| !model.prefixes().any(|known| known == prefix.value)) {
            let known: Vec<&str> = model.prefixes().collect();
            problems.unknown(&prefix.place, "profile of this model", &prefix.value, &known);
        }
    }
}
