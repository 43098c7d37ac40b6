//! Values of a table by shade: hours of the week. The shade says how much, and so does each cell's tooltip.

use super::frame::{Frame, Margins, TEXT, TOP, Words};
use super::svg::{self, Units};
use super::{HeatChart, drawable, number};

/// Between two cells, in units.
const APART: f64 = 1.5;
/// Of the emptiest cell that is not empty, and of the fullest, in hundredths.
const SHADES: [f64; 2] = [8.0, 100.0];

/// A complete SVG: standalone, or inline in HTML.
///
/// # Panics
/// If a value is not finite, or beyond 1e300.
pub fn heat(chart: &HeatChart) -> String {
    let values = || chart.values.iter().flatten();
    assert!(values().all(drawable), "values of a chart are finite: {}", chart.id);
    let most = values().copied().fold(0.0, f64::max);
    let widest = chart.rows.iter().map(|name| svg::width(name, TEXT)).fold(0.0, f64::max);
    let frame = Frame::new(&words(chart, most), &Margins { top: TOP, left: 14.0 + widest, right: 12.0 });
    let cells = if values().next().is_none() { frame.empty() } else { cells(chart, &frame, most) };
    frame.finish(&(cells + &names(chart, &frame)))
}

/// Height and width of a cell's room, in units.
fn room(chart: &HeatChart, frame: &Frame) -> (f64, f64) {
    let share = |whole: f64, parts: usize| whole / parts.max(1) as f64;
    (share(frame.bottom - frame.top, chart.rows.len()), share(frame.right - frame.left, chart.columns.len()))
}

fn cells(chart: &HeatChart, frame: &Frame, most: f64) -> String {
    let (tall, wide) = room(chart, frame);
    let (width, height) = (Units::nearest(wide - APART), Units::nearest(tall - APART));
    let mut drawn = String::new();
    for (row, values) in chart.values.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let x = Units::nearest(frame.left + column as f64 * wide);
            let y = Units::nearest(frame.top + row as f64 * tall);
            let shade = shade(*value, most);
            let words = svg::escape(&told(chart, row, column, *value));
            drawn += &format!(
                "<rect class=\"tc-f0\" fill-opacity=\"{shade}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" \
                 height=\"{height}\"><title>{words}</title></rect>\n"
            );
        }
    }
    drawn
}

/// Nothing leaves no shade, and anything leaves some.
fn shade(value: f64, most: f64) -> String {
    if value <= 0.0 {
        return "0".to_owned();
    }
    let [least, full] = SHADES;
    let hundredths = (least + (full - least) * value / most).round() as u32;
    if hundredths == 100 { "1".to_owned() } else { format!(".{hundredths:02}") }
}

/// `Mon 14:00: 1.2k calls`.
fn told(chart: &HeatChart, row: usize, column: usize, value: f64) -> String {
    let name = |names: &[String], at: usize| names.get(at).cloned().unwrap_or_default();
    format!("{} {}: {} {}", name(&chart.rows, row), name(&chart.columns, column), number::si(value), chart.unit)
}

/// Of the rows to the left, of as many columns as there is room for below.
fn names(chart: &HeatChart, frame: &Frame) -> String {
    let (tall, wide) = room(chart, frame);
    let rows = chart
        .rows
        .iter()
        .enumerate()
        .map(|(row, name)| svg::text("tc-y", frame.left - 10.0, frame.top + (row as f64 + 0.5) * tall + 5.0, name));
    let widest = chart.columns.iter().map(|name| svg::width(name, TEXT)).fold(0.0, f64::max);
    let every = [1, 2, 3, 6, 12].into_iter().find(|every| wide * f64::from(*every) > widest + 8.0).unwrap_or(24);
    let columns = chart
        .columns
        .iter()
        .enumerate()
        .step_by(every as usize)
        .map(|(column, name)| frame.under(frame.left + (column as f64 + 0.5) * wide, name));
    rows.chain(columns).collect()
}

fn words(chart: &HeatChart, most: f64) -> Words<'_> {
    Words {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        caption: format!("{}, darkest {}", chart.unit, number::si(most)),
        legend: Vec::new(),
        notes: Vec::new(),
    }
}
