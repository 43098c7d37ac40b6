//! Stacked bars. Every category keeps its bar: beyond some hundred, the caller sums them first.

use std::ops::Range;

use plotters::element::Rectangle;
use plotters::style::Color;

use super::axis::ValueAxis;
use super::frame::{self, Fault, Frame, Margins, Plane, TEXT, WIDTH, Words};
use super::theme::{self, Ink};
use super::{BarChart, drawable, number, svg, tips};

/// Share of a category's room that its bar takes, and the widest bar in units.
const FILLED: f64 = 0.72;
const WIDEST: f64 = 64.0;

const LABEL_GAP: f64 = 10.0;
const LABEL_ROOM: f64 = 200.0;

/// A complete SVG: standalone, or inline in HTML.
///
/// # Panics
/// If a value is not finite, or beyond 1e300.
pub fn bars(chart: &BarChart) -> String {
    let values = chart.layers.iter().flat_map(|layer| &layer.values);
    assert!(values.into_iter().all(drawable), "values of a chart are finite: {}", chart.id);
    Drawing::new(chart).svg()
}

struct Drawing<'a> {
    chart: &'a BarChart,
    stacks: Vec<Stack>,
    axis: ValueAxis,
    frame: Frame,
    /// Units of one category.
    room: f64,
    totals: bool,
}

/// One bar: where each layer begins and ends, in the chart's unit.
struct Stack {
    layers: Vec<Range<f64>>,
    top: f64,
    bottom: f64,
}

impl Stack {
    fn of(chart: &BarChart, category: usize) -> Self {
        let (mut top, mut bottom) = (0.0, 0.0);
        let mut layers = Vec::new();
        for layer in &chart.layers {
            let value = layer.values.get(category).copied().unwrap_or(0.0);
            let edge = if value < 0.0 { &mut bottom } else { &mut top };
            layers.push(*edge..*edge + value);
            *edge += value;
        }
        Self { layers, top, bottom }
    }

    fn total(&self) -> f64 {
        self.top + self.bottom
    }
}

impl<'a> Drawing<'a> {
    fn new(chart: &'a BarChart) -> Self {
        let count = chart.categories.len();
        let stacks: Vec<_> = (0..count).map(|index| Stack::of(chart, index)).collect();
        let ends = stacks.iter().flat_map(|stack| [stack.top, stack.bottom]);
        let axis = ValueAxis::covering(ends);
        let left = frame::axis_room(&axis, &chart.unit);
        let right = 12.0;
        let room = (WIDTH - left - right) / count.max(1) as f64;
        let totals = stacks.iter().all(|stack| {
            let total = number::with_unit(stack.total(), &chart.unit);
            svg::width(&total, TEXT) + LABEL_GAP <= room
        });
        let margins = Margins { top: if totals { frame::TOP + 14.0 } else { frame::TOP }, left, right };
        Self { chart, stacks, axis, frame: Frame::new(&words(chart), &margins), room, totals }
    }

    fn svg(&self) -> String {
        let mut labels = String::new();
        let x = 0.0..self.stacks.len().max(1) as f64;
        let shapes = self.frame.plot(x, self.axis.range(), |plane| {
            frame::gridlines(plane, &self.axis, &self.chart.unit, &mut labels)?;
            for index in 0..self.chart.layers.len() {
                self.draw_layer(plane, index)?;
            }
            frame::baseline(plane)?;
            labels += &self.labels(plane);
            labels += &self.frame.tooltips(&self.tooltips(plane));
            Ok(())
        });
        if self.stacks.is_empty() {
            labels += &self.frame.empty();
        }
        let textures = theme::textures(&svg::id(&self.chart.id), self.chart.layers.len());
        self.frame.finish(&(textures + &shapes + &labels))
    }

    fn draw_layer(&self, plane: &mut Plane, index: usize) -> Result<(), Fault> {
        let half = FILLED.min(WIDEST / self.room) / 2.0;
        let bars = self.stacks.iter().enumerate().filter_map(|(category, stack)| {
            let layer = &stack.layers[index];
            let middle = category as f64 + 0.5;
            let corners = [(middle - half, layer.end), (middle + half, layer.start)];
            (layer.start != layer.end).then(|| Rectangle::new(corners, Ink::Bar(index).filled()))
        });
        plane.draw_series(bars).map(drop)
    }

    fn labels(&self, plane: &Plane) -> String {
        let mut labels = String::new();
        let every = self.label_every();
        for (index, (category, stack)) in self.chart.categories.iter().zip(&self.stacks).enumerate() {
            let (x, y) = frame::at(plane, (index as f64 + 0.5, stack.top));
            if index % every == (every - 1) / 2 {
                let room = (self.room * every as f64 - LABEL_GAP).max(TEXT);
                labels += &self.frame.under(x, &svg::fit(category, TEXT, room));
            }
            if self.totals {
                let total = number::with_unit(stack.total(), &self.chart.unit);
                labels += &svg::text("tc-total", x, y - 8.0, &total);
            }
        }
        labels
    }

    /// How many categories share one label.
    fn label_every(&self) -> usize {
        let widths = self.chart.categories.iter().map(|name| svg::width(name, TEXT));
        let widest = widths.fold(0.0, f64::max).min(LABEL_ROOM) + LABEL_GAP;
        ((widest / self.room).ceil() as usize).max(1)
    }

    fn tooltips(&self, plane: &Plane) -> Vec<(Range<f64>, String)> {
        tips::within_budget(self.stacks.len(), |bars| self.tooltip(bars))
            .into_iter()
            .map(|(bars, words)| {
                let edge = |index: usize| frame::at(plane, (index as f64, 0.0)).0;
                (edge(bars.start)..edge(bars.end), words)
            })
            .collect()
    }

    /// `1 Dec: input 12, output 30, total 42`; of several bars, their sums.
    fn tooltip(&self, bars: Range<usize>) -> String {
        let first = &self.chart.categories[bars.start];
        let last = &self.chart.categories[bars.end - 1];
        let name = if bars.len() == 1 { first.clone() } else { format!("{first} to {last}") };
        let amount = |value: f64| number::with_unit(value, &self.chart.unit);
        let mut parts: Vec<_> = self
            .chart
            .layers
            .iter()
            .map(|layer| {
                let values = layer.values.iter().skip(bars.start).take(bars.len());
                format!("{} {}", layer.name, amount(values.sum()))
            })
            .collect();
        if parts.len() > 1 {
            let total = self.stacks[bars].iter().map(Stack::total).sum();
            parts.push(format!("total {}", amount(total)));
        }
        format!("{name}: {}", parts.join(", "))
    }
}

fn words(chart: &BarChart) -> Words<'_> {
    let names = chart.layers.iter().map(|layer| layer.name.as_str());
    Words {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        caption: chart.unit.clone(),
        legend: names.enumerate().map(|(index, name)| (Ink::Bar(index), name)).collect(),
        notes: Vec::new(),
    }
}
