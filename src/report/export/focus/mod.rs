//! FOCUS, the FinOps Open Cost and Usage Specification: the Cost and Usage dataset, and its metadata.
//!
//! Version 1.2 is what AWS Data Exports delivers today (2026-11). Of 1.4 the names of the participating entities are
//! taken, which replace two columns of 1.2; its other datasets and its columns for contracts and invoices have nothing
//! to hold in a forecast. A null is an empty cell, and no text is empty. Amounts are in USD and exact; a quantity that
//! is no finite decimal, such as hours of a monthly price, is rounded at the fifteenth.

mod columns;
mod own;
mod region;
mod service;
mod unit;

use super::super::json::pretty;
use super::super::table::{self, text};
use super::{Export, Row, digest};
use columns::COLUMNS;
use own::OWN;
use serde::Serialize;

/// The versions of the specification that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Version {
    /// Of 2025-05-29.
    #[default]
    V1_2,
    /// Of 2026-06-04.
    V1_4,
}

impl Version {
    /// As the specification writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::V1_2 => "1.2",
            Self::V1_4 => "1.4",
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Decimal,
    DateTime,
    Json,
}

/// A column: its name, what it holds, the only version that has it, and its cell.
struct Column {
    name: &'static str,
    kind: Kind,
    only: Option<Version>,
    cell: fn(&Row<'_>) -> Option<String>,
}

impl Column {
    const fn new(name: &'static str, kind: Kind, cell: fn(&Row<'_>) -> Option<String>) -> Self {
        Self { name, kind, only: None, cell }
    }

    const fn of(version: Version, name: &'static str, cell: fn(&Row<'_>) -> Option<String>) -> Self {
        Self { name, kind: Kind::Text, only: Some(version), cell }
    }

    fn written(&self, row: &Row<'_>) -> String {
        let cell = (self.cell)(row).unwrap_or_default();
        if self.kind == Kind::Text { text(&cell) } else { cell }
    }
}

/// The columns of the specification by name, then our own.
fn columns(version: Version) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().chain(OWN).filter(move |column| column.only.is_none_or(|only| only == version))
}

/// The dataset as CSV with a header row.
#[must_use]
pub fn table(export: &Export, version: Version) -> String {
    let header: Vec<&str> = columns(version).map(|column| column.name).collect();
    let rows = export.rows();
    let cells = |row: &Row<'_>| columns(version).map(|column| column.written(row)).collect();
    table::table(&header, rows.iter().map(cells))
}

/// The day on which the columns were last changed: a schema has a date, and a program has no clock.
const SCHEMA_CREATED: &str = "2026-11-21T00:00:00Z";

/// Digits of a decimal before and after the point.
const PRECISION: (u32, u32) = (38, 15);

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata {
    data_generator: Generator,
    schema: Schema,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Generator {
    data_generator: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Schema {
    schema_id: String,
    focus_version: &'static str,
    data_generator_version: String,
    creation_date: &'static str,
    column_definition: Vec<Definition>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Definition {
    column_name: &'static str,
    data_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    numeric_precision: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_scale: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    string_encoding: Option<&'static str>,
}

/// What the dataset is made of, as the specification's metadata says it, as JSON.
#[must_use]
pub fn metadata(export: &Export, version: Version) -> String {
    let names = columns(version).map(|column| column.name);
    let schema_id = guid(&digest([version.name(), &export.tool.version].into_iter().chain(names)));
    pretty(&Metadata {
        data_generator: Generator { data_generator: export.tool.name.clone() },
        schema: Schema {
            schema_id,
            focus_version: version.name(),
            data_generator_version: export.tool.version.clone(),
            creation_date: SCHEMA_CREATED,
            column_definition: columns(version).map(definition).collect(),
        },
    })
}

fn definition(column: &Column) -> Definition {
    let decimal = column.kind == Kind::Decimal;
    let data_type = match column.kind {
        Kind::Text => "STRING",
        Kind::Decimal => "DECIMAL",
        Kind::DateTime => "DATETIME",
        Kind::Json => "JSON",
    };
    Definition {
        column_name: column.name,
        data_type,
        numeric_precision: decimal.then_some(PRECISION.0),
        number_scale: decimal.then_some(PRECISION.1),
        string_encoding: matches!(column.kind, Kind::Text | Kind::Json).then_some("UTF-8"),
    }
}

/// 128 bits as a GUID of version 8, whose bits are anybody's (RFC 9562).
fn guid(bits: &str) -> String {
    format!("{}-{}-8{}-8{}-{}", &bits[..8], &bits[8..12], &bits[13..16], &bits[17..20], &bits[20..])
}
