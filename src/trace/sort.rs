//! Rows of any order made rows in order of time, however many there are.

use super::store::{Reader, Writer};
use super::{ImportError, Merged, Name, Random, Row, Rows, Scratch, Sink, TraceError};
use std::cmp::Ordering;
use std::io;
use std::sync::Arc;

/// So many sorted runs are read at once; when there are more, some are made one first. Each takes 3 to 4 MB, most of
/// which is what zstd keeps for each column.
const MOST_RUNS: usize = 16;

/// Takes rows in any order. It holds some in memory and writes them, sorted, into a scratch file when they are too many.
pub struct Sorter<'a> {
    scratch: &'a dyn Scratch,
    most_bytes: usize,
    waiting: Vec<Row>,
    /// What the rows that wait take, about.
    bytes: usize,
    /// Sorted runs in the order that their rows arrived in.
    runs: Vec<Run>,
    latest_us: i64,
    out_of_order: u64,
}

/// Sorted rows in a scratch file.
struct Run {
    bytes: Arc<dyn Random>,
    /// How often its rows were written before.
    merges: u32,
}

impl<'a> Sorter<'a> {
    /// Holds rows of up to so many bytes in memory, and one row at least.
    #[must_use]
    pub fn new(scratch: &'a dyn Scratch, most_bytes: usize) -> Self {
        let (waiting, runs) = (Vec::new(), Vec::new());
        Self { scratch, most_bytes, waiting, bytes: 0, runs, latest_us: i64::MIN, out_of_order: 0 }
    }

    /// All rows in order of time. Those of one time come by their request id, then as they arrived.
    ///
    /// # Errors
    /// When scratch files cannot be written or read.
    pub fn finish(mut self) -> Result<Sorted, ImportError> {
        let rows: Box<dyn Rows> = if self.runs.is_empty() {
            Box::new(InOrder::of(self.waiting))
        } else {
            self.spill()?;
            while self.runs.len() > MOST_RUNS {
                self.merge_last(MOST_RUNS.min(self.runs.len() - MOST_RUNS + 1))?;
            }
            Box::new(merged(&self.runs)?)
        };
        Ok(Sorted { rows, last: None, duplicates: 0, out_of_order: self.out_of_order })
    }

    /// Makes a run of the rows that wait.
    fn spill(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let mut rows = InOrder::of(std::mem::take(&mut self.waiting));
        let bytes = self.written(&mut rows)?;
        self.runs.push(Run { bytes, merges: 0 });
        while self.runs.len() >= MOST_RUNS && self.last_are_alike() {
            self.merge_last(MOST_RUNS)?;
        }
        Ok(())
    }

    /// The last runs were merged equally often, so that no row is written often.
    fn last_are_alike(&self) -> bool {
        let last = &self.runs[self.runs.len() - MOST_RUNS..];
        last.iter().all(|run| run.merges == last[0].merges)
    }

    /// Makes the last runs one.
    fn merge_last(&mut self, count: usize) -> io::Result<()> {
        let runs = self.runs.split_off(self.runs.len() - count);
        let merges = runs.iter().map(|run| run.merges).max().unwrap_or(0) + 1;
        let bytes = self.written(&mut merged(&runs).map_err(io::Error::other)?)?;
        self.runs.push(Run { bytes, merges });
        Ok(())
    }

    fn written(&self, rows: &mut dyn Rows) -> io::Result<Arc<dyn Random>> {
        let mut file = self.scratch.file()?;
        let mut writer = Writer::new(&mut *file, &[])?;
        let mut row = Row::default();
        while rows.next_row(&mut row).map_err(io::Error::other)? {
            writer.take(&row)?;
        }
        writer.finish()?;
        file.readable()
    }
}

impl Sink for Sorter<'_> {
    fn take(&mut self, row: &Row) -> io::Result<()> {
        self.out_of_order += u64::from(row.at_us < self.latest_us);
        self.latest_us = self.latest_us.max(row.at_us);
        let bytes = bytes_of(row);
        if self.bytes + bytes > self.most_bytes && !self.waiting.is_empty() {
            self.spill()?;
        }
        self.bytes += bytes;
        self.waiting.push(row.clone());
        Ok(())
    }
}

/// What a row takes in memory: itself, its place, its blocks, and the names that nothing else holds.
fn bytes_of(row: &Row) -> usize {
    let own =
        |name: &Name| name.as_ref().map_or(0, |name| if Arc::strong_count(name) == 1 { 16 + name.len() } else { 0 });
    let Row { app, account, model, region, ran_in, tier, session, request_id, .. } = row;
    let names = [app, account, model, region, ran_in, tier, session, request_id];
    let fixed = size_of::<Row>() + size_of::<usize>();
    fixed + size_of_val(&*row.blocks.ids) + names.into_iter().map(own).sum::<usize>()
}

fn compare(a: &Row, b: &Row) -> Ordering {
    a.at_us.cmp(&b.at_us).then_with(|| a.request_id.cmp(&b.request_id))
}

/// Runs as one.
fn merged(runs: &[Run]) -> Result<Merged, TraceError> {
    let open = |run: &Run| -> Result<Box<dyn Rows>, TraceError> {
        Ok(Box::new(Reader::open("a scratch file", Arc::clone(&run.bytes))?))
    };
    Ok(Merged::by(compare, runs.iter().map(open).collect::<Result<_, _>>()?))
}

/// Rows in memory, which are handed out in order and gone then.
struct InOrder {
    rows: Vec<Row>,
    order: std::vec::IntoIter<usize>,
}

impl InOrder {
    fn of(rows: Vec<Row>) -> Self {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_unstable_by(|&a, &b| compare(&rows[a], &rows[b]).then(a.cmp(&b)));
        Self { rows, order: order.into_iter() }
    }
}

impl Rows for InOrder {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        let Some(next) = self.order.next() else { return Ok(false) };
        *row = std::mem::take(&mut self.rows[next]);
        Ok(true)
    }
}

/// All rows in order of time, none of them twice.
pub struct Sorted {
    rows: Box<dyn Rows>,
    last: Option<(i64, Arc<str>)>,
    duplicates: u64,
    out_of_order: u64,
}

impl Sorted {
    /// Rows so far that had the time and the request id of an earlier one, and were left out.
    #[must_use]
    pub fn duplicates(&self) -> u64 {
        self.duplicates
    }

    /// Rows that arrived after a row of a later time.
    #[must_use]
    pub fn out_of_order(&self) -> u64 {
        self.out_of_order
    }
}

impl Rows for Sorted {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        while self.rows.next_row(row)? {
            let Some(id) = &row.request_id else { return Ok(true) };
            if self.last.as_ref().is_none_or(|(at_us, last)| *at_us != row.at_us || last != id) {
                self.last = Some((row.at_us, Arc::clone(id)));
                return Ok(true);
            }
            self.duplicates += 1;
        }
        Ok(false)
    }
}
