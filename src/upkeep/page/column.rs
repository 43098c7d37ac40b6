//! What a column of the page is the price of.

use crate::bedrock::term::Term;
use crate::bedrock::usage::UsageClass;
use crate::upkeep::Capacity;

/// What the figures of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Tokens of a class; of the batch tier where the column says so.
    Tokens {
        class: UsageClass,
        batch: bool,
        /// A rate is per `10^-places` million tokens.
        places: i32,
    },
    /// An hour of capacity.
    Hour(Capacity),
    /// A thousand queries.
    Queries,
}

impl Column {
    /// Reads a heading as `Price per 1M input tokens (5m cache write)`; nothing for what is not simulated.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let heading = heading.replace('\u{a0}', " ").to_lowercase();
        let has = |words: &str| heading.contains(words);
        if has("custom model") || ["(audio)", "(image)", "(video)"].into_iter().any(has) {
            return None;
        }
        if has("per hour per 1k") {
            let term = if has("3-month") { Term::ThreeMonths } else { Term::OneMonth };
            let reserved = if has("output") { Capacity::ReservedOutput(term) } else { Capacity::ReservedInput(term) };
            return Some(Self::Hour(reserved));
        }
        if has("per hour per model") || has("model unit per hour") {
            return Some(Self::Hour(Capacity::Unit(commitment(&heading)?)));
        }
        if has("1,000 queries") {
            return Some(Self::Queries);
        }
        let places = if has("per 1m") { 0 } else { 3 };
        let tokens = (has("per 1m") || has("per 1,000")) && has("token") && !has("train");
        tokens.then(|| Self::Tokens { class: class(&heading), batch: has("(batch)"), places })
    }
}

fn commitment(heading: &str) -> Option<Term> {
    let terms = [("no commitment", Term::None), ("1-month", Term::OneMonth), ("6-month", Term::SixMonths)];
    terms.into_iter().find_map(|(words, term)| heading.contains(words).then_some(term))
}

/// A write that lives thirty minutes, as of OpenAI's models, is sold like one of five.
fn class(heading: &str) -> UsageClass {
    let has = |words: &str| heading.contains(words);
    match () {
        () if has("cache read") || has("cached input") => UsageClass::CacheRead,
        () if has("1h cache write") || has("1hr cache write") => UsageClass::CacheWrite1h,
        () if has("cache write") => UsageClass::CacheWrite5m,
        () if has("output") => UsageClass::Output,
        () => UsageClass::UncachedInput,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_class_unit_and_term() {
        let tokens = |class, batch, places| Some(Column::Tokens { class, batch, places });
        let cases = [
            ("Price per 1M input tokens", tokens(UsageClass::UncachedInput, false, 0)),
            ("Prce per 1M input tokens", tokens(UsageClass::UncachedInput, false, 0)),
            ("Price per 1M\u{a0}input tokens (1hr cache write)", tokens(UsageClass::CacheWrite1h, false, 0)),
            ("Price per 1M input tokens (30m cache write)", tokens(UsageClass::CacheWrite5m, false, 0)),
            ("Price per 1M cached input tokens", tokens(UsageClass::CacheRead, false, 0)),
            ("Price per 1M output tokens (batch)", tokens(UsageClass::Output, true, 0)),
            ("Price per 1,000 output tokens", tokens(UsageClass::Output, false, 3)),
            ("Price per 1M input tokens (image)", None),
            ("Price to train 1M tokens", None),
            ("Price per image", None),
            (
                "Price per hour per 1K Output TPM with 3-Month Commitment",
                Some(Column::Hour(Capacity::ReservedOutput(Term::ThreeMonths))),
            ),
            ("Price per hour per model with no commitment", Some(Column::Hour(Capacity::Unit(Term::None)))),
            (
                "Price to infer one model unit per hour with 6-month commitment",
                Some(Column::Hour(Capacity::Unit(Term::SixMonths))),
            ),
            ("Price per 1,000 queries**", Some(Column::Queries)),
        ];
        for (heading, column) in cases {
            assert_eq!(Column::of(heading), column, "{heading}");
        }
    }
}
