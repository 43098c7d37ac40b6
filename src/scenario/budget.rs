//! Budgets: limits on what a run may cost, throttle or take.

use super::expression::{Expression, split};
use super::{Dimension, Metric};
use crate::document::{Decode, Located, Node, Problems};
use crate::units::{Micros, Percent, Ratio, Usd};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A limit on a metric of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The budget as it was written.
    pub text: Located<String>,
    /// What is limited.
    pub metric: Metric,
    /// The app that it is measured on; none: all apps together.
    pub app: Option<String>,
    /// How the metric is compared with the limit.
    pub comparison: Comparison,
    /// The limit, of the metric's dimension.
    pub limit: Quantity,
}

/// How a metric is compared with a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// A quantity that a metric can be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// US dollars.
    Money(Usd),
    /// A share of one.
    Share(Ratio),
    /// A length of time.
    Time(Micros),
}

impl Comparison {
    /// Reads the sign at the start of a text; returns what follows it.
    pub(super) fn strip(text: &str) -> Option<(Self, &str)> {
        let signs = [("<=", Self::AtMost), (">=", Self::AtLeast), ("<", Self::Below), (">", Self::Above)];
        signs.iter().find_map(|(sign, comparison)| Some((*comparison, text.strip_prefix(sign)?)))
    }

    /// Whether a metric that stands in this `order` to the limit holds it.
    #[must_use]
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Below => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Above => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

impl Quantity {
    fn parse(text: &str, dimension: Dimension) -> Result<Self, String> {
        match dimension {
            Dimension::Money => Usd::parse(text).map(Self::Money),
            Dimension::Share => Percent::parse(text).map(|percent| Self::Share(percent.share())),
            Dimension::Time => Micros::parse(text).map(Self::Time),
        }
    }
}

impl Decode for Budget {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Expression { metric, app, comparison, limit } =
            split(node).map_err(|problem| problems.add(problem)).ok()?;
        let metric = known_metric(&metric, problems)?;
        let quantity = Quantity::parse(&limit.value, metric.measure.dimension());
        let limit = quantity.map_err(|message| problems.at(&limit.place, format!("for `{metric}`: {message}"))).ok()?;
        let text = Located::decode(node, problems)?;
        Some(Self { text, metric, app: app.map(|app| app.value), comparison, limit })
    }
}

fn known_metric(name: &Located<String>, problems: &mut Problems) -> Option<Metric> {
    let all = Metric::all();
    let known = all.iter().find(|(known, _)| *known == name.value).map(|(_, metric)| *metric);
    if known.is_none() {
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        problems.unknown(&name.place, "metric", &name.value, &names);
    }
    known
}

/// What a budget asks of the rest of its file: that the app exists, and that there are replications to
/// take a quantile of. What is not a budget is left to its reader.
pub(super) fn check_against(node: &Node, apps: &[&str], replications: u64, problems: &mut Problems) {
    let Ok(Expression { metric, app, .. }) = split(node) else { return };
    if let Some(app) = app.filter(|app| !apps.contains(&app.value.as_str())) {
        problems.unknown(&app.place, "app", &app.value, apps);
    }
    let quantile = known_metric(&metric, &mut Problems::default()).and_then(|metric| metric.over_replications);
    if quantile.is_some() && replications < 2 {
        let message = format!("`{}` is a quantile over replications, and there is one run only", metric.value);
        problems.with_help(&metric.place, message, "set `replications: 50`, or leave the quantile out");
    }
}

