//! `tokencast reconcile`.

use super::arguments::{self, Format};
use super::exit::{Exit, Failure};
use super::files::{price_book, read_data};
use super::streams::{columns, print};
use crate::document::nearest;
use crate::reconcile::{actuals, reconcile};
use crate::report::reconcile::{Asked, compose, json, render};
use crate::statement::{Billed, Statement};
use std::path::{Path, PathBuf};

/// The file of a report that holds its bill.
const SUMMARY: &str = "summary.json";

pub(super) fn run(arguments: &arguments::Reconcile) -> Result<Exit, Failure> {
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let path = summary_of(&arguments.run);
    let statement = Statement::read(&read_data(&path)?.text)
        .map_err(|problem| Failure::input(format!("{}: error: {problem}", path.display())))?;
    let variant = variant(&statement, arguments.variant.as_deref())?;
    let bill = actuals::read(&read_data(&arguments.actual)?).map_err(|problems| Failure::input(problems.render()))?;
    let found = reconcile(variant, statement.period, &bill, &book);
    let asked = Asked { statement: &statement, variant: &variant.name, bill: bill.format };
    let reconciled = compose(asked, &found);
    print(&match arguments.format {
        Format::Json => json(&reconciled),
        Format::Text => render(&reconciled, columns(), false),
    })?;
    Ok(Exit::Within)
}

/// The report of a run is named by its folder as well.
fn summary_of(run: &Path) -> PathBuf {
    if run.is_dir() { run.join(SUMMARY) } else { run.to_owned() }
}

fn variant<'a>(statement: &'a Statement, name: Option<&str>) -> Result<&'a Billed, Failure> {
    statement.variant(name).ok_or_else(|| {
        let known: Vec<&str> = statement.variants.iter().map(|variant| variant.name.as_str()).collect();
        let name = name.unwrap_or_default();
        let help = nearest(name, &known)
            .map_or_else(|| format!("there are {}", known.join(", ")), |meant| format!("did you mean `{meant}`?"));
        Failure::input(format!("error: the run has no variant `{name}`\nhelp: {help}"))
    })
}
