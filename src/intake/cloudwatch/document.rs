//! The documents that the AWS command line prints.

use serde::Deserialize;
use serde_json::Number;

/// One series of `get-metric-data`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Answer {
    #[serde(default)]
    pub(super) id: String,
    pub(super) label: String,
    pub(super) timestamps: Vec<String>,
    pub(super) values: Vec<Number>,
    pub(super) status_code: Option<String>,
}

/// What else is in a document: all of `get-metric-statistics`, or where the next page of `get-metric-data` is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Statistics {
    #[serde(default)]
    label: String,
    datapoints: Option<Vec<Datapoint>>,
    pub(super) next_token: Option<String>,
}

/// One period of `get-metric-statistics`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Datapoint {
    timestamp: String,
    sum: Option<Number>,
}

impl Statistics {
    /// The sums as a series.
    ///
    /// # Errors
    /// When another statistic was asked for.
    pub(super) fn sums(self) -> Result<Option<Answer>, String> {
        let (Some(points), label) = (self.datapoints, self.label) else { return Ok(None) };
        let (mut timestamps, mut values) = (Vec::new(), Vec::new());
        for point in points {
            let no_sum = || format!("`{label}` at {} has no Sum: ask with `--statistics Sum`", point.timestamp);
            values.push(point.sum.ok_or_else(no_sum)?);
            timestamps.push(point.timestamp);
        }
        Ok(Some(Answer { id: String::new(), label, timestamps, values, status_code: None }))
    }
}
