//! Bought capacity and prompt caches: a small table each, where there is something to say.

use super::layout::Layout;
use super::{left, right};
use crate::report::format::{count, percent};
use crate::report::model::{Caching, Capacity, Report, Variant};
use crate::report::money::Money;

/// How capacity that is paid for by the hour was used.
pub(super) fn bought(report: &Report, layout: &Layout) -> String {
    let columns = [
        left("bought capacity"),
        right("input used"),
        right("output used"),
        right("cost"),
        right("idle"),
        right("spilled"),
    ];
    let several = report.variants.len() > 1;
    let rows = report.variants.iter().flat_map(|variant| {
        let bought = variant.pools.iter().filter_map(|pool| Some((pool, pool.capacity.as_ref()?)));
        bought.map(move |(pool, capacity)| capacity_cells(named(&pool.id, variant, several), capacity))
    });
    table(&columns, rows.collect(), layout)
}

fn capacity_cells(name: String, capacity: &Capacity) -> Vec<String> {
    let spilled = capacity.overflow.as_ref().map_or("none".to_owned(), |overflow| count(overflow.spilled));
    let (cost, idle) = (capacity.cost.brief(), capacity.idle_cost.brief());
    vec![name, percent(capacity.input_used), percent(capacity.output_used), cost, idle, spilled]
}

/// What each cache read, and what its input costs by each time to live.
pub(super) fn caches(report: &Report, layout: &Layout) -> String {
    let columns = [
        left("prompt cache"),
        right("input read"),
        right("rewritten").rank(2),
        right("quota freed/min").rank(1),
        right("uncached"),
        right("all 5m"),
        right("all 1h"),
        left("cheapest"),
    ];
    let several = report.variants.len() > 1;
    let rows = report.variants.iter().flat_map(|variant| {
        let cached = variant.apps.iter().filter_map(|app| Some((app, app.caching.as_ref()?)));
        cached.map(move |(app, caching)| cache_cells(named(&app.name, variant, several), caching))
    });
    table(&columns, rows.collect(), layout)
}

fn cache_cells(name: String, caching: &Caching) -> Vec<String> {
    let worth = caching.worth.as_ref();
    let money = |amount: Option<Money>| amount.map_or("n/a".to_owned(), Money::brief);
    vec![
        name,
        percent(caching.read),
        count(caching.rewritten_tokens),
        format!("up to {}", count(caching.freed_quota_peak)),
        money(worth.map(|worth| worth.none)),
        money(worth.map(|worth| worth.five_minutes)),
        money(worth.and_then(|worth| worth.one_hour)),
        worth.map_or("n/a", |worth| worth.cheapest.as_str()).to_owned(),
    ]
}

/// A name, with the variant where there are several.
pub(super) fn named(name: &str, variant: &Variant, several: bool) -> String {
    if several { format!("{name} [{}]", variant.name) } else { name.to_owned() }
}

pub(super) fn table(columns: &[super::table::Column], rows: Vec<Vec<String>>, layout: &Layout) -> String {
    if rows.is_empty() { String::new() } else { layout.table(columns, &rows) }
}

#[cfg(test)]
mod tests {
    use super::super::render;
    use crate::report::sample;

    #[test]
    fn what_was_bought_and_cached_gets_a_table_each() {
        let text = render(&sample::bought(), 120, true);
        let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned();
        let bought = line("claude-haiku-4-5 us-east-1 provisioned units [base]");
        for shown in ["25.00%", "75.00%", "$1,440", "$360.00", "12"] {
            assert!(bought.contains(shown), "{shown}: {bought}\n{text}");
        }
        let cached = line("triage [base]");
        for shown in ["71.00%", "1,000", "up to 4,200", "$12.00", "$11.55", "$6.90", "1h"] {
            assert!(cached.contains(shown), "{shown}: {cached}\n{text}");
        }
        assert!(!render(&sample::report(), 120, true).contains("bought capacity"));
    }
}
