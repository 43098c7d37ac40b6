//! Bytes that come in lines of a sane length: a file without line ends never fills the memory.

use std::io::{self, Read};

/// Longer lines are not rows of a trace: one mebibyte.
const LONGEST_LINE: usize = 1 << 20;

/// A reader that refuses longer lines.
pub(super) struct Lines<R> {
    inner: R,
    /// Bytes since the last line end.
    open: usize,
}

impl<R> Lines<R> {
    pub(super) fn of(inner: R) -> Self {
        Self { inner, open: 0 }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.open = match buffer[..count].iter().rposition(|byte| *byte == b'\n') {
            Some(end) => count - end - 1,
            None => self.open + count,
        };
        if self.open > LONGEST_LINE {
            return Err(io::Error::other("a line is longer than 1 MiB; a trace is a CSV file with one call a line"));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_line_ends_is_given_up_early() {
        let mut kept = Vec::new();
        let error = Lines::of(io::repeat(b'x')).read_to_end(&mut kept).unwrap_err();
        assert!(error.to_string().contains("longer than 1 MiB"), "{error}");
        assert!(kept.len() < 2 * LONGEST_LINE + 64);
    }

    #[test]
    fn lines_of_a_sane_length_come_through() {
        let text = [b"x".repeat(LONGEST_LINE), b"\n".to_vec()].concat().repeat(3);
        let mut kept = Vec::new();
        assert!(Lines::of(text.as_slice()).read_to_end(&mut kept).is_ok());
        assert_eq!(kept, text);
    }
}
