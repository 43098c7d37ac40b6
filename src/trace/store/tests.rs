//! Files that other programs wrote, or that are none of ours.

use super::column::MESSAGE;
use super::*;
use crate::trace::{Row, Rows, TraceError};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

/// What a column has in each of the rows.
#[derive(Clone)]
enum Cells {
    Counts(&'static [i32]),
    Times(&'static [i64]),
    Texts(&'static [&'static str]),
    Flags(&'static [bool]),
}

/// Three good rows in all columns that must not be empty.
const GOOD: [(Column, Cells); 8] = [
    (Column::Time, Cells::Times(&[1, 2, 3])),
    (Column::Outcome, Cells::Texts(&["answered", "failed", "answered"])),
    (Column::UncachedInput, Cells::Counts(&[1, 2, 3])),
    (Column::CacheRead, Cells::Counts(&[0, 0, 0])),
    (Column::CacheWrite5m, Cells::Counts(&[0, 0, 0])),
    (Column::CacheWrite1h, Cells::Counts(&[0, 0, 0])),
    (Column::Output, Cells::Counts(&[7, 0, 9])),
    (Column::Truncated, Cells::Flags(&[false, false, true])),
];

/// A file of the good rows with some other cells, as another program would write it.
fn written(message: &str, version: Option<&str>, other: &[(Column, Cells)]) -> Vec<u8> {
    let keys = version.map(|version| vec![KeyValue::new(VERSION_KEY.to_owned(), version.to_owned())]);
    let properties = WriterProperties::builder().set_key_value_metadata(keys).build();
    let schema = Arc::new(parse_message_type(message).unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut number = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        let cells = other.iter().chain(&GOOD).find(|(at, _)| *at as usize == number);
        let cells = cells.map_or(Cells::Counts(&[]), |(_, cells)| cells.clone());
        let level = |of: usize, most: i16| vec![if of > 0 { most } else { 0 }; 3];
        macro_rules! write {
            ($kind:ty, $values:expr) => {{
                let (values, column) = ($values, column.typed::<$kind>());
                let levels = level(values.len(), column.get_descriptor().max_def_level());
                column.write_batch(&values, Some(&levels), Some(&[0, 0, 0])).unwrap();
            }};
        }
        match (column.untyped(), cells) {
            (parquet::column::writer::ColumnWriter::BoolColumnWriter(_), Cells::Flags(flags)) => {
                write!(BoolType, flags.to_vec());
            }
            (parquet::column::writer::ColumnWriter::Int32ColumnWriter(_), Cells::Counts(counts)) => {
                write!(Int32Type, counts.to_vec());
            }
            (parquet::column::writer::ColumnWriter::Int64ColumnWriter(_), Cells::Times(times)) => {
                write!(Int64Type, times.to_vec());
            }
            (parquet::column::writer::ColumnWriter::ByteArrayColumnWriter(_), Cells::Texts(texts)) => {
                write!(ByteArrayType, texts.iter().map(|text| ByteArray::from(*text)).collect::<Vec<_>>());
            }
            (parquet::column::writer::ColumnWriter::Int64ColumnWriter(_), _) => write!(Int64Type, Vec::new()),
            (parquet::column::writer::ColumnWriter::ByteArrayColumnWriter(_), _) => write!(ByteArrayType, Vec::new()),
            (parquet::column::writer::ColumnWriter::Int32ColumnWriter(_), _) => write!(Int32Type, Vec::new()),
            _ => write!(BoolType, Vec::new()),
        }
        column.close().unwrap();
        number += 1;
    }
    group.close().unwrap();
    file.into_inner().unwrap()
}

fn read(bytes: Vec<u8>) -> Result<Vec<Row>, TraceError> {
    let mut reader = Reader::open("x.parquet", Arc::new(bytes))?;
    let (mut row, mut rows) = (Row::default(), Vec::new());
    while reader.next_row(&mut row)? {
        rows.push(row.clone());
    }
    Ok(rows)
}

fn refused(bytes: Vec<u8>) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn the_columns_have_their_names_and_places() {
    let schema = parse_message_type(MESSAGE).unwrap();
    let names: Vec<&str> = schema.get_fields().iter().map(|field| field.name()).collect();
    assert_eq!(names, Column::ALL.map(Column::name));
    assert_eq!(Column::ALL.map(|column| column as usize), std::array::from_fn(|place| place));
}

#[test]
fn a_trace_may_have_been_written_by_another_program() {
    let rows = read(written(MESSAGE, Some("1"), &[])).unwrap();
    assert_eq!(rows.iter().map(|row| (row.at_us, row.usage.output)).collect::<Vec<_>>(), [(1, 7), (2, 0), (3, 9)]);
    let lax = MESSAGE.replace("required", "optional").replace("(INTEGER(64, false))", "(UINT_64)");
    assert_eq!(read(written(&lax, Some("1"), &[])).unwrap(), rows);
    let annotated = MESSAGE.replace("int32 output", "int32 output (INTEGER(32, true))");
    let annotated = annotated.replace("int64 ttft_us", "int64 ttft_us (INTEGER(64, true))");
    assert_eq!(read(written(&annotated, Some("1"), &[])).unwrap(), rows);
}

#[test]
fn what_is_no_trace_is_refused_with_a_way_on() {
    let good = written(MESSAGE, Some("1"), &[]);
    let other = |from: &str, to: &str| refused(written(&MESSAGE.replace(from, to), Some("1"), &[]));
    for (refusal, expected) in [
        (refused(Vec::new()), "is not Parquet; `tokencast trace convert` makes a trace"),
        (refused(b"time,input,output\n1,2,3\n".to_vec()), "is not Parquet"),
        (refused(good[..good.len() - 1].to_vec()), "is cut off: a Parquet file ends with `PAR1`"),
        (refused(b"PAR1PAR1".to_vec()), "is cut off"),
        (refused([&b"PAR1"[..], &[255; 8], b"PAR1"].concat()), "the footer is damaged"),
        (refused(written(MESSAGE, None, &[])), "without the key `tokencast.trace`"),
        (refused(written(MESSAGE, Some("2"), &[])), "is a trace of version 2; this program reads version 1"),
        (other(" app ", " application "), "column 2 is `application` instead of `app`"),
        (other("MICROS, true", "MICROS, false"), "the column `time` is not `int64 (TIMESTAMP(MICROS, true))`"),
        (other("binary tier (STRING)", "binary tier"), "the column `tier` is not `binary (STRING)`"),
        (other("(INTEGER(64, false))", ""), "the column `blocks` is not a list of `int64 (INTEGER(64, false))`"),
        (other("int64 ttft_us", "int32 ttft_us"), "the column `ttft_us` is not `int64`"),
    ] {
        assert!(refusal.starts_with("x.parquet: error: ") && refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn what_no_row_can_hold_is_refused_with_its_place() {
    let lax = MESSAGE.replace("required", "optional");
    for (column, cells, expected) in [
        (Column::Output, Cells::Counts(&[1, -1, 1]), "2: error: `output` is below zero"),
        (Column::MaxTokens, Cells::Counts(&[1, 1, i32::MIN]), "3: error: `max_tokens` is below zero"),
        (Column::LatencyUs, Cells::Times(&[-1, 1, 1]), "1: error: `latency_us` is below zero"),
        (Column::BlockTokens, Cells::Counts(&[1, 0, 1]), "2: error: `block_tokens` is not above zero"),
        (Column::Blocks, Cells::Times(&[1, 2, 3]), "1: error: `block_tokens` is empty where there are blocks"),
        (Column::Time, Cells::Times(&[1, 3, 2]), "3: error: `time` is earlier than in the row before"),
        (Column::Time, Cells::Times(&[i64::MIN, 3, 2]), "1: error: `time` is beyond the year 9999"),
        (Column::Outcome, Cells::Texts(&["answered", "good", "failed"]), "2: error: `outcome` is none of"),
        (Column::UncachedInput, Cells::Counts(&[]), "1: error: `uncached_input` is empty"),
        (Column::Truncated, Cells::Flags(&[]), "1: error: `truncated` is empty"),
    ] {
        let refusal = refused(written(&lax, Some("1"), &[(column, cells)]));
        assert!(refusal.starts_with(&format!("x.parquet:{expected}")), "{refusal}");
    }
}

#[test]
fn a_sum_refuses_what_rows_refuse() {
    let sum = |cells| {
        let bytes = written(&MESSAGE.replace("required", "optional"), Some("1"), &[(Column::Output, cells)]);
        Reader::open_with("x.parquet", Arc::new(bytes), &Column::TOKENS).unwrap().usage()
    };
    assert_eq!(sum(Cells::Counts(&[5, 6, 7])).unwrap().output, 18);
    assert_eq!(sum(Cells::Counts(&[5, 5, 5])).unwrap().output, 15);
    let refusal = |cells| sum(cells).unwrap_err().to_string();
    assert_eq!(refusal(Cells::Counts(&[5, 6, -7])), "x.parquet:3: error: `output` is below zero");
    assert_eq!(refusal(Cells::Counts(&[-5, -5, -5])), "x.parquet:1: error: `output` is below zero");
    assert_eq!(refusal(Cells::Counts(&[])), "x.parquet:1: error: `output` is empty");
}

#[test]
fn what_no_file_can_hold_is_refused_with_its_row() {
    let refused = |row: Row| {
        let mut writer = Writer::new(Vec::new(), &[]).unwrap();
        crate::trace::Sink::take(&mut writer, &Row::default()).unwrap();
        crate::trace::Sink::take(&mut writer, &row).unwrap_err().to_string()
    };
    let mut row = Row::default();
    row.usage.output = 1 << 31;
    assert_eq!(refused(row), "row 2 has 2^31 tokens or more");
    assert_eq!(
        refused(Row { at_us: i64::MAX, ..Row::default() }),
        "row 2 is beyond the year 9999, or before the year -9999"
    );
    assert_eq!(refused(Row { latency_us: Some(u64::MAX), ..Row::default() }), "row 2 lasted 2^63 microseconds or more");
    let mut row = Row::default();
    row.blocks.ids = vec![1];
    assert_eq!(refused(row), "row 2 has blocks of no tokens");
}

#[test]
fn row_groups_that_end_before_are_skipped_and_rows_keep_their_numbers() {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, &[]).unwrap();
    let rows = 2 * MOST_ROWS as i64 + 5;
    for at_us in 0..rows {
        crate::trace::Sink::take(&mut writer, &Row { at_us, ..Row::default() }).unwrap();
    }
    writer.finish().unwrap();
    let mut reader = Reader::open("x.parquet", Arc::new(bytes)).unwrap();
    assert_eq!((reader.rows(), reader.span()), (rows as u64, Some((0, rows - 1))));
    reader.skip_to(MOST_ROWS as i64 + 3);
    let mut row = Row::default();
    assert!(reader.next_row(&mut row).unwrap());
    assert_eq!((row.at_us, reader.line()), (MOST_ROWS as i64, Some(MOST_ROWS as u64 + 1)));
    reader.skip_to(i64::MAX);
    let mut left = 1;
    while reader.next_row(&mut row).unwrap() {
        left += 1;
    }
    assert_eq!(left, MOST_ROWS, "the row group that was begun is read to its end");
}
