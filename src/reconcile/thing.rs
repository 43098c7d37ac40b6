//! What a line of a run and a row of a bill are of, whatever either calls it.

use super::actuals::Charge;
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::bedrock::usage_type::{Meter, Named, UsageType};
use crate::pricing::PriceBook;
use crate::statement::Line;

/// A thing that is billed. Geographic profiles are billed as the bare id is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thing {
    /// The key of the model.
    model: String,
    region: String,
    global: bool,
    pub(super) meter: Meter,
}

/// One thing of a line; nothing where the line is of no model, or of one that no bill could name.
pub(super) fn of_line(line: &Line, book: &PriceBook) -> Option<Thing> {
    let Some(sold) = &line.sold else {
        let read: UsageType = line.usage_type.as_ref()?.parse().ok()?;
        return Some(named(&read, book.billed_as(read.named.name()?)?.key.clone()));
    };
    let class = UsageClass::ALL.into_iter().find(|class| class.name() == line.usage_class)?;
    let tier = Tier::ALL.into_iter().find(|tier| tier.name() == sold.tier)?;
    Some(Thing {
        model: sold.model.clone(),
        region: sold.region.clone(),
        global: sold.via == Via::Global.name(),
        meter: Meter::Tokens { class, tier, long: sold.input_above.is_some() },
    })
}

/// The thing of a row of a bill, and how many of it in 1e-15, where the row counts.
///
/// # Errors
/// Why it is not known.
pub(super) fn of_charge(charge: &Charge, book: &PriceBook) -> Result<(Thing, Option<i128>), String> {
    if let Some(kind) = &charge.not_usage {
        return Err(format!("it is no usage but {kind}"));
    }
    let read: UsageType = charge.usage_type.parse().map_err(|error| format!("{error}"))?;
    let model = match &read.named {
        Named::Native(name) | Named::Mantle(name) => {
            book.billed_as(name).ok_or_else(|| format!("the price book has no model that bills call `{name}`"))?
        }
        Named::Marketplace | Named::MarketplaceWords => charge
            .products
            .iter()
            .find_map(|product| book.billed_as(product))
            .ok_or("only the name of its product says which model it is of, and none is known to the price book")?,
    };
    let thing = named(&read, model.key.clone());
    let Some(amount) = charge.amount else { return Ok((thing, None)) };
    let quantity = amount.checked_mul(scale(&read, charge.unit.as_deref())?).ok_or("its quantity is too large")?;
    Ok((thing, Some(quantity)))
}

fn named(read: &UsageType, model: String) -> Thing {
    let (region, global) = (read.region.region.to_owned(), read.via == Via::Global);
    Thing { model, region, global, meter: read.meter }
}

/// How many tokens, or hours of 1,000 reserved tokens per minute, one unit of a bill is. Where a query left the unit
/// out, it is the one that the family of the usage type is sold by.
fn scale(read: &UsageType, unit: Option<&str>) -> Result<i128, String> {
    let written = unit.unwrap_or_default().to_ascii_lowercase();
    let marketplace = read.named.name().is_none();
    let known = match (read.meter, written.as_str()) {
        (Meter::Tokens { .. }, "tokens") => Some(1),
        (Meter::Tokens { .. }, "") => Some(if marketplace { 1_000_000 } else { 1_000 }),
        (Meter::Tokens { .. }, "1k tokens" | "1000 tokens") => Some(1_000),
        (Meter::Tokens { .. }, "units" | "1m tokens") => Some(1_000_000),
        (Meter::Reserved { .. }, "" | "1k tpm hour") => Some(1),
        (Meter::Reserved { .. }, "1m tpm hour") => Some(1_000),
        // As this program exports it.
        (Meter::Reserved { .. }, unit) if unit.starts_with("1,000 ") || unit.starts_with("1000 ") => Some(1),
        _ => None,
    };
    known.ok_or_else(|| format!("its unit `{}` is not known", unit.unwrap_or_default()))
}
