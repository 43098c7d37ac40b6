//! What `tokencast run` prints: the answer in words, then the tables that support it.
//!
//! Plain text without colour or control codes, the same in a terminal, a pipe and a build log.

mod layout;

use super::compare::{self, Figure, Row};
use super::format::{counted, printable};
use super::headline;
use super::model::{Budget, Finding, Forecast, Report, Severity};
use super::verdicts;
use layout::{Layout, left, right};

/// The report in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(report: &Report, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let mut sections = vec![answer(report, &layout), variants(report, &layout)];
    sections.extend(report.forecast.as_ref().map(|forecast| months(forecast, &layout)));
    sections.push(limits(&report.budgets, &layout));
    sections.extend(report.findings.iter().map(|finding| warning(finding, &layout)));
    sections.retain(|section| !section.is_empty());
    printable(&sections.join("\n"))
}

fn answer(report: &Report, layout: &Layout) -> String {
    let sentences = [headline::cost(report), headline::throttling(report)].join(" ");
    layout.paragraph(&sentences, 0)
}

fn variants(report: &Report, layout: &Layout) -> String {
    let roomy = layout.columns >= 100;
    let mut header = vec![left("variant"), right("cost"), right("a month")];
    if roomy {
        header.extend([right("per answer"), right("requests")]);
    }
    header.extend([right("throttled"), right("gave up"), right("p95 ttft")]);
    header.extend(roomy.then(|| right("p95 total")));
    let rows = compare::rows(report).into_iter().map(|row| variant_cells(row, roomy));
    layout.table(header, rows.collect())
}

fn variant_cells(row: Row, roomy: bool) -> Vec<String> {
    let mut cells = vec![row.name, two_lines(row.cost), two_lines(row.month)];
    if roomy {
        cells.extend([row.per_answer, row.requests].map(two_lines));
    }
    cells.extend([row.throttled, row.gave_up, row.ttft_p95].map(two_lines));
    cells.extend(roomy.then(|| two_lines(row.e2e_p95)));
    cells
}

fn two_lines(figure: Figure) -> String {
    match figure.change.as_str() {
        "" => figure.value,
        change => format!("{}\n{change}", figure.value),
    }
}

fn months(forecast: &Forecast, layout: &Layout) -> String {
    let header = vec![left("month"), right("days"), right("cost P50"), right("cost P90")];
    let rows = forecast.months.iter().map(|month| {
        let days = format!("{} of {}", month.days_covered, month.days_in_month);
        vec![month.month.clone(), days, month.cost.p50.rounded(), month.cost.p90.rounded()]
    });
    let table = layout.table(header, rows.collect());
    let runs = counted(u64::from(forecast.replications), "replication");
    let note = headline::runs_out(forecast).unwrap_or_default() + &format!(" Over {runs}.");
    table + &layout.paragraph(note.trim_start(), 0)
}

fn limits(budgets: &[Budget], layout: &Layout) -> String {
    if budgets.is_empty() {
        return String::new();
    }
    let header = vec![left("limit"), left("verdict"), right("observed"), right("margin")];
    let several = budgets.iter().any(|budget| budget.variant != budgets[0].variant);
    let rows = budgets.iter().map(|budget| {
        let (limit, verdict) = (limit_cell(budget, several), verdicts::mark(budget).to_owned());
        vec![limit, verdict, verdicts::observed(budget), verdicts::margin(budget)]
    });
    let verdict = layout.paragraph(&(headline::verdict(budgets) + "."), 0);
    layout.table(header, rows.collect()) + &verdict
}

/// The limit as written, with the variant where more than one was judged.
fn limit_cell(budget: &Budget, several_variants: bool) -> String {
    match several_variants {
        true => format!("{} [{}]", budget.expr, budget.variant),
        false => budget.expr.clone(),
    }
}

fn warning(finding: &Finding, layout: &Layout) -> String {
    let title = format!("{} {}: {}", severity(finding.severity), finding.code, finding.place);
    let advice = finding.advice.as_deref().map(|advice| layout.paragraph(advice, 2));
    title + "\n" + &layout.paragraph(&finding.message, 2) + &advice.unwrap_or_default()
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
        let totals = &mut report.variants[0].totals;
        (totals.throttled_attempts, totals.requests_throttled) = (0, 0);
        assert_eq!(totals.throttled_share(), Share { part: 0, whole: 7_257_600 });
        (report.budgets, report.findings, report.forecast) = (vec![], vec![], None);
        let text = render(&report, 80, true);
        assert!(text.contains("None of its 7,257,600 requests is throttled."), "{text}");
        assert!(text.lines().count() <= 8, "{text}");
    }
}
