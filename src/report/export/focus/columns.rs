//! The columns of the specification, by name.

use super::Kind::{DateTime, Decimal, Json, Text};
use super::Version::{V1_2, V1_4};
use super::region::region_name;
use super::service::{Service, service};
use super::unit::{Unit, unit};
use super::{Column, Row};
use crate::bedrock::term::Term;
use crate::pricing::CapacitySku;
use jiff::civil::Date;

pub(super) const COLUMNS: &[Column] = &[
    Column::new("BilledCost", Decimal, |row| Some(row.line.amount.to_string())),
    Column::new("BillingAccountId", Text, |_| Some("forecast".to_owned())),
    Column::new("BillingAccountName", Text, |_| None),
    Column::new("BillingCurrency", Text, |_| Some("USD".to_owned())),
    Column::new("BillingPeriodEnd", DateTime, |row| Some(instant(row.day.last_of_month().tomorrow().ok()?))),
    Column::new("BillingPeriodStart", DateTime, |row| Some(instant(row.day.first_of_month()))),
    Column::new("CapacityReservationId", Text, |row| row.line.pool.clone()),
    Column::new("CapacityReservationStatus", Text, |row| row.line.pool.as_ref().map(|_| used(row))),
    Column::new("ChargeCategory", Text, |_| Some("Usage".to_owned())),
    Column::new("ChargeClass", Text, |_| None),
    Column::new("ChargeDescription", Text, |row| Some(description(row))),
    Column::new("ChargeFrequency", Text, |row| {
        Some(if row.recurring() { "Recurring" } else { "Usage-Based" }.to_owned())
    }),
    Column::new("ChargePeriodEnd", DateTime, |row| Some(instant(row.day.tomorrow().ok()?))),
    Column::new("ChargePeriodStart", DateTime, |row| Some(instant(row.day))),
    Column::new("CommitmentDiscountCategory", Text, |row| committed(row).map(|_| "Usage".to_owned())),
    Column::new("CommitmentDiscountId", Text, |row| committed(row).and(row.line.pool.clone())),
    Column::new("CommitmentDiscountName", Text, |row| committed(row).and(row.line.pool.clone())),
    Column::new("CommitmentDiscountQuantity", Decimal, |row| committed(row).map(|_| row.priced_quantity(of(row).pack))),
    Column::new("CommitmentDiscountStatus", Text, |row| committed(row).map(|_| used(row))),
    Column::new("CommitmentDiscountType", Text, |row| committed(row).map(|sku| kind(sku).to_owned())),
    Column::new("CommitmentDiscountUnit", Text, |row| committed(row).map(|_| of(row).pricing)),
    Column::new("ConsumedQuantity", Decimal, |row| (!row.idle()).then(|| row.consumed(of(row).part))),
    Column::new("ConsumedUnit", Text, |row| (!row.idle()).then(|| of(row).consumed)),
    Column::new("ContractedCost", Decimal, |row| Some(row.line.amount.to_string())),
    Column::new("ContractedUnitPrice", Decimal, |row| Some(Row::price(row.line.rate, of(row).pack))),
    Column::new("EffectiveCost", Decimal, |row| Some(row.line.amount.to_string())),
    Column::of(V1_4, "HostProviderName", |_| Some("AWS".to_owned())),
    Column::new("InvoiceIssuerName", Text, |_| Some(AWS.to_owned())),
    Column::new("ListCost", Decimal, |row| Some(row.line.list_amount.to_string())),
    Column::new("ListUnitPrice", Decimal, |row| Some(Row::price(row.line.list_rate, of(row).pack))),
    Column::new("PricingCategory", Text, |row| {
        Some(if committed(row).is_some() { "Committed" } else { "Standard" }.to_owned())
    }),
    Column::new("PricingQuantity", Decimal, |row| Some(row.priced_quantity(of(row).pack))),
    Column::new("PricingUnit", Text, |row| Some(of(row).pricing)),
    Column::of(V1_2, "ProviderName", |_| Some("AWS".to_owned())),
    Column::of(V1_2, "PublisherName", |_| Some(AWS.to_owned())),
    Column::new("RegionId", Text, |row| row.region().map(str::to_owned)),
    Column::new("RegionName", Text, |row| row.region().map(|id| region_name(id).to_owned())),
    Column::new("ResourceId", Text, |row| row.line.pool.clone()),
    Column::new("ResourceName", Text, |_| None),
    Column::new("ResourceType", Text, |row| row.bought.as_ref().map(|sku| kind(sku).to_owned())),
    Column::new("ServiceCategory", Text, |row| Some(sold_by(row).category.to_owned())),
    Column::new("ServiceName", Text, |row| Some(sold_by(row).name.to_owned())),
    Column::of(V1_4, "ServiceProviderName", |_| Some("AWS".to_owned())),
    Column::new("ServiceSubcategory", Text, |row| Some(sold_by(row).subcategory.to_owned())),
    Column::new("SkuId", Text, |row| Some(row.line.sku.clone())),
    Column::new("SkuMeter", Text, |row| Some(row.line.usage_class.clone())),
    Column::new("SkuPriceId", Text, |row| Some(format!("{} at {}", row.line.sku, row.line.list_rate))),
    Column::new("SubAccountId", Text, |row| row.account().map(str::to_owned)),
    Column::new("SubAccountName", Text, |row| row.account().map(str::to_owned)),
    Column::new("Tags", Json, |row| row.tags()),
];

const AWS: &str = "Amazon Web Services, Inc.";

/// Midnight in UTC.
fn instant(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn description(row: &Row<'_>) -> String {
    let Unit { pricing, pack, .. } = of(row);
    format!("Forecast: {} at {} USD per {pricing}", row.line.sku, Row::price(row.line.rate, pack))
}

/// What is paid for under a commitment, and cheaper for it.
fn committed<'a>(row: &'a Row<'_>) -> Option<&'a CapacitySku> {
    row.bought.as_ref().filter(|sku| sku.term() != Term::None)
}

fn used(row: &Row<'_>) -> String {
    if row.idle() { "Unused" } else { "Used" }.to_owned()
}

fn kind(sku: &CapacitySku) -> &'static str {
    match sku {
        CapacitySku::Provisioned { .. } => "Provisioned Throughput",
        CapacitySku::Reserved { .. } => "Reserved Tier",
    }
}

fn of(row: &Row<'_>) -> Unit {
    unit(&row.line.unit)
}

fn sold_by(row: &Row<'_>) -> Service {
    service(&row.line.sku)
}
