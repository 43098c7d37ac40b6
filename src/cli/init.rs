//! `tokencast init`.

use super::arguments::{self, Recordings};
use super::exit::{Exit, Failure};
use super::files::{price_book, read_data};
use super::recordings;
use super::streams::{print, tell};
use crate::draft::{self, AccountQuotas, Found, NothingRuns};
use crate::scenario::STARTER;
use crate::trace::store::Column;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Writes the starter scenario, or one made of recordings; a file that is there already stays as it is.
pub(super) fn init(arguments: &arguments::Init) -> Result<Exit, Failure> {
    if arguments.names_no_recording() {
        return Err(Failure::input("error: what is said of recordings needs some; name them with `--from`"));
    }
    if arguments.from.is_empty() { write_new(&arguments.file, STARTER) } else { from_recordings(arguments) }?;
    let name = arguments.file.display();
    print(&format!("Wrote {name}. Next: tokencast run {name}\n"))?;
    Ok(Exit::Within)
}

/// The trace goes to its place first: a scenario without its trace would be of no use.
fn from_recordings(arguments: &arguments::Init) -> Result<(), Failure> {
    let trace = arguments.file.with_extension("parquet");
    check_free(&arguments.file)?;
    recordings::check_new(&trace)?;
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let quotas = arguments.quotas.as_deref().map(quotas).transpose()?;
    let recordings = Recordings {
        inputs: arguments.from.clone(),
        reading: arguments.reading.clone(),
        changes: arguments.changes.clone(),
    };
    let mut read = recordings::read(&recordings, None, &Column::ALL)?;
    let staged = recordings::stage(&trace, &mut read)?;
    tell(&read.told());
    let found = Found::of(&mut staged.reopened()?)?;
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (file, name) = (text(trace.file_name()), text(arguments.file.file_stem()));
    let draft = draft::scenario(&found, &file, &name, quotas.as_ref(), &book)?;
    tell(&draft.told.join("\n"));
    staged.publish()?;
    write_new(&arguments.file, &draft.yaml)
}

fn quotas(file: &Path) -> Result<AccountQuotas, Failure> {
    AccountQuotas::read(&read_data(file)?).map_err(|problem| Failure::input(problem.render()))
}

fn check_free(file: &Path) -> Result<(), Failure> {
    if file.symlink_metadata().is_ok() { Err(taken(file)) } else { Ok(()) }
}

fn taken(file: &Path) -> Failure {
    let name = file.display();
    Failure::input(format!("{name}: error: this file exists and is never overwritten; name another one"))
}

fn write_new(file: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => taken(file),
        _ => Failure::input(format!("{}: error: cannot be written: {error}", file.display())),
    };
    File::create_new(file).and_then(|mut new| new.write_all(text.as_bytes())).map_err(failed)
}

impl From<NothingRuns> for Failure {
    fn from(NothingRuns(reasons): NothingRuns) -> Self {
        Self::input(format!("error: no call of this recording can be run\n{}\nnothing was written", reasons.join("\n")))
    }
}
