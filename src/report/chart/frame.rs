//! Everything around the plot: heading, caption, legend, notes, axis labels, tooltips.
//!
//! Rows and margins leave room for the text size of a phone, where the stylesheet enlarges text.

use std::convert::Infallible;
use std::ops::Range;

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::PathElement;

use super::axis::ValueAxis;
use super::backend::Pen;
use super::number;
use super::svg::{self, GRID, Units};
use super::theme::{self, Ink};

pub(super) type Fault = DrawingAreaErrorKind<Infallible>;
pub(super) type Plane<'a> = ChartContext<'a, Pen<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Width of everything drawn, in units.
pub(super) const WIDTH: f64 = 720.0;
/// Empty space left and right of it.
const INSET: f64 = 10.0;
/// Font sizes on a phone, where text is largest.
pub(super) const TEXT: f64 = 20.0;
const TITLE: f64 = 23.5;

/// Room between the heading and a plot.
pub(super) const TOP: f64 = 22.0;

const PLOT_HEIGHT: f64 = 180.0;
const ROW: f64 = 27.0;
const SWATCH: f64 = 24.0;

/// What is written around a plot.
pub(super) struct Words<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub description: &'a str,
    /// Unit and period.
    pub caption: String,
    /// What each series looks like, and its name.
    pub legend: Vec<(Ink, &'a str)>,
    /// Said at the top edge of the plot.
    pub notes: Vec<String>,
}

/// Room that labels need beside the plot, in units.
pub(super) struct Margins {
    pub top: f64,
    pub left: f64,
    pub right: f64,
}

/// The heading, drawn, and where the plot goes; all in units.
pub(super) struct Frame {
    id: String,
    names: String,
    heading: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Frame {
    pub fn new(words: &Words, margins: &Margins) -> Self {
        let id = svg::id(words.id);
        let (heading, height) = heading(words, &id, WIDTH - margins.right);
        let top = height + margins.top;
        Self {
            names: names(&id, words),
            id,
            heading,
            left: margins.left,
            right: WIDTH - margins.right,
            top,
            bottom: top + PLOT_HEIGHT,
        }
    }

    fn height(&self) -> f64 {
        self.bottom + 34.0
    }

    /// The shapes that `draw` makes on a plane of these ranges.
    pub fn plot(&self, x: Range<f64>, y: Range<f64>, draw: impl FnOnce(&mut Plane) -> Result<(), Fault>) -> String {
        let mut shapes = String::new();
        let pen = Pen { shapes: &mut shapes, id: &self.id, size: (WIDTH as u32, self.height() as u32), filled: None };
        let grid = |units: f64| (units * f64::from(GRID)).round() as i32;
        let area = pen.into_drawing_area();
        let drawn = ChartBuilder::on(&area)
            .margin_left(grid(self.left))
            .margin_right(grid(WIDTH - self.right))
            .margin_top(grid(self.top))
            .margin_bottom(grid(self.height() - self.bottom))
            .build_cartesian_2d(x, y)
            .and_then(|mut plane| draw(&mut plane));
        drawn.expect("drawing into memory cannot fail");
        drop(area);
        shapes
    }

    /// The whole SVG around shapes, labels and tooltips.
    pub fn finish(&self, body: &str) -> String {
        let (id, height) = (&self.id, Units::nearest(self.height()));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tc-chart\" id=\"{id}\" \
             viewBox=\"-{INSET} 0 {} {height}\" width=\"100%\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\">\n{}<style>\n{}</style>\n{}{body}</svg>\n",
            WIDTH + 2.0 * INSET,
            self.names,
            theme::stylesheet(),
            self.heading,
        )
    }

    /// Invisible rectangles with native tooltips over steps of the x axis.
    pub fn tooltips(&self, tips: &[(Range<f64>, String)]) -> String {
        let (top, height) = (Units::nearest(self.top), Units::nearest(PLOT_HEIGHT));
        let rectangles: String = tips
            .iter()
            .map(|(across, words)| {
                let (x, width) = (Units::nearest(across.start), Units::nearest(across.end - across.start));
                format!(
                    "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\">\
                     <title>{}</title></rect>\n",
                    svg::escape(words)
                )
            })
            .collect();
        format!("<g class=\"tc-hits\">\n{rectangles}</g>\n")
    }

