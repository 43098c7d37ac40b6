//! Files for rows that do not fit into the memory, and stores on the disk.

use crate::trace::{Random, Scratch, ScratchFile};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Files without a name in the system's folder for such files.
pub(in crate::cli) struct TemporaryFiles;

impl Scratch for TemporaryFiles {
    fn file(&self) -> io::Result<Box<dyn ScratchFile>> {
        Ok(Box::new(Temporary(BufWriter::new(tempfile::tempfile()?))))
    }
}

struct Temporary(BufWriter<File>);

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for Temporary {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl ScratchFile for Temporary {
    fn readable(self: Box<Self>) -> io::Result<Arc<dyn Random>> {
        Ok(Arc::new(OnDisk::new(self.0.into_inner().map_err(io::IntoInnerError::into_error)?)?))
    }
}

/// A file that is read at any place.
pub(in crate::cli) struct OnDisk {
    file: Mutex<File>,
    size: u64,
}

impl OnDisk {
    pub(in crate::cli) fn new(file: File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        Ok(Self { file: Mutex::new(file), size })
    }
}

impl Random for OnDisk {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        file.read_exact(buffer)
    }
}
