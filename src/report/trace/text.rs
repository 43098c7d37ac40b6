//! What `tokencast trace profile` prints: plain text without colour, the same everywhere.

use super::model::Profile;
use super::section::joined;
use super::sections::sections;
use super::{sentences, words};
use crate::report::format::printable;
use crate::report::terminal::layout::Layout;

/// The profile in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(profile: &Profile, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let first =
        std::iter::once(format!("{}: {}", profile.trace, words::told(&profile.total))).chain(sentences::lead(profile));
    let first = first.map(|sentence| layout.paragraph(&sentence, 0));
    let parts = sections(profile).into_iter().filter(|_| profile.total.calls > 0);
    printable(&joined(first.chain(parts.map(|section| section.text(&layout)))))
}
