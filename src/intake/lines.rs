//! JSON lines with one call each.

use super::{Context, Input, complete};
use crate::trace::{Blocks, ImportError, Row};
use serde::Deserialize;

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// It is a row.
    Row,
    /// It is not taken, for a reason.
    Skipped(&'static str),
}

/// A line that is a record: its text, and its number counted from one.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) number: u64,
}

/// Makes a row of each line that is not empty. What `read` says is wrong gets its place.
pub(super) fn each(
    input: &mut Input<'_>,
    context: &mut Context<'_>,
    mut read: impl FnMut(&Line<'_>, &mut Context<'_>, &mut Row) -> Result<Made, String>,
) -> Result<(), ImportError> {
    let mut row = Row::default();
    let mut number = 0;
    while let Some(text) = input.next_line()? {
        number += 1;
        if text.trim().is_empty() {
            continue;
        }
        clear(&mut row);
        match read(&Line { text, number }, context, &mut row).map_err(|wrong| input.error(wrong))? {
            Made::Row => {
                complete(&mut row, context);
                context.keep(&row)?;
            }
            Made::Skipped(reason) => context.skip(reason, input),
        }
    }
    Ok(())
}

/// Nothing is said, and the memory of the blocks is kept.
fn clear(row: &mut Row) {
    let mut ids = std::mem::take(&mut row.blocks.ids);
    ids.clear();
    *row = Row { blocks: Blocks { tokens: 0, ids }, ..Row::default() };
}

/// Reads one line.
///
/// # Errors
/// A sentence with the column.
pub(super) fn json<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| wording(&error))
}

/// What is wrong with JSON, and in which column.
pub(super) fn wording(error: &serde_json::Error) -> String {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    let message = message.strip_suffix(&place).unwrap_or(&message);
    let kind = if error.is_data() { "not a record of this format" } else { "not JSON" };
    format!("{kind}: {message} (column {})", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_json_names_its_column() {
        let wrong = |text| json::<Vec<u8>>(text).unwrap_err();
        assert_eq!(wrong("[1,x]"), "not JSON: expected value (column 4)");
        assert_eq!(wrong("[1"), "not JSON: EOF while parsing a list (column 2)");
        assert!(wrong("{}").starts_with("not a record of this format: invalid type: map"), "{}", wrong("{}"));
    }
}