impl JsonSchema for Budget {
    fn schema_name() -> Cow<'static, str> {
        "Budget".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<String> = Metric::all().into_iter().map(|(name, _)| name.replace('.', "\\.")).collect();
        let pattern = format!("^ *({}) *(\\{{ *app *= *[a-z0-9_-]+ *\\}})? *(<|<=|>|>=) *[0-9].*$", names.join("|"));
        json_schema!({
            "description": "A limit: metric{app=NAME} < limit; the selector may be left out. cost.total, cost.month, \
                cost.day_max and cost.retries are in USD (`12_000 USD`), and so is the cost of an answered task: cost.task \
                with .mean, .p50, .p90, .p95, .p99 or .max; throttled.requests, throttled.attempts, gave_up, truncated, \
                tasks.failed and tasks.shed are shares (`0.1%`); latency.ttft, latency.e2e and latency.wait of calls, \
                latency.task and latency.queue of tasks, with .p50, .p90, .p95, .p99 or .max, are times (`250ms`). All \
                but times, truncated and cost.task also take .p50 or .p90: quantiles over replications.",
            "type": "string",
            "pattern": pattern,
            "examples": ["cost.month < 12_000 USD", "throttled.requests{app=triage} <= 0.1%"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, parse};

    fn read(text: &str) -> Result<Budget, String> {
        let node = parse(&Source::new("b.yaml", format!("- {text}"))).map_err(|problem| problem.render())?;
        let mut problems = Problems::default();
        check_of(&node, &mut problems);
        let budgets = Vec::<Budget>::decode(&node, &mut problems);
        let budget = budgets.and_then(|mut budgets| budgets.pop()).filter(|_| problems.is_empty());
        budget.ok_or_else(|| problems.render())
    }

    fn check_of(list: &Node, problems: &mut Problems) {
        let crate::document::Value::Sequence(items) = &list.value else { panic!("not a list") };
        items.iter().for_each(|item| check_against(item, &["triage", "batch"], 1, problems));
    }

    fn assert_refused(text: &str, column: usize, message: &str) {
        let report = read(text).unwrap_err();
        let first = report.lines().next().unwrap_or_default();
        assert!(first.starts_with(&format!("b.yaml:1:{}: ", column + 2)) && report.contains(message), "{report}");
    }

    #[test]
    fn a_budget_is_a_metric_a_comparison_and_a_limit() {
        let budget = read("cost.month < 12_000 USD").unwrap();
        assert_eq!(budget.limit, Quantity::Money(Usd::parse("12_000 USD").unwrap()));
        assert_eq!(
            (budget.metric.to_string().as_str(), budget.app, budget.comparison),
            ("cost.month", None, Comparison::Below)
        );
        let budget = read("throttled.requests{ app = triage }<=0.1%").unwrap();
        assert_eq!((budget.app.as_deref(), budget.comparison), (Some("triage"), Comparison::AtMost));
        assert_eq!(budget.limit, Quantity::Share(Ratio::new(1, 1_000).unwrap()));
        assert_eq!(read("'latency.ttft.p95 >= 250ms'").unwrap().limit, Quantity::Time(Micros(250_000)));
    }

    #[test]
    fn every_part_of_a_budget_is_refused_where_it_stands() {
        assert_refused("cost.mnth < 1 USD", 1, "did you mean `cost.month`?");
        assert_refused("zebra < 1 USD", 1, "known: `cost.total`");
        assert_refused("latency.p95 < 1s", 1, "unknown metric");
        assert_refused("truncated.p90 < 1%", 1, "unknown metric");
        assert_refused("cost.total < 12", 14, "not an amount of money");
        assert_refused("cost.total < 2s", 14, "not an amount of money");
        assert_refused("gave_up < 0.1", 11, "not a percentage");
        assert_refused("gave_up < 101%", 11, "not between 0 % and 100 %");
        assert_refused("'latency.wait.max > 5'", 21, "not a length of time");
        assert_refused("cost.total < -1 USD", 14, "negative");
        assert_refused("cost.total <", 12, "no limit");
        assert_refused("cost.total", 1, "compares with one of");
        assert_refused("cost.total == 1 USD", 1, "compares with one of");
        assert_refused("cost.total => 1 USD", 1, "compares with one of");
        assert_refused("gave_up{} < 1%", 8, "an empty selector");
        assert_refused("gave_up{app=} < 1%", 8, "exactly one app");
        assert_refused("gave_up{app=triage,app=batch} < 1%", 8, "exactly one app");
        assert_refused("gave_up{model=x} < 1%", 8, "unknown selector key `model`");
        assert_refused("gave_up{app=triage < 1%", 8, "not closed");
        assert_refused("gave_up{app=triag} < 1%", 13, "did you mean `triage`?");
        assert_refused("[a]", 1, "expected a budget, found a list");
        assert_refused("cost.total.p90 < 1 USD", 1, "quantile over replications");
    }

    #[test]
    fn two_mistakes_of_one_budget_are_both_reported() {
        let report = read("gave_up.p90{app=triag} < 1").unwrap_err();
        for message in ["unknown app `triag`", "quantile over replications", "not a percentage"] {
            assert!(report.contains(message), "no {message:?} in:\n{report}");
        }
    }

    #[test]
    fn a_limit_belongs_to_at_most_and_at_least() {
        assert!(Comparison::AtMost.holds(Ordering::Equal) && Comparison::AtLeast.holds(Ordering::Equal));
        assert!(!Comparison::Below.holds(Ordering::Equal) && !Comparison::Above.holds(Ordering::Equal));
        assert!(Comparison::Below.holds(Ordering::Less) && Comparison::Above.holds(Ordering::Greater));
    }
}
