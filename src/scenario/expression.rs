//! The grammar of a budget: `metric{app=NAME} < limit`, split into its parts and nothing more.

use super::Comparison;
use crate::document::{Located, Node, Place, Problem, Value};

/// The parts of one budget as they were written.
pub(super) struct Expression {
    /// The name of a metric.
    pub metric: Located<String>,
    /// The app inside the braces.
    pub app: Option<Located<String>>,
    /// How the metric is compared.
    pub comparison: Comparison,
    /// The quantity with its unit.
    pub limit: Located<String>,
}

const FORM: &str = "write `metric < limit` or `metric{app=NAME} <= limit`, such as `cost.month < 12_000 USD`";

/// Splits one budget.
pub(super) fn split(node: &Node) -> Result<Expression, Problem> {
    let Value::Scalar(text) = &node.value else {
        return Err(Problem::new(node.place.clone(), format!("expected a budget, found {}", node.kind())).help(FORM));
    };
    let scalar = Scalar { text, place: &node.place };
    let no_comparison = || scalar.problem(text, "a budget compares with one of `<`, `<=`, `>`, `>=`").help(FORM);
    let at = text.find(['<', '>']).ok_or_else(no_comparison)?;
    let (subject, rest) = text.split_at(at);
    if subject.ends_with(['=', '!', '~']) {
        return Err(no_comparison());
    }
    let (comparison, limit) = Comparison::strip(rest).ok_or_else(no_comparison)?;
    if limit.trim().is_empty() {
        return Err(scalar.problem(&rest[..rest.len() - limit.len()], "there is no limit after this").help(FORM));
    }
    let (metric, app) = scalar.subject(subject.trim())?;
    Ok(Expression { metric, app, comparison, limit: scalar.located(limit.trim()) })
}

struct Scalar<'a> {
    text: &'a str,
    place: &'a Place,
}

impl Scalar<'_> {
    /// A part of this scalar's text with its own place.
    fn located(&self, part: &str) -> Located<String> {
        let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let place = self.place.of_part(self.text, start..start + part.len());
        Located { value: part.to_owned(), place }
    }

    fn problem(&self, part: &str, message: impl Into<String>) -> Problem {
        Problem::new(self.located(part).place, message)
    }

    fn subject(&self, subject: &str) -> Result<(Located<String>, Option<Located<String>>), Problem> {
        let Some(brace) = subject.find('{') else { return Ok((self.located(subject), None)) };
        let (metric, selector) = (subject[..brace].trim_end(), &subject[brace..]);
        let not_closed = || self.problem(selector, "this selector is not closed by `}`").help(FORM);
        let inside = selector.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).ok_or_else(not_closed)?;
        if inside.trim().is_empty() {
            return Err(self
                .problem(selector, "an empty selector")
                .help("write `{app=NAME}`, or no braces for all apps"));
        }
        let (key, app) = inside.split_once('=').map_or((inside.trim(), ""), |(key, app)| (key.trim(), app.trim()));
        if key != "app" {
            return Err(self.problem(selector, format!("unknown selector key `{key}`")).help("the only key is `app`"));
        }
        if app.is_empty() || app.contains([',', '=', '{', '}']) {
            return Err(self.problem(selector, "a selector names exactly one app").help("write `{app=NAME}`"));
        }
        Ok((self.located(metric), Some(self.located(app))))
    }
}
