//! What an application buys: a model by one way in one Region and tier, and its prices over time.

use super::unit_rates::days_from;
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::{Discount, MissingRate, Model, PerMillion, RateRow, Sku};
use crate::units::Tokens;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A model as it is called, with every price from the scenario's start on.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The id that calls name.
    pub model_id: String,
    /// The model's short name in the price book.
    pub model: String,
    /// The way to it.
    pub via: Via,
    /// The Region that calls are made from.
    pub region: String,
    /// The service tier that calls ask for.
    pub tier: Tier,
    /// What bills call the model, the name that is written first.
    pub billing_names: Vec<String>,
    /// The first days of the end of its model's life, where they are announced.
    pub life: Life,
    /// Prices, each from its day on: ascending, the first in effect at the start.
    rates: Vec<(Date, Bands)>,
}

/// The prices of one day, by the length of a call's input.
#[derive(Debug, Clone)]
pub struct Bands {
    /// Those of calls of any length.
    pub any: TokenRates,
    /// Those of calls with a long input, where they cost something else.
    pub long: Option<TokenRates>,
}

/// What tokens cost.
#[derive(Debug, Clone)]
pub struct TokenRates {
    /// What is paid.
    pub row: RateRow,
    /// What the list says.
    pub list: PerMillion,
    /// The discount between the two.
    pub discount: Option<Arc<Discount>>,
    /// The price-list names of the classes, in their order.
    skus: [Sku; 5],
}

/// When a model goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Life {
    /// The first day on which it is legacy.
    pub legacy: Option<Date>,
    /// The first day on which its calls fail.
    pub end: Option<Date>,
}

impl Life {
    fn of(model: &Model) -> Self {
        let known = model.lifecycle.as_ref();
        Self { legacy: known.and_then(|life| life.legacy), end: known.and_then(|life| life.end_of_life) }
    }
}

impl TokenRates {
    fn new(offer: &Offer, list: &RateRow, discount: Option<&Arc<Discount>>) -> Self {
        let mut row = list.clone();
        if let Some(discount) = discount {
            row.per_million = discount.of_tokens(&list.per_million);
        }
        let skus = UsageClass::ALL.map(|class| offer.sku(class, list.input_above));
        Self { row, list: list.per_million.clone(), discount: discount.cloned(), skus }
    }

    /// The price-list name of a class.
    #[must_use]
    pub fn sku(&self, class: UsageClass) -> &Sku {
        &self.skus[class as usize]
    }
}

impl Offer {
    /// The prices of a model from a day on, its discounts taken off.
    ///
    /// # Errors
    /// When there is no price on that day. Prices do not end, so later days have one too.
    pub fn new(
        model_id: &str,
        model: &Model,
        via: Via,
        region: &str,
        tier: Tier,
        start: Date,
    ) -> Result<Self, MissingRate> {
        let offer = Self::paid_by_hour(model_id, model, via, region, tier);
        let changes = model.prices.iter().map(|row| row.from).chain(model.discount_days());
        let bands = |day| {
            let discount = model.discount(via, region, tier, day);
            let any = TokenRates::new(&offer, model.rates(via, region, tier, day)?, discount);
            let long = model.long_rates(via, region, tier, day).map(|list| TokenRates::new(&offer, list, discount));
            Ok((day, Bands { any, long }))
        };
        let rates = days_from(start, changes).into_iter().map(bands).collect::<Result<_, _>>()?;
        Ok(Self { rates, ..offer })
    }

    /// Tokens that capacity pays for: they have no price of their own.
    #[must_use]
    pub fn paid_by_hour(model_id: &str, model: &Model, via: Via, region: &str, tier: Tier) -> Self {
        let (model_id, key) = (model_id.to_owned(), model.key.clone());
        let (billing_names, life) = (model.billing_names.clone(), Life::of(model));
        Self { model_id, model: key, via, region: region.to_owned(), tier, billing_names, life, rates: Vec::new() }
    }

    /// An offer without prices: for runs that are not billed.
    #[must_use]
    pub fn unpriced(model: &str) -> Self {
        let (model_id, model) = (model.to_owned(), model.to_owned());
        let (via, tier, life) = (Via::OnDemand, Tier::Standard, Life::default());
        Self { model_id, model, via, region: String::new(), tier, billing_names: Vec::new(), life, rates: Vec::new() }
    }

    /// The prices of a day.
    ///
    /// # Panics
    /// When the offer is unpriced.
    #[must_use]
    pub fn bands_on(&self, day: Date) -> &Bands {
        let dated = self.rates.iter().rev().find(|(from, _)| *from <= day).or(self.rates.first());
        &dated.expect("an unpriced offer is never billed").1
    }

    /// What is paid on a day for calls of any length.
    ///
    /// # Panics
    /// When the offer is unpriced.
    #[must_use]
    pub fn rates_on(&self, day: Date) -> &RateRow {
        &self.bands_on(day).any.row
    }

    /// Every price that can be paid, the first in effect at the start; those of long inputs too.
    pub fn rates(&self) -> impl Iterator<Item = &RateRow> {
        self.rates.iter().flat_map(|(_, bands)| std::iter::once(&bands.any).chain(&bands.long)).map(|rates| &rates.row)
    }

    /// Above how many tokens of input some day has prices of its own.
    #[must_use]
    pub fn bounds(&self) -> BTreeSet<Tokens> {
        self.rates().filter_map(|row| row.input_above).collect()
    }

    /// The price-list name of a class of its tokens, at a price of the list.
    #[must_use]
    pub fn sku(&self, class: UsageClass, input_above: Option<Tokens>) -> Sku {
        let (model, region) = (self.model.clone(), self.region.clone());
        Sku { model, via: self.via, region, tier: self.tier, input_above, class }
    }
}
