//! Offer files of the AWS Price List.
//!
//! Three services sell models of Amazon Bedrock: `AmazonBedrock` and `AmazonBedrockService`, which quote 1,000 tokens,
//! and `AmazonBedrockFoundationModels`, the marketplace, which quotes a million. Read are an offer file as it is
//! downloaded, the answer of `GetProducts`, and a single product. Every row is stated or skipped with its reason.

mod collide;
mod offer;
mod price;
mod product;
mod sold;
#[cfg(test)]
mod tests;

use super::Import;
use crate::pricing::PriceBook;
use jiff::civil::Date;
use offer::Offer;

/// Reads an offer file. Models are found in the book by what AWS calls them.
///
/// # Errors
/// What is wrong with the file, where, and what to do about it: one line for each problem.
pub fn read(text: &str, book: &PriceBook) -> Result<Import, String> {
    let offer = Offer::read(text)?;
    let (mut rows, mut skipped, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (sku, product) in &offer.products {
        match product::rows(sku, product, offer.terms_of(sku), book) {
            Ok(product::Said::Stated(stated)) => rows.extend(stated),
            Ok(product::Said::Skipped(row)) => skipped.push(row),
            Err(problem) => problems.push(format!("SKU {sku}: {problem}")),
        }
    }
    if !problems.is_empty() {
        return Err(problems.join("\n"));
    }
    let stated = collide::apart(rows, &mut skipped);
    Ok(Import { stated, skipped, ..source(&offer) })
}

/// What the file says of itself.
fn source(offer: &Offer) -> Import {
    let service = offer.service.as_deref().unwrap_or("AmazonBedrock");
    let published = offer.published.as_deref().and_then(day);
    let version = offer.version.clone().or_else(|| published.map(|day| day.to_string()));
    let (dash, comma) = match &version {
        Some(version) => (format!("-{version}"), format!(", version {version}")),
        None => (String::new(), String::new()),
    };
    Import {
        source: format!("aws-price-list-{}{dash}", service.to_lowercase()),
        title: format!("AWS Price List, offer {service}{comma}"),
        url: Some(format!("https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/{service}/current/index.json")),
        published,
        ..Import::default()
    }
}

/// The day of an instant such as `2026-08-20T17:03:00Z`.
fn day(instant: &str) -> Option<Date> {
    instant.get(..10)?.parse().ok()
}
