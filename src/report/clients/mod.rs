//! What `tokencast compare-clients` says: a view model, which is the JSON too, and its text.

mod compose;
mod model;
mod text;

pub use compose::{AS_WRITTEN, compose};
pub use model::{Client, Clients, Waiting};
pub use text::render;

/// The answer as pretty-printed JSON with a final newline.
#[must_use]
pub fn json(clients: &Clients) -> String {
    super::json::pretty(clients)
}
