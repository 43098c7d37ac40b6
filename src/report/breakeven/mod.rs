//! What `tokencast breakeven` says: one view model, which is its JSON, a text and charts.

mod chart;
pub mod compose;
pub mod model;
mod terms;
mod text;
mod verdict;

pub use compose::{SpillRun, Studied, compose};
pub use text::render;

use super::json;
use super::model::Chart;

/// The answer, and its charts.
#[derive(Debug, Clone)]
pub struct BreakevenPages {
    /// Every number.
    pub breakeven: model::Breakeven,
    /// One chart for each thing that can be bought.
    pub charts: Vec<Chart>,
}

/// The width of the text that is written to a file.
const COLUMNS: usize = 100;

/// Name and content of every file. `breakeven.json` comes last: when it is new, all are.
#[must_use]
pub fn files(pages: &BreakevenPages) -> Vec<(String, String)> {
    let charts = pages.charts.iter().map(|chart| (chart.file_name.clone(), chart.svg.clone()));
    let rest = [
        ("breakeven.txt", render(&pages.breakeven, COLUMNS, false)),
        ("breakeven.json", json::render_breakeven(&pages.breakeven)),
    ];
    charts.chain(rest.map(|(name, text)| (name.to_owned(), text))).collect()
}
