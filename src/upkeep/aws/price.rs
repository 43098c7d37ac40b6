//! The price of one dimension, per million tokens.

use super::offer::Dimension;
use crate::units::UsdPerToken;
use crate::upkeep::number;

/// What a dimension says.
pub(super) enum Price {
    /// A price for tokens.
    PerToken(UsdPerToken),
    /// No price to take, and why.
    Not(&'static str),
}

/// Reads a price of tokens.
pub(super) fn read(dimension: &Dimension) -> Result<Price, String> {
    let Some(usd) = dimension.price_per_unit.get("USD") else {
        let others: Vec<&str> = dimension.price_per_unit.keys().map(String::as_str).collect();
        let others = if others.is_empty() { "no currency".to_owned() } else { others.join(", ") };
        return Err(format!("its price is in {others}; only US dollars are read, take the file of another Region"));
    };
    let from_zero = dimension.begin_range.as_deref().is_none_or(|begin| begin == "0");
    if !from_zero || dimension.end_range.as_deref().is_some_and(|end| end != "Inf") {
        return Ok(Price::Not("the price depends on how much is used"));
    }
    let places = places(dimension)?;
    if number::shifted(usd, places).as_deref() == Some("0") {
        return Ok(Price::Not("a price of zero, which stands here for what is not sold as well as for what is free"));
    }
    number::rate(usd, places).map(Price::PerToken).map_err(|problem| format!("its price: {problem}"))
}

/// How many places a price of that unit is from one per million tokens.
fn places(dimension: &Dimension) -> Result<i32, String> {
    let unit = dimension.unit.trim().to_lowercase();
    let description = dimension.description.to_lowercase();
    let millions = description.contains("million") && description.contains("token");
    match unit.as_str() {
        "1k tokens" => Ok(3),
        "1m tokens" => Ok(0),
        "units" if millions => Ok(0),
        "units" => Err(format!(
            "its unit is `Units`, and the description `{}` does not say how many tokens that is",
            dimension.description
        )),
        _ => Err(format!("its unit `{}` is not known; there are `1K tokens`, `1M tokens` and `Units`", dimension.unit)),
    }
}