    /// Said in the middle of a plot without data.
    pub fn empty(&self) -> String {
        let middle = ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0);
        svg::text("tc-empty", middle.0, middle.1, "no data")
    }

    /// A label under the plot, if it ends within the picture.
    pub fn under(&self, x: f64, label: &str) -> String {
        let half = svg::width(label, TEXT) / 2.0;
        if x - half < 0.0 || x + half > WIDTH {
            return String::new();
        }
        svg::text("tc-x", x, self.bottom + 24.0, label)
    }
}

/// Horizontal gridlines; their labels are returned through `labels`.
pub(super) fn gridlines(plane: &mut Plane, axis: &ValueAxis, unit: &str, labels: &mut String) -> Result<(), Fault> {
    let x = plane.x_range();
    for tick in &axis.ticks {
        let ink = if *tick == 0.0 { Ink::Axis } else { Ink::Grid };
        let ends = [(x.start, *tick), (x.end, *tick)];
        plane.draw_series([PathElement::new(ends, ink)])?;
        let (left, y) = at(plane, ends[0]);
        *labels += &svg::text("tc-y", left - 10.0, y + 5.0, &number::with_unit(*tick, unit));
    }
    Ok(())
}

/// The zero line again, over what has covered it.
pub(super) fn baseline(plane: &mut Plane) -> Result<(), Fault> {
    let x = plane.x_range();
    let ends = [(x.start, 0.0), (x.end, 0.0)];
    plane.draw_series([PathElement::new(ends, Ink::Axis)])?;
    Ok(())
}

/// Where a point of the plane is, in units.
pub(super) fn at(plane: &Plane, point: (f64, f64)) -> (f64, f64) {
    let (x, y) = plane.backend_coord(&point);
    (f64::from(x) / f64::from(GRID), f64::from(y) / f64::from(GRID))
}

/// Room for the labels of a value axis.
pub(super) fn axis_room(axis: &ValueAxis, unit: &str) -> f64 {
    let widths = axis.ticks.iter().map(|tick| svg::width(&number::with_unit(*tick, unit), TEXT));
    14.0 + widths.fold(0.0, f64::max)
}

fn names(id: &str, words: &Words) -> String {
    format!(
        "<title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
        svg::escape(words.title),
        svg::escape(words.description),
    )
}

/// The rows above the plot, and where they end.
fn heading(words: &Words, id: &str, right: f64) -> (String, f64) {
    let (mut text, mut y) = (String::new(), -4.0);
    for line in svg::wrap(words.title, TITLE, WIDTH, 2) {
        y += ROW;
        text += &svg::text("tc-title", 0.0, y, &line);
    }
    y += ROW;
    text += &svg::text("tc-caption", 0.0, y, &svg::fit(&words.caption, TEXT, WIDTH));
    let (keys, mut y) = legend(&words.legend, id, y);
    for note in &words.notes {
        y += ROW;
        text += &svg::text("tc-note", right, y, &svg::fit(note, TEXT, right));
    }
    (text + &keys, y)
}

/// Swatches and names in as many rows as they need below `y`, and where they end.
fn legend(entries: &[(Ink, &str)], id: &str, mut y: f64) -> (String, f64) {
    let (mut keys, mut x) = (String::new(), WIDTH);
    for (ink, name) in entries {
        let name = svg::fit(name, TEXT, WIDTH / 2.0);
        let needs = SWATCH + 8.0 + svg::width(&name, TEXT);
        if x + needs > WIDTH {
            (x, y) = (0.0, y + ROW);
        }
        keys += &swatch(*ink, id, x, y);
        keys += &svg::text("tc-key", x + SWATCH + 8.0, y, &name);
        x += needs + 22.0;
    }
    (keys, y)
}

fn swatch(ink: Ink, id: &str, x: f64, y: f64) -> String {
    let style = ink.attribute(id);
    let (x, line, top, length) =
        (Units::nearest(x), Units::nearest(y - 5.0), Units::nearest(y - 12.0), Units::nearest(SWATCH));
    match ink {
        Ink::Bar(_) => format!("<path {style} d=\"M{x} {top}h{length}v14h-{length}z\"/>\n"),
        _ => format!("<path {style} d=\"M{x} {line}h{length}\"/>\n"),
    }
}
