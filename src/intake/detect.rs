//! The format of a file, told by its beginning.

use super::Format;

/// The bytes that are looked at.
pub(super) const HEAD: u64 = 64 << 10;

/// The format that a file begins like; or what it looks like instead.
pub(super) fn format(head: &[u8]) -> Result<Format, String> {
    let text = String::from_utf8_lossy(head);
    if text.contains("ModelInvocationLog") {
        return Ok(Format::InvocationLog);
    }
    Err("this is none of the formats that can be imported".to_owned())
}
