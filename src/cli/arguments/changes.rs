//! What can be done with recordings on the way: the same tools as in a scenario's `trace`.

use crate::scenario::{Between, Scale, Shift};
use crate::trace::tools::{Filter, Tools};
use crate::units::Percent;
use clap::Args;

/// What is done with recordings on the way.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(next_help_heading = "Changes")]
pub(in crate::cli) struct Changes {
    /// Only calls that say this of app, account, model, region, `ran_in`, tier, session or outcome. May be repeated.
    #[arg(long, value_name = "FIELD=VALUE", value_parser = condition)]
    r#where: Vec<(String, String)>,
    /// Only calls from the first time on and before the second: 2026-11-02,2026-11-09.
    #[arg(long, value_name = "FROM,UNTIL", value_parser = between)]
    between: Option<Between>,
    /// Keep this share of the calls, whole sessions where there are any.
    #[arg(long, value_name = "PERCENT", value_parser = Percent::parse)]
    thin: Option<Percent>,
    /// Repeat each call so often, copies within the minute after it: 2, 0.5.
    #[arg(long, value_name = "FACTOR", value_parser = Scale::parse)]
    scale: Option<Scale>,
    /// Move all calls: 3h, -3h.
    #[arg(long, value_name = "TIME", value_parser = Shift::parse, allow_hyphen_values = true)]
    shift: Option<Shift>,
    /// Make a trace of so many weeks, each drawn from the recorded whole ones.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=520))]
    sample_weeks: Option<u32>,
    /// Put the recordings one after the other, instead of together by their times.
    #[arg(long)]
    pub(in crate::cli) splice: bool,
}

impl Changes {
    /// The same, as tools take it.
    pub(in crate::cli) fn tools(&self) -> Result<Tools, String> {
        let mut only = Filter::default();
        self.r#where.iter().try_for_each(|(field, value)| only.ask(field, value))?;
        Ok(Tools {
            only,
            between: self.between.map(|time| (time.from_us, time.until_us)),
            sample_weeks: self.sample_weeks,
            thin: self.thin.map(Percent::share),
            scale: self.scale.map(Scale::ratio),
            shift_us: self.shift.map_or(0, Shift::micros),
        })
    }

    /// The recordings have to be read more than once.
    pub(in crate::cli) fn reads_again(&self) -> bool {
        self.splice || self.sample_weeks.is_some()
    }
}

fn condition(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or("write a field and its value, as `app=chat`")?;
    Filter::default().ask(field, value)?;
    Ok((field.to_owned(), value.to_owned()))
}

fn between(text: &str) -> Result<Between, String> {
    let (from, until) = text.split_once(',').ok_or("write two times, as `2026-11-02,2026-11-09`")?;
    Between::parse(from, until)
}
