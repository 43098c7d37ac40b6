//! Values over time.

use std::ops::Range;

use plotters::element::{Circle, PathElement};
use plotters::series::{AreaSeries, LineSeries};
use plotters::style::Color;

use super::axis::ValueAxis;
use super::frame::{self, Fault, Frame, Margins, Plane, Words};
use super::limits::{self, Limits};
use super::theme::Ink;
use super::{LineChart, Series, Style, clock, drawable, envelope, number, tips};

/// Points of all lines together: what keeps a file small.
const POINTS: usize = 1_600;
const COLUMNS: usize = 700;
const FEWEST_COLUMNS: usize = 45;

/// Room for one time label, in units.
const TICK_ROOM: f64 = 68.0;
const DOT: u32 = 14;

/// A complete SVG: standalone, or inline in HTML.
///
/// # Panics
/// If a value or a limit is not finite, or beyond 1e300.
pub fn lines(chart: &LineChart) -> String {
    let values = chart.series.iter().flat_map(|series| &series.values);
    let limit_values = chart.limits.iter().map(|limit| &limit.value);
    assert!(values.clone().chain(limit_values).all(drawable), "values of a chart are finite: {}", chart.id);
    let peak = values.copied().fold(0.0, f64::max);
    Drawing::new(chart, limits::split(&chart.limits, peak, &chart.unit)).svg()
}

struct Drawing<'a> {
    chart: &'a LineChart,
    limits: Limits<'a>,
    axis: ValueAxis,
    frame: Frame,
    steps: usize,
}

impl<'a> Drawing<'a> {
    fn new(chart: &'a LineChart, limits: Limits<'a>) -> Self {
        let steps = longest(chart);
        let drawn = limits.drawn.iter().map(|limit| limit.value);
        let values = chart.series.iter().flat_map(|series| &series.values);
        let axis = ValueAxis::covering(values.copied().chain(drawn));
        let labels: Vec<_> = limits.drawn.iter().map(|limit| limits::label(limit, &chart.unit)).collect();
        let margins =
            Margins { top: frame::TOP, left: frame::axis_room(&axis, &chart.unit), right: limits::room(&labels) };
        Self { frame: Frame::new(&words(chart, steps, &limits.notes), &margins), chart, limits, axis, steps }
    }

    fn svg(&self) -> String {
        let mut labels = String::new();
        let shapes = self.frame.plot(self.x_range(), self.axis.range(), |plane| {
            frame::gridlines(plane, &self.axis, &self.chart.unit, &mut labels)?;
            self.draw_times(plane, &mut labels)?;
            for index in 0..self.chart.series.len() {
                self.draw_series(plane, index)?;
            }
            self.draw_limits(plane, &mut labels)?;
            labels += &self.frame.tooltips(&self.tooltips(plane));
            Ok(())
        });
        if self.steps == 0 {
            labels += &self.frame.empty();
        }
        self.frame.finish(&(shapes + &labels))
    }

    fn x_range(&self) -> Range<f64> {
        match self.steps {
            0 | 1 => -0.5..0.5,
            steps => 0.0..(steps - 1) as f64,
        }
    }

    fn draw_times(&self, plane: &mut Plane, labels: &mut String) -> Result<(), Fault> {
        if self.steps == 0 {
            return Ok(());
        }
        let step_seconds = self.chart.step_seconds.max(1);
        let span = seconds(self.steps - 1, step_seconds);
        let apart = span as f64 * TICK_ROOM / (self.frame.right - self.frame.left);
        let floor = self.axis.range().start;
        let tall = (self.axis.range().end - floor) / 40.0;
        for tick in clock::ticks(self.chart.start, span, apart as i64) {
            let x = tick.seconds as f64 / step_seconds as f64;
            plane.draw_series([PathElement::new([(x, floor), (x, floor + tall)], Ink::Axis)])?;
            let (x, _) = frame::at(plane, (x, floor));
            *labels += &self.frame.under(x, &tick.label);
        }
        Ok(())
    }

    fn draw_series(&self, plane: &mut Plane, index: usize) -> Result<(), Fault> {
        let series = &self.chart.series[index];
        if let [only] = series.values[..] {
            let dot = Circle::new((0.0, only), DOT, Ink::Dot(index).filled());
            plane.draw_series([dot])?;
            return Ok(());
        }
        if series.values.is_empty() {
            return Ok(());
        }
        let columns = columns(self.chart);
        if series.style == Style::Area {
            let roof = on_plane(envelope::roof(&series.values, columns));
            plane.draw_series(AreaSeries::new(roof, 0.0, Ink::Area(index)))?;
        }
        let line = on_plane(envelope::envelope(&series.values, columns));
        plane.draw_series(LineSeries::new(line, ink(self.chart, index)))?;
        Ok(())
    }

