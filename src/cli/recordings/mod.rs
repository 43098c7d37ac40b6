//! Recordings as one stream of rows in order of time, whatever they are.

mod kept;
mod parallel;
mod scratch;
mod shared;
mod walk;
mod write;

pub(super) use scratch::OnDisk;
pub(super) use write::{check_new, stage};

use super::arguments::{Reading, Recordings};
use super::exit::Failure;
use super::files::read_data;
use super::streams::columns;
use crate::intake::{self, Format, Options, Tally, aliases};
use crate::report::trace::Import;
use crate::trace::sort::{Sorted, Sorter};
use crate::trace::store::Column;
use crate::trace::tools::Tools;
use crate::trace::{Anonymised, ImportError, Random, Row, Rows, Sink, TraceError, store, tools};
use scratch::TemporaryFiles;
use shared::Shared;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// Rows that are sorted in the memory, in bytes; further ones wait in files.
const SORTED_IN_MEMORY: usize = 16 << 20;

/// The ending of traces that tokencast wrote.
const STORE: &str = "parquet";

/// Recordings that were read.
pub(super) struct Read {
    /// Their rows in order of time, changed as asked.
    pub(super) rows: Box<dyn Rows>,
    /// What was taken and what was not.
    pub(super) tally: Tally,
    /// What sorting found.
    sorted: Vec<Shared>,
}

impl Read {
    /// The next row, if there is one.
    pub(super) fn next_row(&mut self, row: &mut Row) -> Result<bool, Failure> {
        Ok(self.rows.next_row(row).map_err(ImportError::from)?)
    }

    /// What people are told of the import, once all rows were taken.
    pub(super) fn told(&self) -> String {
        let mut tally = self.tally.clone();
        let count = |of: fn(&Sorted) -> u64| self.sorted.iter().map(|sorted| of(&sorted.lock())).sum();
        let out_of_order =
            if tally.files.keys().any(|format| format.places_calls()) { 0 } else { count(Sorted::out_of_order) };
        let found = [
            ("duplicate: same time and request id, kept once", count(Sorted::duplicates)),
            ("earlier than the one before it, sorted", out_of_order),
        ];
        tally.notes.extend(found.into_iter().filter(|(_, count)| *count > 0));
        Import::of(&tally).text(columns(), false)
    }
}

/// Reads recordings, sorts them and changes them as asked. A row is kept once when it comes twice. Only the `wanted`
/// columns have to be there.
pub(super) fn read(recordings: &Recordings, salt: Option<&str>, wanted: &[Column]) -> Result<Read, Failure> {
    let tools = recordings.changes.tools().map_err(|message| Failure::input(format!("error: {message}")))?;
    let options = options(&recordings.reading)?;
    let mut tally = Tally::default();
    let inputs: Vec<&[PathBuf]> =
        if recordings.changes.splice { recordings.inputs.chunks(1).collect() } else { vec![&recordings.inputs] };
    // Tools look at columns of their own.
    let wanted = if tools == Tools::default() { wanted } else { &Column::ALL };
    let parts = inputs.into_iter().map(|inputs| part(inputs, &recordings.reading, &options, salt, wanted, &mut tally));
    let mut parts = parts.collect::<Result<Vec<Part>, Failure>>()?;
    one_kind(&tally)?;
    if tally.all_skipped() > 0 && (recordings.reading.strict || tally.rows == 0) {
        return Err(Failure::input(refused(&tally)));
    }
    let sorted = parts.iter().filter_map(|part| part.sorted.clone()).collect();
    let rows = if recordings.changes.reads_again() {
        let kept = parts.iter_mut().map(|part| kept::keep(&mut part.rows)).collect::<Result<Vec<_>, Failure>>()?;
        tools::change(kept, &tools, options.seed).map_err(ImportError::from)?.rows
    } else {
        tools::apply(parts.remove(0).rows, &tools, options.seed)
    };
    Ok(Read { rows, tally, sorted })
}

/// Recordings that come together by their times.
struct Part {
    rows: Box<dyn Rows>,
    /// The same rows, where they had to be sorted.
    sorted: Option<Shared>,
}

