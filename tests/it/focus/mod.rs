//! FOCUS exports of every bundled scenario, held against the specification's own table of columns.

mod columns;
mod hostile;
mod percentile;

use super::bundled::{self, Traces};
use columns::{COLUMNS, Column, In, Level, Type};
use std::collections::BTreeMap;
use tokencast::report::export::focus::{Version, metadata, table};
use tokencast::report::export::{Export, Percentile};
use tokencast::report::money::Money;
use tokencast::traffic::Progress;
use tokencast::units::Usd;

/// A row by column.
type Row = BTreeMap<String, String>;

fn export(name: &str, percentiles: &[Percentile]) -> Vec<Export> {
    let (prepared, _) = bundled::prepared(name, &bundled::text(&format!("scenarios/{name}.yaml")));
    prepared.export("base", percentiles, &Traces, &Progress::default()).expect("it can be exported")
}

fn read(text: &str) -> (Vec<String>, Vec<Row>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| header.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    let rows = reader.records().map(|record| row(record.expect("as long as the header"))).collect();
    (header, rows)
}

fn usd(text: &str) -> Usd {
    Usd::parse(&format!("{text} USD")).unwrap_or_else(|error| panic!("{error}"))
}

fn sum(rows: &[Row], column: &str) -> Usd {
    rows.iter().map(|row| usd(&row[column])).sum()
}

#[test]
fn every_row_of_every_bundled_scenario_keeps_the_specification() {
    for name in bundled::names() {
        let export = export(&name, &[]).remove(0);
        for (version, own) in [(Version::V1_2, In::Only1_2), (Version::V1_4, In::Only1_4)] {
            let known: Vec<&Column> =
                COLUMNS.iter().filter(|column| column.versions == In::Both || column.versions == own).collect();
            let (header, rows) = read(&table(&export, version));
            the_columns_stand(&name, &header, &known);
            assert!(!rows.is_empty(), "{name} has no row");
            for row in &rows {
                the_cells_hold(&name, row, &known);
                the_prices_hold(&name, row);
                the_nulls_go_together(&name, row);
            }
            the_sums_are_those_of_the_bill(&name, &export, &rows);
            the_metadata_names_the_columns(&header, &metadata(&export, version), version);
        }
    }
}

fn the_columns_stand(name: &str, header: &[String], known: &[&Column]) {
    let theirs: Vec<&String> = header.iter().take_while(|column| !column.starts_with("x_")).collect();
    let ours = &header[theirs.len()..];
    assert!(ours.iter().all(|column| column.starts_with("x_")), "{name}: {header:?}");
    for column in &theirs {
        assert!(known.iter().any(|known| known.name == *column), "{name}: {column} is not of this version");
    }
    for column in known.iter().filter(|known| known.level == Level::Mandatory) {
        assert!(header.iter().any(|it| it == column.name), "{name}: {} is missing", column.name);
    }
    let mut once = header.to_vec();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), header.len(), "{name}: a column twice");
    for needed in ["x_IsForecast", "x_RunId", "x_ScenarioId", "x_AppId", "x_Percentile", "x_ModelId", "x_UsageType"] {
        assert!(ours.iter().any(|column| column == needed), "{name}: {needed} is missing");
    }
}

fn the_cells_hold(name: &str, row: &Row, known: &[&Column]) {
    for column in known {
        let Some(cell) = row.get(column.name) else { continue };
        let wrong = format!("{name}: {} is {cell:?}", column.name);
        if cell.is_empty() {
            assert!(column.nullable, "{wrong}");
            continue;
        }
        assert!(column.allowed.is_empty() || column.allowed.contains(&cell.as_str()), "{wrong}");
        match column.kind {
            Type::String => assert!(!["NULL", "N/A", "null"].contains(&cell.as_str()), "{wrong}"),
            Type::Decimal => assert!(is_decimal(cell), "{wrong}"),
            Type::DateTime => assert!(is_instant(cell), "{wrong}"),
            Type::Json => assert!(is_key_values(cell), "{wrong}"),
        }
    }
    assert_eq!((row["x_IsForecast"].as_str(), row["BillingCurrency"].as_str()), ("true", "USD"));
}

