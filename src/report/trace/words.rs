//! How a trace is spoken of.

use super::model::{Counts, Outcomes};
use crate::report::chart::si;
use crate::report::format::{count, counted, duration, grouped, instant};

/// A name, or what stands for none.
pub(super) fn name(name: Option<&String>) -> &str {
    name.map_or("-", String::as_str)
}

/// A count; a dash for none.
pub(super) fn zero(number: u64) -> String {
    if number == 0 { "-".to_owned() } else { count(number) }
}

/// A number with two decimals below a hundred, and none above; below a tenth, with three digits.
pub(super) fn number(value: f64) -> String {
    match value {
        small if small < 0.1 => si(small),
        some if some < 99.995 => format!("{some:.2}"),
        many => grouped(many.round() as u128),
    }
}

/// The same, of what is not always known.
pub(super) fn known(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), number)
}

/// `2026-12-01T14:05:07.25Z` as `2026-12-01 14:05:07`.
pub(super) fn second(rfc3339: &str) -> String {
    rfc3339.get(..19).unwrap_or(rfc3339).replace('T', " ")
}

/// An hour of the day: `07:00`.
pub(super) fn hour(hour: usize) -> String {
    format!("{hour:02}:00")
}

/// A share in whole percent.
pub(super) fn per_cent(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}

/// `12 calls in 2 h, from .. to ...`, or `1 call at ...`
pub(super) fn told(total: &Counts) -> String {
    let (Some(first), Some(last)) = (&total.first, &total.last) else {
        return "No calls.".to_owned();
    };
    let tokens = &total.tokens;
    let input = tokens.uncached_input + tokens.cache_read + tokens.cache_write_5m + tokens.cache_write_1h;
    let when = match total.span_us {
        0 => format!(" at {}", instant(first)),
        span_us => format!(" in {}, from {} to {}", duration(span_us), instant(first), instant(last)),
    };
    let (calls, input, output) = (counted(total.calls, "call"), count(input), count(tokens.output));
    format!("{calls}{when}. {input} input and {output} output tokens.")
}

/// What became of calls, where not all were answered.
pub(super) fn outcomes(outcomes: &Outcomes) -> Option<String> {
    let others = [
        (outcomes.throttled, "refused by a quota"),
        (outcomes.failed, "failed in another way"),
        (outcomes.blocked, "answered by a guardrail"),
    ];
    let told: Vec<String> = others
        .iter()
        .filter(|(calls, _)| *calls > 0)
        .map(|(calls, what)| format!("{} {what}", count(*calls)))
        .collect();
    (!told.is_empty()).then(|| format!("{} answered, {}.", count(outcomes.answered), told.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_decimals_where_they_matter() {
        let numbers = [0.0, 0.009_29, 0.5, 5.528, 99.99, 99.996, 1_154.7].map(number);
        assert_eq!(numbers, ["0", "0.00929", "0.50", "5.53", "99.99", "100", "1,155"]);
    }
}
