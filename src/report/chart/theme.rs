//! Colours and fonts: one stylesheet of CSS variables. A page overrides them with a stronger
//! selector, such as `:root .tc-chart { --tc-s1: #036 }`.

use plotters::style::Color;
use plotters_backend::BackendColor;

/// Colours before they repeat.
pub(super) const COLORS: usize = 8;

/// What a shape means. Plotters carries it as a colour; the stylesheet decides how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Grid,
    Axis,
    Limit,
    Line(usize),
    /// A line that zigzags too fast for wide strokes and gaps.
    DenseLine(usize),
    Area(usize),
    Dot(usize),
    Bar(usize),
}

impl Ink {
    /// The inverse of [`Color::to_backend_color`].
    pub fn of(color: BackendColor) -> Self {
        let index = usize::from(color.rgb.1);
        match color.rgb.0 {
            0 => Self::Grid,
            1 => Self::Axis,
            2 => Self::Limit,
            3 => Self::Line(index),
            4 => Self::Area(index),
            5 => Self::Dot(index),
            6 => Self::DenseLine(index),
            _ => Self::Bar(index),
        }
    }

    /// The attribute that styles a shape.
    pub fn attribute(self, id: &str) -> String {
        match self {
            Self::Grid => "class=\"tc-grid\"".to_owned(),
            Self::Axis => "class=\"tc-axis\"".to_owned(),
            Self::Limit => "class=\"tc-limit\"".to_owned(),
            Self::Line(index) => format!("class=\"tc-line tc-l{}\"", index % COLORS),
            Self::DenseLine(index) => {
                format!("class=\"tc-line tc-dense tc-l{0}\"", index % COLORS)
            }
            Self::Area(index) => format!("class=\"tc-area tc-f{}\"", index % COLORS),
            Self::Dot(index) => format!("class=\"tc-f{}\"", index % COLORS),
            Self::Bar(index) => format!("class=\"tc-bar\" fill=\"url(#{id}-{})\"", index % COLORS),
        }
    }
}

impl Color for Ink {
    fn to_backend_color(&self) -> BackendColor {
        let (kind, index) = match self {
            Self::Grid => (0, 0),
            Self::Axis => (1, 0),
            Self::Limit => (2, 0),
            Self::Line(index) => (3, *index),
            Self::Area(index) => (4, *index),
            Self::Dot(index) => (5, *index),
            Self::DenseLine(index) => (6, *index),
            Self::Bar(index) => (7, *index),
        };
        BackendColor { alpha: 1.0, rgb: (kind, (index % COLORS) as u8, 0) }
    }
}

