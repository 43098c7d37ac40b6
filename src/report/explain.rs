//! What a code means, as text: the matter, the reasons, the lines that cause it and those that cure it.

use super::terminal::Layout;
use crate::codes::{Code, Entry};

/// The width at which explanations are read.
const COLUMNS: usize = 100;

/// One code in full.
#[must_use]
pub fn render(code: Code) -> String {
    let layout = Layout { columns: COLUMNS, plain: true };
    let Entry { title, about, causes, cures, source } = code.entry();
    let mut parts = vec![layout.paragraph(&format!("{code}: {title}"), 0)];
    parts.extend(about.iter().map(|paragraph| layout.paragraph(paragraph, 0)));
    parts.push(format!("This causes it:\n\n{}", indented(causes)));
    parts.push(format!("This cures it:\n\n{}", indented(cures)));
    parts.push(layout.hanging("Source: ", source, "Source: ".len()));
    parts.join("\n")
}

/// Every code with its title.
#[must_use]
pub fn list() -> String {
    let layout = Layout { columns: COLUMNS, plain: true };
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default() + 2;
    let row = |code: &Code| layout.hanging(&format!("{code:width$}"), code.entry().title, width);
    Code::ALL.iter().map(row).collect()
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("    {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_has_all_of_its_entry_within_its_width() {
        for code in Code::ALL {
            let text = render(*code);
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let Entry { title, about, causes, cures, source } = code.entry();
            let parts = about.iter().chain([title, causes, cures, source]);
            assert!(parts.clone().all(|part| words(&text).contains(&words(part))), "{text}");
            let prose = text.lines().filter(|line| !line.starts_with("    "));
            assert!(prose.clone().all(|line| line.chars().count() <= COLUMNS), "{text}");
        }
    }

    #[test]
    fn the_list_has_every_code_at_the_beginning_of_a_line() {
        let list = list();
        let named = |code: &&Code| list.lines().any(|line| line.starts_with(&format!("{code} ")));
        assert!(Code::ALL.iter().all(|code| named(&code)), "{list}");
    }
}
