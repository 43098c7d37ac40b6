//! What is wrong with a file, where, and what to do next.

use super::Place;
use crate::codes::Code;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Its name, when `tokencast explain` has more to say.
    pub code: Option<Code>,
}

impl Problem {
    /// A problem at a place.
    #[must_use]
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: None, code: None }
    }

    /// The same problem with advice.
    #[must_use]
    pub fn help(mut self, advice: impl Into<String>) -> Self {
        self.help = Some(advice.into());
        self
    }

    /// The same problem with a name.
    #[must_use]
    pub fn code(mut self, code: Code) -> Self {
        self.code = Some(code);
        self
    }

    /// `path:line:column: message`, the source lines with the place marked, and the advice.
    #[must_use]
    pub fn render(&self) -> String {
        let source = self.place.source();
        let name = self.code.map_or_else(String::new, |code| format!("[{code}]"));
        let heading = format!("{}: error{name}: {}", self.place.display(), self.message);
        let snippet = Snippet::source(&source.text)
            .path(&source.path)
            .annotation(AnnotationKind::Primary.span(self.place.range()));
        let mut group = Level::ERROR.primary_title(&self.message).element(snippet);
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        let more = self.code.map(|code| format!("`tokencast explain {code}` says more"));
        if let Some(more) = &more {
            group = group.element(Level::HELP.message(more));
        }
        let drawn = Renderer::plain().render(&[group]);
        // The heading above is the clickable form of the renderer's own first two lines.
        let body = drawn.lines().skip(2).collect::<Vec<_>>().join("\n");
        format!("{heading}\n{body}\n")
    }
}

/// Beyond so many problems a file is read again when some are solved.
const MOST: usize = 200;

/// Every problem found so far, up to the first 200.
#[derive(Debug, Clone, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds a problem, once.
    pub fn add(&mut self, problem: Problem) {
        if self.0.len() < MOST && !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Adds a problem at a place.
    pub fn at(&mut self, place: &Place, message: impl Into<String>) {
        self.add(Problem::new(place.clone(), message));
    }

    /// Adds a problem at a place, with advice.
    pub fn with_help(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.add(Problem::new(place.clone(), message).help(help));
    }

    /// Adds a problem with a name that is not among `known`, and suggests the nearest one.
    pub fn unknown(&mut self, place: &Place, what: &str, name: &str, known: &[&str]) {
        let help = match nearest(name, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => format!("there is no {what} to name"),
            None => format!("known: {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        };
        self.with_help(place, format!("unknown {what} `{name}`"), help);
    }

    /// Takes over the problems of another collection.
    pub fn extend(&mut self, others: Self) {
        others.0.into_iter().for_each(|problem| self.add(problem));
    }

    /// Takes over what another collection holds beyond this one, each said to be so `within` something.
    pub fn extend_within(&mut self, within: &str, others: Self) {
        let new: Vec<Problem> = others.0.into_iter().filter(|problem| !self.0.contains(problem)).collect();
        for mut problem in new {
            problem.message = format!("{within}: {}", problem.message);
            self.add(problem);
        }
    }

    /// No problem was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many were found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The problems in the order of their places.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Problem> {
        self.0.sort_by(|a, b| {
            let key = |p: &Problem| (p.place.source().path.clone(), p.place.range().start);
            key(a).cmp(&key(b))
        });
        self.0
    }

    /// All problems as text, in the order of their places.
    #[must_use]
    pub fn render(self) -> String {
        self.sorted().iter().map(Problem::render).collect::<Vec<_>>().join("\n")
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

/// The known name that is nearest to what was written, when one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let typed = name.to_lowercase();
    let scored = known.iter().map(|known| (strsim::jaro_winkler(&typed, &known.to_lowercase()), *known));
    scored.filter(|(score, _)| *score > 0.78).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;

    #[test]
    fn a_problem_shows_its_place_its_line_and_the_way_out() {
        let source = Source::new("s.yaml", "name: x\nmodle: y\n");
        let mut problems = Problems::default();
        problems.unknown(&Place::new(&source, 8..13), "key", "modle", &["name", "model"]);
        let text = problems.render();
        assert!(text.starts_with("s.yaml:2:1: error: unknown key `modle`\n"), "{text}");
        assert!(text.contains("2 | modle: y"), "{text}");
        assert!(text.contains("^^^^^"), "{text}");
        assert!(text.contains("help: did you mean `model`?"), "{text}");
    }

    #[test]
    fn a_problem_with_a_name_says_where_it_is_explained() {
        let source = Source::new("s.yaml", "residency: eu\n");
        let problem =
            Problem::new(Place::new(&source, 11..13), "it leaves the EU").help("stay").code(Code::ResidencyBroken);
        let text = problem.render();
        assert!(text.starts_with("s.yaml:1:12: error[residency-broken]: it leaves the EU\n"), "{text}");
        let last = text.trim_end().lines().last().unwrap_or_default();
        assert!(last.ends_with("help: `tokencast explain residency-broken` says more"), "{text}");
    }

    #[test]
    fn far_names_are_not_suggested() {
        assert_eq!(nearest("us-esat-1", &["us-east-1", "eu-west-1"]), Some("us-east-1"));
        assert_eq!(nearest("zebra", &["name", "model"]), None);
    }
}
