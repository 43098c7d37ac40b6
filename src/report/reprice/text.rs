//! The answer in words and a table.

use super::{Line, Repricing};
use crate::report::format::{count, instant, printable};
use crate::report::money::Money;
use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::{left, right};

/// The answer in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(repricing: &Repricing, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let books = format!(
        "Then: price book {}. Now: {}.",
        told(&repricing.price_book_then.sha256, &repricing.price_book_then.as_of),
        told(&repricing.price_book_now.sha256, &repricing.price_book_now.as_of)
    );
    let mut sections =
        vec![layout.paragraph(&verdict(repricing), 0), table(&repricing.lines, &layout), layout.paragraph(&books, 0)];
    let given = repricing.lines.iter().filter(|line| line.given).count();
    if given > 0 {
        let what = if given == 1 { "1 line has a price" } else { &format!("{given} lines have prices") };
        sections.push(layout.paragraph(&format!("{what} that the scenario gives: no price book changes it."), 0));
    }
    printable(&sections.join("\n"))
}

fn verdict(repricing: &Repricing) -> String {
    let Repricing { scenario, variant, then, now, difference, start, end, .. } = repricing;
    let what = format!("{} ({variant}) from {} to {}", scenario.name, instant(start), instant(end));
    if *difference == Money::default() {
        return format!("{what} was billed {}, and costs the same now.", then.rounded());
    }
    format!("{what} was billed {} and costs {} now: {}.", then.rounded(), now.rounded(), difference.rounded_change())
}

fn told(sha256: &str, as_of: &str) -> String {
    format!("{} as of {as_of}", &sha256[..sha256.len().min(12)])
}

fn table(lines: &[Line], layout: &Layout) -> String {
    let columns = [
        left("sold"),
        left("app").rank(1),
        right("units").rank(3),
        right("rate then").rank(2),
        right("rate now").rank(2),
        right("then"),
        right("now"),
        right("difference"),
    ];
    layout.table(&columns, &lines.iter().map(cells).collect::<Vec<_>>())
}

fn cells(line: &Line) -> Vec<String> {
    let rates: Vec<String> = line.rates_now.iter().map(|rate| rate.to_string()).collect();
    let difference =
        if line.difference == Money::default() { "same".to_owned() } else { line.difference.rounded_change() };
    vec![
        line.sku.clone(),
        line.app.clone(),
        count(line.quantity),
        line.rate_then.to_string(),
        if line.given { "given".to_owned() } else { rates.join("\n") },
        line.then.rounded(),
        line.now.rounded(),
        difference,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{PriceBook, Scenario, Tool};

    fn line(sku: &str, then: i128, now: i128, given: bool) -> Line {
        Line {
            app: "a".to_owned(),
            sku: sku.to_owned(),
            usage_class: "output".to_owned(),
            quantity: 1_000,
            unit: "token".to_owned(),
            rate_then: Money::from(then / 1_000),
            rates_now: vec![Money::from(now / 1_000)],
            then: Money::from(then),
            now: Money::from(now),
            difference: Money::from(now - then),
            source_then: "then".to_owned(),
            sources_now: Vec::new(),
            given,
        }
    }

    #[test]
    fn the_table_tells_what_changed_and_what_the_scenario_gives() {
        let dollar = 1_000_000_000_000_000;
        let book = |sha: &str| PriceBook { sha256: sha.repeat(16), as_of: "2026-11-20".to_owned() };
        let repricing = Repricing {
            tool: Tool::this(),
            scenario: Scenario { name: "x".to_owned(), about: None, sha256: String::new() },
            variant: "base".to_owned(),
            start: "2026-12-01T00:00:00Z".to_owned(),
            end: "2026-12-02T00:00:00Z".to_owned(),
            price_book_then: book("5f2c"),
            price_book_now: book("90ab"),
            then: Money::from(2 * dollar),
            now: Money::from(3 * dollar),
            difference: Money::from(dollar),
            lines: vec![line("m output", dollar, 2 * dollar, false), line("own units", dollar, dollar, true)],
        };
        let text = render(&repricing, 120, true);
        assert!(
            text.starts_with("x (base) from 2026-12-01 00:00 UTC to 2026-12-02 00:00 UTC was billed $2.00"),
            "{text}"
        );
        assert!(text.contains("costs $3.00 now: +$1.00."), "{text}");
        assert!(text.contains("5f2c5f2c5f2c as of 2026-11-20. Now: 90ab90ab90ab"), "{text}");
        assert!(text.contains("given") && text.contains("same") && text.contains("1 line has a price"), "{text}");
    }
}
