//! `tokencast breakeven`.

use super::arguments::{self, Format};
use super::exit::{Exit, Failure};
use super::files::{TracesBeside, price_book, read};
use super::output;
use super::progress::watched;
use super::streams::{columns, print, tell};
use crate::breakeven::Throughput;
use crate::pipeline::{Ask, Unanswered, prepare};
use crate::report::{breakeven, json};
use std::path::PathBuf;

pub(super) fn breakeven(arguments: &arguments::Breakeven) -> Result<Exit, Failure> {
    let traces = TracesBeside::of(&arguments.scenario);
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let prepared = prepare(&read(&arguments.scenario)?, &book, &traces)?;
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from("reports").join(prepared.name()));
    let pages = watched(prepared.span(), |progress| prepared.breakeven(&book, &ask(arguments), &traces, progress))?;
    output::check_writable(&folder)?;
    output::publish(&folder, &breakeven::files(&pages))?;
    match arguments.format {
        Format::Json => print(&json::render_breakeven(&pages.breakeven))?,
        Format::Text => print(&breakeven::render(&pages.breakeven, columns(), false))?,
    }
    tell(&format!("Report: {}", folder.join("breakeven.txt").display()));
    Ok(Exit::Within)
}

fn ask(arguments: &arguments::Breakeven) -> Ask {
    let throughput = arguments.unit_input.zip(arguments.unit_output);
    Ask {
        app: arguments.app.clone(),
        throughput: throughput.map(|(input, output)| Throughput { input_tpm: input.0, output_tpm: output.0 }),
        unit_prices: arguments.unit_price.clone(),
    }
}

impl From<Unanswered> for Failure {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Input(message) => Self::input(message),
            Unanswered::Trace(error) => error.into(),
        }
    }
}
