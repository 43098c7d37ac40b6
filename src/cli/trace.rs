//! `tokencast trace`.

use super::arguments::{Convert, Format, Head, OfTraces, Profile, Stats, TraceCommand};
use super::exit::{Exit, Failure};
use super::output;
use super::recordings;
use super::streams::{columns, print, tell};
use crate::profile::{self, Groups};
use crate::report::trace;
use crate::trace::store::Column;
use crate::trace::{ImportError, Row};
use crate::units::Tokens;
use std::path::PathBuf;

pub(super) fn trace(arguments: &OfTraces) -> Result<Exit, Failure> {
    match &arguments.command {
        TraceCommand::Convert(arguments) => convert(arguments),
        TraceCommand::Head(arguments) => head(arguments),
        TraceCommand::Stats(arguments) => stats(arguments),
        TraceCommand::Profile(arguments) => profile(arguments),
    }?;
    Ok(Exit::Within)
}

fn convert(arguments: &Convert) -> Result<(), Failure> {
    recordings::check_new(&arguments.to)?;
    let mut read = recordings::read(&arguments.recordings, arguments.anonymise.as_deref(), &Column::ALL)?;
    let staged = recordings::stage(&arguments.to, &mut read)?;
    let calls = Tokens(staged.rows);
    staged.publish()?;
    tell(&read.told());
    print(&format!("Wrote {}: {calls} calls.\n", arguments.to.display()))
}

fn head(arguments: &Head) -> Result<(), Failure> {
    let mut read = recordings::read(&arguments.recordings, None, &Column::ALL)?;
    let mut first = Vec::new();
    let mut row = Row::default();
    while first.len() < arguments.calls && read.next_row(&mut row)? {
        first.push(row.clone());
    }
    tell(&read.told());
    let head = trace::Head::of(&first);
    print(&match arguments.format {
        Format::Json => head.json(),
        Format::Text => head.text(columns(), false),
    })
}

fn stats(arguments: &Stats) -> Result<(), Failure> {
    let mut read = recordings::read(&arguments.recordings, None, &Groups::COLUMNS)?;
    let (mut groups, mut row) = (Groups::default(), Row::default());
    while read.next_row(&mut row)? {
        groups.take(&row);
    }
    tell(&read.told());
    let stats = trace::Stats::of(&arguments.recordings.name(), &groups);
    print(&match arguments.format {
        Format::Json => stats.json(),
        Format::Text => stats.text(columns(), false),
    })
}

fn profile(arguments: &Profile) -> Result<(), Failure> {
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from("reports").join(arguments.recordings.stem()));
    let mut read = recordings::read(&arguments.recordings, None, &Column::ALL)?;
    let (name, zone) = (arguments.recordings.name(), &arguments.timezone);
    let found = profile::Profile::of(&name, &mut read.rows, zone).map_err(ImportError::from)?;
    tell(&read.told());
    let composed = trace::compose(&name, zone.iana_name().unwrap_or("UTC"), &found, &read.tally.observed);
    output::check_writable(&folder)?;
    output::publish(&folder, &trace::files(&composed))?;
    print(&match arguments.format {
        Format::Json => trace::json(&composed),
        Format::Text => trace::render(&composed, columns(), false),
    })?;
    tell(&format!("Report: {}", folder.join("profile.html").display()));
    Ok(())
}
