//! The beginning of a drafted scenario: what it is about, and when it takes place.

use super::Recording;
use super::names::slug;
use super::runs::Runs;
use super::yaml::{Page, printable, scalar};
use crate::pricing::PriceBook;
use crate::units::Tokens;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// When a scenario can take place.
const YEARS: std::ops::RangeInclusive<i16> = 2020..=2100;

/// The beginning of a drafted scenario.
pub(super) struct Head {
    pub(super) start: Timestamp,
    /// The recording has a zero of its own.
    dateless: bool,
    calls: u64,
    file: String,
    last: Option<Timestamp>,
    pub(super) told: Vec<String>,
}

impl Head {
    pub(super) fn of(recording: &Recording<'_>, book: &PriceBook) -> Self {
        let found = recording.found;
        let instant = |us: i64| {
            let at = Timestamp::from_microsecond(us).ok()?;
            YEARS.contains(&at.to_zoned(TimeZone::UTC).year()).then_some(at)
        };
        let (first, last) = (instant(found.first_us), instant(found.last_us));
        let read = book.as_of().and_then(|day| Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp()));
        let mut told = Vec::new();
        if first.is_none() {
            told.push(format!(
                "the times of this recording have no date between {} and {}: the scenario starts on the day of the price book",
                YEARS.start(),
                YEARS.end()
            ));
        }
        if found.beyond > 0 {
            told.push(format!(
                "{} calls are of further combinations of app, model, Region, tier and account than the {} that are told apart: \
                 they are in no app; name apps by something that fewer calls differ in",
                Tokens(found.beyond),
                super::MOST_GROUPS
            ));
        }
        Self {
            start: first.or(read).unwrap_or(Timestamp::UNIX_EPOCH),
            dateless: first.is_none(),
            calls: found.calls,
            file: recording.file.to_owned(),
            last,
            told,
        }
    }

    /// The least that a scenario needs before its accounts.
    pub(super) fn bare(&self) -> Page {
        let mut page = Page::default();
        page.line(0, "name: draft");
        page.line(0, &format!("start: {}", self.start));
        page
    }

    pub(super) fn page(&self, name: &str, runs: &[Runs<'_>]) -> Page {
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
        page.line(0, &format!("about: {}", scalar(&self.about(runs))));
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
        page.comment(
            0,
            match self.dateless {
                false => "The first recorded call happens now, so that prices, quotas and burndown are those of then.",
                true => {
                    "The times of the recording have no date that could be meant: its first call happens on the day for which \
                     the price book was last checked."
                }
            },
        );
        page.line(0, &format!("start: {}", self.start));
    }

    fn about(&self, runs: &[Runs<'_>]) -> String {
        let apps = runs.len();
        let until = self.last.filter(|_| !self.dateless).map_or_else(String::new, |last| {
            format!(" between {} and {}", self.start.strftime("%Y-%m-%d %H:%M"), last.strftime("%Y-%m-%d %H:%M UTC"))
        });
        let calls: u64 = runs.iter().map(|app| app.group.answered()).sum();
        let plural = if apps == 1 { "app" } else { "apps" };
        printable(&format!(
            "The {} answered calls of {apps} {plural} that {} holds{until}, out of {} recorded ones.",
            Tokens(calls),
            self.file,
            Tokens(self.calls)
        ))
    }
}
