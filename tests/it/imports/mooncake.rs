//! The conversations of Mooncake, against what was measured on the file.

use super::{percentile, shared_rows, sum};
use tokencast::bedrock::cache::{Chain, PromptCache, Rules, Ttl};
use tokencast::intake::{Format, Options};
use tokencast::trace::Row;
use tokencast::units::SimTime;

fn conversations(seed: u64) -> Option<Vec<Row>> {
    let options = Options { seed, ..Options::default() };
    let (rows, tally) = shared_rows("traces/mooncake_conversation_trace.jsonl", Format::Mooncake, &options)?;
    assert_eq!((tally.rows, tally.all_skipped()), (12_031, 0));
    Some(rows)
}

#[test]
fn totals_and_quantiles_are_those_of_the_file() {
    let Some(rows) = conversations(7) else { return };
    let (input, output) = (|row: &Row| row.usage.total_input(), |row: &Row| row.usage.output);
    assert_eq!((sum(&rows, input), sum(&rows, output)), (144_793_823, 4_122_048));
    assert_eq!((percentile(&rows, 50, input), percentile(&rows, 99, input)), (6_909, 85_400));
}

#[test]
fn calls_are_spread_over_all_of_each_bin() {
    let Some(rows) = conversations(7) else { return };
    let mut by_tenth = [0_u32; 30];
    for row in &rows {
        by_tenth[(row.at_us.rem_euclid(3_000_000) / 100_000) as usize] += 1;
    }
    // Stamps of 2999 ms begin one tenth early; 401 a tenth are expected, with a deviation of 20.
    assert!(by_tenth.iter().all(|count| (300..500).contains(count)), "{by_tenth:?}");
    let last = rows.last().expect("rows").at_us;
    assert!((3_536_000_000..3_540_000_000).contains(&last), "{last}");
}

/// What could be read from the cache, in hundredths of a percent of all input.
fn reuse(rows: &[Row], ttl: Ttl) -> u64 {
    let mut cache = PromptCache::new(Rules::EVERY_CUT);
    let read = rows.iter().map(|row| {
        let mut left = row.usage.total_input() as u32;
        let chain = row.blocks.ids.iter().fold(Chain::new(0), |chain, block| {
            let tokens = row.blocks.tokens.min(left);
            left -= tokens;
            chain.then(*block, tokens).checkpoint(ttl)
        });
        let at = SimTime(row.at_us as u64);
        u64::from(cache.visit(at, 0, &chain.prefix(), at).split.read)
    });
    read.sum::<u64>() * 10_000 / sum(rows, |row| row.usage.total_input())
}

/// 29.3 % and 37.4 % were measured on the recorded stamps.
#[test]
fn spreading_calls_inside_of_their_bins_leaves_the_reuse_of_prefixes() {
    for seed in [7, 8] {
        let Some(rows) = conversations(seed) else { return };
        let (minutes, hour) = (reuse(&rows, Ttl::FiveMinutes), reuse(&rows, Ttl::OneHour));
        assert!(minutes.abs_diff(2_930) <= 15 && hour.abs_diff(3_740) <= 15, "seed {seed}: {minutes} and {hour}");
    }
}
