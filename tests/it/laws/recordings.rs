//! What is recorded is neither lost nor moved about by writing it down, nor by tools.

use crate::world::cases;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokencast::bedrock::usage::Usage;
use tokencast::trace::tools::{Filter, Tools, apply};
use tokencast::trace::{Blocks, Columns, Given, Name, Outcome, Row, Rows, csv};
use tokencast::units::Ratio;

/// Rows of about a quarter of an hour, in order of time.
pub fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(row(), 0..60).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.at_us);
        rows
    })
}

fn name() -> impl Strategy<Value = Name> {
    // Whatever people call things: commas, quotes, spaces at the ends, lines.
    let any = "[ -~\u{e4}\u{4e2d}\r\n]{1,12}";
    let known = prop::sample::select(vec!["a", "b"]).prop_map(str::to_owned);
    let some = prop_oneof![known, any.prop_map(String::from)];
    prop::option::of(some).prop_map(|name| name.map(Arc::from))
}

prop_compose! {
    fn usage()(
        uncached_input in 0..1_u64 << 28,
        cache_read in 0..1_u64 << 28,
        cache_write_5m in 0..1_u64 << 28,
        cache_write_1h in 0..1_u64 << 28,
        output in 0..1_u64 << 31,
    ) -> Usage {
        Usage { uncached_input, cache_read, cache_write_5m, cache_write_1h, output }
    }
}

fn blocks() -> impl Strategy<Value = Blocks> {
    let ids =
        prop_oneof![any::<u64>().prop_map(|id| vec![id]), (0..9_u64, 1..9_u64).prop_map(|(a, n)| (a..a + n).collect())];
    let ids = prop::collection::vec(ids, 1..4).prop_map(|runs| runs.concat());
    prop_oneof![Just(Blocks::default()), (1..64_u32, ids).prop_map(|(tokens, ids)| Blocks { tokens, ids })]
}

prop_compose! {
    fn row()(
        at_us in 1_793_577_600_000_000_i64..1_793_578_500_000_000,
        (app, account, model, region) in (name(), name(), name(), name()),
        (ran_in, tier, session, request_id) in (name(), name(), name(), name()),
        outcome in prop::sample::select(Outcome::ALL.to_vec()),
        mut usage in usage(),
        max_tokens in prop::option::of(0..1_u32 << 31),
        truncated in any::<bool>(),
        (ttft_us, latency_us) in (any::<Option<u64>>(), any::<Option<u64>>()),
        blocks in blocks(),
    ) -> Row {
        // As many tokens as its blocks have.
        usage.uncached_input += u64::from(blocks.tokens) * blocks.ids.len() as u64;
        Row {
            at_us, app, account, model, region, ran_in, tier, session, request_id, outcome, usage, max_tokens, truncated,
            ttft_us, latency_us, blocks,
        }
    }
}

fn all(mut rows: impl Rows) -> Vec<Row> {
    let (mut all, mut row) = (Vec::new(), Row::default());
    while rows.next_row(&mut row).expect("good rows") {
        all.push(row.clone());
    }
    all
}

fn after(rows: &[Row], tools: &Tools, seed: u64) -> Vec<Row> {
    let rows = rows.to_vec();
    all(apply(Box::new(Given(rows.into_iter())), tools, seed))
}

fn thin(percent: u64) -> Tools {
    Tools { thin: Ratio::new(percent, 100), ..Tools::default() }
}

fn scale(above: u64, below: u64) -> Tools {
    Tools { scale: Ratio::new(above, below), ..Tools::default() }
}

/// How often each row is there, by all that it says.
fn counted(rows: &[Row]) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    rows.iter().for_each(|row| *counts.entry(format!("{row:?}")).or_insert(0) += 1);
    counts
}

fn is_part(part: &[Row], whole: &[Row]) -> bool {
    let whole = counted(whole);
    counted(part).iter().all(|(row, count)| whole.get(row).is_some_and(|all| all >= count))
}

fn tokens(rows: &[Row]) -> Usage {
    rows.iter().fold(Usage::default(), |sum, row| sum + row.usage)
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn what_is_written_as_csv_is_read_back_to_the_last_field(rows in rows()) {
        let mut file = Vec::new();
        let count = csv::write(&mut Given(rows.clone().into_iter()), &mut file).expect("memory");
        prop_assert_eq!(count, rows.len() as u64);
        let reader = csv::Reader::new("own.csv", Box::new(std::io::Cursor::new(file)), &Columns::own()).expect("good");
        prop_assert_eq!(all(reader), rows);
    }

    #[test]
    fn each_tool_keeps_the_order_of_time(
        rows in rows(),
        seed in any::<u64>(),
        percent in 1..=100_u64,
        (above, below) in (1..40_u64, 1..10_u64),
        shift_us in -1_000_000_000..1_000_000_000_i64,
    ) {
        let all = Tools { shift_us, scale: Ratio::new(above, below), ..thin(percent) };
        for tools in [thin(percent), scale(above, below), Tools { shift_us, ..Tools::default() }, all] {
            prop_assert!(after(&rows, &tools, seed).is_sorted_by_key(|row| row.at_us), "{tools:?}");
        }
    }

    #[test]
    fn a_smaller_share_is_a_part_of_a_larger_one_and_keeps_sessions_whole(
        rows in rows(), seed in any::<u64>(), smaller in 1..=100_u64, larger in 1..=100_u64,
    ) {
        let (smaller, larger) = (smaller.min(larger), smaller.max(larger));
        let (few, many) = (after(&rows, &thin(smaller), seed), after(&rows, &thin(larger), seed));
        prop_assert!(is_part(&few, &many) && is_part(&many, &rows));
        let sessions: BTreeSet<&str> = many.iter().filter_map(|row| row.session.as_deref()).collect();
        let of_sessions = |rows: &[Row]| rows.iter().filter(|row| row.session.as_deref().is_some_and(|name| sessions.contains(name))).count();
        prop_assert_eq!(of_sessions(&many), of_sessions(&rows));
        prop_assert_eq!(after(&rows, &thin(100), seed), rows);
    }

    #[test]
    fn a_filter_takes_a_part_and_changes_no_draw(rows in rows(), seed in any::<u64>(), percent in 1..=100_u64) {
        let only = Filter { app: Some("a".to_owned()), ..Filter::default() };
        let of_a = |rows: &[Row]| rows.iter().filter(|row| row.app.as_deref() == Some("a")).cloned().collect::<Vec<_>>();
        let filtered = after(&rows, &Tools { only: only.clone(), ..Tools::default() }, seed);
        prop_assert_eq!(filtered, of_a(&rows));
        let both = after(&rows, &Tools { only, ..thin(percent) }, seed);
        prop_assert_eq!(both, of_a(&after(&rows, &thin(percent), seed)));
    }

    #[test]
    fn scaled_by_one_nothing_changes_and_by_three_all_tokens_are_there_three_times(rows in rows(), seed in any::<u64>()) {
        prop_assert_eq!(after(&rows, &scale(1, 1), seed), rows.clone());
        let thrice = after(&rows, &scale(3, 1), seed);
        prop_assert!(is_part(&rows, &thrice));
        let sum = tokens(&rows);
        prop_assert_eq!(tokens(&thrice), sum + sum + sum);
        prop_assert_eq!(thrice.len(), 3 * rows.len());
    }
}
