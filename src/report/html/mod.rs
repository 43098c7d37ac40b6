//! The report as one self-contained page: no network, no script, light and dark, screen and paper.
//!
//! The templates hold the words and the order of the sections; all text is escaped. Only the
//! style sheet and the charts, which this crate draws itself, go in as they are.

mod bill;
mod capacity;
pub(super) mod filters;
mod routes;
mod work;

use super::compare::{self, Row};
use super::model::{Chart, Pages, Report, Tool};
use super::{headline, terminal, verdicts};
use askama::Template;

/// The style sheet of every page.
pub(super) const STYLE: &str = include_str!("style.css");

#[derive(Template)]
#[template(path = "page.html", config = "src/report/html/askama.toml")]
struct Page<'a> {
    style: &'static str,
    tool: &'a Tool,
    title: String,
    report: &'a Report,
    charts: Vec<Figure<'a>>,
    comparison: Vec<Row>,
    elsewhere: Vec<String>,
    /// All variants had as many requests.
    alike: bool,
    bills: Vec<bill::Bill<'a>>,
    own_prices: Option<String>,
    chargeback: Vec<routes::ByTag<'a>>,
    sources: Vec<&'a str>,
    latency: Vec<capacity::LatencyGroup<'a>>,
    bought: Vec<routes::Bought<'a>>,
    caches: Vec<routes::Caches<'a>>,
    routes: Vec<routes::Routes<'a>>,
    tasks: Vec<work::AtWork<'a>>,
    retries: Vec<work::Retried<'a>>,
    /// Whether limits were judged under more than one variant.
    several_judged: bool,
    /// Whether a limit is on `cost.month`, which needs a word.
    monthly_limit: bool,
}

/// A chart of a page.
pub(super) struct Figure<'a> {
    pub(super) title: &'a str,
    pub(super) svg: &'a str,
    pub(super) note: &'a str,
    pub(super) empty: bool,
}

/// The complete page.
#[must_use]
pub fn render(pages: &Pages) -> String {
    let report = &pages.report;
    let sources = bill::sources(report);
    let page = Page {
        style: STYLE,
        tool: &report.tool,
        title: format!("{} - cost and capacity report", report.scenario.name),
        report,
        charts: pages.charts.iter().map(figure).collect(),
        comparison: compare::rows(report),
        elsewhere: headline::elsewhere(report),
        alike: report.variants.iter().all(|variant| variant.totals.arrivals == report.variants[0].totals.arrivals),
        bills: bill::bills(report, &sources),
        own_prices: report.variants.first().and_then(headline::own_prices),
        chargeback: routes::chargeback(report),
        sources,
        latency: capacity::latency(report),
        bought: routes::bought(report),
        caches: routes::caches(report),
        routes: routes::routes(report),
        tasks: work::tasks(report),
        retries: work::retries(report),
        several_judged: report.budgets.iter().any(|budget| budget.variant != report.budgets[0].variant),
        monthly_limit: report.budgets.iter().any(|budget| budget.expr.starts_with("cost.month")),
    };
    page.render().expect("writing to a string succeeds")
}

/// A chart without the XML declaration that only a file of its own needs.
pub(super) fn figure(chart: &Chart) -> Figure<'_> {
    let start = chart.svg.find("<svg").unwrap_or(0);
    Figure { title: &chart.title, svg: chart.svg[start..].trim_end(), note: &chart.note, empty: chart.empty }
}

#[cfg(test)]
mod tests;
