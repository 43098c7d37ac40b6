//! Prices for whoever keeps them: the list of a day, the history of a model, differences, and findings.
//!
//! The views are the JSON of `tokencast prices`; [`text`] writes them for people. The day is given.

mod view;

pub mod text;

pub use view::{Difference, Differences, Filter, History, Linted, Listed, Row, differences, history, linted, list};
