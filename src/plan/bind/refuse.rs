//! Ids that Bedrock would refuse, each with what can be written instead.

use super::Binding;
use super::called::Called;
use crate::bedrock::profile::{GLOBAL_PREFIX, ProfileId, Via};
use crate::codes::Code;
use crate::document::{Located, Problem, nearest};
use crate::pricing::{Model, PriceBook, Regions};
use std::collections::BTreeSet;

impl Binding<'_> {
    /// The id of a model that exists, behind a prefix that it does not have.
    pub(super) fn unknown_prefix(&self, id: &Located<String>, region: &str) -> Option<Problem> {
        let (prefix, model) = prefixed(&id.value, self.book.models())?;
        let known: Vec<&str> = model.prefixes().collect();
        let message = format!("{} has no profile with the prefix `{prefix}.`", model.name);
        let callable = profiles_from(self.book, model, region);
        let help = match nearest(prefix, &known) {
            Some(meant) => format!("did you mean `{meant}.{}`?", model.id),
            None if known.is_empty() => format!("it has no profiles: call it as `{}`", model.id),
            None if callable.is_empty() => {
                format!("its profiles are {}", quoted(known.iter().map(|p| format!("{p}."))))
            }
            None => format!("from {region} it can be called as {}", quoted(callable)),
        };
        Some(Problem::new(id.place.clone(), message).help(help).code(Code::UnknownProfilePrefix))
    }

    /// Why there is no price at all for the way in which a model is called, on any day: it is not sold so.
    pub(super) fn not_sold(&self, called: &Called<'_>, model: &Model, via: Via) -> Option<Problem> {
        let region = called.region.value.as_str();
        let of_way = model.prices.iter().filter(|row| row.via == via);
        let rows: Vec<_> = of_way.filter(|row| shares_partition(&row.regions, region)).collect();
        if rows.iter().any(|row| row.regions.include(region)) {
            return None;
        }
        let callable = profiles_from(self.book, model, region);
        let (problem, code) = match via {
            Via::OnDemand if rows.is_empty() => {
                let message = format!("{} cannot be called by its bare id, only through a profile", model.name);
                (message, Code::BareModelId)
            }
            _ => (format!("{} is not sold {via} in {region}", model.name), Code::ModelNotInRegion),
        };
        let there = rows.iter().flat_map(|row| names(&row.regions)).collect::<BTreeSet<_>>();
        let there =
            (!there.is_empty()).then(|| format!("it is in {}", there.into_iter().collect::<Vec<_>>().join(", ")));
        let callable =
            (!callable.is_empty()).then(|| format!("from {region} it can be called as {}", quoted(callable)));
        let ways: Vec<String> = there.into_iter().chain(callable).collect();
        let help = match ways.is_empty() {
            true => format!("it cannot be called from {region} in any way that the price book knows"),
            false => ways.join("; "),
        };
        Some(Problem::new(called.model.place.clone(), problem).help(help).code(code))
    }
}

/// GovCloud is a partition of its own: who calls from a commercial Region cannot go there, nor the other way.
fn shares_partition(regions: &Regions, region: &str) -> bool {
    let gov = |region: &str| region.starts_with("us-gov-");
    match regions {
        Regions::Any => true,
        Regions::Named(names) => names.iter().any(|name| gov(name) == gov(region)),
    }
}

/// An id taken apart into a prefix that the model lacks, known or not, and the model.
fn prefixed<'a, 'b>(id: &'a str, mut models: impl Iterator<Item = &'b Model>) -> Option<(&'a str, &'b Model)> {
    let ProfileId { prefix, model_id, .. } = ProfileId::parse(id);
    let (prefix, model_id) = prefix.map(|prefix| (prefix, model_id)).or_else(|| id.split_once('.'))?;
    Some((prefix, models.find(|model| model.id == model_id)?))
}

/// The ids by which a model with a price can be called from a Region through a profile.
pub(super) fn profiles_from(book: &PriceBook, model: &Model, region: &str) -> Vec<String> {
    let from = |prefix: &str| book.profile(model, prefix).is_some_and(|profile| profile.sources.contains(region));
    let sold = |via| model.prices.iter().any(|row| row.via == via && row.regions.include(region));
    let callable = |prefix: &&str| match *prefix {
        GLOBAL_PREFIX => from(GLOBAL_PREFIX) && sold(Via::Global),
        geo => from(geo) && sold(Via::Geo),
    };
    model.prefixes().filter(callable).map(|prefix| format!("{prefix}.{}", model.id)).collect()
}

fn names(regions: &Regions) -> Vec<&str> {
    match regions {
        Regions::Any => Vec::new(),
        Regions::Named(names) => names.iter().map(String::as_str).collect(),
    }
}

fn quoted(names: impl IntoIterator<Item = String>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
