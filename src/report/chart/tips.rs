//! How many tooltips a chart carries.

use std::ops::Range;

const MOST: usize = 120;
const FEWEST: usize = 12;
/// All tooltips of a chart together: what keeps a file small.
const BYTES: usize = 13_000;
/// Tags around the words of one.
const TAGS: usize = 70;

/// Tooltips over `count` steps or bars: one each, or fewer over even runs of them, so that their text
/// stays small.
pub(super) fn within_budget(count: usize, words: impl Fn(Range<usize>) -> String) -> Vec<(Range<usize>, String)> {
    let mut runs = count.min(MOST);
    loop {
        let tips: Vec<_> = (0..runs)
            .map(|run| run * count / runs..(run + 1) * count / runs)
            .map(|run| (run.clone(), words(run)))
            .collect();
        let bytes: usize = tips.iter().map(|(_, words)| TAGS + words.len()).sum();
        if bytes <= BYTES || runs <= FEWEST {
            return tips;
        }
        runs = (runs * BYTES / bytes).clamp(FEWEST, runs - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_cover_everything_once() {
        for count in [0, 1, 119, 121, 10_080] {
            let tips = within_budget(count, |run| "x".repeat(run.len().min(200)));
            assert!(tips.len() <= MOST);
            let mut next = 0;
            for (run, _) in tips {
                assert_eq!(run.start, next);
                assert!(!run.is_empty());
                next = run.end;
            }
            assert_eq!(next, count);
        }
    }
}
