//! The bill as a page shows it: every line a product that the reader can check.

use crate::report::format::count;
use crate::report::model::{Line, Report, Variant};

/// The bill of one variant; its lines sum to its total, digit for digit.
pub struct Bill<'a> {
    pub variant: &'a str,
    pub total: String,
    /// The part of the total that retries are, and answers that nobody waited for; nothing without any.
    pub retries: Option<String>,
    pub apps: Vec<AppBill<'a>>,
}

/// The lines of one app.
pub struct AppBill<'a> {
    pub app: &'a str,
    pub lines: Vec<BillLine<'a>>,
}

/// `quantity x rate = amount`, and the number of the footnote with the source of the rate.
pub struct BillLine<'a> {
    pub sku: &'a str,
    pub quantity: String,
    pub rate: String,
    pub per: String,
    pub amount: String,
    pub note: usize,
}

/// The sources of all rates, each once, in order of appearance.
pub fn sources(report: &Report) -> Vec<&str> {
    let mut sources: Vec<&str> = Vec::new();
    for line in report.variants.iter().flat_map(|variant| &variant.lines) {
        if !sources.contains(&line.source.as_str()) {
            sources.push(&line.source);
        }
    }
    sources
}

/// One bill a variant.
pub fn bills<'a>(report: &'a Report, sources: &[&str]) -> Vec<Bill<'a>> {
    report.variants.iter().map(|variant| bill(variant, sources)).collect()
}

fn bill<'a>(variant: &'a Variant, sources: &[&str]) -> Bill<'a> {
    let total = variant.totals.cost.total;
    let amounts = variant.lines.iter().map(|line| line.amount);
    // Enough decimals for every amount, so that nothing is rounded and the column adds up.
    let retries = variant.totals.retries.all_cost();
    let decimals = amounts.chain([total, retries]).map(|amount| amount.decimals()).max().unwrap_or(2);
    let mut apps: Vec<AppBill<'a>> = Vec::new();
    for line in &variant.lines {
        if apps.last().is_none_or(|last| last.app != line.app) {
            apps.push(AppBill { app: &line.app, lines: Vec::new() });
        }
        let lines = apps.last_mut().map(|last| &mut last.lines);
        lines.into_iter().for_each(|lines| lines.push(bill_line(line, decimals, sources)));
    }
    let retries = (!retries.is_zero()).then(|| retries.aligned(decimals));
    Bill { variant: &variant.name, total: total.aligned(decimals), retries, apps }
}

fn bill_line<'a>(line: &'a Line, decimals: usize, sources: &[&str]) -> BillLine<'a> {
    let per_million = line.unit == "token";
    let rate = if per_million { line.rate.times(1_000_000) } else { line.rate };
    let per = if per_million { "million tokens" } else { line.unit.as_str() };
    let note = sources.iter().position(|&source| source == line.source);
    BillLine {
        sku: &line.sku,
        quantity: count(line.quantity),
        rate: rate.aligned(rate.decimals()),
        per: per.to_owned(),
        amount: line.amount.aligned(decimals),
        note: note.map_or(0, |index| index + 1),
    }
}
