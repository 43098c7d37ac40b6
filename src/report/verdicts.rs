//! What `tokencast check` prints: one line a limit.

use super::format::{change, count, duration, percent, percentage_points, printable};
use super::model::{Budget, Measure, Report};

/// One line a limit: verdict, expression, what was observed, and how far it is from the limit.
#[must_use]
pub fn render(report: &Report) -> String {
    let widths = report.budgets.iter().map(|budget| budget.expr.chars().count());
    let width = widths.max().unwrap_or(0);
    let lines: String = report.budgets.iter().map(|budget| line(budget, width)).collect();
    printable(&format!("{lines}{}\n", report.price_book.told()))
}

fn line(budget: &Budget, width: usize) -> String {
    let (mark, expr, variant) = (mark(budget), &budget.expr, &budget.variant);
    let (observed, margin) = (observed(budget), margin(budget));
    format!("{mark:<6}  {expr:<width$}  {observed} ({margin}) [{variant}]\n")
}

/// The verdict as one word; a broken limit is the louder one, without colour.
pub(super) fn mark(budget: &Budget) -> &'static str {
    if budget.held { "held" } else { "BROKEN" }
}

/// What was observed, with its unit.
pub(super) fn observed(budget: &Budget) -> String {
    budget.observed.map_or("nothing to measure".to_owned(), measure)
}

/// A quantity with its unit, for the eye.
pub(super) fn measure(measure: Measure) -> String {
    match measure {
        Measure::Usd(amount) => amount.of_one(),
        Measure::Share(share) => percent(share),
        Measure::DurationUs(us) => duration(us),
        Measure::Count(number) => count(number),
    }
}

/// How far the observed figure is from the limit, and on which side.
pub(super) fn margin(budget: &Budget) -> String {
    let Some(signed) = budget.observed.and_then(|observed| distance(budget.limit, observed)) else {
        return "no margin".to_owned();
    };
    let over = signed.starts_with('+');
    let distance = signed.trim_start_matches(['+', '-']);
    match (budget.held, over) {
        _ if ["0", "0 pp", "$0.00", "0 ms"].contains(&distance) => "at the limit".to_owned(),
        (true, _) => format!("{distance} to spare"),
        (false, true) => format!("{distance} over"),
        (false, false) => format!("{distance} short"),
    }
}

/// The observed figure minus the limit, signed; nothing when their units differ.
fn distance(limit: Measure, observed: Measure) -> Option<String> {
    Some(match (limit, observed) {
        (Measure::Usd(limit), Measure::Usd(observed)) => (observed - limit).of_one_change(),
        (Measure::Share(limit), Measure::Share(observed)) => percentage_points(limit, observed),
        (Measure::DurationUs(limit), Measure::DurationUs(observed)) => {
            let sign = if observed > limit { "+" } else { "-" };
            format!("{sign}{}", duration(observed.abs_diff(limit)))
        }
        (Measure::Count(limit), Measure::Count(observed)) => change(observed.wrapping_sub(limit).cast_signed()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_limit_gets_one_line_that_says_how_far_it_is() {
        let text = render(&sample::report());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), sample::report().budgets.len() + 1);
        assert!(lines[0].starts_with("BROKEN  cost.month < 2_000 USD"), "{text}");
        assert!(lines[0].contains("$324.20 over"), "{text}");
        assert!(lines[1].contains("0.0834 pp to spare"), "{text}");
        assert!(lines[2].contains("1.16 s to spare"), "{text}");
        assert_eq!(lines[3], "Price book 90ab90ab90ab, last checked 2026-11-03.");
    }

    #[test]
    fn a_floor_that_is_missed_falls_short() {
        let budget = Budget {
            expr: "served >= 10".to_owned(),
            variant: "base".to_owned(),
            observed: Some(Measure::Count(7)),
            limit: Measure::Count(10),
            held: false,
        };
        assert_eq!(margin(&budget), "3 short");
        assert_eq!(margin(&Budget { observed: None, ..budget }), "no margin");
    }
}
