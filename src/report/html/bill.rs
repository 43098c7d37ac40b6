//! The bill as a page shows it: every line a product that the reader can check.

use crate::report::format::count;
use crate::report::model::{Line, Report, Variant};
use crate::report::money::Money;

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
    /// Nobody used it.
    pub idle: bool,
    pub quantity: String,
    /// What is paid, or `free`.
    pub rate: String,
    /// What the list says, and the name of the discount.
    pub list: Option<(String, &'a str)>,
    /// The price is the reader's own.
    pub own: bool,
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
    let (quantity, per, parts) = counted(line);
    let shown = |rate: Money| {
        let rate = rate.times(parts);
        rate.aligned(rate.decimals())
    };
    let rate = if line.is_free() { "free".to_owned() } else { shown(line.rate) };
    let list = line.discount.as_deref().map(|discount| (shown(line.list_rate), discount));
    let note = sources.iter().position(|&source| source == line.source);
    BillLine {
        sku: &line.sku,
        idle: line.usage_class == "idle",
        quantity,
        rate,
        list,
        own: line.overlay,
        per,
        amount: line.amount.aligned(decimals),
        note: note.map_or(0, |index| index + 1),
    }
}

/// Quantity, unit and the counted things that a shown rate is for: prices of tokens are read by the million, and hours
/// that are counted in millionths by the hour.
fn counted(line: &Line) -> (String, String, i128) {
    const MILLION: u64 = 1_000_000;
    match line.unit.strip_prefix("millionth of ") {
        Some(unit) => {
            let hours = format!("{}.{:06}", count(line.quantity / MILLION), line.quantity % MILLION);
            let hours = hours.trim_end_matches('0').trim_end_matches('.');
            (hours.to_owned(), unit.to_owned(), MILLION.into())
        }
        None if line.unit == "token" => (count(line.quantity), "million tokens".to_owned(), MILLION.into()),
        None => (count(line.quantity), line.unit.clone(), 1),
    }
}
