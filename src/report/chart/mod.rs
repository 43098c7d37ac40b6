//! Charts as SVG text: values over time, values over a count, stacked bars, and tables of shades.
//!
//! Same chart, same bytes. A chart stands alone as a file and can be inlined several times in one
//! page; it follows the reader's light, dark or print colours, and needs no script and no font file.
//! It does not read clocks, choose what is worth showing, or write files.

mod axis;
mod backend;
mod bars;
mod clock;
mod curves;
mod envelope;
mod frame;
mod heat;
mod limits;
mod lines;
mod number;
mod svg;
#[cfg(test)]
mod tests;
mod theme;
mod tips;

pub use bars::bars;
pub use curves::curves;
pub use heat::heat;
pub use lines::lines;
pub use number::si;

use jiff::Timestamp;
use std::ops::Range;

/// Sums and spans of values up to here are finite too.
const LARGEST: f64 = 1e300;

/// Whether a value can be drawn: neither infinite nor near it, and a number.
fn drawable(value: &f64) -> bool {
    value.abs() <= LARGEST
}

/// Values over time, one per step.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart {
    /// Unique on a page: the prefix of every id in the SVG. Letters, digits, `-` and `_`; anything
    /// else becomes `-`.
    pub id: String,
    /// The visible heading.
    pub title: String,
    /// One sentence that says what the chart shows; screen readers read it aloud.
    pub description: String,
    /// Time of the first value; ticks are labelled in UTC.
    pub start: Timestamp,
    /// Seconds from one value to the next.
    pub step_seconds: u64,
    /// What the values count, such as `tokens per minute`; `%` also follows each number.
    pub unit: String,
    /// Drawn in order, the first at the back.
    pub series: Vec<Series>,
    /// Thresholds to compare the series with.
    pub limits: Vec<Limit>,
}

/// One line of a [`LineChart`].
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Shown in the legend and in tooltips.
    pub name: String,
    /// In the chart's unit, one per step; finite.
    pub values: Vec<f64>,
    /// How it is drawn.
    pub style: Style,
}

/// How a [`Series`] is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A line.
    Line,
    /// A line over a tinted area that reaches down to zero.
    Area,
}

/// A dashed horizontal line with its own label.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// Shown beside the line, followed by the value.
    pub name: String,
    /// In the chart's unit; finite.
    pub value: f64,
    /// The steps of a [`LineChart`] that it holds for; nothing: all. A limit that begins where another ends
    /// is joined to it.
    pub during: Option<Range<usize>>,
}

/// Values over a count, such as cost over units.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveChart {
    /// Unique on a page: the prefix of every id in the SVG. Letters, digits, `-` and `_`; anything
    /// else becomes `-`.
    pub id: String,
    /// The visible heading.
    pub title: String,
    /// One sentence that says what the chart shows; screen readers read it aloud.
    pub description: String,
    /// What is counted along the x axis, such as `units`.
    pub counted: String,
    /// What the values count, such as `USD a month`; `%` also follows each number.
    pub unit: String,
    /// Drawn in order, the first at the back.
    pub curves: Vec<Curve>,
    /// Levels to compare the curves with.
    pub limits: Vec<Limit>,
    /// Named counts, each a line from bottom to top.
    pub posts: Vec<(String, u64)>,
}

/// One line of a [`CurveChart`].
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Shown in the legend and in tooltips.
    pub name: String,
    /// Counts, ascending, with their finite values in the chart's unit.
    pub points: Vec<(u64, f64)>,
    /// The count whose point gets a dot.
    pub marked: Option<u64>,
}

/// A table of values as shades, such as calls by day of the week and hour.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatChart {
    /// Unique on a page: the prefix of every id in the SVG. Letters, digits, `-` and `_`; anything
    /// else becomes `-`.
    pub id: String,
    /// The visible heading.
    pub title: String,
    /// One sentence that says what the chart shows; screen readers read it aloud.
    pub description: String,
    /// What the values count, such as `calls`.
    pub unit: String,
    /// Names of the rows, from the top down.
    pub rows: Vec<String>,
    /// Names of the columns, left to right.
    pub columns: Vec<String>,
    /// A value for each column, row by row; finite and not negative.
    pub values: Vec<Vec<f64>>,
}

/// Stacked bars, one per category: a day, a month, a model.
#[derive(Debug, Clone, PartialEq)]
pub struct BarChart {
    /// Unique on a page: the prefix of every id in the SVG. Letters, digits, `-` and `_`; anything
    /// else becomes `-`.
    pub id: String,
    /// The visible heading.
    pub title: String,
    /// One sentence that says what the chart shows; screen readers read it aloud.
    pub description: String,
    /// What the values count, such as `USD`; `%` also follows each number.
    pub unit: String,
    /// Names under the bars, left to right.
    pub categories: Vec<String>,
    /// The parts of every bar, from the bottom up.
    pub layers: Vec<Layer>,
}

/// One part of every bar of a [`BarChart`].
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Shown in the legend and in tooltips.
    pub name: String,
    /// In the chart's unit, one per category; finite. Negative values stack downwards.
    pub values: Vec<f64>,
}
