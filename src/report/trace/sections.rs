//! The parts of a profile.

use super::model::{App, Gap, Lengths, Monitored, Peak, Profile, Quantile, Rates};
use super::section::{Section, Table};
use super::words::{known, name, number, second};
use super::{sentences, stats};
use crate::report::format::{count, duration, percent};
use crate::report::terminal::table::{left, right};

/// Gaps that are told: those from a minute on, and so many that are no outages.
const TOLD_US: u64 = 60_000_000;
const TOLD: usize = 5;

/// The parts that have something to say, in reading order.
pub(super) fn sections(profile: &Profile) -> Vec<Section> {
    let (rates, cache) = (&profile.rates, &profile.recorded_cache);
    let reuse = profile.reuse.as_ref().map(sentences::reuse);
    let in_flight = profile.in_flight.as_ref().map(sentences::in_flight);
    let sessions = profile.sessions.as_ref().map(sentences::sessions);
    let length_sentences = [
        sentences::correlation(&profile.correlation),
        sentences::truncation(profile),
        sentences::max_tokens(&profile.max_tokens),
    ];
    let all = [
        Section::new(
            "rates",
            "How fast, and how evenly",
            [rate_table(rates), windows(rates)],
            [sentences::bursts(rates), sentences::stamps(rates)],
        ),
        Section::new("shape", "Days and weeks", [], [sentences::shape(profile)]),
        Section::new("lengths", "How long", [lengths(profile)], length_sentences),
        Section::new("cache", "Prompt cache", [], [sentences::recorded_cache(cache), reuse]),
        Section::new("sessions", "At once, and in turn", [], [in_flight, sessions]),
        Section::new("apps", "Who calls what", [apps(&profile.top_apps), stats::table(&profile.groups)], []),
        Section::new("gaps", "Times without calls", [gaps(&profile.gaps)], [sentences::gaps(&profile.gaps, TOLD_US)]),
        Section::new(
            "observed",
            "What the monitor counted",
            [observed(&profile.observed)],
            [sentences::observed(profile)],
        ),
    ];
    all.into_iter().filter(|section| !section.is_empty()).collect()
}

fn rate_table(rates: &Rates) -> Table {
    let columns = [left("rate"), right("amount"), left("in UTC, from")];
    let peak = |what: &str, peak: &Peak| vec![what.to_owned(), count(peak.amount), second(&peak.at)];
    let rows = [
        vec!["calls a second, on average".to_owned(), known(rates.mean_per_second), String::new()],
        peak("calls in the busiest second", &rates.peak_second),
        peak("calls in the busiest minute", &rates.peak_minute),
        peak("tokens in the busiest minute", &rates.peak_tokens),
    ];
    Table::new(&columns, rows)
}

fn windows(rates: &Rates) -> Table {
    let columns =
        [left("windows of"), right("windows"), right("calls, mean"), right("calls, most"), right("variance / mean")];
    let rows = rates.windows.iter().filter(|windows| windows.dispersion.is_some()).map(|windows| {
        let mean = windows.calls as f64 / windows.count.max(1) as f64;
        let (width, dispersion) = (duration(windows.width_us), known(windows.dispersion));
        vec![width, count(windows.count), number(mean), count(windows.most), dispersion]
    });
    Table::new(&columns, rows)
}

fn lengths(profile: &Profile) -> Table {
    let columns =
        [left("answered calls"), right("mean"), right("P50"), right("P90"), right("P95"), right("P99"), right("most")];
    let seen = |quantile: &Quantile| {
        let bound = if quantile.is_lower_bound { ">=" } else { "" };
        format!("{bound}{}", count(quantile.value))
    };
    let uncut = |quantile: &Quantile| quantile.uncut.map_or_else(|| "unknown".to_owned(), count);
    let row = |what: &str, mean: String, lengths: &Lengths, cell: &dyn Fn(&Quantile) -> String| {
        [what.to_owned(), mean].into_iter().chain(lengths.quantiles.iter().map(cell)).collect::<Vec<_>>()
    };
    let (input, output) = (&profile.input, &profile.output);
    let bound = if profile.truncation.cut.part > 0 { ">=" } else { "" };
    let mut rows = vec![
        row("input tokens", known(input.mean), input, &seen),
        row("output tokens", format!("{bound}{}", known(output.mean)), output, &seen),
    ];
    if profile.truncation.cut.part > 0 {
        rows.push(row("had none been cut", "unknown".to_owned(), output, &uncut));
    }
    rows.retain(|_| input.count > 0);
    Table::new(&columns, rows)
}

/// Nothing where there is one app.
fn apps(apps: &[App]) -> Table {
    let columns = [left("app"), right("calls"), right("of all"), right("tokens"), right("of all")];
    let rows = apps.iter().filter(|_| apps.len() > 1).map(|app| {
        let (calls, tokens) = (count(app.calls.part), count(app.tokens.part));
        vec![name(app.app.as_ref()).to_owned(), calls, percent(app.calls), tokens, percent(app.tokens)]
    });
    Table::new(&columns, rows)
}

/// Nothing where the longest is short.
fn gaps(gaps: &[Gap]) -> Table {
    let columns = [left("no calls from, in UTC"), right("for"), right("calls expected"), left("verdict")];
    let told = gaps.iter().zip(0..).filter(|(gap, place)| gap.outage || (*place < TOLD && gap.length_us >= TOLD_US));
    let rows = told.map(|(gap, _)| {
        let verdict = if gap.outage { "outage" } else { "" };
        vec![second(&gap.from), duration(gap.length_us), number(gap.expected_calls), verdict.to_owned()]
    });
    Table::new(&columns, rows)
}

fn observed(observed: &[Monitored]) -> Table {
    let columns = [left("metric, model"), right("sum"), right("most a minute"), left("in UTC, from").rank(1)];
    let rows = observed.iter().map(|one| {
        vec![
            format!("{}\n{}", one.metric, one.model).trim_end().to_owned(),
            count(one.sum),
            count(one.peak.amount),
            second(&one.peak.at),
        ]
    });
    Table::new(&columns, rows)
}
