//! The files people write: a tree with places, every problem at once, sections that read themselves.
//!
//! Does not know what a scenario or a price is; does not open files.

mod decode;
mod names;
mod node;
mod parse;
mod patch;
mod problem;
mod scalar;
mod section;
mod source;
mod whole;

pub use decode::{Decode, Fields, Named, Salvaged};
pub(crate) use names::names;
pub use node::{Entry, Located, Node, Value};
pub use parse::{MAX_BYTES, parse};
pub use patch::patch;
pub use problem::{Problem, Problems, nearest};
pub use scalar::choice;
pub(crate) use scalar::{quantity, scalar};
pub(crate) use section::{defaults_may_be_left_out, key, section};
pub use source::{Place, Source};
pub use whole::Whole;
