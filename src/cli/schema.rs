//! `tokencast schema`.

use super::arguments::{self, Described};
use super::exit::{Exit, Failure};
use super::streams::print;
use crate::{pricing, report, scenario};

pub(super) fn schema(arguments: &arguments::Schema) -> Result<Exit, Failure> {
    let text = match arguments.format {
        Described::Scenario => pretty(&scenario::schema())?,
        Described::Pricing => pretty(&pricing::schema())?,
        Described::Report => report::json::schema(),
        Described::Breakeven => report::json::breakeven_schema(),
    };
    print(&text)?;
    Ok(Exit::Within)
}

fn pretty(schema: &serde_json::Value) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(schema).map_err(|error| Failure::tool(error.to_string()))?;
    Ok(text + "\n")
}
