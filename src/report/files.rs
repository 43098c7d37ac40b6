//! The files that a report is made of.

use super::model::Pages;
use super::{csv, html, json};

/// Name and content of every file. `summary.json` comes last: when it is new, all are.
#[must_use]
pub fn files(pages: &Pages) -> Vec<(String, String)> {
    let charts = pages.charts.iter().map(|chart| (chart.file_name.clone(), chart.svg.clone()));
    let rest = [
        ("timeline.csv", csv::timeline(&pages.timeline)),
        ("lines.csv", csv::lines(&pages.days, &pages.report.price_book)),
        ("report.html", html::render(pages)),
        ("summary.json", json::render(&pages.report)),
    ];
    let by_tags = csv::chargeback(&pages.report.variants).map(|text| ("chargeback.csv".to_owned(), text));
    charts.chain(by_tags).chain(rest.map(|(name, text)| (name.to_owned(), text))).collect()
}
