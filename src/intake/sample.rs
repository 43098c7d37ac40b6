//! What the tests of importers share.

use super::{Context, Input, Options, Tally};
use crate::trace::{ImportError, Row};

type Read = fn(&mut Input<'_>, &mut Context<'_>) -> Result<(), ImportError>;

/// The rows of a text, what was counted, and how it ended.
pub(super) fn import(read: Read, text: &str, options: &Options) -> (Vec<Row>, Tally, Result<(), ImportError>) {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    let mut input = Input::new("t", Box::new(text.as_bytes()));
    let result = read(&mut input, &mut Context::new(options, &mut tally, &mut rows));
    (rows, tally, result)
}

/// Why a text is not read, for people.
pub(super) fn refused(read: Read, text: &str) -> String {
    match import(read, text, &Options::default()).2 {
        Err(ImportError::Input(error)) => error.to_string(),
        other => panic!("{text} was read: {other:?}"),
    }
}
