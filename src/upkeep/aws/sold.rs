//! What a product is: the model, the way to it, the tier and the class of tokens.

use super::offer::Product;
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::bedrock::usage_type::{Meter, Named, UsageType};
use crate::pricing::{Model, PriceBook, Regions};
use crate::units::{Tokens, UsdPerToken};
use crate::upkeep::{Stated, names};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What the marketplace adds to the name of a model.
const EDITION: &str = " (Amazon Bedrock Edition)";
/// What a model's name ends with where that tier has a name of its own.
const LATENCY_OPTIMIZED: &str = " Latency Optimized";

/// What one product sells.
pub(super) struct Sold {
    /// The ways to the model that its price holds for.
    pub(super) ways: Vec<Via>,
    model: String,
    model_id: Option<String>,
    name: Option<String>,
    region: &'static str,
    tier: Tier,
    input_above: Option<Tokens>,
    class: UsageClass,
}

impl Sold {
    /// The row of a price book that it is.
    pub(super) fn stated(&self, via: Via, from: Option<Date>, rate: UsdPerToken, place: String) -> Stated {
        Stated {
            model: self.model.clone(),
            model_id: self.model_id.clone(),
            name: self.name.clone(),
            via: Some(via),
            prefix: None,
            regions: Some(Regions::Named(BTreeSet::from([self.region.to_owned()]))),
            tier: Some(self.tier),
            input_above: self.input_above,
            from,
            class: self.class,
            rate,
            place,
        }
    }
}

/// Takes a product apart, or says why it is no price of tokens.
pub(super) fn sold(usage_type: &str, product: &Product, book: &PriceBook) -> Result<Sold, String> {
    let read: UsageType = usage_type.parse().map_err(|error| format!("{error}"))?;
    let Meter::Tokens { class, tier, long } = read.meter else {
        return Err("reserved capacity, which is sold by the month".to_owned());
    };
    if product.attribute("feature").is_some_and(|feature| feature.starts_with("Reserved")) {
        return Err("reserved capacity, which is sold by the month".to_owned());
    }
    let region = read.region.region;
    if let Some(other) = product.attribute("regionCode").filter(|code| *code != region) {
        return Err(format!("its usage type is of {region}, and its attribute of {other}"));
    }
    let said = product.attribute("model").or_else(|| product.attribute("titanModel"));
    let fast = said.and_then(|name| name.strip_suffix(LATENCY_OPTIMIZED));
    let known = model(&read.named, fast.or(said), product, book)?;
    let (key, model_id, name) = named(known, &read.named, fast.or(said), product)?;
    Ok(Sold {
        ways: ways(known, &read),
        model: key,
        model_id,
        name,
        region,
        tier: if fast.is_some() && tier == Tier::Standard { Tier::LatencyOptimized } else { tier },
        input_above: if long { Some(threshold(known)?) } else { None },
        class,
    })
}

/// The model of the book. The usage type goes before the attribute, unless they mean two models that are known.
fn model<'b>(
    named: &Named,
    said: Option<&str>,
    product: &Product,
    book: &'b PriceBook,
) -> Result<Option<&'b Model>, String> {
    let by_attribute = said.and_then(|name| book.billed_as(name));
    let by_name = named.name().and_then(|name| book.billed_as(name));
    if let (Some(one), Some(other)) = (by_name, by_attribute)
        && one.key != other.key
    {
        return Err(format!("its usage type is of {}, and its attribute of {}", one.name, other.name));
    }
    let by_service = || product.attribute("servicename").and_then(|name| book.billed_as(name));
    Ok(by_name.or(by_attribute).or_else(by_service))
}

/// Key, id and name; of a model that the book does not have, those that it would get.
fn named(
    known: Option<&Model>,
    named: &Named,
    said: Option<&str>,
    product: &Product,
) -> Result<(String, Option<String>, Option<String>), String> {
    if let Some(model) = known {
        return Ok((model.key.clone(), Some(model.id.clone()), Some(model.name.clone())));
    }
    let service = product.attribute("servicename").and_then(|name| name.strip_suffix(EDITION));
    let name = said.or(service).or(named.name()).ok_or("it says nowhere which model it is of")?;
    let id = if let Named::Mantle(id) = named { Some(id.clone()) } else { None };
    let key = id.as_deref().map_or_else(|| names::key_of_name(name), names::key_of_id);
    Ok((key, id, Some(name.to_owned())))
}

/// A price without any mark is that of the bare id and of geographic profiles, as far as the book has them there.
fn ways(known: Option<&Model>, read: &UsageType) -> Vec<Via> {
    if read.via != Via::OnDemand {
        return vec![read.via];
    }
    let rows = known.iter().flat_map(|model| &model.prices).filter(|row| row.regions.include(read.region.region));
    let sold: BTreeSet<Via> = rows.map(|row| row.via).collect();
    let ways: Vec<Via> = [Via::OnDemand, Via::Geo].into_iter().filter(|via| sold.contains(via)).collect();
    if ways.is_empty() { vec![Via::OnDemand] } else { ways }
}

/// The length from which a long input costs more; the price list does not say it.
fn threshold(known: Option<&Model>) -> Result<Tokens, String> {
    let found = known.and_then(|model| model.prices.iter().find_map(|row| row.input_above));
    found.ok_or_else(|| {
        "a price for long inputs of a model for which the book does not say from which length on it holds".to_owned()
    })
}
