//! What can be bought for a pool, and who gives its price.

use super::breakeven::Unanswered;
use crate::bedrock::term::Term;
use crate::breakeven::{ReservedPrice, Throughput, UnitPrice};
use crate::plan::{Access, Fee, Offer, Plan, Purchase};
use crate::pricing::{Discount, Model, PROVISIONED_TERMS, PriceBook, RESERVED_TERMS};
use crate::units::Usd;
use jiff::civil::Date;
use std::sync::Arc;

/// What is asked beyond the scenario.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// One app instead of all that share a pool.
    pub app: Option<String>,
    /// What one unit handles.
    pub throughput: Option<Throughput>,
    /// Prices of a unit by the hour, instead of those of the book.
    pub unit_prices: Vec<(Term, Usd)>,
}

/// Above this a price by the hour is a typing error: ten thousand dollars.
const DEAREST: Usd = Usd::from_femtos(10_000_000_000_000_000_000);

/// What can be bought for a pool.
pub(super) struct Bids {
    pub(super) throughput: Option<Throughput>,
    pub(super) units: Vec<UnitPrice>,
    pub(super) reserved: Vec<ReservedPrice>,
}

impl Bids {
    /// What the command line says comes first, then the scenario, then the price book.
    pub(super) fn of(
        offer: &Offer,
        held: Option<&Held>,
        book: &PriceBook,
        ask: &Ask,
        day: Date,
    ) -> Result<Self, Unanswered> {
        let model = book.model(&offer.model);
        let units = match ask.unit_prices.as_slice() {
            [] => with_own(held, model.map_or_else(Vec::new, |model| listed_units(model, offer, day))),
            given => given.iter().map(|(term, per_hour)| own_price(*term, *per_hour, "--unit-price")).collect(),
        };
        let reserved = model.map_or_else(Vec::new, |model| listed_reserved(model, offer, day));
        let hourly = units.iter().map(|price| price.per_hour);
        let hourly = hourly.chain(reserved.iter().flat_map(|price| [price.input_per_hour, price.output_per_hour]));
        if let Some(price) = hourly.into_iter().find(|price| *price > DEAREST) {
            return Err(Unanswered::Input(format!("error: {price} USD is more than 10,000 USD for a unit and hour")));
        }
        Ok(Self { throughput: ask.throughput.or(held.map(|held| held.throughput)), units, reserved })
    }
}

fn own_price(term: Term, per_hour: Usd, source: &str) -> UnitPrice {
    UnitPrice { term, per_hour, source: source.to_owned() }
}

/// The price that the scenario gives takes the place of that of its term.
fn with_own(held: Option<&Held>, mut listed: Vec<UnitPrice>) -> Vec<UnitPrice> {
    let Some((term, per_hour)) = held.and_then(|held| held.own_price) else { return listed };
    listed.retain(|price| price.term != term);
    listed.push(own_price(term, per_hour, "the scenario"));
    listed.sort_by_key(|price| price.term);
    listed
}

/// Units that the scenario buys already.
pub(super) struct Held {
    throughput: Throughput,
    own_price: Option<(Term, Usd)>,
}

impl Held {
    /// The units of the first of some apps that has any. Only provisioned throughput is counted by one fee.
    pub(super) fn of(plan: &Plan, apps: &[usize]) -> Option<Self> {
        let lanes = apps.iter().flat_map(|app| &plan.apps[*app].lanes);
        lanes.filter(|lane| lane.access == Access::Purchased).find_map(|lane| {
            let Purchase { term, input_tpm, output_tpm, fees, .. } = plan.pools[lane.pool].purchase.as_ref()?;
            let [Fee { units, per_hour, .. }] = fees.as_slice() else { return None };
            let throughput = Throughput { input_tpm: input_tpm / units, output_tpm: output_tpm / units };
            let price = per_hour.first();
            Some(Self { throughput, own_price: price.provenance.is_none().then_some((*term, price.rate)) })
        })
    }
}

fn listed_units(model: &Model, offer: &Offer, day: Date) -> Vec<UnitPrice> {
    let price = |term| {
        let found = model.provisioned(&offer.region, term, day)?;
        let discount = model.unit_discount(&offer.region, day).map(Arc::as_ref);
        let per_hour = discount.map_or(found.per_hour, |discount| discount.of_hour(found.per_hour));
        Some(UnitPrice { term, per_hour, source: Discount::cited(discount, found.provenance) })
    };
    PROVISIONED_TERMS.into_iter().filter_map(price).collect()
}

fn listed_reserved(model: &Model, offer: &Offer, day: Date) -> Vec<ReservedPrice> {
    let price = |term| {
        let found = model.reserved(offer.via, &offer.region, term, day)?;
        let discount = model.reserved_discount(offer.via, &offer.region, day).map(Arc::as_ref);
        let [input_per_hour, output_per_hour] =
            [found.input, found.output].map(|list| discount.map_or(list, |discount| discount.of_hour(list)));
        let source = Discount::cited(discount, found.provenance);
        Some(ReservedPrice { term, input_per_hour, output_per_hour, source })
    };
    RESERVED_TERMS.into_iter().filter_map(price).collect()
}
