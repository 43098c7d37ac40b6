//! `tokencast reprice`.

use super::arguments::{self, Format};
use super::exit::{Exit, Failure};
use super::files::{price_book, read};
use super::streams::{columns, print};
use crate::document::nearest;
use crate::report::reprice::{compose, json, render};
use crate::reprice::reprice as price_again;
use crate::statement::{Billed, Statement};

pub(super) fn reprice(arguments: &arguments::Reprice) -> Result<Exit, Failure> {
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let path = match arguments.summary.is_dir() {
        true => arguments.summary.join("summary.json"),
        false => arguments.summary.clone(),
    };
    let source = read(&path)?;
    let wrong = |message: String| Failure::input(format!("{}: error: {message}", path.display()));
    let statement = Statement::read(&source.text).map_err(wrong)?;
    let billed = variant(&statement, arguments.variant.as_deref()).map_err(wrong)?;
    let lines = price_again(&statement, billed, &book).map_err(|unpriced| {
        let help = "an unknown price is an error, never zero: add it with `--pricing DIR`";
        wrong(format!("{}\nhelp: {help}", unpriced.join("\nerror: ")))
    })?;
    let repricing = compose(&statement, billed, &lines, &book);
    print(&match arguments.format {
        Format::Json => json(&repricing),
        Format::Text => render(&repricing, columns(), false),
    })?;
    Ok(Exit::Within)
}

fn variant<'a>(statement: &'a Statement, name: Option<&str>) -> Result<&'a Billed, String> {
    statement.variant(name).ok_or_else(|| {
        let names: Vec<&str> = statement.variants.iter().map(|variant| variant.name.as_str()).collect();
        let name = name.unwrap_or_default();
        let help = match nearest(name, &names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known: {}", names.join(", ")),
        };
        format!("unknown variant `{name}`\nhelp: {help}")
    })
}
