//! SVG text: escaping, numbers on the quarter-unit grid, paths, and how wide text will be.

use std::fmt::{self, Display, Formatter};

/// Grid steps per unit of the viewBox: fine enough for smooth lines.
pub(super) const GRID: i32 = 4;

/// A coordinate in grid steps, written in units: `12.25`.
pub(super) struct Units(pub i32);

impl Units {
    pub fn nearest(units: f64) -> Self {
        Self((units * f64::from(GRID)).round() as i32)
    }
}

impl Display for Units {
    fn fmt(&self, out: &mut Formatter) -> fmt::Result {
        let (whole, quarters) = (self.0.abs() / GRID, self.0.abs() % GRID);
        let sign = if self.0 < 0 { "-" } else { "" };
        let fraction = ["", ".25", ".5", ".75"][quarters as usize];
        match (whole, quarters) {
            (0, 1..) => write!(out, "{sign}{fraction}"),
            _ => write!(out, "{sign}{whole}{fraction}"),
        }
    }
}

/// The `d` of a path through grid points; points that change nothing are left out.
pub(super) fn path(points: impl IntoIterator<Item = (i32, i32)>) -> String {
    let points = straightened(points);
    let Some((x, y)) = points.first() else {
        return String::new();
    };
    let mut path = format!("M{} {}", Units(*x), Units(*y));
    for pair in points.windows(2) {
        let step = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        path += &match step {
            (dx, 0) => format!("h{}", Units(dx)),
            (0, dy) => format!("v{}", Units(dy)),
            (dx, dy) if dy < 0 => format!("l{}{}", Units(dx), Units(dy)),
            (dx, dy) => format!("l{} {}", Units(dx), Units(dy)),
        };
    }
    path
}

fn straightened(points: impl IntoIterator<Item = (i32, i32)>) -> Vec<(i32, i32)> {
    let mut kept: Vec<(i32, i32)> = Vec::new();
    for point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., before, middle] = kept[..]
            && goes_straight_on(before, middle, point)
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

fn goes_straight_on(a: (i32, i32), b: (i32, i32), c: (i32, i32)) -> bool {
    let step =
        |from: (i32, i32), to: (i32, i32)| (i64::from(to.0) - i64::from(from.0), i64::from(to.1) - i64::from(from.1));
    let ((ax, ay), (bx, by)) = (step(a, b), step(b, c));
    ax * by == ay * bx && ax * bx + ay * by > 0
}

/// Text that is safe between tags and inside quotes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            '\t' | '\n' | '\r' => safe.push(' '),
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                safe.push(char::REPLACEMENT_CHARACTER);
            }
            _ => safe.push(letter),
        }
    }
    safe
}

/// The text as an id, or as the beginning of one.
pub(super) fn id(text: &str) -> String {
    let safe = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    text.chars().map(|letter| if safe(letter) { letter } else { '-' }).collect()
}

/// A `<text>` element; the class decides font, colour and anchor.
pub(super) fn text(class: &str, x: f64, y: f64, content: &str) -> String {
    let (x, y) = (Units::nearest(x), Units::nearest(y));
    let content = escape(content);
    format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{content}</text>\n")
}

/// A generous estimate of the width of `text` in a system font, in units.
pub(super) fn width(text: &str, font_size: f64) -> f64 {
    text.chars().map(ems).sum::<f64>() * font_size
}

fn ems(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.32,
        ' ' | 'f' | 'r' | 't' | '(' | ')' | '-' | '/' | 'I' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.95,
        'A'..='Z' => 0.7,
        '0'..='9' => 0.62,
        _ if letter.is_ascii() => 0.61,
        '\u{80}'..='\u{2fff}' => 0.75,
        _ => 1.05,
    }
}

/// The text, cut with an ellipsis to fit `room` units.
pub(super) fn fit(text: &str, font_size: f64, room: f64) -> String {
    if width(text, font_size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = room - width("…", font_size);
    for letter in text.chars() {
        left -= ems(letter) * font_size;
        if left < 0.0 {
            break;
        }
        kept.push(letter);
    }
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

/// Words in at most `most` lines of `room` units; the last is cut when words remain.
pub(super) fn wrap(text: &str, font_size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if full || width(&format!("{line} {word}"), font_size) <= room => {
                *line += " ";
                *line += word;
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| fit(line, font_size, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a<b> & \"c\" 'd'\n\u{0}"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; \u{fffd}");
        assert_eq!(id("a b\"<c>_1-é"), "a-b--c-_1--");
    }

    #[test]
    fn paths_are_short_and_exact() {
        assert_eq!(path([(0, 0), (4, 0), (8, 0), (9, -2), (9, 1)]), "M0 0h2l.25-.5v.75");
        assert_eq!(path([(5, 5), (5, 5)]), "M1.25 1.25");
        assert_eq!(path([]), "");
        assert_eq!(path([(0, 0), (0, -8), (0, -4)]), "M0 0v-2v1");
    }

    #[test]
    fn long_text_is_cut_to_its_room() {
        assert_eq!(fit("quota", 20.0, 200.0), "quota");
        let cut = fit("a quota with a very long name", 20.0, 100.0);
        assert!(cut.ends_with('…') && width(&cut, 20.0) <= 100.0);
        assert_eq!(wrap("one two three", 10.0, 50.0, 2), ["one two", "three"]);
        assert_eq!(wrap("", 10.0, 50.0, 2), [""; 0]);
        assert!(wrap("one two three four", 10.0, 40.0, 2)[1].ends_with('…'));
    }
}
