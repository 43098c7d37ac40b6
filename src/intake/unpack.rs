//! Files as they were packed: plain, gzip or Zstandard, told by their first bytes and not by their names.

use flate2::bufread::GzDecoder;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Error, ErrorKind, Read};
use zstd::stream::read::Decoder;

/// Bytes that are read at once, packed and unpacked.
const BUFFER: usize = 128 << 10;

/// Less than this may have any ratio: 256 MiB.
const BOMB_BYTES: u64 = 256 << 20;

/// Unpacked bytes for each packed one, beyond which a file holds nothing but repetition. Logs of calls that repeat
/// one prompt reach 50; gzip cannot reach more than 1,032, and bombs come close to it.
const BOMB_RATIO: u64 = 500;

/// The longest of the numbers by which packed files begin.
const MAGIC: usize = 4;

/// The bytes of a file without its packing; `packed_bytes` counts what was read of it.
///
/// Whoever reads is told of an archive that ends early, fails its checksum, holds another archive, or unpacks to more
/// than 256 MiB and 500 times what was read of it.
pub(super) fn unpack<'a>(
    reader: Box<dyn Read + Send>,
    packed_bytes: &'a Cell<u64>,
) -> io::Result<Box<dyn BufRead + 'a>> {
    let begun = begin(Counted { reader, bytes: packed_bytes })?;
    let packed = BufReader::with_capacity(BUFFER, begun.whole);
    match begun.packing {
        None => Ok(Box::new(packed)),
        Some(Packing::Gzip) => guarded(Members { decoder: Some(GzDecoder::new(packed)) }, packed_bytes),
        Some(Packing::Zstandard) => guarded(Decoder::with_buffer(packed)?, packed_bytes),
    }
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zstandard,
}

impl Packing {
    /// By the numbers of RFC 1952 and RFC 8878.
    fn of(magic: &[u8]) -> Option<Self> {
        match magic {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstandard),
            _ => None,
        }
    }
}

/// A file whose first bytes were looked at.
struct Begun<R> {
    packing: Option<Packing>,
    whole: Chain<Cursor<Vec<u8>>, R>,
}

fn begin<R: Read>(mut reader: R) -> io::Result<Begun<R>> {
    let mut magic = Vec::with_capacity(MAGIC);
    reader.by_ref().take(MAGIC as u64).read_to_end(&mut magic)?;
    Ok(Begun { packing: Packing::of(&magic), whole: Cursor::new(magic).chain(reader) })
}

/// What was unpacked, watched.
fn guarded<'a>(unpacked: impl Read + 'a, packed_bytes: &'a Cell<u64>) -> io::Result<Box<dyn BufRead + 'a>> {
    let guard = Guard { unpacked, packed_bytes, unpacked_bytes: 0 };
    let begun = begin(guard)?;
    if begun.packing.is_some() {
        return Err(Error::new(ErrorKind::InvalidData, "an archive inside of an archive; unpack it once"));
    }
    Ok(Box::new(BufReader::with_capacity(BUFFER, begun.whole)))
}

/// The members of a gzip file one after the other. Zeros may fill the file up behind the last.
struct Members<R> {
    decoder: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.decoder {
            let count = decoder.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let Some(ended) = self.decoder.take() else { break };
            let mut rest = ended.into_inner();
            if more(&mut rest)? {
                self.decoder = Some(GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

/// There is more than zeros.
fn more(rest: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = rest.fill_buf()?;
        match bytes.iter().position(|byte| *byte != 0) {
            Some(zeros) => {
                rest.consume(zeros);
                return Ok(true);
            }
            None if bytes.is_empty() => return Ok(false),
            None => {
                let zeros = bytes.len();
                rest.consume(zeros);
            }
        }
    }
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

/// Stops when a file unpacks to far more than it can mean, and says what is wrong with archives.
struct Guard<'a, R> {
    unpacked: R,
    packed_bytes: &'a Cell<u64>,
    unpacked_bytes: u64,
}

impl<R: Read> Read for Guard<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buffer).map_err(|error| told(&error))?;
        self.unpacked_bytes += count as u64;
        let most = self.packed_bytes.get().saturating_mul(BOMB_RATIO).max(BOMB_BYTES);
        if self.unpacked_bytes > most {
            let message = "the archive unpacks to more than 256 MiB and 500 times its size, as logs do not";
            return Err(Error::new(ErrorKind::InvalidData, message));
        }
        Ok(count)
    }
}

