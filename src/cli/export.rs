//! `tokencast export`.

use super::arguments::{self, FocusVersion, To};
use super::exit::{Exit, Failure};
use super::files::{TracesBeside, price_book, read};
use super::output;
use super::progress::watched;
use super::streams::{print, tell};
use crate::pipeline::prepare;
use crate::report::export::focus::Version;
use crate::report::export::{Export, Target, cur};
use std::path::PathBuf;

pub(super) fn export(arguments: &arguments::Export) -> Result<Exit, Failure> {
    let target = target(arguments)?;
    let traces = TracesBeside::of(&arguments.scenario);
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let prepared = prepare(&read(&arguments.scenario)?, &book, &traces)?;
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from("reports").join(prepared.name()));
    output::check_writable(&folder)?;
    let mut percentiles = arguments.percentile.clone();
    percentiles.sort_unstable();
    percentiles.dedup();
    let work = prepared.work_of_export(&percentiles);
    let exports = watched(work, |progress| prepared.export(&arguments.variant, &percentiles, &traces, progress))?;
    let files: Vec<_> = exports.iter().flat_map(|export| export.files(target)).collect();
    output::publish(&folder, &files)?;
    let paths = files.iter().map(|(name, _)| format!("{}\n", folder.join(name).display()));
    print(&paths.collect::<String>())?;
    if target == Target::Cur {
        exports.first().into_iter().for_each(tell_unknown);
    }
    Ok(Exit::Within)
}

fn target(arguments: &arguments::Export) -> Result<Target, Failure> {
    match (arguments.to, arguments.focus_version) {
        (To::Focus, version) => Ok(Target::Focus(match version {
            Some(FocusVersion::V1_4) => Version::V1_4,
            Some(FocusVersion::V1_2) | None => Version::V1_2,
        })),
        (_, Some(_)) => Err(Failure::input("error: `--focus-version` is of `--to focus` only")),
        (To::Cur, None) => Ok(Target::Cur),
        (To::Csv, None) => Ok(Target::Csv),
    }
}

/// A usage type that is not known is an empty cell, and told.
fn tell_unknown(export: &Export) {
    let skus = cur::without_usage_type(export);
    if !skus.is_empty() {
        let listed: String = skus.iter().map(|sku| format!("\n  {sku}")).collect();
        tell(&format!("note: AWS's usage type is not known and left empty for{listed}"));
    }
}
