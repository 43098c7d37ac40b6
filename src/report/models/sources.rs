//! The numbers in brackets behind figures, and the list that they point into.

use super::sheet::Cited;
use crate::report::terminal::Layout;

/// The sources of a sheet, numbered in the order of their first use.
#[derive(Default)]
pub(super) struct Sources<'a>(Vec<&'a Cited>);

impl<'a> Sources<'a> {
    /// `[3]`: the place of a source in the list.
    pub(super) fn mark(&mut self, cited: &'a Cited) -> String {
        let known = self.0.iter().position(|source| *source == cited);
        let at = known.unwrap_or_else(|| {
            self.0.push(cited);
            self.0.len() - 1
        });
        format!("[{}]", at + 1)
    }

    /// Each source with the day on which it was checked, and what conflicts with it.
    pub(super) fn list(&self, layout: &Layout) -> String {
        let lines = self.0.iter().enumerate().map(|(at, source)| {
            let own = if source.own { "your own file: " } else { "" };
            let url = source.url.as_ref().map_or_else(String::new, |url| format!(" <{url}>"));
            let note = source.note.as_ref().map_or_else(String::new, |note| format!(" Note: {note}"));
            let sure = match source.confidence.as_str() {
                "high" => String::new(),
                other => format!(", {other} confidence"),
            };
            let conflicts: String = source.conflicts.iter().map(|says| format!(" Conflict: {says}")).collect();
            let words = format!("{own}{}{url}, checked {}{sure}.{note}{conflicts}", source.title, source.checked);
            layout.hanging(&format!("[{}]", at + 1), &words, 6)
        });
        lines.collect()
    }
}
