//! YAML as it is written: scalars that read back as the same text whatever is in it, and comments that stay comments.

/// Comments are broken before this column.
const WIDTH: usize = 110;

/// A text as a YAML scalar, fit for keys and for flow collections: plain where that is safe, else between quotes.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' '..='~' => quoted.push(c),
            c if c.is_alphanumeric() => quoted.push(c),
            c if u32::from(c) <= 0xFFFF => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}

/// Words that some reader of YAML takes for something other than text.
const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

/// It begins with a letter, has no sign with a meaning, and is no word with one.
fn is_plain(text: &str) -> bool {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:".contains(&byte);
    text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
        && text.bytes().all(safe)
        && !text.ends_with(':')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// Words from a recording as part of a comment: on one line, with nothing that YAML does not allow.
pub(super) fn printable(text: &str) -> String {
    let shown = |c: char| c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric();
    text.chars().map(|c| if shown(c) { c.to_string() } else { c.escape_default().to_string() }).collect()
}

/// A page of YAML, line by line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) text: String,
}

impl Page {
    /// A line so many levels deep.
    pub(super) fn line(&mut self, depth: usize, line: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A comment of any length, on as many lines as it takes.
    pub(super) fn comment(&mut self, depth: usize, text: &str) {
        let text = printable(text);
        let mut line = "#".to_owned();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if line.len() > 1 && 2 * depth + line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(depth, &line);
                "#".clone_into(&mut line);
            }
            line.push(' ');
            line.push_str(word);
        }
        self.line(depth, &line);
    }

    /// A line that becomes YAML when its mark is taken away.
    pub(super) fn off(&mut self, depth: usize, line: &str) {
        self.line(depth, &format!("# {line}"));
    }

    /// There are comments only.
    pub(super) fn says_nothing(&self) -> bool {
        self.text.lines().all(|line| line.trim_start().starts_with('#'))
    }

    /// What stands on another page, as it is.
    pub(super) fn add(&mut self, other: &Self) {
        self.text.push_str(&other.text);
    }

    /// What stands on another page, so many levels deep, as a comment that becomes YAML again without its marks.
    pub(super) fn add_commented(&mut self, depth: usize, other: &Self) {
        let indent = "  ".repeat(depth);
        for line in other.text.lines() {
            let rest = line.strip_prefix(&indent).unwrap_or(line);
            self.line(depth, format!("# {rest}").trim_end());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, Value, parse};

    fn read(yaml: &str) -> String {
        match parse(&Source::new("t.yaml", format!("{{{}: {yaml}}}", "k"))).unwrap().get("k").unwrap().value.clone() {
            Value::Scalar(text) => text,
            other => panic!("{yaml}: {other:?}"),
        }
    }

    #[test]
    fn a_scalar_reads_back_as_the_same_text() {
        let plain = ["triage", "us.anthropic.claude-haiku-4-5-20251001-v1:0", "us-east-1", "../logs/x.parquet"];
        for text in plain {
            assert_eq!(read(&scalar(text)), text);
        }
        assert_eq!(scalar(plain[1]), plain[1], "ids stay readable");
        for text in [
            "",
            " ",
            "a: b",
            "a #b",
            "#",
            "- a",
            "111122223333",
            "1e5",
            "null",
            "No",
            "~",
            "a,b",
            "[a]",
            "{a}",
            "'",
            "\"",
            "\\",
            "a\nb",
            "\u{feff}",
            "\u{2028}",
            "\u{85}",
            "\u{0}",
            "é",
            "漢字",
            "🦀",
            "a:",
            "&a",
            "*a",
            "!a",
            "%",
            "@",
            "`",
        ] {
            assert_eq!(read(&scalar(text)), text, "{text:?}");
            assert!(scalar(text).starts_with('"'), "{text:?}");
        }
    }

    #[test]
    fn a_comment_stays_one_and_is_broken_between_words() {
        let mut page = Page::default();
        page.comment(1, &format!("one\napps: {}", "word ".repeat(60)));
        assert!(page.text.lines().count() > 2);
        assert!(page.text.lines().all(|line| line.starts_with("  # ") && line.len() <= WIDTH), "{}", page.text);
    }

    #[test]
    fn what_is_commented_out_comes_back_without_its_marks() {
        let (mut page, mut out) = (Page::default(), Page::default());
        page.line(1, "a:");
        page.line(2, "b: 1");
        out.add_commented(1, &page);
        assert_eq!(out.text, "  # a:\n  #   b: 1\n");
    }
}