struct Palette {
    surface: &'static str,
    ink: &'static str,
    muted: &'static str,
    grid: &'static str,
    axis: &'static str,
    limit: &'static str,
    series: [&'static str; COLORS],
}

const LIGHT: Palette = Palette {
    surface: "#ffffff",
    ink: "#1b2430",
    muted: "#566170",
    grid: "#e6e9ee",
    axis: "#9aa4b2",
    limit: "#b3261e",
    series: ["#2a63c4", "#c05a12", "#0e8568", "#8d4bb0", "#94700a", "#c03c6c", "#5a6a7d", "#4b7a1e"],
};

const DARK: Palette = Palette {
    surface: "#14181f",
    ink: "#e8ecf2",
    muted: "#a5afbd",
    grid: "#262d38",
    axis: "#5c6878",
    limit: "#ff8f85",
    series: ["#74a8ff", "#f0995a", "#4fc7a5", "#c796e2", "#dcb850", "#f285a8", "#a4b2c4", "#9cc96c"],
};

const PRINT: Palette = Palette { ink: "#000000", muted: "#333333", grid: "#d5d5d5", axis: "#555555", ..LIGHT };

/// Dashes tell lines apart without colour. In dense lines the gaps are too short to hide a peak.
const DASHES: [(&str, &str); 4] =
    [("none", "none"), ("10 4", "10 1.5"), ("3 4", "3 1.5"), ("14 4 3 4", "14 1.5 3 1.5")];

/// Textures tell bars apart without colour, in a tile of 8 x 8.
const TEXTURES: [&str; COLORS] = [
    "",
    "M-2 2 2-2M0 8 8 0M6 10 10 6",
    "M2 2h.01M6 6h.01",
    "M0 4h8",
    "M-2 6 2 10M0 0 8 8M6-2 10 2",
    "M4 0v8",
    "M0 4h8M4 0v8",
    "M0 0 8 8M0 8 8 0",
];

const RULES: &str = "\
.tc-chart{display:block;height:auto;background:var(--tc-surface);\
font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
.tc-chart text{font-size:15px;fill:var(--tc-muted)}
.tc-chart .tc-title{font-size:18px;font-weight:600;fill:var(--tc-ink)}
.tc-chart .tc-key,.tc-chart .tc-total{fill:var(--tc-ink)}
.tc-chart .tc-y,.tc-chart .tc-note{text-anchor:end}
.tc-chart .tc-x,.tc-chart .tc-total,.tc-chart .tc-empty{text-anchor:middle}
.tc-chart .tc-y,.tc-chart .tc-x,.tc-chart .tc-total{font-variant-numeric:tabular-nums}
.tc-chart .tc-note,.tc-chart .tc-at{fill:var(--tc-limit)}
.tc-chart .tc-grid,.tc-chart .tc-axis,.tc-chart .tc-limit,.tc-chart .tc-line,\
.tc-chart .tc-texture{fill:none}
.tc-chart .tc-grid{stroke:var(--tc-grid)}
.tc-chart .tc-axis{stroke:var(--tc-axis)}
.tc-chart .tc-limit{stroke:var(--tc-limit);stroke-width:1.5;stroke-dasharray:6 4}
.tc-chart .tc-line{stroke-width:1.75;stroke-linejoin:round}
.tc-chart .tc-dense{stroke-width:1.1}
.tc-chart .tc-area{fill-opacity:.14}
.tc-chart .tc-bar{stroke:var(--tc-surface)}
.tc-chart .tc-texture{stroke:var(--tc-surface);stroke-opacity:.38;stroke-width:1.25;stroke-linecap:round}
.tc-chart .tc-hits rect{fill:var(--tc-ink);fill-opacity:0}
.tc-chart .tc-hits rect:hover{fill-opacity:.07}
@media (min-width:900px){.tc-chart text{font-size:13px}.tc-chart .tc-title{font-size:16px}}
@media (max-width:600px){.tc-chart text{font-size:20px}.tc-chart .tc-title{font-size:22px}}
";

/// The stylesheet of a chart: the same for every chart, so that repeating it does no harm.
pub(super) fn stylesheet() -> String {
    let mut style = format!(".tc-chart{{{}}}\n{RULES}", variables(&LIGHT));
    for index in 0..COLORS {
        let (dash, dense) = DASHES[index % DASHES.len()];
        style += &format!(
            ".tc-chart .tc-f{index}{{fill:var(--tc-s{n})}}\
             .tc-chart .tc-l{index}{{stroke:var(--tc-s{n});stroke-dasharray:{dash}}}\
             .tc-chart .tc-dense.tc-l{index}{{stroke-dasharray:{dense}}}\n",
            n = index + 1,
        );
    }
    style += &format!("@media screen and (prefers-color-scheme:dark){{.tc-chart{{{}}}}}\n", variables(&DARK));
    style + &format!("@media print{{.tc-chart{{{}}}}}\n", variables(&PRINT))
}

/// Fills for the first `count` layers of bars.
pub(super) fn textures(id: &str, count: usize) -> String {
    let tiles = TEXTURES.iter().take(count).enumerate();
    let patterns: String = tiles
        .map(|(index, texture)| {
            format!(
                "<pattern id=\"{id}-{index}\" width=\"8\" height=\"8\" \
                 patternUnits=\"userSpaceOnUse\"><rect class=\"tc-f{index}\" width=\"8\" \
                 height=\"8\"/><path class=\"tc-texture\" d=\"{texture}\"/></pattern>\n"
            )
        })
        .collect();
    format!("<defs>\n{patterns}</defs>\n")
}

fn variables(palette: &Palette) -> String {
    let mut list = format!(
        "--tc-surface:{};--tc-ink:{};--tc-muted:{};--tc-grid:{};--tc-axis:{};--tc-limit:{}",
        palette.surface, palette.ink, palette.muted, palette.grid, palette.axis, palette.limit,
    );
    for (index, color) in palette.series.iter().enumerate() {
        list += &format!(";--tc-s{}:{color}", index + 1);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plotters_carries_every_ink() {
        for ink in
            [Ink::Grid, Ink::Axis, Ink::Limit, Ink::Line(7), Ink::DenseLine(2), Ink::Area(3), Ink::Dot(1), Ink::Bar(0)]
        {
            assert_eq!(Ink::of(ink.to_backend_color()), ink);
        }
    }

    /// WCAG 2.2, success criteria 1.4.3 (text: 4.5) and 1.4.11 (graphics: 3).
    #[test]
    fn colours_contrast_with_their_surface() {
        for palette in [LIGHT, DARK, PRINT] {
            for text in [palette.ink, palette.muted, palette.limit] {
                assert!(contrast(text, palette.surface) >= 4.5, "{text}");
            }
            for series in palette.series {
                assert!(contrast(series, palette.surface) >= 3.0, "{series}");
            }
        }
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(hex: &str) -> f64 {
        let channel = |from: usize| {
            let byte = u8::from_str_radix(&hex[from..from + 2], 16).expect("a hex colour");
            let level = f64::from(byte) / 255.0;
            if level <= 0.040_45 { level / 12.92 } else { libm::pow((level + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }
}
