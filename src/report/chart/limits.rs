//! Limits: which fit on the plot, and labels beside their lines that keep apart.

use super::frame::TEXT;
use super::{Limit, number, svg};
use std::ops::Range;

/// A limit above this many times the peak would flatten the values.
const OFF_CHART: f64 = 4.0;
const LINE_HEIGHT: f64 = 22.0;
const LABEL_ROOM: f64 = 140.0;
const MOST_NOTES: usize = 3;

/// Limits that are drawn, and sentences about those that are not.
pub(super) struct Limits<'a> {
    pub drawn: Vec<&'a Limit>,
    pub notes: Vec<String>,
}

/// Leaves out limits far above the `peak` of the values.
pub(super) fn split<'a>(limits: &'a [Limit], peak: f64, unit: &str) -> Limits<'a> {
    let (off, drawn): (Vec<_>, Vec<_>) = limits.iter().partition(|limit| limit.value > OFF_CHART * peak);
    let mut notes: Vec<String> = off.iter().take(MOST_NOTES).map(|limit| off_chart(limit, peak, unit)).collect();
    if off.len() > MOST_NOTES {
        notes.push(format!("↑ {} more limits are off the chart", off.len() - MOST_NOTES));
    }
    Limits { drawn, notes }
}

/// From where to where on the x axis a limit holds.
pub(super) fn across(limit: &Limit, x: &Range<f64>) -> Range<f64> {
    let place = |step: usize| (step as f64).clamp(x.start, x.end);
    limit.during.as_ref().map_or(x.clone(), |steps| match steps.start {
        0 => x.start..place(steps.end),
        start => place(start)..place(steps.end),
    })
}

/// The limit that begins where another one ends.
pub(super) fn next<'a>(limits: &[&'a Limit], ended: &Limit) -> Option<&'a Limit> {
    let end = ended.during.as_ref()?.end;
    limits.iter().find(|limit| limit.during.as_ref().is_some_and(|during| during.start == end)).copied()
}

/// Whether a limit holds at any of these steps.
pub(super) fn holds(limit: &Limit, steps: &Range<usize>) -> bool {
    limit.during.as_ref().is_none_or(|during| during.start < steps.end && steps.start < during.end)
}

fn off_chart(limit: &Limit, peak: f64, unit: &str) -> String {
    let used = 100.0 * peak / limit.value;
    let used = if used < 1.0 { number::si(used) } else { format!("{used:.0}") };
    let name = svg::fit(&limit.name, TEXT, 300.0);
    let value = number::with_unit(limit.value, unit);
    format!("↑ {name} {value} is off the chart ({used}% used)")
}

/// The label of a limit: one line if it is short, else name over value.
pub(super) fn label(limit: &Limit, unit: &str) -> Vec<String> {
    let value = number::with_unit(limit.value, unit);
    let one_line = format!("{} {value}", limit.name);
    if svg::width(&one_line, TEXT) <= LABEL_ROOM {
        return vec![one_line];
    }
    vec![svg::fit(&limit.name, TEXT, LABEL_ROOM), value]
}

/// Room for the labels to the right of the plot.
pub(super) fn room(labels: &[Vec<String>]) -> f64 {
    let widths = labels.iter().flatten().map(|line| svg::width(line, TEXT));
    widths.map(|width| width + 12.0).fold(12.0, f64::max)
}

/// Writes labels at `x`, each as near to its line as the others allow.
pub(super) fn write(x: f64, labels: &[(f64, Vec<String>)], top: f64, bottom: f64) -> String {
    let mut written = String::new();
    for (y, lines) in spread(labels, top, bottom) {
        let first = y - (lines.len() - 1) as f64 * LINE_HEIGHT / 2.0 + 5.0;
        for (index, line) in lines.iter().enumerate() {
            written += &svg::text("tc-at", x, first + index as f64 * LINE_HEIGHT, line);
        }
    }
    written
}

/// Centres of the labels, moved apart; labels without room are dropped from the bottom.
fn spread(labels: &[(f64, Vec<String>)], top: f64, bottom: f64) -> Vec<(f64, &[String])> {
    let mut sorted: Vec<_> = labels.iter().map(|(y, lines)| (*y, lines.as_slice())).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = |lines: &[String]| lines.len() as f64 * LINE_HEIGHT / 2.0;
    let mut free = bottom - top;
    sorted.retain(|(_, lines)| {
        free -= 2.0 * half(lines);
        free >= 0.0
    });
    let mut edge = top;
    for (y, lines) in &mut sorted {
        *y = y.max(edge + half(lines));
        edge = *y + half(lines);
    }
    let mut edge = bottom;
    for (y, lines) in sorted.iter_mut().rev() {
        *y = y.min(edge - half(lines));
        edge = *y - half(lines);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn limit(value: f64) -> Limit {
        Limit { name: "quota".to_owned(), value, during: None }
    }

    #[test]
    fn a_limit_far_above_the_peak_becomes_a_note() {
        let limits = [limit(5e6), limit(200_000.0)];
        let split = split(&limits, 50_000.0, "tokens per minute");
        assert_eq!(split.drawn, [&limits[1]]);
        assert_eq!(split.notes, ["↑ quota 5M is off the chart (1% used)"]);
    }

    #[test]
    fn a_limit_over_nothing_is_not_used() {
        let limits = [limit(5e6)];
        let notes = split(&limits, 0.0, "").notes;
        assert_eq!(notes, ["↑ quota 5M is off the chart (0% used)"]);
    }

    #[test]
    fn limits_that_follow_each_other_make_one_stepped_line() {
        let during = |value: f64, steps: Range<usize>| Limit { during: Some(steps), ..limit(value) };
        let (first, second, third) = (during(1.0, 0..10), during(2.0, 10..20), during(3.0, 25..40));
        let all = [&first, &second, &third];
        assert_eq!(next(&all, &first), Some(&second));
        assert_eq!(next(&all, &second), None, "nothing holds in between");
        assert_eq!(next(&all, &limit(4.0)), None);
        let x = 0.0..29.0;
        assert_eq!([&first, &second, &third].map(|limit| across(limit, &x)), [0.0..10.0, 10.0..20.0, 25.0..29.0]);
        assert_eq!(across(&limit(4.0), &x), x);
        assert!(holds(&first, &(9..11)) && !holds(&first, &(10..11)) && holds(&limit(4.0), &(0..1)));
    }

    proptest! {
        #[test]
        fn labels_keep_apart(
            labels in prop::collection::vec((0.0..180.0_f64, 1..3_usize), 0..12),
        ) {
            let labels: Vec<_> = labels
                .into_iter()
                .map(|(y, lines)| (y, vec!["quota".to_owned(); lines]))
                .collect();
            let mut edge = -1e-6;
            for (y, lines) in spread(&labels, 0.0, 180.0) {
                let half = lines.len() as f64 * LINE_HEIGHT / 2.0;
                prop_assert!(y - half >= edge);
                edge = y + half - 1e-6;
            }
            prop_assert!(edge <= 180.0);
        }
    }
}