/// Digits, one point at most: no separator, no sign, no symbol.
fn is_decimal(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split('.').collect();
    parts.len() <= 2 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `YYYY-MM-DDTHH:mm:ssZ`.
fn is_instant(cell: &str) -> bool {
    cell.len() == 20 && cell.ends_with('Z') && cell.parse::<jiff::Timestamp>().is_ok()
}

fn is_key_values(cell: &str) -> bool {
    let values: Result<BTreeMap<String, serde_json::Value>, _> = serde_json::from_str(cell);
    values.is_ok_and(|values| values.values().all(|value| !value.is_object() && !value.is_array()))
}

/// Price times quantity is cost, up to the last digit that a quantity can have.
fn the_prices_hold(name: &str, row: &Row) {
    for (price, cost) in [("ContractedUnitPrice", "ContractedCost"), ("ListUnitPrice", "ListCost")] {
        let decimal = |column: &str| row[column].parse::<f64>().expect("a decimal");
        let (product, cost_usd) = (decimal(price) * decimal("PricingQuantity"), decimal(cost));
        assert!((product - cost_usd).abs() <= 1e-9 * cost_usd.max(1e-3), "{name}: {row:?}");
    }
    assert_eq!(row["BilledCost"], row["EffectiveCost"], "{name}: nothing is amortised");
    assert!(usd(&row["ListCost"]) >= usd(&row["ContractedCost"]), "{name}: {row:?}");
    let start: jiff::Timestamp = row["ChargePeriodStart"].parse().expect("an instant");
    let end: jiff::Timestamp = row["ChargePeriodEnd"].parse().expect("an instant");
    assert_eq!(end.duration_since(start).as_secs(), 86_400, "{name}: a row is a day");
    assert!(row["BillingPeriodStart"] <= row["ChargePeriodStart"] && row["ChargePeriodEnd"] <= row["BillingPeriodEnd"]);
}

/// What the specification lets be null only together, of charges of the category Usage.
fn the_nulls_go_together(name: &str, row: &Row) {
    let null = |column: &str| row[column].is_empty();
    assert_eq!(row["ChargeCategory"], "Usage");
    for (one, other) in [
        ("RegionId", "RegionName"),
        ("CommitmentDiscountId", "CommitmentDiscountCategory"),
        ("CommitmentDiscountId", "CommitmentDiscountType"),
        ("CommitmentDiscountId", "CommitmentDiscountStatus"),
        ("CommitmentDiscountId", "CommitmentDiscountQuantity"),
        ("CommitmentDiscountId", "CommitmentDiscountUnit"),
        ("CapacityReservationId", "CapacityReservationStatus"),
        ("ResourceId", "ResourceType"),
        ("ConsumedQuantity", "ConsumedUnit"),
        ("SubAccountId", "SubAccountName"),
        ("SkuId", "SkuMeter"),
    ] {
        assert_eq!(null(one), null(other), "{name}: {one} and {other} of {row:?}");
    }
    let unused = row["CapacityReservationStatus"] == "Unused" || row["CommitmentDiscountStatus"] == "Unused";
    assert_eq!(null("ConsumedQuantity"), unused, "{name}: {row:?}");
    assert_eq!(row["PricingCategory"] == "Committed", !null("CommitmentDiscountId"), "{name}: {row:?}");
    for never in ["PricingQuantity", "PricingUnit", "PricingCategory", "SkuId", "SkuPriceId", "ListUnitPrice"] {
        assert!(!null(never), "{name}: {never} of {row:?}");
    }
}

fn the_sums_are_those_of_the_bill(name: &str, export: &Export, rows: &[Row]) {
    let total = export.variant.totals.cost.total;
    assert_eq!(sum(rows, "BilledCost"), usd(&total.to_string()), "{name}");
    let list: Money = export.variant.lines.iter().map(|line| line.list_amount).sum();
    assert_eq!(sum(rows, "ListCost"), usd(&list.to_string()), "{name}");
    for app in &export.variant.apps {
        let of_app: Vec<Row> = rows.iter().filter(|row| row["x_AppId"] == app.name).cloned().collect();
        assert_eq!(sum(&of_app, "BilledCost"), usd(&app.totals.cost.total.to_string()), "{name}: {}", app.name);
    }
    let key = |row: &Row| {
        ["ChargePeriodStart", "x_AppId", "SkuPriceId", "SkuMeter", "PricingUnit", "ResourceId"]
            .map(|it| row[it].clone())
    };
    let mut keys: Vec<_> = rows.iter().map(key).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), rows.len(), "{name}: two rows of one day, app and SKU");
}

fn the_metadata_names_the_columns(header: &[String], metadata: &str, version: Version) {
    let metadata: serde_json::Value = serde_json::from_str(metadata).expect("JSON");
    let schema = &metadata["Schema"];
    assert_eq!(schema["FocusVersion"], version.name());
    assert_eq!(metadata["DataGenerator"]["DataGenerator"], "tokencast");
    assert_eq!(schema["SchemaId"].as_str().expect("a text").len(), 36);
    let columns = schema["ColumnDefinition"].as_array().expect("a list");
    let names: Vec<&str> = columns.iter().filter_map(|column| column["ColumnName"].as_str()).collect();
    assert_eq!(names, header);
    for column in columns {
        let known = COLUMNS.iter().find(|known| column["ColumnName"] == known.name);
        let expected = known.map(|known| match known.kind {
            Type::String => "STRING",
            Type::Decimal => "DECIMAL",
            Type::DateTime => "DATETIME",
            Type::Json => "JSON",
        });
        assert!(expected.is_none_or(|expected| column["DataType"] == expected), "{column}");
    }
}
