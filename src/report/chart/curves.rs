//! Values over a count of something: cost over units.

use std::ops::Range;

use plotters::element::{Circle, PathElement};
use plotters::series::LineSeries;
use plotters::style::Color;

use super::axis::ValueAxis;
use super::frame::{self, Fault, Frame, Margins, Plane, TEXT, Words};
use super::limits::{self, Limits};
use super::theme::Ink;
use super::{Curve, CurveChart, drawable, number, svg, tips};

const DOT: u32 = 18;
const MOST_TICKS: u64 = 8;

/// A complete SVG: standalone, or inline in HTML.
///
/// # Panics
/// If a value or a limit is not finite, or beyond 1e300.
pub fn curves(chart: &CurveChart) -> String {
    let values = chart.curves.iter().flat_map(|curve| &curve.points).map(|(_, value)| value);
    let limits = chart.limits.iter().map(|limit| &limit.value);
    assert!(values.clone().chain(limits).all(drawable), "values of a chart are finite: {}", chart.id);
    let peak = values.copied().fold(0.0, f64::max);
    Drawing::new(chart, limits::split(&chart.limits, peak, &chart.unit)).svg()
}

/// The smallest of 1, 2, 5, 10, 20, ... that makes at most so many steps.
fn round_count(last: u64) -> u64 {
    let powers = std::iter::successors(Some(1_u64), |power| power.checked_mul(10));
    let mut steps = powers.flat_map(|power| [1, 2, 5].map(|digit| power.saturating_mul(digit)));
    steps.find(|step| last / step <= MOST_TICKS).unwrap_or(u64::MAX)
}

struct Drawing<'a> {
    chart: &'a CurveChart,
    limits: Limits<'a>,
    axis: ValueAxis,
    frame: Frame,
    last: u64,
}

impl<'a> Drawing<'a> {
    fn new(chart: &'a CurveChart, limits: Limits<'a>) -> Self {
        let points = || chart.curves.iter().flat_map(|curve| &curve.points);
        let drawn = limits.drawn.iter().map(|limit| limit.value);
        let axis = ValueAxis::covering(points().map(|(_, value)| *value).chain(drawn));
        let labels: Vec<_> = limits.drawn.iter().map(|limit| limits::label(limit, &chart.unit)).collect();
        let margins =
            Margins { top: frame::TOP, left: frame::axis_room(&axis, &chart.unit), right: limits::room(&labels) };
        let words = Words {
            id: &chart.id,
            title: &chart.title,
            description: &chart.description,
            caption: format!("{}, by {}", chart.unit, chart.counted),
            legend: chart
                .curves
                .iter()
                .zip(0..)
                .map(|(curve, index)| (Ink::Line(index), curve.name.as_str()))
                .collect(),
            notes: limits.notes.clone(),
        };
        let last = points().map(|(count, _)| *count).max().unwrap_or(0);
        Self { frame: Frame::new(&words, &margins), chart, limits, axis, last }
    }

    fn svg(&self) -> String {
        let mut labels = String::new();
        let range = 0.0..self.last.max(1) as f64;
        let shapes = self.frame.plot(range, self.axis.range(), |plane| {
            frame::gridlines(plane, &self.axis, &self.chart.unit, &mut labels)?;
            self.draw_counts(plane, &mut labels)?;
            self.draw_posts(plane, &mut labels)?;
            for (index, curve) in self.chart.curves.iter().enumerate() {
                self.draw_curve(plane, index, curve)?;
            }
            self.draw_limits(plane, &mut labels)?;
            labels += &self.frame.tooltips(&self.tooltips(plane));
            Ok(())
        });
        if self.chart.curves.iter().all(|curve| curve.points.is_empty()) {
            labels += &self.frame.empty();
        }
        self.frame.finish(&(shapes + &labels))
    }

