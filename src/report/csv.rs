//! The tables for a spreadsheet: `timeline.csv`, `lines.csv` and `chargeback.csv`.
//!
//! Text that a user chose never becomes a spreadsheet formula.

use super::model::{Chargeback, ChargebackRow, DayLine, PriceBook, TimelineRow, Variant};
use super::table::{table, text};

const TIMELINE: [&str; 24] = [
    "variant",
    "minute",
    "app",
    "pool",
    "arrivals",
    "attempts",
    "throttled_attempts",
    "gave_up",
    "served",
    "truncated",
    "offered_tokens",
    "reserved_tokens",
    "charged_tokens",
    "input_tokens",
    "output_tokens",
    "minutes",
    "unavailable_attempts",
    "spilled",
    "cache_read_tokens",
    "cache_write_tokens",
    "retries",
    "retries_cut",
    "abandoned",
    "line",
];

const LINES: [&str; 15] = [
    "variant",
    "day",
    "app",
    "sku",
    "usage_class",
    "quantity",
    "unit",
    "rate",
    "amount",
    "source",
    "pool",
    "list_rate",
    "discount",
    "usage_type",
    "price_book",
];

const CHARGEBACK: [&str; 9] = ["variant", "tag", "owner", "value", "share", "own", "shared", "cost", "apps"];

/// Traffic by minute (RFC 3339 in UTC; `minutes` says how many a row spans), app and pool, with a header row.
#[must_use]
pub fn timeline(rows: &[TimelineRow]) -> String {
    table(&TIMELINE, rows.iter().map(timeline_cells))
}

/// The bill by day and app, with a header row; rates and amounts are exact decimals in USD, and the book is named by its
/// SHA-256.
#[must_use]
pub fn lines(days: &[DayLine], book: &PriceBook) -> String {
    table(&LINES, days.iter().map(|row| line_cells(row, book)))
}

/// The bill by tag and value, with a header row; nothing where no variant is told apart by a tag.
#[must_use]
pub fn chargeback(variants: &[Variant]) -> Option<String> {
    let tags = variants.iter().flat_map(|variant| variant.chargeback.iter().map(move |by| (variant, by)));
    let rows = tags.flat_map(|(variant, by)| by.rows.iter().map(move |row| chargeback_cells(variant, by, row)));
    let rows: Vec<Vec<String>> = rows.collect();
    (!rows.is_empty()).then(|| table(&CHARGEBACK, rows.into_iter()))
}

fn chargeback_cells(variant: &Variant, by: &Chargeback, row: &ChargebackRow) -> Vec<String> {
    let names = [&variant.name, &by.tag, &row.owner, &row.value, &by.share].map(|name| text(name));
    let amounts = [row.own, row.shared, row.cost].map(|amount| amount.to_string());
    names.into_iter().chain(amounts).chain([text(&row.apps.join(" "))]).collect()
}

fn timeline_cells(row: &TimelineRow) -> Vec<String> {
    let names = [text(&row.variant), row.minute.to_string(), text(&row.app), text(&row.pool)];
    let counts = [
        row.arrivals,
        row.attempts,
        row.throttled_attempts,
        row.gave_up,
        row.served,
        row.truncated,
        row.offered_tokens,
        row.reserved_tokens,
        row.charged_tokens,
        row.input_tokens,
        row.output_tokens,
        row.minutes,
        row.unavailable_attempts,
        row.spilled,
        row.cache_read_tokens,
        row.cache_write_tokens,
        row.retries,
        row.retries_cut,
        row.abandoned,
        row.line,
    ];
    names.into_iter().chain(counts.map(|number| number.to_string())).collect()
}

fn line_cells(row: &DayLine, book: &PriceBook) -> Vec<String> {
    let line = &row.line;
    let or_nothing = |cell: &Option<String>| cell.as_deref().map(text).unwrap_or_default();
    vec![
        text(&row.variant),
        row.day.to_string(),
        text(&line.app),
        text(&line.sku),
        text(&line.usage_class),
        line.quantity.to_string(),
        text(&line.unit),
        line.rate.to_string(),
        line.amount.to_string(),
        text(&line.source),
        or_nothing(&line.pool),
        line.list_rate.to_string(),
        or_nothing(&line.discount),
        or_nothing(&line.usage_type),
        book.sha256.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_timeline_has_one_row_a_minute_and_app() {
        let text = timeline(&sample::pages().timeline);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some(TIMELINE.join(",").as_str()));
        let first = lines.next().expect("the sample has traffic");
        assert!(first.starts_with("base,2026-12-01T00:00:00Z,triage,"), "{first}");
    }

    #[test]
    fn the_lines_are_exact() {
        let pages = sample::pages();
        let text = lines(&pages.days, &pages.report.price_book);
        assert!(text.starts_with("variant,day,app,sku,usage_class,quantity,unit,rate,amount,"));
        assert!(text.contains(",43545600,token,0.0000011,47.90016,"), "{text}");
    }

    #[test]
    fn a_line_of_capacity_names_its_pool() {
        let mut pages = sample::pages();
        pages.days[0].line.pool = Some("m us-east-1 provisioned units".to_owned());
        let rendered = lines(&pages.days, &pages.report.price_book);
        let pools: Vec<_> = rendered.lines().map(|line| line.rsplit(',').nth(4).unwrap_or_default()).collect();
        assert_eq!(pools[..3], ["pool", "m us-east-1 provisioned units", ""]);
    }

    #[test]
    fn who_pays_is_a_row_by_tag_and_value() {
        let mut report = sample::pages().report;
        let rendered = chargeback(&report.variants).expect("the sample has a tag");
        assert!(
            rendered.starts_with("variant,tag,owner,value,share,own,shared,cost,apps\nbase,team,value,support,usage,")
        );
        report.variants[0].chargeback[0].rows[0].value = "=1+1".to_owned();
        let rendered = chargeback(&report.variants).expect("the sample has a tag");
        assert!(rendered.contains("base,team,value,'=1+1,usage,"), "{rendered}");
        report.variants.iter_mut().for_each(|variant| variant.chargeback.clear());
        assert_eq!(chargeback(&report.variants), None);
    }

    #[test]
    fn no_cell_of_text_becomes_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            let mut pages = sample::pages();
            pages.days[0].line.app = hostile.to_owned();
            let rendered = lines(&pages.days, &pages.report.price_book);
            let mut reader = ::csv::Reader::from_reader(rendered.as_bytes());
            let row = reader.records().next().expect("a row").expect("a valid row");
            assert_eq!(&row[2], format!("'{hostile}"));
        }
    }
}
