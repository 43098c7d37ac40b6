//! What `tokencast reprice` says: a view model, which is the JSON too, and its text.

mod compose;
mod model;
mod text;

pub use compose::compose;
pub use model::{Line, Repricing};
pub use text::render;

/// The answer as pretty-printed JSON with a final newline.
#[must_use]
pub fn json(repricing: &Repricing) -> String {
    super::json::pretty(repricing)
}
