//! What `tokencast trace` says of recorded traffic: its profile, its counts, its first rows, and what an import made
//! of it.

pub mod compose;
pub mod model;
mod monitored;
mod sentences;
mod stats;
mod text;
mod words;

pub use compose::compose;
pub use stats::Stats;
pub use text::render;

use super::json;

/// The profile as JSON with a final newline.
#[must_use]
pub fn json(profile: &model::Profile) -> String {
    json::pretty(profile)
}
