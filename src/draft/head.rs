//! The beginning of a drafted scenario: what it is about, and when it takes place.

use super::names::slug;
use super::runs::Runs;
use super::yaml::{Page, printable, scalar};
use super::{MOST_GROUPS, Recording, calls};
use crate::pricing::PriceBook;
use crate::units::Tokens;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// When a scenario can take place.
const YEARS: std::ops::RangeInclusive<i16> = 2020..=2100;

/// The beginning of a drafted scenario.
pub(super) struct Head {
    start: Timestamp,
    when: When,
}

/// Why a scenario starts when it does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// With the first recorded call.
    Recorded,
    /// On the day of the price book: the times of the recording have no date.
    NoDate,
    /// On the day of the price book: at the time of the recording, nothing could be run.
    NothingThen,
}

impl Head {
    /// When the scenario can take place, the best first.
    pub(super) fn possible(recording: &Recording<'_>, book: &PriceBook) -> Vec<Self> {
        let recorded = instant(recording.found.first_us).map(|start| Self { start, when: When::Recorded });
        let when = if recorded.is_some() { When::NothingThen } else { When::NoDate };
        let read = book.as_of().and_then(|day| Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp()));
        recorded.into_iter().chain(read.map(|start| Self { start, when })).collect()
    }

    /// What its reader should hear of.
    pub(super) fn told(&self, recording: &Recording<'_>) -> Vec<String> {
        let start = match self.when {
            When::Recorded => None,
            When::NoDate => Some("the times of this recording have no date that could be meant"),
            When::NothingThen => Some("nothing could be run at the time of this recording, by the price book"),
        };
        let start = start.map(|why| format!("{why}: the scenario starts on {}", self.start.strftime("%Y-%m-%d")));
        let beyond = recording.found.beyond;
        let beyond = (beyond > 0).then(|| {
            format!(
                "{} of further combinations of app, model, Region, tier and account than the {MOST_GROUPS} that are told apart \
                 are in no app; name apps by something that fewer calls differ in, with `--app-from`",
                calls(beyond)
            )
        });
        start.into_iter().chain(beyond).collect()
    }

    /// The least that a scenario needs before its accounts.
    pub(super) fn bare(&self) -> Page {
        let mut page = Page::default();
        page.line(0, "name: draft");
        page.line(0, &format!("start: {}", self.start));
        page
    }

    pub(super) fn page(&self, name: &str, recording: &Recording<'_>, runs: &[Runs<'_>]) -> Page {
        let mut page = Page::default();
        page.line(0, "# yaml-language-server: $schema=schema/scenario.schema.json");
        page.comment(
            0,
            "The line above gives completion and checks in editors with a YAML language server. Its path is relative to this \
             file; `tokencast schema scenario > schema/scenario.schema.json` writes the schema.",
        );
        page.blank();
        page.comment(0, "Lowercase letters, digits and hyphens; the reports are written to reports/<name>/.");
        page.line(0, &format!("name: {}", scalar(&slug(name, "recorded"))));
        page.line(0, &format!("about: {}", scalar(&self.about(recording, runs))));
        page.blank();
        page.comment(0, "The same seed gives the same random draws: here only service times and waits are drawn.");
        page.line(0, "seed: 1");
        self.start(&mut page);
        page.comment(0, "Left out, the run ends with the last call of the recording.");
        page.off(0, "horizon: 1d");
        page.comment(0, "The clock of daily shapes, for traffic that you add: any IANA time zone.");
        page.line(0, "timezone: UTC");
        page.comment(0, "How many times to run, each time on other draws; the recorded calls are the same each time.");
        page.line(0, "replications: 1");
        page.blank();
        page
    }

    fn start(&self, page: &mut Page) {
        let why = match self.when {
            When::Recorded => {
                "The first recorded call happens now, so that prices, quotas and burndown are those of then."
            }
            When::NoDate => {
                "The first recorded call happens now. The times of the recording have no date: this is the day for which the \
                 price book was last checked."
            }
            When::NothingThen => {
                "The first recorded call happens now. The price book has no price for any app at the time of the recording: \
                 this is the day for which it was last checked."
            }
        };
        page.comment(0, why);
        page.line(0, &format!("start: {}", self.start));
    }

    fn about(&self, recording: &Recording<'_>, runs: &[Runs<'_>]) -> String {
        let found = recording.found;
        let minute = |us: i64| instant(us).map(|at| at.strftime("%Y-%m-%d %H:%M").to_string());
        let during = minute(found.first_us).zip(minute(found.last_us));
        let during = during.map_or_else(String::new, |(first, last)| format!(" between {first} and {last} UTC"));
        let answered: u64 = runs.iter().map(|app| app.group.answered()).sum();
        let apps = if runs.len() == 1 { "one app".to_owned() } else { format!("{} apps", runs.len()) };
        printable(&format!(
            "What {apps} called as recorded in {}{during}: {} of {}.",
            recording.file,
            Tokens(answered),
            calls(found.calls)
        ))
    }
}

/// A time in the years of scenarios.
fn instant(us: i64) -> Option<Timestamp> {
    let at = Timestamp::from_microsecond(us).ok()?;
    YEARS.contains(&at.to_zoned(TimeZone::UTC).year()).then_some(at)
}
