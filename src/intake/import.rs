//! One file: unpacked, its format found, its records made into rows.

use super::unpack::unpack;
use super::{Context, Format, Input, Options, Tally, detect};
use super::{agent_sessions, cloudwatch, csv, invocation_log, litellm, mooncake, otlp, tracelab};
use crate::trace::{ImportError, Sink, TraceError};
use std::cell::Cell;
use std::io::{BufRead, Cursor, Read};

/// Imports one file, in the format that was named or that its beginning shows.
///
/// # Errors
/// When it cannot be unpacked or read, is of no known format or of several, or when rows cannot be kept.
pub fn import(
    file: &str,
    reader: Box<dyn Read + Send>,
    named: Option<Format>,
    options: &Options,
    tally: &mut Tally,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let packed_bytes = Cell::new(0);
    let context = Context::new(options, tally, sink);
    let outcome = import_unpacked(file, unpack(reader, &packed_bytes), named, context);
    tally.bytes += packed_bytes.get();
    outcome
}

fn import_unpacked(
    file: &str,
    unpacked: std::io::Result<Box<dyn BufRead + '_>>,
    named: Option<Format>,
    mut context: Context<'_>,
) -> Result<(), ImportError> {
    let wrong = |message: String| TraceError { file: file.to_owned(), line: None, message };
    let unreadable = |error: std::io::Error| wrong(format!("cannot be read: {error}"));
    let mut reader = unpacked.map_err(unreadable)?;
    let mut head = Vec::new();
    reader.by_ref().take(detect::HEAD).read_to_end(&mut head).map_err(unreadable)?;
    if head.is_empty() {
        context.tally.note("empty file");
        return Ok(());
    }
    let found = detect::format(&head);
    if found.is_err() && is_beside_a_log(file) {
        context.tally.skip("a body beside its log", file, None);
        return Ok(());
    }
    let format = named.map_or(found, Ok).map_err(wrong)?;
    *context.tally.files.entry(format).or_default() += 1;
    let mut input = Input::new(file, Box::new(Cursor::new(head).chain(reader)));
    read_as(format, &mut input, &mut context)
}

/// Bedrock keeps long bodies in a folder `data` beside its log, as files of another schema.
fn is_beside_a_log(file: &str) -> bool {
    file.rsplit(['/', '\\']).nth(1) == Some("data")
}

fn read_as(format: Format, input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    match format {
        Format::InvocationLog => invocation_log::read(input, context),
        Format::CloudWatch => cloudwatch::read(input, context),
        Format::Csv => csv::read(input, context),
        Format::Mooncake => mooncake::read(input, context),
        Format::AgentSessions => agent_sessions::read(input, context),
        Format::TraceLab => tracelab::read(input, context),
        Format::LiteLlm => litellm::read(input, context),
        Format::Otlp => otlp::read(input, context),
        Format::Store => {
            let message = "this is a trace of tokencast; it needs no import: use the file itself";
            Err(input.error(message).into())
        }
    }
}
