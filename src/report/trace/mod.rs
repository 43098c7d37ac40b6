//! What `tokencast trace` says of recorded traffic: its profile, its counts, its first rows, and what an import made
//! of it.

mod chart;
pub mod compose;
mod head;
mod html;
mod import;
pub mod model;
mod monitored;
mod section;
mod sections;
mod sentences;
mod stats;
#[cfg(test)]
mod tests;
mod text;
mod words;

pub use compose::compose;
pub use head::Head;
pub use html::files;
pub use import::Import;
pub use stats::Stats;
pub use text::render;

use super::json;

/// The profile as JSON with a final newline.
#[must_use]
pub fn json(profile: &model::Profile) -> String {
    json::pretty(profile)
}