    fn draw_limits(&self, plane: &mut Plane, labels: &mut String) -> Result<(), Fault> {
        let x = plane.x_range();
        let mut placed = Vec::new();
        for limit in &self.limits.drawn {
            let during = limits::across(limit, &x);
            let ends = [(during.start, limit.value), (during.end, limit.value)];
            plane.draw_series([PathElement::new(ends, Ink::Limit)])?;
            if let Some(next) = limits::next(&self.limits.drawn, limit) {
                plane.draw_series([PathElement::new([ends[1], (during.end, next.value)], Ink::Limit)])?;
            }
            let (_, y) = frame::at(plane, ends[1]);
            placed.push((y, limits::label(limit, &self.chart.unit)));
        }
        let (top, bottom) = (self.frame.top - 11.0, self.frame.bottom + 11.0);
        *labels += &limits::write(self.frame.right + 10.0, &placed, top, bottom);
        Ok(())
    }

    fn tooltips(&self, plane: &Plane) -> Vec<(Range<f64>, String)> {
        let end = self.x_range();
        tips::within_budget(self.steps, |steps| self.tooltip(steps))
            .into_iter()
            .map(|(steps, words)| {
                let edge = |step: usize| {
                    let x = (step as f64 - 0.5).clamp(end.start, end.end);
                    frame::at(plane, (x, 0.0)).0
                };
                (edge(steps.start)..edge(steps.end), words)
            })
            .collect()
    }

    /// `2026-12-01 14:05 UTC: demand 1.55M, quota 1M`; of several steps, the highest values.
    fn tooltip(&self, steps: Range<usize>) -> String {
        let (unit, step_seconds) = (&self.chart.unit, self.chart.step_seconds);
        let start = clock::after(self.chart.start, seconds(steps.start, step_seconds));
        let (time, most) = match steps.len() {
            1 => (clock::minute(start), ""),
            length => {
                let end = clock::after(start, seconds(length, step_seconds));
                (clock::period(start, end), "up to ")
            }
        };
        let series = self.chart.series.iter().filter_map(|series| {
            let values = series.values.get(steps.start..)?;
            let peak = values.iter().take(steps.len()).copied().reduce(f64::max)?;
            Some(format!("{} {most}{}", series.name, number::with_unit(peak, unit)))
        });
        let limits = self.chart.limits.iter().filter(|limit| limits::holds(limit, &steps));
        let limits = limits.map(|limit| format!("{} {}", limit.name, number::with_unit(limit.value, unit)));
        let values: Vec<_> = series.chain(limits).collect();
        format!("{time} UTC: {}", values.join(", "))
    }
}

fn on_plane(points: Vec<(usize, f64)>) -> impl Iterator<Item = (f64, f64)> {
    points.into_iter().map(|(step, value)| (step as f64, value))
}

fn words<'a>(chart: &'a LineChart, steps: usize, notes: &[String]) -> Words<'a> {
    let last = seconds(steps.saturating_sub(1), chart.step_seconds);
    let days = clock::days(chart.start, clock::after(chart.start, last));
    let series = chart.series.iter().enumerate();
    Words {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        caption: format!("{}, {days}", chart.unit),
        legend: series.map(|(index, series)| (ink(chart, index), series.name.as_str())).collect(),
        notes: notes.to_vec(),
    }
}

/// Columns of each series, such that all together stay small.
fn columns(chart: &LineChart) -> usize {
    let points = |series: &Series| match series.style {
        Style::Line => 2,
        Style::Area => 3,
    };
    let points: usize = chart.series.iter().map(points).sum();
    (POINTS / points).clamp(FEWEST_COLUMNS, COLUMNS)
}

fn ink(chart: &LineChart, index: usize) -> Ink {
    if chart.series[index].values.len() > 2 * columns(chart) { Ink::DenseLine(index) } else { Ink::Line(index) }
}

fn longest(chart: &LineChart) -> usize {
    let lengths = chart.series.iter().map(|series| series.values.len());
    lengths.max().unwrap_or(0)
}

fn seconds(steps: usize, step_seconds: u64) -> i64 {
    let seconds = (steps as u64).saturating_mul(step_seconds);
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
