//! How long answers would have been that were cut at `max_tokens`.
//!
//! The product-limit estimate of Kaplan and Meier (Journal of the American Statistical Association 53, 1958), the
//! standard one for observations of which some are known only to exceed a value: at each length, the share of answers
//! that go on is multiplied by the share of those still going on there that do not end there. An answer that is cut at a
//! length counts as still going on there.

use super::Distribution;

/// Products of shares are exact to about this much.
const EXACT: f64 = 1e-9;

/// The length that so many thousandths of answers do not exceed, had none been cut. Nothing where too many were cut for
/// that to be known: it is above all lengths that were seen.
#[must_use]
pub fn uncut_quantile(ended: &Distribution, cut: &Distribution, per_thousand: u64) -> Option<u64> {
    let left = 1.0 - per_thousand as f64 / 1_000.0;
    let mut cuts = cut.each().peekable();
    let mut going_on = ended.count() + cut.count();
    let mut share = 1.0;
    for (length, ends) in ended.each() {
        while let Some((_, gone)) = cuts.next_if(|(at, _)| *at < length) {
            going_on -= gone;
        }
        share *= (going_on - ends) as f64 / going_on as f64;
        going_on -= ends;
        if share <= left + EXACT {
            return Some(length);
        }
    }
    None
}

/// Whether a quantile of all answers, those that were cut taken as they are, is a lower bound only: it is unless all
/// that were cut are longer.
#[must_use]
pub fn is_lower_bound(quantile: u64, cut: &Distribution) -> bool {
    cut.min().is_some_and(|shortest| shortest <= quantile)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(lengths: &[u64]) -> Distribution {
        let mut found = Distribution::default();
        lengths.iter().for_each(|length| found.add(*length));
        found
    }

    /// Weeks of remission under 6-MP of 21 patients, 9 of them in relapse (Freireich and others, Blood 21, 1963; the
    /// textbook example of Kaplan and Meier's estimate): 0.857 go on behind week 6, 0.807 behind 7, 0.753 behind 10,
    /// 0.690 behind 13, 0.627 behind 16, 0.538 behind 22, 0.448 behind 23.
    #[test]
    fn the_textbook_agrees() {
        let ended = of(&[6, 6, 6, 7, 10, 13, 16, 22, 23]);
        let cut = of(&[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
        let quantiles = [142, 143, 193, 194, 246, 248, 309, 311, 372, 374, 462, 463, 500, 551, 552];
        let found = quantiles.map(|per_thousand| uncut_quantile(&ended, &cut, per_thousand));
        let weeks = [6, 7, 7, 10, 10, 13, 13, 16, 16, 22, 22, 23, 23, 23];
        let expected: Vec<_> = weeks.into_iter().map(Some).chain([None]).collect();
        assert_eq!(found[..], expected[..], "the median is 23 weeks");
    }

    #[test]
    fn a_quantile_is_exact_where_only_longer_answers_were_cut() {
        assert!(!is_lower_bound(99, &of(&[100, 200])));
        assert!(is_lower_bound(100, &of(&[100, 200])));
        assert!(!is_lower_bound(100, &of(&[])));
    }

    proptest! {
        #[test]
        fn where_nothing_was_cut_it_is_the_nearest_rank(
            lengths in prop::collection::vec(0_u64..40, 1..60),
            per_thousand in 1_u64..=1_000,
        ) {
            let ended = of(&lengths);
            prop_assert_eq!(uncut_quantile(&ended, &Distribution::default(), per_thousand), ended.quantile(per_thousand));
        }

        #[test]
        fn cutting_never_shortens_what_is_estimated_below_what_was_seen(
            lengths in prop::collection::vec((1_u64..40, 1_u64..40), 1..60),
            per_thousand in 1_u64..=1_000,
        ) {
            let (mut ended, mut cut, mut seen) = <(Distribution, Distribution, Distribution)>::default();
            for (length, limit) in lengths {
                if length < limit { ended.add(length) } else { cut.add(limit) }
                seen.add(length.min(limit));
            }
            let estimated = uncut_quantile(&ended, &cut, per_thousand);
            prop_assert!(estimated.is_none_or(|length| Some(length) >= seen.quantile(per_thousand)));
        }
    }
}
