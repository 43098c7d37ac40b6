//! Which metric of which model a series is.

use std::sync::Arc;

/// A metric of the namespace `AWS/Bedrock`.
///
/// Source: "Monitor Amazon Bedrock using Amazon CloudWatch", Amazon Bedrock User Guide, 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Metric {
    Invocations,
    Input,
    Output,
    CacheRead,
    CacheWrite,
    /// It is kept to compare with.
    Observed(&'static str),
    /// Durations: their sum says nothing of single calls.
    Duration,
}

/// Names that series go by. Some tools count cached tokens under names that AWS does not list.
const NAMES: [(&str, Metric); 15] = [
    ("Invocations", Metric::Invocations),
    ("InputTokenCount", Metric::Input),
    ("OutputTokenCount", Metric::Output),
    ("CacheReadInputTokens", Metric::CacheRead),
    ("CacheReadInputTokenCount", Metric::CacheRead),
    ("CacheWriteInputTokens", Metric::CacheWrite),
    ("CacheWriteInputTokenCount", Metric::CacheWrite),
    ("InvocationThrottles", Metric::Observed("InvocationThrottles")),
    ("InvocationClientErrors", Metric::Observed("InvocationClientErrors")),
    ("InvocationServerErrors", Metric::Observed("InvocationServerErrors")),
    ("EstimatedTPMQuotaUsage", Metric::Observed("EstimatedTPMQuotaUsage")),
    ("LegacyModelInvocations", Metric::Observed("LegacyModelInvocations")),
    ("OutputImageCount", Metric::Observed("OutputImageCount")),
    ("InvocationLatency", Metric::Duration),
    ("TimeToFirstToken", Metric::Duration),
];

/// Statistics whose values do not add up to totals.
const STATISTICS: [&str; 5] = ["Average", "Minimum", "Maximum", "SampleCount", "IQM"];

impl Metric {
    /// The name that AWS gives it.
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, metric)| *metric == self).map_or("", |(name, _)| name)
    }

    fn named(text: &str) -> Option<Self> {
        NAMES.iter().find(|(name, _)| *name == text).map(|(_, metric)| *metric)
    }

    /// The metric that an id ends in, whatever its case and underscores: `m1_input_token_count`.
    fn of_id(id: &str) -> Option<Self> {
        let plain = |text: &str| text.replace('_', "").to_ascii_lowercase();
        let id = plain(id);
        let ends = NAMES.iter().filter(|(name, _)| id.ends_with(&plain(name)));
        ends.max_by_key(|(name, _)| name.len()).map(|(_, metric)| *metric)
    }
}

/// A metric, and the model that it is of where that is said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Series {
    pub(super) model: Option<Arc<str>>,
    pub(super) metric: Metric,
}

/// What a label says: a metric, a model and a metric in any order, or a model where the id says the metric. Nothing
/// when neither says a metric.
///
/// # Errors
/// When the label says more than that, or a statistic that is not `Sum`.
pub(super) fn series(id: &str, label: &str) -> Result<Option<Series>, String> {
    let words: Vec<&str> = label.split_whitespace().filter(|word| *word != "Sum").collect();
    if let Some(statistic) = words.iter().find(|word| is_statistic(word)) {
        return Err(format!(
            "`{label}` is the statistic {statistic}, which makes no totals: ask for the statistic Sum"
        ));
    }
    let found = words.iter().find_map(|word| Metric::named(word));
    let others: Vec<&str> = words.into_iter().filter(|word| Metric::named(word).is_none() && *word != id).collect();
    let Some(metric) = found.or_else(|| Metric::of_id(id)) else { return Ok(None) };
    match others[..] {
        [] => Ok(Some(Series { model: None, metric })),
        [model] => Ok(Some(Series { model: Some(model.into()), metric })),
        _ => Err(format!(
            "the label `{label}` says more than a model and a metric: ask with the label \
             \"${{PROP('Dim.ModelId')}} ${{PROP('MetricName')}}\""
        )),
    }
}

fn is_statistic(word: &str) -> bool {
    let percentile = word.strip_prefix('p').is_some_and(|rest| rest.parse::<u8>().is_ok());
    percentile || STATISTICS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(id: &str, label: &str) -> Option<(Option<String>, &'static str)> {
        let series = series(id, label).unwrap()?;
        Some((series.model.map(|model| model.to_string()), series.metric.name()))
    }

    #[test]
    fn a_label_names_a_metric_alone_or_beside_its_model() {
        let model = || Some("us.amazon.nova-lite-v1:0".to_owned());
        assert_eq!(read("q", "InputTokenCount"), Some((None, "InputTokenCount")));
        assert_eq!(read("q", "us.amazon.nova-lite-v1:0 Invocations"), Some((model(), "Invocations")));
        assert_eq!(read("q", "Invocations us.amazon.nova-lite-v1:0 Sum"), Some((model(), "Invocations")));
        assert_eq!(read("q", "CacheReadInputTokenCount"), Some((None, "CacheReadInputTokens")));
    }

    #[test]
    fn an_id_names_the_metric_where_the_label_does_not() {
        assert_eq!(read("m1_output_token_count", "nova"), Some((Some("nova".to_owned()), "OutputTokenCount")));
        assert_eq!(read("legacyModelInvocations", "legacyModelInvocations"), Some((None, "LegacyModelInvocations")));
        assert_eq!(read("in", "in"), None);
        assert_eq!(read("q1", "SomethingElse"), None);
    }

    #[test]
    fn other_statistics_and_longer_labels_are_refused_with_a_way_out() {
        assert!(series("q", "InputTokenCount Average").unwrap_err().contains("ask for the statistic Sum"));
        assert!(series("q", "p99 InvocationLatency").unwrap_err().contains("statistic p99"));
        assert!(series("q", "nova Standard Invocations").unwrap_err().contains("PROP('Dim.ModelId')"));
    }
}
