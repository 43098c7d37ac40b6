//! `tokencast prices`.

use super::arguments::{Format, ImportFrom, OfPrices, PricesCommand};
use super::exit::{Exit, Failure};
use super::files::{price_book, price_files, read_data};
use super::streams::{columns, print, tell};
use crate::pricing::{self, PriceBook};
use crate::report::models::json;
use crate::report::prices::{Filter, differences, history, linted, list, text};
use crate::upkeep::{Import, aws, bounds, diff, litellm, page, write};
use jiff::civil::Date;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn prices(arguments: &OfPrices) -> Result<Exit, Failure> {
    match &arguments.command {
        PricesCommand::List { model, region, via, tier } => {
            let (book, day) = book_on(arguments)?;
            let model = model.as_deref().map(|name| key(&book, name)).transpose()?;
            let filter = Filter { model, region: region.clone(), via: *via, tier: *tier };
            let listed = list(&book, day, &filter);
            print(&match arguments.format {
                Format::Json => json(&listed),
                Format::Text => text::list(&listed, columns()),
            })?;
        }
        PricesCommand::Show { model } => {
            let (book, day) = book_on(arguments)?;
            let key = key(&book, model)?;
            let shown = book.model(&key).map(|model| history(model, day));
            let shown = shown.ok_or_else(|| Failure::tool(format!("error: `{key}` is not in the price book")))?;
            print(&match arguments.format {
                Format::Json => json(&shown),
                Format::Text => text::history(&shown, columns()),
            })?;
        }
        PricesCommand::Diff { before, after, all } => {
            let found = differences(&compared(arguments, before, after)?, before, after, *all);
            print(&match arguments.format {
                Format::Json => json(&found),
                Format::Text => text::differences(&found, columns()),
            })?;
        }
        PricesCommand::Lint { folder } => return lint(arguments, folder.as_deref()),
        PricesCommand::Import { from, file, out, overwrite } => {
            import(arguments, *from, file, out.as_deref(), *overwrite)?;
        }
    }
    Ok(Exit::Within)
}

fn book_on(arguments: &OfPrices) -> Result<(PriceBook, Date), Failure> {
    let book = price_book(arguments.pricing.as_deref())?;
    let day = day(arguments, &book)?;
    Ok((book, day))
}

fn day(arguments: &OfPrices, book: &PriceBook) -> Result<Date, Failure> {
    arguments.on.or_else(|| book.as_of()).ok_or_else(|| Failure::input("error: the price book is empty"))
}

/// The short name of a model by any of its names.
fn key(book: &PriceBook, name: &str) -> Result<String, Failure> {
    if book.model(name).is_some() {
        return Ok(name.to_owned());
    }
    book.resolve(name).map(|found| found.model.key.clone()).map_err(|mut unknown| {
        unknown.known.extend(book.models().map(|model| model.key.clone()));
        Failure::input(format!("error: {unknown}"))
    })
}

/// One side of a comparison.
enum Side {
    Book(PriceBook),
    Source(Import),
}

fn side(arguments: &OfPrices, name: &str) -> Result<Side, Failure> {
    let sources = [("litellm:", ImportFrom::Litellm), ("page:", ImportFrom::Page), ("aws:", ImportFrom::Aws)];
    let source = sources.into_iter().find_map(|(prefix, from)| Some((from, name.strip_prefix(prefix)?)));
    match source {
        Some((from, file)) => {
            Ok(Side::Source(read(from, Path::new(file), &price_book(arguments.pricing.as_deref())?)?))
        }
        None if name == "bundled" => Ok(Side::Book(pricing::bundled()?)),
        None => Ok(Side::Book(book_of(Path::new(name))?)),
    }
}

/// A folder that has its own `sources.yaml` is a whole book; another is laid over the bundled one.
fn book_of(folder: &Path) -> Result<PriceBook, Failure> {
    let files = price_files(folder)?;
    let whole = folder.join("sources.yaml").is_file();
    Ok(if whole { pricing::read(&files)? } else { pricing::bundled()?.overlay(&files)? })
}

fn compared(arguments: &OfPrices, before: &str, after: &str) -> Result<diff::Report, Failure> {
    let (one, other) = (side(arguments, before)?, side(arguments, after)?);
    let on = |import: &Import, book: &PriceBook| match import.published.filter(|_| arguments.on.is_none()) {
        Some(published) => Ok(published),
        None => day(arguments, book),
    };
    Ok(match (&one, &other) {
        (Side::Book(one), Side::Book(other)) => diff::books(one, other),
        (Side::Book(book), Side::Source(import)) => diff::against(import, book, on(import, book)?),
        (Side::Source(import), Side::Book(book)) => diff::against(import, book, on(import, book)?).reversed(),
        (Side::Source(one), Side::Source(other)) => {
            diff::sources(one, other, &price_book(arguments.pricing.as_deref())?)
        }
    })
}

fn read(from: ImportFrom, file: &Path, book: &PriceBook) -> Result<Import, Failure> {
    let source = read_data(file)?;
    let read = match from {
        ImportFrom::Litellm => litellm::read(&source, book),
        ImportFrom::Page => page::read(&source, book),
        ImportFrom::Aws => {
            let told = |problem: String| {
                let lines = problem.lines().map(|line| format!("{}: error: {line}", file.display()));
                Failure::input(lines.collect::<Vec<_>>().join("\n"))
            };
            return aws::read(&source.text, book).map_err(told);
        }
    };
    read.map_err(|problems| Failure::input(problems.render()))
}

fn lint(arguments: &OfPrices, folder: Option<&Path>) -> Result<Exit, Failure> {
    let book = match folder {
        Some(folder) => book_of(folder)?,
        None => price_book(arguments.pricing.as_deref())?,
    };
    let day = day(arguments, &book)?;
    let found = linted(&bounds::lint(&book), &bounds::old(&book, day), day, arguments.on.is_some());
    print(&match arguments.format {
        Format::Json => json(&found),
        Format::Text => text::linted(&found, columns()),
    })?;
    Ok(if found.clean { Exit::Within } else { Exit::Broken })
}

fn import(
    arguments: &OfPrices,
    from: ImportFrom,
    file: &Path,
    out: Option<&Path>,
    overwrite: bool,
) -> Result<(), Failure> {
    let (book, day) = book_on(arguments)?;
    let import = read(from, file, &book)?;
    let written = write::yaml(&import, &book, day);
    tell(&text::imported(&import, &written));
    let Some(yaml) = &written.yaml else { return Ok(()) };
    let Some(out) = out else { return print(yaml) };
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::input(format!("{}: error: this file exists; say `--overwrite`, or name another", out.display()))
        }
        _ => Failure::input(format!("{}: error: cannot be written: {error}", out.display())),
    };
    let opened = if overwrite { File::create(out) } else { File::create_new(out) };
    opened.and_then(|mut file| file.write_all(yaml.as_bytes())).map_err(failed)
}
