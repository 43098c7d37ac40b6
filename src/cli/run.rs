//! `tokencast run`.

use super::arguments::{self, Format};
use super::exit::{Exit, Failure};
use super::files::{TracesBeside, price_book, read};
use super::output::Stage;
use super::progress::watched;
use crate::pipeline::prepare;
use crate::report::{self, json, terminal};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// The width of text that does not go to a terminal.
const COLUMNS: u16 = 100;

pub(super) fn run(arguments: &arguments::Run) -> Result<Exit, Failure> {
    let traces = TracesBeside::of(&arguments.scenario);
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let prepared = prepare(&read(&arguments.scenario)?, &book, &traces)?;
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from("reports").join(prepared.name()));
    let stage = Stage::open(&folder)?;
    let pages = watched(prepared.work(), |progress| prepared.evaluate(&traces, progress))?;
    stage.publish(&report::files(&pages))?;
    let answer = match arguments.format {
        Format::Json => json::render(&pages.report),
        Format::Text => terminal::render(&pages.report, columns(), false),
    };
    say(&answer)?;
    let gap = if io::stdout().is_terminal() { "\n" } else { "" };
    eprintln!("{gap}Report: {}", folder.join("report.html").display());
    Ok(Exit::Within)
}

/// The whole answer on stdout before anything else is said; a reader may stop early, as `head` does.
fn say(answer: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(answer.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::tool(format!("stdout: error: the answer could not be written: {error}")))
        }
        _ => Ok(()),
    }
}

fn columns() -> usize {
    let width = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    usize::from(width.map_or(COLUMNS, |(terminal_size::Width(columns), _)| columns))
}
