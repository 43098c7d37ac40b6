//! What stands around the model calls: retrieval, guardrails, and what they are billed for.

use super::Binding;
use super::called::Called;
use super::pools::Pools;
use super::targets::Calls;
use super::traffic::distribution;
use super::work::milliseconds;
use crate::bedrock::tier::Tier;
use crate::document::Place;
use crate::plan::{Guardrails, Meter, Retrieval, Standing, UnitRates};
use crate::pricing::{Charge, Per};
use crate::scenario::{self, Reranker, Retrieve};
use crate::units::Micros;

/// The chunks that one query of a reranker sorts (Amazon Bedrock pricing; recalled, 2026-11-20).
const CHUNKS_OF_A_QUERY: u64 = 100;
/// The chunks that are sorted when the scenario does not say.
const CANDIDATES: u64 = 100;

/// What an application is billed for beside tokens, as far as it is known.
#[derive(Default)]
pub(super) struct Charges {
    pub(super) meters: Vec<Meter>,
    pub(super) standing: Vec<Standing>,
}

impl<'a> Binding<'a> {
    /// What is looked up for a task; `Some(None)` when nothing is.
    pub(super) fn retrieval(
        &mut self,
        name: &'a str,
        written: &'a scenario::App,
        pools: &mut Pools,
        calls: &mut Calls<'a>,
        charges: &mut Charges,
    ) -> Option<Option<Retrieval>> {
        let Some(retrieval) = &written.retrieval else { return Some(None) };
        let embedding = match &retrieval.embedding {
            Some(model) => {
                let called = Called { max_tokens: None, tier: Tier::Standard, ..Called::other(written, model) };
                let called = Called { embeds: Some(retrieval.embedding_time), ..called };
                self.embedding_target(name, written, called, pools, calls).map(Some)
            }
            None => Some(None),
        };
        let meters = self.search_meters(written, retrieval, charges);
        let standing = self.stores(written, retrieval, charges);
        let (embedding, meters, ()) = (embedding?, meters?, standing?);
        Some(Some(Retrieval {
            chunks: distribution(retrieval.chunks),
            chunk_tokens: distribution(retrieval.chunk_tokens),
            embedding,
            search_ms: milliseconds(retrieval.search, |time| time, Micros::HOUR),
            meters,
        }))
    }

    fn embedding_target(
        &mut self,
        name: &'a str,
        written: &'a scenario::App,
        called: Called<'a>,
        pools: &mut Pools,
        calls: &mut Calls<'a>,
    ) -> Option<usize> {
        let resolved = self.book.resolve(&called.model.value).ok();
        if let Some(found) = resolved.filter(|found| found.model.max_output.is_some()) {
            let message = format!("{} writes answers; it embeds nothing", found.model.name);
            self.problems.with_help(
                &called.model.place,
                message,
                "name a model such as `amazon.titan-embed-text-v2:0`",
            );
            return None;
        }
        self.extra_target(name, written, called, pools, calls)
    }

    /// What one search is billed for.
    fn search_meters(
        &mut self,
        written: &scenario::App,
        retrieval: &scenario::Retrieval,
        charges: &mut Charges,
    ) -> Option<Vec<(usize, u64)>> {
        let mut billed: Vec<(&str, &Place, u64)> = Vec::new();
        if let Some(rerank) = &retrieval.rerank {
            let sku = match rerank.value {
                Reranker::Amazon => "rerank-amazon",
                Reranker::Cohere => "rerank-cohere-3-5",
            };
            let candidates = retrieval.candidates.as_ref().map_or(CANDIDATES, |given| given.value.get());
            billed.push((sku, &rerank.place, candidates.div_ceil(CHUNKS_OF_A_QUERY)));
        }
        if let Some(base) = &retrieval.knowledge_base {
            let (place, searches) = (&base.place, base.value.searches.get());
            match base.value.retrieve {
                Retrieve::Standard => billed.push(("knowledge-base-retrieve", place, 1)),
                Retrieve::Agentic => {
                    billed.push(("knowledge-base-agentic-retrieve", place, 1));
                    billed.push(("knowledge-base-retrieve", place, searches));
                }
            }
        }
        let meters: Vec<_> = billed
            .into_iter()
            .map(|(sku, place, units)| Some((self.meter(written, sku, place, charges)?, units)))
            .collect();
        meters.into_iter().collect()
    }

