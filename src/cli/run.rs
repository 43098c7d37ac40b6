//! `tokencast run`.

use super::arguments::{self, Format};
use super::exit::{Exit, Failure};
use super::files::{TracesBeside, price_book, read};
use super::output;
use super::progress::watched;
use super::streams::{columns, print, tell};
use crate::pipeline::prepare;
use crate::report::{self, json, terminal};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

pub(super) fn run(arguments: &arguments::Run) -> Result<Exit, Failure> {
    let traces = TracesBeside::of(&arguments.scenario);
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let prepared = prepare(&read(&arguments.scenario)?, &book, &traces)?;
    let prepared = if arguments.windows { prepared.under_all_windows() } else { prepared };
    let prepared = if arguments.rules { prepared.under_all_rules() } else { prepared };
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from("reports").join(prepared.name()));
    output::check_writable(&folder)?;
    let pages = watched(prepared.work(), |progress| prepared.evaluate(&traces, progress))?;
    output::publish(&folder, &report::files(&pages))?;
    match arguments.format {
        Format::Json => print(&json::render(&pages.report))?,
        Format::Text => print(&terminal::render(&pages.report, columns(), false))?,
    }
    let gap = if io::stdout().is_terminal() { "\n" } else { "" };
    tell(&format!("{gap}Report: {}", folder.join("report.html").display()));
    Ok(Exit::Within)
}
