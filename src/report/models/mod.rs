//! What the price book knows: the list of models, and the sheet of one, each figure with its source.
//!
//! [`Sheet`] and [`List`] are the JSON of `tokencast models`; [`text`] writes them for people. The day
//! is given: nothing here reads a clock.

mod asked;
mod compose;
mod list;
mod rows;
mod sheet;
mod sources;
pub mod text;

pub use compose::show;
pub use list::{Entry, List, list};
pub use sheet::Sheet;

use serde::Serialize;

/// A list or a sheet as pretty-printed JSON with a final newline.
#[must_use]
pub fn json(view: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(view);
    text.expect("string keys and finite numbers always serialise") + "\n"
}
