//! Laws of the trace store.

use super::any_rows::{row, rows_in_order};
use crate::world::cases;
use proptest::prelude::*;
use std::sync::Arc;
use tokencast::bedrock::usage::Usage;
use tokencast::trace::store::{self, Column, Reader};
use tokencast::trace::{Given, Observed, Row, Rows, TraceError};

fn file(rows: &[Row], observed: &[Observed]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = store::write(&mut Given(rows.iter().cloned()), observed, &mut bytes).expect("memory");
    assert_eq!(written, rows.len() as u64);
    bytes
}

fn all(mut rows: impl Rows) -> Result<Vec<Row>, TraceError> {
    let (mut row, mut all) = (Row::default(), Vec::new());
    while rows.next_row(&mut row)? {
        all.push(row.clone());
    }
    Ok(all)
}

fn read(bytes: Vec<u8>) -> Result<Vec<Row>, TraceError> {
    all(Reader::open("any.parquet", Arc::new(bytes))?)
}

fn observed() -> impl Strategy<Value = Observed> {
    (any::<i64>(), any::<u32>(), "\\PC{0,9}", "\\PC{0,9}", any::<u64>()).prop_map(
        |(at_us, period_s, model, metric, value)| Observed {
            at_us,
            period_s,
            model: model.into(),
            metric: metric.into(),
            value,
        },
    )
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn what_is_written_is_read_again(rows in rows_in_order(200)) {
        prop_assert_eq!(read(file(&rows, &[])).expect("a good file"), rows);
    }

    #[test]
    fn the_same_rows_are_the_same_bytes(rows in rows_in_order(40)) {
        prop_assert_eq!(file(&rows, &[]), file(&rows, &[]));
    }

    #[test]
    fn what_a_monitor_counted_is_kept(observed in proptest::collection::vec(observed(), 0..9)) {
        let reader = Reader::open("any.parquet", Arc::new(file(&[], &observed))).expect("a good file");
        prop_assert_eq!(reader.observed(), observed);
    }

    #[test]
    fn the_footer_says_how_many_rows_and_when(rows in rows_in_order(40)) {
        let reader = Reader::open("any.parquet", Arc::new(file(&rows, &[]))).expect("a good file");
        prop_assert_eq!(reader.rows(), rows.len() as u64);
        prop_assert_eq!(reader.span(), rows.first().zip(rows.last()).map(|(first, last)| (first.at_us, last.at_us)));
    }

    #[test]
    fn who_wants_some_columns_gets_these_and_nothing_else(
        rows in rows_in_order(40),
        wanted in proptest::sample::subsequence(Column::ALL.to_vec(), 0..=Column::ALL.len()),
    ) {
        let reader = Reader::open_with("any.parquet", Arc::new(file(&rows, &[])), &wanted).expect("a good file");
        let rows: Vec<Row> = rows.iter().map(|row| only(row, &wanted)).collect();
        prop_assert_eq!(all(reader).expect("a good file"), rows);
    }

    #[test]
    fn the_sum_of_the_token_columns_is_that_of_the_rows(rows in rows_in_order(40)) {
        let mut reader = Reader::open_with("any.parquet", Arc::new(file(&rows, &[])), &Column::TOKENS).expect("a file");
        let sum = rows.iter().fold(Usage::default(), |sum, row| sum + row.usage);
        prop_assert_eq!(reader.usage().expect("a good file"), sum);
    }

    #[test]
    fn a_file_that_is_cut_off_is_refused(rows in rows_in_order(20), kept in 0.0..1.0) {
        let mut bytes = file(&rows, &[]);
        bytes.truncate((bytes.len() as f64 * kept) as usize);
        prop_assert!(read(bytes).is_err());
    }

    #[test]
    fn a_damaged_file_is_refused_or_read_but_ends(rows in rows_in_order(60), place in 0.0..1.0, flipped in 1..=255_u8) {
        let mut bytes = file(&rows, &[]);
        let place = (bytes.len() as f64 * place) as usize;
        bytes[place] ^= flipped;
        let _ = read(bytes);
    }

    #[test]
    fn a_row_before_the_one_before_is_refused(mut early in row(), late in row()) {
        early.at_us = late.at_us - 1;
        let mut rows = Given([late, early].into_iter());
        prop_assert!(store::write(&mut rows, &[], &mut Vec::new()).is_err());
    }
}

/// A row with nothing but some of its columns.
fn only(row: &Row, wanted: &[Column]) -> Row {
    let mut only = Row::default();
    for column in wanted {
        match column {
            Column::Time => only.at_us = row.at_us,
            Column::App => only.app.clone_from(&row.app),
            Column::Account => only.account.clone_from(&row.account),
            Column::Model => only.model.clone_from(&row.model),
            Column::Region => only.region.clone_from(&row.region),
            Column::RanIn => only.ran_in.clone_from(&row.ran_in),
            Column::Tier => only.tier.clone_from(&row.tier),
            Column::Session => only.session.clone_from(&row.session),
            Column::RequestId => only.request_id.clone_from(&row.request_id),
            Column::Outcome => only.outcome = row.outcome,
            Column::UncachedInput => only.usage.uncached_input = row.usage.uncached_input,
            Column::CacheRead => only.usage.cache_read = row.usage.cache_read,
            Column::CacheWrite5m => only.usage.cache_write_5m = row.usage.cache_write_5m,
            Column::CacheWrite1h => only.usage.cache_write_1h = row.usage.cache_write_1h,
            Column::Output => only.usage.output = row.usage.output,
            Column::MaxTokens => only.max_tokens = row.max_tokens,
            Column::Truncated => only.truncated = row.truncated,
            Column::TtftUs => only.ttft_us = row.ttft_us,
            Column::LatencyUs => only.latency_us = row.latency_us,
            Column::BlockTokens => only.blocks.tokens = row.blocks.tokens,
            Column::Blocks => only.blocks.clone_from(&row.blocks),
        }
    }
    only
}
