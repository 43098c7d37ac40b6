//! The blocks of a prompt in one cell: whole numbers and ranges with spaces between them, `1-155 3789`.

use std::fmt::Write;

/// Reads the blocks of a prompt with so much input: all of them are whole but the last one.
pub(super) fn read(text: &str, tokens: u32, input: u64, ids: &mut Vec<u64>) -> Result<(), String> {
    ids.clear();
    let most = input.div_ceil(u64::from(tokens.max(1)));
    for word in text.split_ascii_whitespace() {
        let not_a_number = || format!("`{}` is not a whole number, nor a range such as `1-155`", word.escape_debug());
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        let first: u64 = first.parse().map_err(|_| not_a_number())?;
        let last: u64 = last.parse().ok().filter(|last| *last >= first).ok_or_else(not_a_number)?;
        if tokens == 0 {
            return Err("blocks of zero tokens".to_owned());
        }
        if last - first >= most - ids.len() as u64 {
            return Err(format!("more blocks of {tokens} tokens than the input of {input} tokens has"));
        }
        ids.extend(first..=last);
    }
    Ok(())
}

/// Writes them, numbers in a row as a range.
pub(super) fn written(ids: &[u64]) -> String {
    let mut text = String::new();
    for run in ids.chunk_by(|one, next| one.checked_add(1) == Some(*next)) {
        let space = if text.is_empty() { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = match run {
            [first, .., last] => write!(text, "{space}{first}-{last}"),
            _ => write!(text, "{space}{}", run[0]),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, input: u64) -> Result<Vec<u64>, String> {
        let mut ids = vec![99];
        read(text, 512, input, &mut ids).map(|()| ids)
    }

    #[test]
    fn numbers_and_ranges_are_read_and_written() {
        assert_eq!(of("7 8 9", 1_100), Ok(vec![7, 8, 9]));
        assert_eq!(of(" 1-3  3789 ", 9_000), Ok(vec![1, 2, 3, 3_789]));
        assert_eq!(of("", 1_100), Ok(vec![]));
        assert_eq!(written(&[1, 2, 3, 3_789, 5, 6, u64::MAX, 0]), "1-3 3789 5-6 18446744073709551615 0");
        assert_eq!(written(&[]), "");
    }

    #[test]
    fn what_is_no_block_or_one_too_many_is_refused() {
        assert!(of("7 x", 1_100).unwrap_err().contains("`x` is not a whole number"));
        assert!(of("7 -8", 1_100).is_err() && of("7,8", 1_100).is_err() && of("8-7", 1_100).is_err());
        assert!(of("7 8 9", 1_024).unwrap_err().contains("more blocks of 512 tokens than the input of 1024"));
        assert!(of("7", 0).is_err());
        assert!(of("0-18446744073709551615", 1_024).unwrap_err().contains("more blocks"), "and no memory is filled");
        assert!(read("7", 0, 9, &mut Vec::new()).unwrap_err().contains("blocks of zero tokens"));
    }
}
