//! `tokencast compare-clients`.

use super::arguments::{self, Format};
use super::exit::{Exit, Failure};
use super::files::{TracesBeside, price_book, read};
use super::progress::watched;
use super::streams::{columns, print};
use crate::pipeline::prepare;
use crate::report::clients::{json, render};

pub(super) fn compare(arguments: &arguments::CompareClients) -> Result<Exit, Failure> {
    let traces = TracesBeside::of(&arguments.scenario);
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let prepared = prepare(&read(&arguments.scenario)?, &book, &traces)?;
    let app = arguments.app.as_deref();
    let clients = watched(prepared.work_of_clients(), |progress| prepared.compare_clients(app, &traces, progress))?;
    print(&match arguments.format {
        Format::Json => json(&clients),
        Format::Text => render(&clients, columns(), false),
    })?;
    Ok(Exit::Within)
}
