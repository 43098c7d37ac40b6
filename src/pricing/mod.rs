//! The price book: `pricing/*.yaml` becomes dated rates, default quotas and model facts, each with its source.
//!
//! Reading reports every problem of every file at once, with its place. A price that is not in the book is
//! an error with a name, never zero. Does not open files, and does not know what anybody uses.

mod billed;
mod book;
mod capacity;
mod charge;
mod charges;
mod discount;
mod discounts;
mod facts;
mod file;
mod fit;
mod lint;
mod merge;
mod model;
mod platform;
mod provenance;
mod quota;
mod rate;
mod regions;
mod rows;
mod sku;

#[cfg(test)]
mod tests;

pub use book::{PriceBook, Resolved, UnknownModel};
pub(crate) use capacity::NANODOLLARS;
pub use capacity::{
    PROVISIONED_TERMS, ProvisionedRow, RESERVED_TERMS, ReservedPrice, ReservedRow, UnitPrice, UnitThroughput,
    UsdPerHour,
};
pub use charge::{Charge, ChargeRow, Per, UsdPerUnits};
pub use discount::{Discount, Off};
pub use facts::{CacheFacts, Lifecycle, Profile, ServiceRow};
pub use file::Confidence;
pub use model::{Burndown, Model, TokenLimit};
pub use platform::{Platform, PlatformRow};
pub use provenance::{Conflict, Provenance};
pub use quota::{AccountQuota, QuotaRow};
pub use rate::{MissingRate, PerMillion, RateRow};
pub use regions::{RegionNames, Regions};
pub use sku::{CapacitySku, Sku};

use crate::document::{Problems, Source};
use std::sync::Arc;

macro_rules! bundled_files {
    ($($name:literal),*) => { [$((concat!("pricing/", $name), include_str!(concat!("../../pricing/", $name)))),*] };
}

/// The files of the bundled price book: path and text.
const BUNDLED: [(&str, &str); 21] = bundled_files!(
    "sources.yaml",
    "account.yaml",
    "ai21.yaml",
    "amazon.yaml",
    "anthropic.yaml",
    "cohere.yaml",
    "deepseek.yaml",
    "google.yaml",
    "meta.yaml",
    "minimax.yaml",
    "mistral.yaml",
    "moonshot.yaml",
    "nvidia.yaml",
    "openai.yaml",
    "platforms.yaml",
    "profiles.yaml",
    "qwen.yaml",
    "services.yaml",
    "writer.yaml",
    "xai.yaml",
    "zai.yaml"
);

/// The price book that the program carries.
///
/// # Errors
/// Every problem of the bundled files; a test holds that there is none.
pub fn bundled() -> Result<PriceBook, Problems> {
    read(&BUNDLED.map(|(path, text)| Source::new(path, text)))
}

/// Reads the files of one price book together: a file may cite the sources of another.
///
/// # Errors
/// Every problem of every file.
pub fn read(sources: &[Arc<Source>]) -> Result<PriceBook, Problems> {
    merge::base(sources)
}

/// The JSON Schema (draft 7) of a price book's file.
#[must_use]
pub fn schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings.into_generator().into_root_schema_for::<file::PricingFile>().to_value()
}
