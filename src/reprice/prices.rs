//! The prices that a line has in a book, found as a plan finds them.

use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::ledger::{of_part, standing_days};
use crate::plan::{Offer, UnitRate, UnitRates};
use crate::pricing::{CapacitySku, Discount, Per, PriceBook};
use crate::statement::{Billed, Line, Sold};
use crate::units::{Micros, Tokens, Usd};
use jiff::civil::Date;

/// What the units of one line cost, day by day.
pub(super) enum Prices {
    Tokens { offer: Box<Offer>, class: UsageClass, input_above: Option<Tokens> },
    Capacity(UnitRates),
    Service(UnitRates),
    Standing { rates: UnitRates, hours: u64 },
}

/// One day of a line at the prices of now.
pub(super) struct Day {
    pub(super) rate: Usd,
    pub(super) amount: Usd,
    pub(super) source: String,
}

impl Prices {
    pub(super) fn of(line: &Line, billed: &Billed, book: &PriceBook, start: Date) -> Result<Self, String> {
        match (&line.sold, line.usage_class.as_str()) {
            (Some(sold), class) => Self::of_tokens(line, sold, class, book, start),
            (None, "capacity" | "idle") => Self::of_capacity(line, book, start),
            (None, class) => {
                let none = || format!("no price for {} on {start}", line.sku);
                let charge = book.charge(&line.sku).ok_or_else(none)?;
                let app = billed.apps.iter().find(|app| app.name == line.app);
                let region = app.map(|app| app.region.as_str()).ok_or_else(|| unread("its app", line))?;
                let rates = UnitRates::of_service(charge, region, start);
                let rates = rates.ok_or_else(|| format!("no price for {} in {region} on {start}", line.sku))?;
                let month = Micros::MONTH.0 / Micros::HOUR.0;
                match class {
                    "service" => Ok(Self::Service(rates)),
                    "standing" => Ok(Self::Standing { rates, hours: if charge.per == Per::Month { month } else { 1 } }),
                    _ => Err(unread("its usage class", line)),
                }
            }
        }
    }

    fn of_tokens(line: &Line, sold: &Sold, class: &str, book: &PriceBook, start: Date) -> Result<Self, String> {
        let class = UsageClass::ALL.into_iter().find(|known| known.name() == class);
        let class = class.ok_or_else(|| unread("its usage class", line))?;
        let via = sold.via.parse().map_err(|_| unread("its way to the model", line))?;
        let tier = Tier::named(&sold.tier).ok_or_else(|| unread("its tier", line))?;
        let none = || format!("no price for {}: the price book has no model `{}`", line.sku, sold.model);
        let model = book.model(&sold.model).ok_or_else(none)?;
        let offer = Offer::new(&sold.model_id, model, via, &sold.region, tier, start);
        let offer = Box::new(offer.map_err(|missing| missing.to_string())?);
        Ok(Self::Tokens { offer, class, input_above: sold.input_above.map(Tokens) })
    }

    fn of_capacity(line: &Line, book: &PriceBook, start: Date) -> Result<Self, String> {
        let sku = CapacitySku::parse(&line.sku).ok_or_else(|| unread("its SKU", line))?;
        let none = || format!("no price for {} on {start}", line.sku);
        let model = book.model(sku.model()).ok_or_else(none)?;
        let rates = match &sku {
            CapacitySku::Provisioned { region, term, .. } => UnitRates::of_model_unit(model, region, *term, start),
            CapacitySku::Reserved { via, region, term, .. } => {
                let both = UnitRates::of_reserved(model, *via, region, *term, start);
                both.map(|[input, output]| if line.unit.contains("output") { output } else { input })
            }
        };
        rates.map(Self::Capacity).ok_or_else(none)
    }

    /// The days of a line at these prices.
    pub(super) fn days(&self, line: &Line) -> Result<Vec<Day>, String> {
        let days = line.days.iter();
        match self {
            Self::Tokens { offer, class, input_above } => {
                days.map(|day| token_day(offer, *class, *input_above, day.day, day.quantity, line)).collect()
            }
            Self::Capacity(rates) => {
                let priced = days.map(|day| unit_day(rates.on(day.day), of_part, day.quantity));
                Ok(priced.collect())
            }
            Self::Service(rates) => {
                Ok(days.map(|day| unit_day(rates.on(day.day), |rate| rate, day.quantity)).collect())
            }
            Self::Standing { rates, hours } => {
                let days = standing_days(rates, *hours, days.map(|day| (day.day, day.quantity)));
                let day =
                    |(_, _, price, amount): (_, _, &UnitRate, _)| Day { amount, ..unit_day(price, |rate| rate, 0) };
                Ok(days.map(day).collect())
            }
        }
    }
}

/// Calls with a long input cost what all calls cost where the book has no price of their own.
fn token_day(
    offer: &Offer,
    class: UsageClass,
    input_above: Option<Tokens>,
    day: Date,
    tokens: u64,
    line: &Line,
) -> Result<Day, String> {
    let bands = offer.bands_on(day);
    let rates = match (input_above, &bands.long) {
        (Some(counted), Some(long)) if long.row.input_above == Some(counted) => long,
        (Some(counted), Some(_)) => {
            return Err(format!(
                "no price for {} on {day}: the price book has long inputs from another length, and the run counted those \
                 above {counted}",
                line.sku
            ));
        }
        _ => &bands.any,
    };
    let rate = rates.row.rate(class).ok_or_else(|| format!("no price for {} on {day}", line.sku))?;
    let source = Discount::cited(rates.discount.as_deref(), &rates.row.provenance);
    Ok(Day { rate: rate.times(1), amount: rate.times(tokens), source })
}

fn unit_day(price: &UnitRate, of_one: impl Fn(Usd) -> Usd, quantity: u64) -> Day {
    let rate = of_one(price.rate);
    let cited = price.provenance.as_ref().map(|list| Discount::cited(price.discount.as_deref(), list));
    Day { rate, amount: rate.times(quantity), source: cited.unwrap_or_default() }
}

fn unread(what: &str, line: &Line) -> String {
    format!("the line {} of {} cannot be read: {what} is not known to this version", line.sku, line.app)
}
