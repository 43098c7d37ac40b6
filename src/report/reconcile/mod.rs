//! What `tokencast reconcile` says: a view model, which is the JSON too, and its text.

mod compose;
mod model;
mod text;

pub use compose::{Asked, compose};
pub use model::{Left, Outside, Reconciled, Row, Side, Split, Totals};
pub use text::render;

/// The answer as pretty-printed JSON with a final newline.
#[must_use]
pub fn json(reconciled: &Reconciled) -> String {
    super::json::pretty(reconciled)
}
