//! A profile as one self-contained page, in the style of every other report.

use super::chart::charts;
use super::model::{Lengths, Profile};
use super::section::Section;
use super::words::{known, told};
use super::{sections, sentences};
use crate::report::format::{count, counted, percent};
use crate::report::html::{Figure, STYLE, figure};
use crate::report::model::{Chart, Tool};
use askama::Template;

#[derive(Template)]
#[template(path = "trace.html", config = "src/report/html/askama.toml")]
struct Page<'a> {
    style: &'static str,
    tool: &'a Tool,
    title: String,
    profile: &'a Profile,
    told: String,
    lead: Vec<String>,
    figures: Vec<KeyFigure>,
    charts: Vec<Figure<'a>>,
    sections: Vec<Section>,
}

/// What the reader sees first.
struct KeyFigure {
    name: &'static str,
    value: String,
    aside: String,
}

/// The complete page.
pub(super) fn render(profile: &Profile, charts: &[Chart]) -> String {
    let page = Page {
        style: STYLE,
        tool: &profile.tool,
        title: format!("{} - profile of traffic", profile.trace),
        profile,
        told: told(&profile.total),
        lead: sentences::lead(profile),
        figures: if profile.total.calls > 0 { figures(profile) } else { Vec::new() },
        charts: charts.iter().map(figure).collect(),
        sections: if profile.total.calls > 0 { sections::sections(profile) } else { Vec::new() },
    };
    page.render().expect("writing to a string succeeds")
}

fn figures(profile: &Profile) -> Vec<KeyFigure> {
    let (rates, cut) = (&profile.rates, profile.truncation.cut);
    let median = |lengths: &Lengths| lengths.quantiles.first().map_or_else(|| "-".to_owned(), |p50| count(p50.value));
    let p95 = |lengths: &Lengths| {
        let found = lengths.quantiles.iter().find(|quantile| quantile.name == "p95");
        found.map_or_else(String::new, |p95| format!("P95 {}", count(p95.value)))
    };
    let minute = rates.windows.iter().max_by_key(|windows| windows.width_us).and_then(|windows| windows.dispersion);
    let cut = match cut.part {
        0 => p95(&profile.output),
        _ => format!("{}, {} cut", p95(&profile.output), percent(cut)),
    };
    vec![
        KeyFigure {
            name: "Calls",
            value: count(profile.total.calls),
            aside: format!("{} a second on average", known(rates.mean_per_second)),
        },
        KeyFigure {
            name: "In the busiest minute",
            value: count(rates.peak_minute.amount),
            aside: counted(rates.peak_tokens.amount, "token") + " in a minute at most",
        },
        KeyFigure { name: "Input tokens, median", value: median(&profile.input), aside: p95(&profile.input) },
        KeyFigure { name: "Output tokens, median", value: median(&profile.output), aside: cut },
        KeyFigure {
            name: "Burstiness by the minute",
            value: known(minute),
            aside: "variance / mean: 1 is random".to_owned(),
        },
    ]
}

/// Name and content of every file. `profile.json` comes last: when it is new, all are.
#[must_use]
pub fn files(profile: &Profile) -> Vec<(String, String)> {
    let charts = charts(profile);
    let page = ("profile.html".to_owned(), render(profile, &charts));
    let json = ("profile.json".to_owned(), super::json(profile));
    charts.into_iter().map(|chart| (chart.file_name, chart.svg)).chain([page, json]).collect()
}
