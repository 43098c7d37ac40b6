//! Rows like those of a Cost and Usage Report 2.0, as far as a forecast can know them.
//!
//! Quantities and rates are in the unit that AWS bills: 1,000 tokens, or a million where a marketplace usage type
//! counts `Units` (AWS Price List, service codes `AmazonBedrock` and `AmazonBedrockFoundationModels`). A usage type
//! that is not known is an empty cell. AWS does not document the operations of its rows: that cell is always empty.

use super::{Export, Row};
use crate::report::table::{self, text};

const COLUMNS: [&str; 22] = [
    "bill_billing_period_start_date",
    "bill_billing_period_end_date",
    "line_item_usage_start_date",
    "line_item_usage_end_date",
    "line_item_usage_account_id",
    "line_item_line_item_type",
    "line_item_product_code",
    "line_item_usage_type",
    "line_item_operation",
    "line_item_usage_amount",
    "pricing_unit",
    "line_item_unblended_rate",
    "line_item_unblended_cost",
    "line_item_currency_code",
    "pricing_public_on_demand_rate",
    "pricing_public_on_demand_cost",
    "line_item_line_item_description",
    "product_region_code",
    "resource_tags",
    "x_app",
    "x_run_id",
    "x_percentile",
];

/// One row a UTC day, app and SKU, with a header row.
#[must_use]
pub fn table(export: &Export) -> String {
    table::table(&COLUMNS, export.rows().iter().map(cells))
}

fn cells(row: &Row<'_>) -> Vec<String> {
    let line = &row.line;
    let (unit, pack) = unit(row);
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| format!("{day}T00:00:00Z"));
    let known = |cell: Option<&str>| cell.map(text).unwrap_or_default();
    vec![
        day(Some(row.day.first_of_month())),
        day(row.day.last_of_month().tomorrow().ok()),
        day(Some(row.day)),
        day(row.day.tomorrow().ok()),
        known(row.account()),
        "Usage".to_owned(),
        product_code(row).to_owned(),
        known(line.usage_type.as_deref()),
        String::new(),
        row.priced_quantity(pack),
        unit,
        Row::price(line.rate, pack),
        line.amount.to_string(),
        "USD".to_owned(),
        Row::price(line.list_rate, pack),
        line.list_amount.to_string(),
        text(&format!("Forecast: {}", line.sku)),
        known(row.region()),
        row.tags().unwrap_or_default(),
        text(&line.app),
        row.export.run_id(),
        known(row.export.percentile.map(|percentile| percentile.to_string()).as_deref()),
    ]
}

/// The unit that AWS bills, and how many of ours are in it.
fn unit(row: &Row<'_>) -> (String, u64) {
    match row.line.unit.as_str() {
        "token" if marketplace(row) => ("Units".to_owned(), 1_000_000),
        "token" => ("1K tokens".to_owned(), 1_000),
        other => match other.strip_prefix("millionth of ") {
            Some(whole) => (text(whole), 1_000_000),
            None => (text(other), 1),
        },
    }
}

fn marketplace(row: &Row<'_>) -> bool {
    row.line.usage_type.as_ref().is_some_and(|usage_type| usage_type.ends_with("-Units"))
}

fn product_code(row: &Row<'_>) -> &'static str {
    match row.line.sku.as_str() {
        sku if sku.starts_with("opensearch-") => "AmazonES",
        sku if sku.starts_with("agentcore-") => "AmazonBedrockAgentCore",
        _ if marketplace(row) => "AmazonBedrockFoundationModels",
        _ => "AmazonBedrock",
    }
}

/// The SKUs whose usage type is not known, each once.
#[must_use]
pub fn without_usage_type(export: &Export) -> Vec<String> {
    let unknown = export.variant.lines.iter().filter(|line| line.usage_type.is_none());
    let mut skus: Vec<String> = unknown.map(|line| line.sku.clone()).collect();
    skus.sort();
    skus.dedup();
    skus
}
