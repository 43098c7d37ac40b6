//! The variants side by side: the same figures for a terminal and for a page.

use super::format::{change, count, duration, percent, percentage_points};
use super::model::{Elsewhere, Percentiles, Report, Variant};

/// One variant as a row of the comparison.
pub struct Row {
    pub name: String,
    pub cost: Figure,
    pub month: Figure,
    pub per_answer: Figure,
    pub requests: Figure,
    pub throttled: Figure,
    pub gave_up: Figure,
    pub ttft_p95: Figure,
    pub e2e_p95: Figure,
}

/// A value, and how it differs from that of the first variant.
pub struct Figure {
    pub value: String,
    /// Empty for the first variant itself.
    pub change: String,
}

/// One row a variant, in the order of the report, then one for each place elsewhere.
pub fn rows(report: &Report) -> Vec<Row> {
    let Some(first) = report.variants.first() else {
        return Vec::new();
    };
    let variants = report.variants.iter().map(|variant| row(first, variant));
    variants.chain(report.elsewhere.iter().map(|place| elsewhere(first, place))).collect()
}

/// The scenario as written with tokens elsewhere: only its cost is known.
fn elsewhere(first: &Variant, place: &Elsewhere) -> Row {
    let unknown = || Figure { value: "n/a".to_owned(), change: String::new() };
    let (cost, before) = (place.scenario, first.totals.cost);
    let figure = |value: String, change: String| Figure { value, change: say_same(change) };
    Row {
        name: format!("elsewhere: {}", place.name),
        cost: figure(cost.total.brief(), (cost.total - before.total).brief_change()),
        month: figure(cost.month.brief(), (cost.month - before.month).brief_change()),
        per_answer: unknown(),
        requests: unknown(),
        throttled: unknown(),
        gave_up: unknown(),
        ttft_p95: unknown(),
        e2e_p95: unknown(),
    }
}

fn row(first: &Variant, variant: &Variant) -> Row {
    let totals = &variant.totals;
    let difference = variant.difference.as_ref();
    let figure =
        |value: String, change: Option<String>| Figure { value, change: change.map(say_same).unwrap_or_default() };
    let counted = |value: u64, moved: Option<i64>| figure(count(value), moved.map(change));
    let shares = (first.totals.throttled_share(), totals.throttled_share());
    Row {
        name: variant.name.clone(),
        cost: figure(totals.cost.total.brief(), difference.map(|by| by.cost.total.brief_change())),
        month: figure(totals.cost.month.brief(), difference.map(|by| by.cost.month.brief_change())),
        per_answer: per_answer(first, variant),
        requests: counted(totals.arrivals, difference.map(|by| by.arrivals)),
        throttled: figure(percent(shares.1), difference.map(|_| percentage_points(shares.0, shares.1))),
        gave_up: counted(totals.gave_up, difference.map(|by| by.gave_up)),
        ttft_p95: slower(first.latency.ttft, variant.latency.ttft, difference.is_some()),
        e2e_p95: slower(first.latency.e2e, variant.latency.e2e, difference.is_some()),
    }
}

/// The cost of one answered task, or request where tasks are requests: a variant that answers little is cheap only in
/// total.
fn per_answer(first: &Variant, variant: &Variant) -> Figure {
    let of = |variant: &Variant| variant.totals.cost.total.shared_by(variant.answers());
    let change = match (of(first), of(variant)) {
        (Some(first), Some(this)) if variant.difference.is_some() => say_same((this - first).of_one_change()),
        _ => String::new(),
    };
    Figure { value: of(variant).map_or("n/a".to_owned(), |cost| cost.of_one()), change }
}

fn slower(first: Option<Percentiles>, this: Option<Percentiles>, compared: bool) -> Figure {
    let value = this.map_or("n/a".to_owned(), |this| duration(this.p95));
    let change = match (first, this) {
        (Some(first), Some(this)) if compared => say_same(moved(first.p95, this.p95)),
        _ => String::new(),
    };
    Figure { value, change }
}

/// Two percentiles that a histogram's neighbouring cells tell apart may be the same.
fn moved(from_us: u64, to_us: u64) -> String {
    match from_us.cmp(&to_us) {
        _ if from_us.abs_diff(to_us) <= from_us / 1_024 => "0".to_owned(),
        std::cmp::Ordering::Less => format!("+{}", duration(to_us - from_us)),
        std::cmp::Ordering::Equal => "0".to_owned(),
        std::cmp::Ordering::Greater => format!("-{}", duration(from_us - to_us)),
    }
}

fn say_same(change: String) -> String {
    match change.as_str() {
        "0" | "0 pp" | "$0.00" => "same".to_owned(),
        _ => change,
    }
}