fn told(error: &Error) -> Error {
    match error.kind() {
        ErrorKind::UnexpectedEof => Error::new(error.kind(), "the archive ends early; it was not copied whole"),
        ErrorKind::Interrupted => Error::from(ErrorKind::Interrupted),
        kind => Error::new(kind, format!("the archive is damaged: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).expect("it is in memory");
        encoder.finish().expect("it is in memory")
    }

    fn zstandard(text: &[u8]) -> Vec<u8> {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("a level");
        encoder.include_checksum(true).expect("it may");
        encoder.write_all(text).expect("it is in memory");
        encoder.finish().expect("it is in memory")
    }

    /// What a file unpacks to, and the bytes that were read of it.
    fn unpacked(file: &[u8]) -> Result<(Vec<u8>, u64), String> {
        let packed_bytes = Cell::new(0);
        let mut text = Vec::new();
        let file = Box::new(Cursor::new(file.to_vec()));
        let read = unpack(file, &packed_bytes).and_then(|mut reader| reader.read_to_end(&mut text));
        read.map(|_| (text, packed_bytes.get())).map_err(|error| error.to_string())
    }

    #[test]
    fn whatever_the_packing_the_text_is_the_same() {
        let text = b"one line\nand another\n".repeat(20_000);
        for file in [text.clone(), gzip(&text), zstandard(&text)] {
            assert_eq!(unpacked(&file), Ok((text.clone(), file.len() as u64)));
        }
        for short in [&b""[..], b"{", b"ab\n"] {
            assert_eq!(unpacked(short), Ok((short.to_vec(), short.len() as u64)));
            assert_eq!(unpacked(&gzip(short)).map(|(text, _)| text), Ok(short.to_vec()));
        }
    }

    #[test]
    fn archives_behind_each_other_are_one_file() {
        let gzips = [gzip(b"one\n"), gzip(b""), gzip(b"two\n"), vec![0; 300]].concat();
        assert_eq!(unpacked(&gzips).map(|(text, _)| text), Ok(b"one\ntwo\n".to_vec()));
        let frames = [zstandard(b"one\n"), zstandard(b"two\n")].concat();
        assert_eq!(unpacked(&frames).map(|(text, _)| text), Ok(b"one\ntwo\n".to_vec()));
    }

    #[test]
    fn an_archive_that_is_not_whole_is_refused() {
        let text: Vec<u8> = (0..50_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for file in [gzip(&text), zstandard(&text)] {
            for end in [20, file.len() / 2, file.len() - 1] {
                let error = unpacked(&file[..end]).expect_err("it ends early");
                assert!(error.contains("ends early"), "{error}");
            }
            let mut damaged = file.clone();
            let last = damaged.len() - 5;
            damaged[last] ^= 1;
            assert!(unpacked(&damaged).is_err());
        }
        let trailing = [gzip(b"one\n"), b"text".to_vec()].concat();
        assert!(unpacked(&trailing).is_err());
    }

    #[test]
    fn an_archive_in_an_archive_is_refused() {
        for file in [gzip(&gzip(b"one\n")), zstandard(&gzip(b"one\n"))] {
            assert!(unpacked(&file).expect_err("it is packed twice").contains("inside of an archive"));
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_anything() {
        let zeros = zstandard(&vec![b' '; 300 << 20]);
        let packed_bytes = Cell::new(0);
        let reader = unpack(Box::new(Cursor::new(zeros)), &packed_bytes).expect("it begins well");
        let error = io::copy(&mut { reader }, &mut io::sink()).expect_err("it is a bomb");
        assert!(error.to_string().contains("500 times"), "{error}");
    }
}
