//! Laws of rows that are put in order.

use super::any_rows::{rows, rows_in_order};
use crate::world::cases;
use proptest::collection::vec;
use proptest::prelude::*;
use std::cell::Cell;
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::sync::Arc;
use tokencast::trace::sort::{Sorted, Sorter};
use tokencast::trace::{Given, Merged, Random, Row, Rows, Scratch, ScratchFile, Sink};

/// Scratch files in memory, counted.
#[derive(Default)]
struct InMemory {
    files: Cell<usize>,
}

struct File(Cursor<Vec<u8>>);

impl Scratch for InMemory {
    fn file(&self) -> io::Result<Box<dyn ScratchFile>> {
        self.files.set(self.files.get() + 1);
        Ok(Box::new(File(Cursor::default())))
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl ScratchFile for File {
    fn readable(self: Box<Self>) -> io::Result<Arc<dyn Random>> {
        Ok(Arc::new(self.0.into_inner()))
    }
}

fn sorted(rows: &[Row], scratch: &InMemory, most_bytes: usize) -> Sorted {
    let mut sorter = Sorter::new(scratch, most_bytes);
    rows.iter().for_each(|row| sorter.take(row).expect("memory"));
    sorter.finish().expect("memory")
}

fn all(rows: &mut impl Rows) -> Vec<Row> {
    let (mut row, mut all) = (Row::default(), Vec::new());
    while rows.next_row(&mut row).expect("a good stream") {
        all.push(row.clone());
    }
    all
}

/// The order by its definition: a stable sort, then every call once.
fn in_order(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| (row.at_us, row.request_id.clone()));
    rows.dedup_by(|a, b| a.request_id.is_some() && (a.at_us, &a.request_id) == (b.at_us, &b.request_id));
    rows
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_split_into_runs_gives_the_rows_of_one_sort(rows in rows(120), most_bytes in 1..20_000_usize) {
        let mut sorted = sorted(&rows, &InMemory::default(), most_bytes);
        let all = all(&mut sorted);
        prop_assert_eq!(&all, &in_order(&rows));
        prop_assert_eq!(sorted.duplicates(), (rows.len() - all.len()) as u64);
    }

    #[test]
    fn what_fits_never_touches_a_file(rows in rows(120)) {
        let scratch = InMemory::default();
        prop_assert_eq!(all(&mut sorted(&rows, &scratch, 1 << 20)), in_order(&rows));
        prop_assert_eq!(scratch.files.get(), 0);
    }

    #[test]
    fn rows_in_order_are_not_counted_as_late_and_others_are(rows in rows(60)) {
        let late = (0..rows.len()).filter(|&row| rows[..row].iter().any(|early| early.at_us > rows[row].at_us));
        let scratch = InMemory::default();
        prop_assert_eq!(sorted(&rows, &scratch, 1 << 20).out_of_order(), late.count() as u64);
        prop_assert_eq!(sorted(&in_order(&rows), &scratch, 1 << 20).out_of_order(), 0);
    }

    #[test]
    fn merged_streams_are_one_stable_sort_of_all(streams in vec(rows_in_order(30), 0..9)) {
        let mut rows: Vec<Row> = streams.concat();
        rows.sort_by_key(|row| row.at_us);
        let given = |rows: Vec<Row>| -> Box<dyn Rows> { Box::new(Given(rows.into_iter())) };
        prop_assert_eq!(all(&mut Merged::of(streams.into_iter().map(given).collect())), rows);
    }
}

/// Rows that are runs of their own: 16 runs are merged, and 16 of those again. The first number of rows leaves 15 of
/// either kind at the end, which is more than are read at once.
#[test]
fn many_runs_are_merged_in_steps() {
    for (count, merges) in [(255, 15 + 1), (300, 18 + 1)] {
        let row = |number: i64| Row { at_us: number * 7_919 % count, ..Row::default() };
        let rows: Vec<Row> = (0..count).map(row).collect();
        let scratch = InMemory::default();
        let all = all(&mut sorted(&rows, &scratch, 1));
        assert_eq!(all.iter().map(|row| row.at_us).collect::<Vec<_>>(), (0..count).collect::<Vec<_>>());
        assert_eq!(scratch.files.get(), rows.len() + merges);
    }
}
