//! Reading: scenarios, price files and traces.

use super::exit::Failure;
use super::recordings::OnDisk;
use crate::document::{MAX_BYTES, Source};
use crate::pricing::{self, PriceBook};
use crate::trace::{FromStart, Random};
use crate::traffic::TraceFiles;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file of data: a month of hourly rows of a Cost and Usage Report has about 20 MB.
const MOST_DATA: usize = 256 << 20;

/// A text file of a size that people write.
pub(super) fn read(path: &Path) -> Result<Arc<Source>, Failure> {
    read_within(path, MAX_BYTES, "larger than 1 MiB; large data belongs in a trace file")
}

/// A text file of a size that programs write.
pub(super) fn read_data(path: &Path) -> Result<Arc<Source>, Failure> {
    read_within(path, MOST_DATA, "larger than 256 MiB; take out the rows of other services or months")
}

fn read_within(path: &Path, most: usize, too_large: &str) -> Result<Arc<Source>, Failure> {
    let name = path.display();
    let unreadable = |error: io::Error| Failure::input(format!("{name}: error: cannot be read: {error}"));
    if fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Err(Failure::input(format!("{name}: error: this is a folder; name a file")));
    }
    let mut bytes = Vec::new();
    let limit = most as u64 + 1;
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() > most {
        return Err(Failure::input(format!("{name}: error: {too_large}")));
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| Failure::input(format!("{name}: error: this is not a text file (UTF-8)")))?;
    Ok(Source::new(name.to_string(), text))
}

/// The bundled price book, with the `*.yaml` files of a folder laid over it in the order of their names.
pub(super) fn price_book(overlay: Option<&Path>) -> Result<PriceBook, Failure> {
    let book = pricing::bundled()?;
    let Some(folder) = overlay else { return Ok(book) };
    Ok(book.overlay(&price_files(folder)?)?)
}

/// The `*.yaml` files of a folder in the order of their names.
pub(super) fn price_files(folder: &Path) -> Result<Vec<Arc<Source>>, Failure> {
    let unreadable = |error: io::Error| Failure::input(format!("{}: error: cannot be read: {error}", folder.display()));
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(unreadable)?.collect();
    let mut paths: Vec<PathBuf> = entries.map_err(unreadable)?.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml"));
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::input(format!("{}: error: no *.yaml file is in this folder", folder.display())));
    }
    let (sources, failures): (Vec<_>, Vec<_>) = paths.iter().map(|path| read(path)).partition(Result::is_ok);
    let messages: Vec<String> = failures.into_iter().filter_map(Result::err).map(|failure| failure.message).collect();
    if !messages.is_empty() {
        return Err(Failure::input(messages.join("\n")));
    }
    Ok(sources.into_iter().flatten().collect())
}

/// Traces beside the scenario that names them.
pub(super) struct TracesBeside {
    folder: PathBuf,
}

impl TracesBeside {
    pub(super) fn of(scenario: &Path) -> Self {
        Self { folder: scenario.parent().map_or_else(PathBuf::new, Path::to_owned) }
    }
}

impl TraceFiles for TracesBeside {
    fn open(&self, file: &str) -> io::Result<Box<dyn Read + Send>> {
        self.open_random(file).map(|bytes| -> Box<dyn Read + Send> { Box::new(FromStart::of(bytes)) })
    }

    fn open_random(&self, file: &str) -> io::Result<Arc<dyn Random>> {
        let path = self.folder.join(file);
        let metadata = fs::metadata(&path)?;
        if metadata.is_dir() {
            return Err(io::Error::other("this is a folder"));
        }
        if !metadata.is_file() {
            return Err(io::Error::other("this is a pipe or a device, and a trace is read more than once"));
        }
        Ok(Arc::new(OnDisk::new(File::open(path)?)?))
    }

    fn path_of(&self, file: &str) -> String {
        self.folder.join(file).display().to_string()
    }
}
