//! Our own columns, which come last and begin with `x_`.

use super::Kind::{DateTime, Decimal, Text};
use super::{Column, Row};
use crate::pricing::CapacitySku;
use crate::report::model::Sold;

pub(super) const OWN: &[Column] = &[
    Column::new("x_AppId", Text, |row| Some(row.line.app.clone())),
    Column::new("x_Discount", Text, |row| row.line.discount.clone()),
    Column::new("x_EngineVersion", Text, |row| Some(row.export.tool.version.clone())),
    Column::new("x_FromOverlay", Text, |row| Some(row.line.overlay.to_string())),
    Column::new("x_IsForecast", Text, |_| Some("true".to_owned())),
    Column::new("x_ModelId", Text, |row| sold(row).map(|sold| sold.model_id.clone())),
    Column::new("x_Model", Text, model),
    Column::new("x_Percentile", Text, |row| row.export.percentile.map(|percentile| percentile.to_string())),
    Column::new("x_PriceBook", Text, |row| Some(row.export.price_book.sha256.clone())),
    Column::new("x_PriceChecked", DateTime, |row| row.line.checked.map(|day| format!("{day}T00:00:00Z"))),
    Column::new("x_PriceConfidence", Text, |row| row.line.confidence.clone()),
    Column::new("x_PriceSource", Text, |row| Some(row.line.source.clone())),
    Column::new("x_Routing", Text, |row| sold(row).map(|sold| sold.via.clone())),
    Column::new("x_RunId", Text, |row| Some(row.export.run_id())),
    Column::new("x_ScenarioId", Text, |row| Some(row.export.scenario.sha256.clone())),
    Column::new("x_ScenarioName", Text, |row| Some(row.export.scenario.name.clone())),
    Column::new("x_Seed", Decimal, |row| Some(row.export.seed.to_string())),
    Column::new("x_ServiceTier", Text, |row| sold(row).map(|sold| sold.tier.clone())),
    Column::new("x_UsageType", Text, |row| row.line.usage_type.clone()),
    Column::new("x_Variant", Text, |row| Some(row.export.variant.name.clone())),
];

fn sold<'a>(row: &'a Row<'_>) -> Option<&'a Sold> {
    row.line.sold.as_ref()
}

fn model(row: &Row<'_>) -> Option<String> {
    let bought = row.bought.as_ref().map(CapacitySku::model);
    sold(row).map(|sold| sold.model.as_str()).or(bought).map(str::to_owned)
}
