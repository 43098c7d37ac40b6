//! Each tool by hand; what holds of all rows is among the laws.

use super::*;
use crate::trace::{Given, Outcome};

/// Rows that can be read again.
struct Memory(Vec<Row>);

impl Recording for Memory {
    fn rows(&self) -> Result<Box<dyn Rows>, TraceError> {
        Ok(Box::new(Given(self.0.clone().into_iter())))
    }

    fn file(&self) -> &str {
        "kept"
    }
}

fn row(at_us: i64) -> Row {
    Row { at_us, ..Row::default() }
}

fn all(mut rows: Box<dyn Rows>) -> Vec<Row> {
    let (mut all, mut row) = (Vec::new(), Row::default());
    while rows.next_row(&mut row).unwrap() {
        all.push(row.clone());
    }
    all
}

fn after(rows: Vec<Row>, tools: &Tools) -> Vec<Row> {
    all(apply(Box::new(Given(rows.into_iter())), tools, 7))
}

fn times(rows: &[Row]) -> Vec<i64> {
    rows.iter().map(|row| row.at_us).collect()
}

#[test]
fn a_filter_takes_what_agrees_in_everything_and_rows_without_a_tier_are_standard() {
    let with_tier = |tier: Option<&str>| Row { tier: tier.map(Into::into), app: Some("a".into()), ..row(0) };
    let rows = vec![with_tier(None), with_tier(Some("default")), with_tier(Some("flex")), row(0)];
    let count = |column: &str, value: &str| {
        let mut only = Filter::default();
        only.ask(column, value).unwrap();
        after(rows.clone(), &Tools { only, ..Tools::default() }).len()
    };
    assert_eq!((count("tier", "standard"), count("tier", "flex"), count("tier", "priority")), (3, 1, 0));
    assert_eq!((count("app", "a"), count("outcome", "answered"), count("outcome", "failed")), (3, 4, 0));
    assert_eq!(count("app", ""), 1, "rows that name none");
    assert!(Filter::default().ask("ap", "a").unwrap_err().contains("they are app, account"));
    assert!(Filter::default().ask("outcome", "good").unwrap_err().contains("answered, throttled"));
    let filter = Filter { outcome: Some(Outcome::Blocked), ..Filter::default() };
    assert!(!filter.takes(&row(0)));
}

#[test]
fn a_time_is_cut_out_with_its_first_instant_and_without_its_last() {
    let tools = Tools { between: Some((2, 4)), ..Tools::default() };
    assert_eq!(times(&after((0..6).map(row).collect(), &tools)), [2, 3]);
}

#[test]
fn a_share_of_the_calls_is_kept() {
    let tools = Tools { thin: Ratio::new(1, 10), ..Tools::default() };
    let kept = after((0..100_000).map(row).collect(), &tools).len();
    // The standard deviation of the count is sqrt(100,000 x 0.1 x 0.9) = 95.
    assert!(kept.abs_diff(10_000) < 5 * 95, "{kept}");
    let whole = Tools { thin: Ratio::new(1, 1), ..Tools::default() };
    assert_eq!(after((0..1_000).map(row).collect(), &whole).len(), 1_000);
}

#[test]
fn a_part_of_a_copy_is_drawn_and_copies_come_within_a_minute() {
    let scaled = |numerator, denominator| {
        let tools = Tools { scale: Ratio::new(numerator, denominator), ..Tools::default() };
        after((0..10_000).map(|second| row(second * 1_000_000)).collect(), &tools)
    };
    // The standard deviation of the count is sqrt(10,000 x 0.25) = 50.
    assert!(scaled(5, 2).len().abs_diff(25_000) < 250 && scaled(1, 2).len().abs_diff(5_000) < 250);
    let last = scaled(3, 1).last().unwrap().at_us;
    assert!((9_999_000_000..9_999_000_000 + 60_000_000).contains(&last));
}

#[test]
fn a_session_is_copied_as_a_whole_under_another_name() {
    let rows = (0..5).map(|at| Row { session: Some("s".into()), request_id: Some("r".into()), ..row(at * 7) });
    let scaled = after(rows.collect(), &Tools { scale: Ratio::new(2, 1), ..Tools::default() });
    let of = |name: &str| -> Vec<i64> {
        scaled.iter().filter(|row| row.session.as_deref() == Some(name)).map(|row| row.at_us).collect()
    };
    let (own, copied) = (of("s"), of("s~2"));
    assert_eq!(own, [0, 7, 14, 21, 28]);
    assert_eq!(copied, own.iter().map(|at| at + copied[0]).collect::<Vec<_>>());
    assert!(scaled.iter().filter(|row| row.request_id.as_deref() == Some("r~2")).count() == 5);
}

#[test]
fn each_recording_begins_a_microsecond_after_the_one_before() {
    let recording = |times: [i64; 2]| -> Arc<dyn Recording> { Arc::new(Memory(times.map(row).to_vec())) };
    let changed =
        change(vec![recording([5, 9]), recording([100, 103]), recording([0, 1])], &Tools::default(), 1).unwrap();
    assert_eq!(changed.begins_us, Some(5));
    assert_eq!(times(&all(changed.rows)), [5, 9, 10, 13, 14, 15]);
    let spliced = Spliced::new(vec![recording([5, 9]), recording([100, 103]), recording([0, 1])]);
    assert_eq!(spliced.span().unwrap(), Some((5, 15)));
}

/// Monday, 2026-11-02, 00:00 UTC.
const MONDAY: i64 = 1_793_577_600_000_000;

#[test]
fn weeks_are_drawn_from_those_that_are_whole() {
    // Three days before the Monday, three whole weeks, and a day behind them: a call every hour.
    let hours = (-72..3 * 168 + 24).map(|hour| {
        let at_us = MONDAY + hour * 3_600_000_000;
        Row { max_tokens: u32::try_from(hour.div_euclid(168)).ok(), session: Some("s".into()), ..row(at_us) }
    });
    let recording: Arc<dyn Recording> = Arc::new(Memory(hours.collect()));
    let tools = Tools { sample_weeks: Some(12), ..Tools::default() };
    let changed = change(vec![Arc::clone(&recording)], &tools, 3).unwrap();
    assert_eq!(changed.begins_us, Some(MONDAY));
    let rows = all(changed.rows);
    assert_eq!(times(&rows), (0..12 * 168).map(|hour| MONDAY + hour * 3_600_000_000).collect::<Vec<_>>());
    let weeks: Vec<u32> = rows.chunks(168).map(|week| week[0].max_tokens.unwrap()).collect();
    assert!(rows.chunks(168).zip(&weeks).all(|(rows, week)| rows.iter().all(|row| row.max_tokens == Some(*week))));
    assert!((0..3).all(|week| weeks.contains(&week)), "{weeks:?}");
    let repeated = rows.chunks(168).filter(|week| week[0].session.as_deref() == Some("s@2")).count();
    assert_eq!(repeated, 3, "each of the three weeks comes a second time");

    let short = Tools { between: Some((MONDAY - WEEK_US, MONDAY + WEEK_US / 2)), ..tools };
    let refused = change(vec![recording], &short, 3).err().unwrap().to_string();
    assert!(refused.contains("no whole week to draw from") && refused.contains("2026-11-05T11:"), "{refused}");
}
