//! What an application buys: a model by one way in one Region and tier, and its prices over time.

use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::{MissingRate, Model, RateRow, Sku};
use jiff::civil::Date;

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
    rates: Vec<(Date, RateRow)>,
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

impl Offer {
    /// The prices of a model from a day on.
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
        let mut days: Vec<Date> = model.prices.iter().map(|row| row.from).filter(|day| *day > start).collect();
        days.push(start);
        days.sort_unstable();
        days.dedup();
        let dated = days.into_iter().map(|day| Ok((day, model.rates(via, region, tier, day)?.clone())));
        let rates = dated.collect::<Result<_, _>>()?;
        Ok(Self {
            model_id: model_id.to_owned(),
            model: model.key.clone(),
            via,
            region: region.to_owned(),
            tier,
            billing_names: model.billing_names.clone(),
            life: Life::of(model),
            rates,
        })
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

    /// The prices on a day.
    ///
    /// # Panics
    /// When the offer is unpriced.
    #[must_use]
    pub fn rates_on(&self, day: Date) -> &RateRow {
        let dated = self.rates.iter().rev().find(|(from, _)| *from <= day).or(self.rates.first());
        &dated.expect("an unpriced offer is never billed").1
    }

    /// Every price that can apply, the first in effect at the start.
    pub fn rates(&self) -> impl Iterator<Item = &RateRow> {
        self.rates.iter().map(|(_, row)| row)
    }

    /// The price-list name of a class of its tokens.
    #[must_use]
    pub fn sku(&self, class: UsageClass) -> Sku {
        let (model, region) = (self.model.clone(), self.region.clone());
        Sku { model, via: self.via, region, tier: self.tier, input_above: None, class }
    }
}
