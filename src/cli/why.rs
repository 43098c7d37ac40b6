//! `tokencast why`.

use super::arguments::{self, Format};
use super::exit::{Exit, Failure};
use super::files::{TracesBeside, price_book, read};
use super::streams::columns;
use super::streams::print;
use crate::pipeline::{Asked, prepare};
use crate::report::why::{json, render};

pub(super) fn why(arguments: &arguments::Why) -> Result<Exit, Failure> {
    let asked = asked(arguments)?;
    let traces = TracesBeside::of(&arguments.scenario);
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let prepared = prepare(&read(&arguments.scenario)?, &book, &traces)?;
    let answer = prepared.why(&arguments.variant, &asked, &traces)?;
    print(&match arguments.format {
        Format::Json => json(&answer),
        Format::Text => render(&answer, columns(), false),
    })?;
    Ok(Exit::Within)
}

fn asked(arguments: &arguments::Why) -> Result<Asked, Failure> {
    let Some(request) = &arguments.request else { return Ok(Asked::Throttled(arguments.throttled.unwrap_or(1))) };
    let parts =
        request.rsplit_once('/').and_then(|(app, number)| Some((app, number.replace(['_', ','], "").parse().ok()?)));
    let wrong =
        || Failure::input(format!("error: `{request}` is not a request\nhelp: write it as APP/NUMBER: triage/17"));
    let (app, number) = parts.ok_or_else(wrong)?;
    Ok(Asked::Request { app: app.to_owned(), number })
}
