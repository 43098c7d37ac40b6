//! Where recordings come from and where they wait: the shell opens files, nothing below it does.

use std::io::{self, Read, Seek, Write};
use std::sync::Arc;

/// Where trace files come from.
pub trait TraceFiles: Sync {
    /// Opens a file that a scenario names, for reading from its beginning.
    ///
    /// # Errors
    /// Whatever keeps the file from being opened.
    fn open(&self, file: &str) -> io::Result<Box<dyn Read + Send>>;

    /// Opens a file that is not read from its beginning to its end.
    ///
    /// # Errors
    /// Whatever keeps the file from being opened.
    fn open_random(&self, file: &str) -> io::Result<Arc<dyn Random>> {
        let mut bytes = Vec::new();
        self.open(file)?.read_to_end(&mut bytes)?;
        Ok(Arc::new(bytes))
    }

    /// The path of a file for people who are not in the scenario's folder.
    fn path_of(&self, file: &str) -> String {
        file.to_owned()
    }
}

/// Bytes that are read at any place, by several readers at once.
pub trait Random: Send + Sync {
    /// How many there are.
    fn size(&self) -> u64;

    /// Fills a buffer with the bytes from `offset` on.
    ///
    /// # Errors
    /// When there are fewer, or they cannot be read.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;
}

impl Random for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let bytes = self.get(from..).and_then(|rest| rest.get(..buffer.len()));
        buffer.copy_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// Where rows wait that do not fit into the memory.
pub trait Scratch {
    /// An empty file without a name, which is gone when it is dropped.
    ///
    /// # Errors
    /// When there is no room.
    fn file(&self) -> io::Result<Box<dyn ScratchFile>>;
}

/// A file that is written once, then read.
pub trait ScratchFile: Write + Seek + Send {
    /// The same bytes, for reading.
    ///
    /// # Errors
    /// When what was written cannot be flushed.
    fn readable(self: Box<Self>) -> io::Result<Arc<dyn Random>>;
}

/// No files at all: for plans without traces.
pub struct NoFiles;

impl TraceFiles for NoFiles {
    fn open(&self, file: &str) -> io::Result<Box<dyn Read + Send>> {
        Err(io::Error::new(io::ErrorKind::NotFound, format!("{file} is not here")))
    }
}
