//! Bedrock's model invocation logs: records a line as in S3, printed over several lines, or as events and results of
//! CloudWatch Logs.

mod answer;
mod container;
mod counted;
mod fold;
mod lines;
mod names;
mod outcome;
mod question;
mod record;
mod row;
mod service;
mod table;
mod taker;
#[cfg(test)]
mod tests;
mod usage;

use super::elements::Elements;
use super::{Context, Input};
use crate::trace::ImportError;
use container::{Container, LISTS};
use taker::Taker;

/// Rows of a file.
pub(super) fn read(input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    let container = Container::of(input.reader().fill_buf().unwrap_or_default());
    let mut taker = Taker::new(input.file, context);
    match container {
        Container::Lines => lines::read(input, &mut taker),
        Container::Table => table::read(input, &mut taker),
        Container::Documents => documents(input, &mut taker),
    }
}

/// Elements of lists: events, results, or records themselves.
fn documents(input: &mut Input<'_>, taker: &mut Taker<'_, '_>) -> Result<(), ImportError> {
    let mut elements = Elements::under(&LISTS);
    while let Some(element) = elements.next(input)? {
        taker.take(element.text, element.line)?;
    }
    Ok(())
}
