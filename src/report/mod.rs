//! The report: one view model, many renderers.
//!
//! [`model::Report`] is everything that a run has to say, and the JSON contract at the same time.
//! The renderers are pure functions from it to text: [`json`] for machines, [`terminal`] and
//! [`verdicts`] for people and build logs, [`html`] for a browser or a printer, [`csv`] for a
//! spreadsheet. None of them computes a result, opens a file or knows the time: what two readers
//! see can differ in form and never in substance.

pub mod breakeven;
pub mod chart;
pub mod clients;
mod compare;
pub mod compose;
pub mod csv;
pub mod explain;
pub mod export;
mod files;
mod format;
mod headline;
pub mod html;
pub mod json;
pub mod model;
pub mod models;
pub mod money;
pub mod prices;
pub mod reconcile;
pub mod reprice;
#[cfg(test)]
mod sample;
mod table;
pub mod terminal;
pub mod trace;
pub mod verdicts;
pub mod why;

pub use files::files;
