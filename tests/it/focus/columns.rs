//! The columns of the Cost and Usage dataset: FOCUS specification v1.2 (2025-05-29), "Columns", content constraints of
//! each; what v1.3 (2025-12-04) and v1.4 (2026-06-04) change of them. The 21 mandatory columns and a dozen of the others
//! were read on 2026-11-21 in copies of the specification; the rest is recalled, and agrees with the specification in
//! how many columns each level has.

/// Whether a column has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Mandatory,
    Conditional,
    Recommended,
}

/// What its values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    String,
    Decimal,
    DateTime,
    Json,
}

/// The versions that have a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum In {
    Both,
    Only1_2,
    Only1_4,
}

pub struct Column {
    pub name: &'static str,
    pub level: Level,
    pub kind: Type,
    pub nullable: bool,
    /// Empty where any value is allowed.
    pub allowed: &'static [&'static str],
    pub versions: In,
}

const fn column(name: &'static str, level: Level, kind: Type, nullable: bool) -> Column {
    Column { name, level, kind, nullable, allowed: &[], versions: In::Both }
}

const fn one_of(name: &'static str, level: Level, nullable: bool, allowed: &'static [&'static str]) -> Column {
    Column { name, level, kind: Type::String, nullable, allowed, versions: In::Both }
}

const fn only(name: &'static str, level: Level, nullable: bool, versions: In) -> Column {
    Column { name, level, kind: Type::String, nullable, allowed: &[], versions }
}

use Level::{Conditional as C, Mandatory as M, Recommended as R};
use Type::{DateTime, Decimal, Json, String as Text};

/// Of ServiceSubcategory, the values under the two categories that a forecast uses.
const SUBCATEGORIES: &[&str] = &[
    "AI Platforms",
    "Bots",
    "Generative AI",
    "Machine Learning",
    "Natural Language Processing",
    "Other (AI and Machine Learning)",
    "Analytics Platforms",
    "Business Intelligence",
    "Data Processing",
    "Search",
    "Streaming Analytics",
    "Other (Analytics)",
];

const CATEGORIES: &[&str] = &[
    "AI and Machine Learning",
    "Analytics",
    "Business Applications",
    "Compute",
    "Databases",
    "Developer Tools",
    "Multicloud",
    "Identity",
    "Integration",
    "Internet of Things",
    "Management and Governance",
    "Media",
    "Migration",
    "Mobile",
    "Networking",
    "Security",
    "Storage",
    "Web",
    "Other",
];

pub const COLUMNS: &[Column] = &[
    column("AvailabilityZone", R, Text, true),
    column("BilledCost", M, Decimal, false),
    column("BillingAccountId", M, Text, false),
    column("BillingAccountName", M, Text, true),
    column("BillingAccountType", C, Text, true),
    column("BillingCurrency", M, Text, false),
    column("BillingPeriodEnd", M, DateTime, false),
    column("BillingPeriodStart", M, DateTime, false),
    column("CapacityReservationId", C, Text, true),
    one_of("CapacityReservationStatus", C, true, &["Used", "Unused"]),
    one_of("ChargeCategory", M, false, &["Usage", "Purchase", "Tax", "Credit", "Adjustment"]),
    one_of("ChargeClass", M, true, &["Correction"]),
    column("ChargeDescription", M, Text, true),
    one_of("ChargeFrequency", R, false, &["One-Time", "Recurring", "Usage-Based"]),
    column("ChargePeriodEnd", M, DateTime, false),
    column("ChargePeriodStart", M, DateTime, false),
    one_of("CommitmentDiscountCategory", C, true, &["Spend", "Usage"]),
    column("CommitmentDiscountId", C, Text, true),
    column("CommitmentDiscountName", C, Text, true),
    column("CommitmentDiscountQuantity", C, Decimal, true),
    one_of("CommitmentDiscountStatus", C, true, &["Used", "Unused"]),
    column("CommitmentDiscountType", C, Text, true),
    column("CommitmentDiscountUnit", C, Text, true),
    column("ConsumedQuantity", C, Decimal, true),
    column("ConsumedUnit", C, Text, true),
    column("ContractedCost", M, Decimal, false),
    column("ContractedUnitPrice", C, Decimal, true),
    column("EffectiveCost", M, Decimal, false),
    only("HostProviderName", M, true, In::Only1_4),
    column("InvoiceId", R, Text, true),
    column("InvoiceIssuerName", M, Text, false),
    column("ListCost", M, Decimal, false),
    column("ListUnitPrice", C, Decimal, true),
    one_of("PricingCategory", C, true, &["Standard", "Dynamic", "Committed", "Other"]),
    column("PricingCurrency", C, Text, true),
    column("PricingCurrencyContractedUnitPrice", C, Decimal, true),
    column("PricingCurrencyEffectiveCost", C, Decimal, false),
    column("PricingCurrencyListUnitPrice", C, Decimal, true),
    column("PricingQuantity", M, Decimal, true),
    column("PricingUnit", M, Text, true),
    only("ProviderName", M, false, In::Only1_2),
    only("PublisherName", M, false, In::Only1_2),
    column("RegionId", C, Text, true),
    column("RegionName", C, Text, true),
    column("ResourceId", C, Text, true),
    column("ResourceName", C, Text, true),
    column("ResourceType", C, Text, true),
    one_of("ServiceCategory", M, false, CATEGORIES),
    column("ServiceName", M, Text, false),
    only("ServiceProviderName", M, false, In::Only1_4),
    one_of("ServiceSubcategory", R, false, SUBCATEGORIES),
    column("SkuId", C, Text, true),
    column("SkuMeter", C, Text, true),
    column("SkuPriceDetails", C, Json, true),
    column("SkuPriceId", C, Text, true),
    column("SubAccountId", C, Text, true),
    column("SubAccountName", C, Text, true),
    column("SubAccountType", C, Text, true),
    column("Tags", C, Json, true),
];

#[test]
fn the_table_has_the_columns_that_the_specification_counts() {
    let of = |level: Level| COLUMNS.iter().filter(|it| it.versions != In::Only1_4 && it.level == level).count();
    assert_eq!((of(M), of(C), of(R)), (21, 32, 4));
    assert!(COLUMNS.is_sorted_by_key(|column| column.name));
}
