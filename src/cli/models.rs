//! `tokencast models`.

use super::arguments::{self, Format, ModelsCommand};
use super::exit::{Exit, Failure};
use super::files::price_book;
use super::streams::{columns, print};
use crate::report::models::{json, list, show, text};

pub(super) fn models(arguments: &arguments::Models) -> Result<Exit, Failure> {
    let book = price_book(arguments.pricing.as_deref())?;
    let day = arguments.on.or_else(|| book.as_of()).ok_or_else(|| Failure::input("error: the price book is empty"))?;
    let answer = match (&arguments.command, arguments.format) {
        (None, Format::Json) => json(&list(&book, day)),
        (None, Format::Text) => text::list(&list(&book, day), columns()),
        (Some(ModelsCommand::Show { id }), format) => {
            let sheet = show(&book, id, day).map_err(|unknown| Failure::input(format!("error: {unknown}")))?;
            match format {
                Format::Json => json(&sheet),
                Format::Text => text::show(&sheet, columns()),
            }
        }
    };
    print(&answer)?;
    Ok(Exit::Within)
}
