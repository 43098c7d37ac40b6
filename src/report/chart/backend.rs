//! Where plotters draws: SVG text on the quarter-unit grid, styled by class.
//!
//! Labels do not pass through here: they are placed by the chart, which knows what they may cover.

use std::convert::Infallible;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::svg::{self, GRID, Units};
use super::theme::Ink;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Writes what plotters draws to `shapes`.
pub(super) struct Pen<'a> {
    pub shapes: &'a mut String,
    /// Prefix of the ids that fills refer to.
    pub id: &'a str,
    /// Width and height in units.
    pub size: (u32, u32),
    /// What the last path was filled with: neighbours of one fill share a path.
    pub filled: Option<Ink>,
}

const END: &str = "\"/>\n";

impl Pen<'_> {
    fn stroke(&mut self, ink: Ink, data: &str) {
        let style = ink.attribute(self.id);
        *self.shapes += &format!("<path {style} d=\"{data}{END}");
        self.filled = None;
    }

    fn fill(&mut self, ink: Ink, data: &str) {
        if self.filled == Some(ink) {
            self.shapes.truncate(self.shapes.len() - END.len());
            *self.shapes += &format!("{data}{END}");
        } else {
            self.stroke(ink, data);
            self.filled = Some(ink);
        }
    }
}

impl DrawingBackend for Pen<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let grid = GRID.unsigned_abs();
        (self.size.0 * grid, self.size.1 * grid)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        self.fill_polygon(corners, style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.stroke(Ink::of(style.color()), &svg::path(path));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        self.fill(Ink::of(style.color()), &(svg::path(corners) + "z"));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        let style = Ink::of(style.color()).attribute(self.id);
        let (x, y, radius) = (Units(x), Units(y), Units(radius as i32));
        self.filled = None;
        *self.shapes += &format!("<circle {style} cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>\n");
        Ok(())
    }
}