    fn draw_counts(&self, plane: &mut Plane, labels: &mut String) -> Result<(), Fault> {
        let floor = self.axis.range().start;
        let tall = (self.axis.range().end - floor) / 40.0;
        let step = round_count(self.last);
        for tick in (0..=self.last / step).map(|index| (index * step) as f64) {
            plane.draw_series([PathElement::new([(tick, floor), (tick, floor + tall)], Ink::Axis)])?;
            let (x, _) = frame::at(plane, (tick, floor));
            *labels += &self.frame.under(x, &number::si(tick));
        }
        Ok(())
    }

    fn draw_curve(&self, plane: &mut Plane, index: usize, curve: &Curve) -> Result<(), Fault> {
        let on_plane = |(count, value): &(u64, f64)| (*count as f64, *value);
        plane.draw_series(LineSeries::new(curve.points.iter().map(on_plane), Ink::Line(index)))?;
        let marked = curve.points.iter().filter(|(count, _)| Some(*count) == curve.marked).map(on_plane);
        plane.draw_series(marked.map(|point| Circle::new(point, DOT, Ink::Dot(index).filled())))?;
        Ok(())
    }

    /// Counts with a name: a dashed line from bottom to top, and the name beside its upper end.
    fn draw_posts(&self, plane: &mut Plane, labels: &mut String) -> Result<(), Fault> {
        let heights = self.axis.range();
        for (name, count) in self.chart.posts.iter().filter(|(_, count)| *count <= self.last) {
            let ends = [(*count as f64, heights.start), (*count as f64, heights.end)];
            plane.draw_series([PathElement::new(ends, Ink::Limit)])?;
            let (x, y) = frame::at(plane, ends[1]);
            let fits = x + 8.0 + svg::width(name, TEXT) <= self.frame.right;
            let (class, x) = if fits { ("tc-at", x + 6.0) } else { ("tc-note", x - 6.0) };
            *labels += &svg::text(class, x, y - 6.0, name);
        }
        Ok(())
    }

    fn draw_limits(&self, plane: &mut Plane, labels: &mut String) -> Result<(), Fault> {
        let x = plane.x_range();
        let mut placed = Vec::new();
        for limit in &self.limits.drawn {
            let ends = [(x.start, limit.value), (x.end, limit.value)];
            plane.draw_series([PathElement::new(ends, Ink::Limit)])?;
            placed.push((frame::at(plane, ends[1]).1, limits::label(limit, &self.chart.unit)));
        }
        let (top, bottom) = (self.frame.top - 11.0, self.frame.bottom + 11.0);
        *labels += &limits::write(self.frame.right + 10.0, &placed, top, bottom);
        Ok(())
    }

    fn tooltips(&self, plane: &Plane) -> Vec<(Range<f64>, String)> {
        let Some(longest) = self.chart.curves.iter().map(|curve| &curve.points).max_by_key(|points| points.len())
        else {
            return Vec::new();
        };
        let end = self.last.max(1) as f64;
        let edge = |at: f64| frame::at(plane, (at.clamp(0.0, end), 0.0)).0;
        let between = |index: usize| match (index.checked_sub(1).and_then(|left| longest.get(left)), longest.get(index))
        {
            (Some((left, _)), Some((right, _))) => (*left as f64 + *right as f64) / 2.0,
            (None, _) => 0.0,
            (_, None) => end,
        };
        tips::within_budget(longest.len(), |points| self.tooltip(longest[points.start].0))
            .into_iter()
            .map(|(points, words)| (edge(between(points.start))..edge(between(points.end)), words))
            .collect()
    }

    /// `3 units: without commitment 52.6k, for 1 month 46.4k`.
    fn tooltip(&self, count: u64) -> String {
        let at = |curve: &Curve| curve.points.iter().find(|(known, _)| *known == count).map(|(_, value)| *value);
        let values =
            self.chart.curves.iter().filter_map(|curve| {
                Some(format!("{} {}", curve.name, number::with_unit(at(curve)?, &self.chart.unit)))
            });
        format!("{} {}: {}", number::si(count as f64), self.chart.counted, values.collect::<Vec<_>>().join(", "))
    }
}
