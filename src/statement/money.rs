//! Money as reports write it: an exact decimal of US dollars.

use crate::units::Usd;
use serde::de::{Deserialize, Deserializer, Error};

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Usd, D::Error> {
    let text = String::deserialize(from)?;
    Usd::parse(&format!("{text} USD")).map_err(D::Error::custom)
}
