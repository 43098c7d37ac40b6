//! The documents that the AWS command line prints, read series by series.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::fmt;

/// One series of `get-metric-data`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Answer {
    #[serde(default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) label: String,
    #[serde(default)]
    pub(super) timestamps: Vec<String>,
    #[serde(default)]
    pub(super) values: Vec<Number>,
    pub(super) status_code: Option<String>,
}

/// One period of `get-metric-statistics`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Datapoint {
    timestamp: String,
    sum: Option<Number>,
}

/// What documents are made of.
pub(super) enum Part {
    Series(Answer),
    /// There are more pages.
    NextToken,
}

/// A document whose parts are given to a function one by one.
pub(super) struct Document<F>(pub(super) F);

impl<'de, F: FnMut(Part) -> Result<(), String>> DeserializeSeed<'de> for Document<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: FnMut(Part) -> Result<(), String>> Visitor<'de> for Document<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer of `aws cloudwatch get-metric-data` or `get-metric-statistics`")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let (mut label, mut points) = (String::new(), None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "MetricDataResults" => map.next_value_seed(Results(&mut self.0))?,
                "Datapoints" => points = Some(map.next_value::<Vec<Datapoint>>()?),
                "Label" => label = map.next_value()?,
                "NextToken" => {
                    if map.next_value::<Option<String>>()?.is_some() {
                        (self.0)(Part::NextToken).map_err(A::Error::custom)?;
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let Some(points) = points else { return Ok(()) };
        sums(label, points).and_then(|series| (self.0)(Part::Series(series))).map_err(A::Error::custom)
    }
}

/// The answer of `get-metric-statistics` as one series.
fn sums(label: String, points: Vec<Datapoint>) -> Result<Answer, String> {
    let (mut timestamps, mut values) = (Vec::new(), Vec::new());
    for point in points {
        let no_sum = || format!("`{label}` at {} has no Sum: ask with `--statistics Sum`", point.timestamp);
        values.push(point.sum.ok_or_else(no_sum)?);
        timestamps.push(point.timestamp);
    }
    Ok(Answer { id: String::new(), label, timestamps, values, status_code: None })
}

struct Results<'a, F>(&'a mut F);

impl<'de, F: FnMut(Part) -> Result<(), String>> DeserializeSeed<'de> for Results<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(Part) -> Result<(), String>> Visitor<'de> for Results<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of results")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(answer) = seq.next_element::<Answer>()? {
            (self.0)(Part::Series(answer)).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
