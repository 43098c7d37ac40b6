//! Capacity that was bought: provisioned throughput by name, the reserved tier by model and way.

use super::Binding;
use super::account::Account;
use super::pools::{Pools, of_account};
use crate::bedrock::profile::Via;
use crate::bedrock::quota::{Limit, Measure};
use crate::bedrock::term::Term;
use crate::bedrock::usage_type::{Meter, UsageType};
use crate::document::{Located, Place};
use crate::plan::{Fee, Pool, Purchase, UnitRates};
use crate::pricing::{CapacitySku, Model, NANODOLLARS, PROVISIONED_TERMS, RESERVED_TERMS};
use crate::scenario::{Provisioned, Reserved, Throughput};
use crate::units::{Micros, Tokens};

impl Binding<'_> {
    /// The names in what was bought are checked even where no app uses it.
    pub(super) fn check_capacity(&mut self) {
        let names: Vec<&str> = self.book.models().map(|model| model.key.as_str()).collect();
        for account in self.accounts() {
            let provisioned = account.provisioned.0.iter().map(|(_, held)| (&held.model, &held.region));
            let reserved = account.reserved.iter().map(|held| (&held.value.model, &held.value.region));
            for (model, region) in provisioned.chain(reserved) {
                if self.book.model(&model.value).is_none() {
                    self.problems.unknown(&model.place, "model", &model.value, &names);
                }
                let _ = self.region(region);
            }
        }
    }

    /// What was bought is paid for and has to be on sale, whether an app uses it or not.
    pub(super) fn capacity_is_paid(&mut self, pools: &mut Pools) {
        let book = self.book;
        for account in self.accounts() {
            for (name, held) in &account.provisioned.0 {
                let model = book.model(&held.model.value);
                let _ = model.and_then(|model| self.provisioned(account, name, model, &held.region.value, pools));
            }
            for held in account.reserved.iter().map(|held| &held.value) {
                let (place, region) = (&held.model.place, &held.region.value);
                let model = book.model(&held.model.value);
                let _ = model.and_then(|model| self.reserved(account, place, model, held.via, region, pools));
            }
        }
    }

    /// The pool of the provisioned throughput that an app names.
    pub(super) fn provisioned(
        &mut self,
        account: Account<'_>,
        name: &Located<String>,
        model: &Model,
        region: &str,
        pools: &mut Pools,
    ) -> Option<usize> {
        let known: Vec<&str> = account.provisioned.0.iter().map(|(name, _)| name.value.as_str()).collect();
        let Some((_, held)) = account.provisioned.0.iter().find(|(known, _)| known.value == name.value) else {
            self.problems.unknown(&name.place, "provisioned throughput", &name.value, &known);
            return None;
        };
        if held.model.value != model.key {
            let message =
                format!("`{}` is provisioned for {}, and the app calls {}", name.value, held.model.value, model.key);
            self.problems.at(&name.place, message);
            return None;
        }
        if held.region.value != region {
            let message =
                format!("`{}` is provisioned in {}, and the app calls {region}", name.value, held.region.value);
            self.problems.at(&name.place, message);
            return None;
        }
        let id = format!("{} {} provisioned {}{}", model.key, held.region.value, name.value, of_account(account.name));
        if let Some(known) = pools.with_id(&id) {
            return Some(known);
        }
        let (per_hour, takes) = (self.unit_price(held, model), self.takes(name, held, model));
        let (per_hour, (input, output)) = (per_hour?, takes?);
        let units = held.units.get();
        let (key, region) = (model.key.clone(), held.region.value.clone());
        let sku = CapacitySku::Provisioned { model: key, region, term: held.term.value }.to_string();
        let fees = vec![Fee { unit: "model unit hour", usage_type: None, units, per_hour }];
        Some(pools.bought(bought(id, sku, held.term.value, (units * input, units * output), fees)))
    }

    /// Input and output tokens per minute of a model unit: the scenario's, else the price book's.
    fn takes(&mut self, name: &Located<String>, held: &Provisioned, model: &Model) -> Option<(u64, u64)> {
        let known = model.provisioned(&held.region.value, held.term.value, self.start).and_then(|price| price.unit);
        let input = held.input_tokens_per_minute.map(Throughput::get).or(known.map(|unit| unit.input_tpm));
        let output = held.output_tokens_per_minute.map(Throughput::get).or(known.map(|unit| unit.output_tpm));
        if input.is_none() || output.is_none() {
            let message = format!("`{}` does not say what a model unit of {} takes", name.value, model.key);
            let help = "AWS publishes no throughput of a unit: write `input_tokens_per_minute` and \
                        `output_tokens_per_minute`, or `units: {input_tpm, output_tpm}` in your own price book; `tokencast \
                        breakeven` says how much it has to take to pay";
            self.problems.with_help(&held.model.place, message, help);
        }
        input.zip(output)
    }

    /// The prices of a model unit for an hour: the scenario's, else the price book's.
    fn unit_price(&mut self, held: &Provisioned, model: &Model) -> Option<UnitRates> {
        self.term_is_sold("provisioned throughput", &held.term, &PROVISIONED_TERMS)?;
        if let Some(price) = &held.price {
            if price.value.scaled(1, NANODOLLARS).times(NANODOLLARS) != price.value {
                self.problems.at(&price.place, "a price per hour of more than nine decimals");
                return None;
            }
            return Some(UnitRates::fixed(price.value, None));
        }
        let (region, term) = (held.region.value.as_str(), held.term.value);
        if let Some(rates) = UnitRates::of_model_unit(model, region, term, self.start) {
            return Some(rates);
        }
        let sold = model.provisioned_terms(region, self.start);
        let sold = match sold.is_empty() {
            true => "no price of a model unit is published for it there".to_owned(),
            false => {
                format!("sold with the terms {}", sold.iter().map(|term| term.name()).collect::<Vec<_>>().join(", "))
            }
        };
        let message = format!("no price for a model unit of {} in {region} with the term `{term}`: {sold}", model.key);
        let help = "give what your account pays for a unit and hour as `price: 60 USD`";
        self.problems.with_help(&held.term.place, message, help);
        None
    }

    fn term_is_sold(&mut self, what: &str, term: &Located<Term>, sold: &[Term]) -> Option<()> {
        if sold.contains(&term.value) {
            return Some(());
        }
        let names: Vec<_> = sold.iter().map(|term| format!("`{term}`")).collect();
        let message = format!("{what} is not sold with the term `{}`", term.value);
        self.problems.with_help(&term.place, message, format!("it is sold with {}", names.join(", ")));
        None
    }

    /// The pool of the reserved tier that was bought for a model's way.
    pub(super) fn reserved(
        &mut self,
        account: Account<'_>,
        place: &Place,
        model: &Model,
        via: Via,
        region: &str,
        pools: &mut Pools,
    ) -> Option<usize> {
        let id = format!("{} reserved{}", Pool::id_of(&model.key, via, region), of_account(account.name));
        if let Some(known) = pools.with_id(&id) {
            return Some(known);
        }
        let same =
            |held: &&Reserved| (&held.model.value, held.via, held.region.value.as_str()) == (&model.key, via, region);
        let Some(held) = account.reserved.iter().map(|held| &held.value).find(same) else {
            let message =
                format!("no capacity of the reserved tier was bought for {}", Pool::id_of(&model.key, via, region));
            let help = format!(
                "add it to `{}.reserved`: model, via, region, input and output tokens per minute, term",
                account.place()
            );
            self.problems.with_help(place, message, help);
            return None;
        };
        self.term_is_sold("the reserved tier", &held.term, &RESERVED_TERMS)?;
        let Some([per_input, per_output]) = UnitRates::of_reserved(model, via, region, held.term.value, self.start)
        else {
            let message = format!(
                "no price for the reserved tier of {} by `{via}` in {region} with the term `{}`",
                model.key, held.term.value
            );
            self.problems.with_help(&held.model.place, message, "add the rate with `--pricing DIR`");
            return None;
        };
        let (key, term) = (model.key.clone(), held.term.value);
        let sku = CapacitySku::Reserved { model: key, via, region: region.to_owned(), term }.to_string();
        let input = (&held.input_tokens_per_minute.place, held.input_tokens_per_minute.value.get());
        let output = (&held.output_tokens_per_minute.place, held.output_tokens_per_minute.value.get());
        let billed = |output| {
            let meter = Meter::Reserved { term: held.term.value, output };
            model.billing_names.first().and_then(|name| UsageType::new(region, name, meter, via))
        };
        let counted = [("input tokens per minute", input), ("output tokens per minute", output)];
        let units = counted.map(|(what, (place, amount))| self.thousands(place, what, amount));
        let names =
            [("1,000 input tokens per minute and hour", false), ("1,000 output tokens per minute and hour", true)];
        let fees = units.into_iter().zip(names).zip([per_input, per_output]);
        let fees = fees.map(|((units, (unit, output)), per_hour)| {
            Some(Fee { unit, usage_type: billed(output), units: units?, per_hour })
        });
        let fees: Option<Vec<Fee>> = fees.collect();
        Some(pools.bought(bought(id, sku, held.term.value, (input.1, output.1), fees?)))
    }

    /// The reserved tier is sold by 1,000 tokens per minute.
    fn thousands(&mut self, place: &Place, what: &str, amount: u64) -> Option<u64> {
        if amount.is_multiple_of(1_000) {
            return Some(amount / 1_000);
        }
        let message = format!("the reserved tier is sold by 1,000 {what}, and {} is no multiple of it", Tokens(amount));
        self.problems.at(place, message);
        None
    }
}

fn bought(id: String, sku: String, term: Term, (input_tpm, output_tpm): (u64, u64), fees: Vec<Fee>) -> Pool {
    let limit = |measure, amount| Limit { measure, amount, period: Micros::MINUTE };
    let limits = vec![limit(Measure::InputTokens, input_tpm), limit(Measure::OutputTokens, output_tpm)];
    Pool { purchase: Some(Purchase { sku, term, input_tpm, output_tpm, fees }), ..Pool::quota(id, limits) }
}

#[cfg(test)]
mod tests;