    /// What is paid for by the hour.
    fn stores(
        &mut self,
        written: &scenario::App,
        retrieval: &scenario::Retrieval,
        charges: &mut Charges,
    ) -> Option<()> {
        let mut held: Vec<(&str, &Place, u64)> = Vec::new();
        if let Some(store) = &retrieval.store {
            let place = &store.ocus.place;
            held.push(("opensearch-serverless-ocu", place, store.ocus.value.get()));
            held.push(("opensearch-serverless-storage", place, store.storage_gb.get()));
        }
        if let Some(base) = &retrieval.knowledge_base {
            held.push(("knowledge-base-storage", &base.place, base.value.storage_gb.get()));
        }
        let mut all = true;
        for (sku, place, units) in held.into_iter().filter(|(.., units)| *units > 0) {
            let standing = self.standing(written, sku, place, units);
            all &= standing.is_some();
            charges.standing.extend(standing);
        }
        all.then_some(())
    }

    /// What checks questions and answers; `Some(None)` when nothing does.
    pub(super) fn guardrails(&mut self, written: &scenario::App, charges: &mut Charges) -> Option<Option<Guardrails>> {
        let Some(guardrails) = &written.guardrails else { return Some(None) };
        let mut bound = Guardrails {
            before: Vec::new(),
            after: Vec::new(),
            characters_per_token_hundredths: guardrails.characters_per_token.0,
            check_ms: milliseconds(guardrails.check, |time| time, Micros::HOUR),
            blocked_before: guardrails.blocked_input.share(),
            blocked_after: guardrails.blocked_output.share(),
        };
        let mut all = true;
        for policy in &guardrails.policies {
            let meter = self.meter(written, policy.value.sku(), &policy.place, charges);
            all &= meter.is_some();
            bound.before.extend(meter.filter(|_| policy.value.checks_input()));
            bound.after.extend(meter);
        }
        all.then_some(Some(bound))
    }

    /// The meter of something that is billed by use: one that is there already, or one more.
    fn meter(&mut self, written: &scenario::App, sku: &str, place: &Place, charges: &mut Charges) -> Option<usize> {
        if let Some(known) = charges.meters.iter().position(|meter| meter.sku == sku) {
            return Some(known);
        }
        let (charge, rates) = self.priced(written, sku, place)?;
        charges.meters.push(Meter { sku: sku.to_owned(), unit: charge.unit.clone(), rates });
        Some(charges.meters.len() - 1)
    }

    /// So many units of something that is billed by the hour.
    fn standing(&mut self, written: &scenario::App, sku: &str, place: &Place, units: u64) -> Option<Standing> {
        let (charge, rates) = self.priced(written, sku, place)?;
        if let Some(least) = charge.least.filter(|least| units < *least) {
            let message = format!("{units} {} of {}; {least} are the least", charge.unit, charge.name);
            self.problems.with_help(place, message, format!("write {least} or more"));
            return None;
        }
        let hours = if charge.per == Per::Month { Micros::MONTH.0 / Micros::HOUR.0 } else { 1 };
        Some(Standing { sku: sku.to_owned(), unit: charge.unit.clone(), units, rates, hours })
    }

    /// A service and its prices in the app's Region from the scenario's start on.
    fn priced(&mut self, written: &scenario::App, sku: &str, place: &Place) -> Option<(&'a Charge, UnitRates)> {
        let region = written.region.value.as_str();
        let rates = |charge: &'a Charge| Some((charge, UnitRates::of_service(charge, region, self.start)?));
        let found = self.book.charge(sku).and_then(rates);
        if found.is_none() {
            let message = format!("no price for {sku} in {region} on {}", self.start);
            let help = "an unknown price is an error, never zero: add the row to `services` with `--pricing DIR`";
            self.problems.with_help(place, message, help);
        }
        found
    }
}

#[cfg(test)]
mod tests;