/// A trace that tokencast wrote is in order; everything else is imported and sorted.
fn part(
    inputs: &[PathBuf],
    reading: &Reading,
    options: &Options,
    salt: Option<&str>,
    wanted: &[Column],
    tally: &mut Tally,
) -> Result<Part, Failure> {
    let files = walk::files(inputs)?;
    if let ([file], None) = (files.as_slice(), salt)
        && is_store(file, reading)
    {
        let reader = open_store(file, wanted, tally)?;
        tally.rows += reader.rows();
        return Ok(Part { rows: Box::new(reader), sorted: None });
    }
    let mut sorter = Sorter::new(&TemporaryFiles, SORTED_IN_MEMORY);
    match salt.and_then(|salt| Anonymised::new(&mut sorter, salt)) {
        Some(mut hidden) => import(&files, reading, options, tally, &mut hidden),
        None => import(&files, reading, options, tally, &mut sorter),
    }?;
    let sorted = Shared::of(sorter.finish()?);
    Ok(Part { rows: Box::new(sorted.clone()), sorted: Some(sorted) })
}

fn import(
    files: &[PathBuf],
    reading: &Reading,
    options: &Options,
    tally: &mut Tally,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let one = |file: &PathBuf, tally: &mut Tally, sink: &mut dyn Sink| import_file(file, reading, options, tally, sink);
    parallel::import_all(files, threads, one, tally, sink)?;
    intake::finish(options, tally, sink)
}

fn import_file(
    path: &Path,
    reading: &Reading,
    options: &Options,
    tally: &mut Tally,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    if is_store(path, reading) {
        return import_store(path, tally, sink);
    }
    let name = path.display().to_string();
    let opened = File::open(path).map_err(|error| wrong(path, &format!("cannot be opened: {error}")))?;
    intake::import(&name, Box::new(opened), reading.kind, options, tally, sink)
}

fn is_store(path: &Path, reading: &Reading) -> bool {
    reading.kind.map_or_else(|| path.extension().is_some_and(|ending| ending == STORE), |kind| kind == Format::Store)
}

fn import_store(path: &Path, tally: &mut Tally, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let (mut reader, mut row) = (open_store(path, &Column::ALL, tally)?, Row::default());
    while reader.next_row(&mut row)? {
        tally.rows += 1;
        sink.take(&row)?;
    }
    Ok(())
}

fn open_store(path: &Path, wanted: &[Column], tally: &mut Tally) -> Result<store::Reader, ImportError> {
    let bytes = File::open(path).and_then(OnDisk::new);
    let bytes = bytes.map_err(|error| wrong(path, &format!("cannot be opened: {error}")))?;
    tally.bytes += bytes.size();
    let reader = store::Reader::open_with(&path.display().to_string(), Arc::new(bytes), wanted)?;
    *tally.files.entry(Format::Store).or_default() += 1;
    tally.observed.extend(reader.observed().iter().cloned());
    Ok(reader)
}

fn wrong(path: &Path, message: &str) -> TraceError {
    TraceError { file: path.display().to_string(), line: None, message: message.to_owned() }
}

/// Calls in logs and the same calls in metrics would count twice.
fn one_kind(tally: &Tally) -> Result<(), Failure> {
    let kinds: Vec<&str> = tally.files.keys().map(|format| format.about()).collect();
    if kinds.len() < 2 {
        return Ok(());
    }
    let kinds = kinds.join(" and ");
    Err(Failure::input(format!("error: {kinds} in one import may be the same calls twice; import each kind by itself")))
}

fn options(reading: &Reading) -> Result<Options, Failure> {
    let named = reading.models.as_ref().map(|path| {
        let text = &read_data(path)?.text;
        aliases(text).map_err(|message| Failure::input(format!("{}: error: {message}", path.display())))
    });
    Ok(Options {
        seed: reading.seed,
        app: reading.app_from.clone(),
        aliases: named.transpose()?.unwrap_or_default(),
        max_tokens: reading.max_tokens,
        input_includes_cache: reading.input_includes_cache,
        start_us: reading.start.as_microsecond(),
        columns: reading.columns.clone(),
        model: reading.model.clone(),
        region: reading.region.clone(),
    })
}

/// What is said where anything that cannot be taken is too much, or nothing else is there.
fn refused(tally: &Tally) -> String {
    let reasons = tally.skipped.iter().map(|(reason, skipped)| {
        let line = skipped.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("{}{line}: error: {reason} ({} of them)\n", skipped.file, skipped.count)
    });
    let reasons: String = reasons.collect();
    let way_on = if tally.rows == 0 { "no call is left" } else { "without `--strict` the rest is taken" };
    format!("{reasons}nothing was written; {way_on}")
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Input(error) => Self::input(format!("{error}\nnothing was written")),
            ImportError::Keeping(error) => {
                Self::tool(format!("error: rows cannot be kept while they are sorted: {error}"))
            }
        }
    }
}
