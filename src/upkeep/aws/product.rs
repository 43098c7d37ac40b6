//! One product: what it sells, and at which price.

use super::offer::{Product, Term};
use super::price::{self, Price};
use super::{day, sold};
use crate::pricing::PriceBook;
use crate::upkeep::{Skipped, Stated};

/// A price and the text of its usage type.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) usage_type: String,
    pub(super) stated: Stated,
}

/// What is taken from a product.
pub(super) enum Said {
    Stated(Vec<Row>),
    Skipped(Skipped),
}

/// Every price of a product, or why there is none to take.
pub(super) fn rows<'a>(
    sku: &str,
    product: &Product,
    terms: impl Iterator<Item = &'a Term>,
    book: &PriceBook,
) -> Result<Said, String> {
    let text = product.attribute("usagetype").unwrap_or_default();
    let place = format!("SKU {sku}");
    let skipped = |why: String| {
        let what = if text.is_empty() { "a product without usage type" } else { text };
        Ok(Said::Skipped(Skipped { what: what.to_owned(), why, place: place.clone() }))
    };
    let sold = match sold::sold(text, product, book) {
        Ok(sold) => sold,
        Err(why) => return skipped(why),
    };
    let mut rows = Vec::new();
    for (term, dimension) in terms.flat_map(|term| term.price_dimensions.values().map(move |price| (term, price))) {
        let rate = match price::read(dimension)? {
            Price::PerToken(rate) => rate,
            Price::Not(why) => return skipped(why.to_owned()),
        };
        let from = term.effective_date.as_deref().and_then(day);
        let stated = sold.ways.iter().map(|via| sold.stated(*via, from, rate, place.clone()));
        rows.extend(stated.map(|stated| Row { usage_type: text.to_owned(), stated }));
    }
    if rows.is_empty() { skipped("it has no price on demand".to_owned()) } else { Ok(Said::Stated(rows)) }
}
