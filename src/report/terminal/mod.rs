//! What `tokencast run` prints: the answer in words, then the tables that support it.
//!
//! Plain text without colour or control codes, the same in a terminal, a pipe and a build log.

mod capacity;
mod chargeback;
pub(super) mod layout;
mod prices;
pub(super) mod table;
mod work;

use super::compare::{self, Figure, Row};
use super::format::{counted, percent, printable};
use super::headline;
use super::model::{Budget, Finding, Forecast, Report, Severity};
use super::money::Money;
use super::verdicts;
pub(super) use layout::Layout;
pub(super) use table::{left, right};

/// The report in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(report: &Report, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let mut sections = vec![answer(report, &layout), variants(report, &layout)];
    sections.extend(headline::elsewhere(report).iter().map(|place| layout.paragraph(place, 0)));
    sections.push(work::tasks(report, &layout));
    sections.push(capacity::bought(report, &layout));
    sections.push(capacity::caches(report, &layout));
    sections.push(chargeback::chargeback(report, &layout));
    sections.push(prices::own(report, &layout));
    sections.push(spread(report, &layout));
    sections.extend(report.forecast.as_ref().map(|forecast| months(forecast, &layout)));
    sections.push(limits(&report.budgets, &layout));
    sections.extend(report.findings.iter().map(|finding| warning(finding, &layout)));
    sections.push(layout.paragraph(&report.price_book.told(), 0));
    sections.retain(|section| !section.is_empty());
    printable(&sections.join("\n"))
}

fn answer(report: &Report, layout: &Layout) -> String {
    headline::answer(report).iter().map(|paragraph| layout.paragraph(paragraph, 0)).collect()
}

fn variants(report: &Report, layout: &Layout) -> String {
    let columns = [
        left("variant"),
        right("cost"),
        right("month (730 h)"),
        right("per answer").rank(2),
        right("requests").rank(4),
        right("throttled"),
        right("gave up").rank(1),
        right("p95 ttft").rank(3),
        right("p95 total").rank(5),
    ];
    let rows: Vec<_> = compare::rows(report).into_iter().map(variant_cells).collect();
    let clocks = report.variants.first().and_then(headline::clocks);
    layout.table(&columns, &rows) + &clocks.map_or_else(String::new, |clocks| layout.paragraph(&clocks, 0))
}

fn variant_cells(row: Row) -> Vec<String> {
    let Row { name, cost, month, per_answer, requests, throttled, gave_up, ttft_p95, e2e_p95 } = row;
    let figures = [cost, month, per_answer, requests, throttled, gave_up, ttft_p95, e2e_p95];
    std::iter::once(name).chain(figures.map(two_lines)).collect()
}

fn two_lines(figure: Figure) -> String {
    match figure.change.as_str() {
        "" => figure.value,
        change => format!("{}\n{change}", figure.value),
    }
}

/// What chance does to cost and throttling, when seeds were replicated.
fn spread(report: &Report, layout: &Layout) -> String {
    let columns = [
        left("over replications"),
        right("cost P50"),
        right("cost P90"),
        right("throttled P50"),
        right("throttled P90"),
    ];
    let rows = report.variants.iter().filter_map(|variant| {
        let of = variant.spread.as_ref()?;
        let cost = [of.cost.total.p50, of.cost.total.p90].map(Money::rounded);
        let shares = [of.throttled_requests.p50, of.throttled_requests.p90].map(percent);
        Some(std::iter::once(variant.name.clone()).chain(cost).chain(shares).collect())
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() { String::new() } else { layout.table(&columns, &rows) }
}

fn months(forecast: &Forecast, layout: &Layout) -> String {
    let replicated = forecast.replications > 1;
    let mut columns = vec![left("month"), right("days"), right(if replicated { "cost P50" } else { "cost" })];
    columns.extend(replicated.then(|| right("cost P90")));
    let rows = forecast.months.iter().map(|month| {
        let days = format!("{} of {}", month.days_covered, month.days_in_month);
        vec![month.month.clone(), days, month.cost.p50.rounded(), month.cost.p90.rounded()]
    });
    let runs = replicated.then(|| format!("Over {}.", counted(u64::from(forecast.replications), "replication")));
    let note = runs.map_or_else(String::new, |runs| layout.paragraph(&runs, 0));
    layout.table(&columns, &rows.collect::<Vec<_>>()) + &note
}

fn limits(budgets: &[Budget], layout: &Layout) -> String {
    if budgets.is_empty() {
        return String::new();
    }
    let columns = [left("limit"), left("verdict"), right("observed"), right("margin")];
    let several = budgets.iter().any(|budget| budget.variant != budgets[0].variant);
    let rows = budgets.iter().map(|budget| {
        let (limit, verdict) = (limit_cell(budget, several), verdicts::mark(budget).to_owned());
        vec![limit, verdict, verdicts::observed(budget), verdicts::margin(budget)]
    });
    layout.table(&columns, &rows.collect::<Vec<_>>()) + &layout.paragraph(&(headline::verdict(budgets) + "."), 0)
}

/// The limit as written, with the variant where more than one was judged.
fn limit_cell(budget: &Budget, several_variants: bool) -> String {
    match several_variants {
        true => format!("{} [{}]", budget.expr, budget.variant),
        false => budget.expr.clone(),
    }
}

/// What was found, then where, then the way out.
pub(super) fn warning(finding: &Finding, layout: &Layout) -> String {
    let message = format!("{}[{}]: {}", severity(finding.severity), finding.code, finding.message);
    let advice = finding.advice.as_deref().map(|advice| layout.hanging("  try", advice, 6));
    layout.paragraph(&message, 0) + &layout.hanging("  at", &finding.place, 6) + &advice.unwrap_or_default()
}

/// A severity as one word.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{model::Share, sample};
    use super::*;

    #[test]
    fn the_sample_reads_as_its_golden_file_says() {
        for (columns, plain, name) in [(80, true, "plain_80"), (120, false, "terminal_120")] {
            let text = render(&sample::report(), columns, plain);
            sample::assert_golden(&format!("{name}.txt"), &text);
        }
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for columns in [72, 80, 100, 120] {
            let text = render(&sample::report(), columns, false);
            let widest = text.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(columns), "{columns}:\n{text}");
        }
    }

    #[test]
    fn plain_output_is_ascii_and_has_no_trailing_blanks() {
        let text = render(&sample::report(), 80, true);
        assert!(text.is_ascii());
        assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    }

    #[test]
    fn no_name_steers_the_terminal() {
        let mut report = sample::report();
        report.findings[0].place = "\u{1b}[2J\u{7}apps".into();
        report.scenario.name = "\u{9b}31mred".into();
        let text = render(&report, 80, true);
        assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()));
    }

    #[test]
    fn a_run_without_throttling_limits_or_variants_is_short() {
        let mut report = sample::report();
        report.variants.truncate(1);
        report.variants[0].spread = None;
        report.variants[0].chargeback.clear();
        let totals = &mut report.variants[0].totals;
        (totals.throttled_attempts, totals.requests_throttled) = (0, 0);
        assert_eq!(totals.throttled_share(), Share { part: 0, whole: 7_257_600 });
        (report.budgets, report.findings, report.forecast) = (vec![], vec![], None);
        let text = render(&report, 80, true);
        assert!(text.contains("None of its 7,257,600 requests is throttled."), "{text}");
        assert!(text.lines().count() <= 12, "{text}");
    }
}
