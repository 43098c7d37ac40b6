//! CloudWatch's metrics of Bedrock, as `aws cloudwatch get-metric-data` and `get-metric-statistics` print them.
//!
//! Metrics count; what single calls were like is gone. Calls are made that add up to what was counted. In each period of
//! each model there are as many as `Invocations` says, at uniform places inside of it. Each of the totals - input, output,
//! cache read, cache write - is cut at uniform points into as many parts; no call is without input or output while there
//! are tokens enough. Seed, model and period decide every draw. So sums are exact, in each period and for each model;
//! lengths have the mean of the period and spread like exponential ones, whatever the real ones were.
//!
//! Where tokens have no invocations, or invocations no input, nothing is made up: the period is skipped, and what it
//! counted is kept to compare with, as are throttles, errors and quota usage.
//!
//! One file may have the calls and another the tokens, so rows are made once all files are read: by [`finish`].

mod calls;
mod cut;
mod document;
mod metric;
mod metrics;

pub use metrics::Metrics;

use super::elements::{Elements, Part};
use super::tally::READ_BEFORE;
use super::{Context, Input, Options, Tally, lines};
use crate::trace::{ImportError, Observed, Sink, TimeFormat, TraceError, time};
use calls::Counted;
use document::{Answer, Statistics};
use metric::{Metric, series};
use serde_json::Number;
use std::sync::Arc;

/// Larger totals are none: eight million million. Below, a number is read exactly with several zeros behind its point.
const MOST: u64 = 1 << 43;

/// Keeps the series of a file. Rows are made by [`finish`].
pub(super) fn read(input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    let file = input.file;
    let mut elements = Elements::under_and_rest(&["MetricDataResults"]);
    while let Some(element) = elements.next(input)? {
        let taken = match element.part {
            Part::Listed => lines::json(element.text).and_then(|answer| take_series(&answer, file, context)),
            part => lines::json(element.text).and_then(|rest| take_rest(rest, part, file, context)),
        };
        taken.map_err(|wrong| input.error(wrong))?;
    }
    Ok(())
}

fn take_rest(rest: Statistics, part: Part, file: &str, context: &mut Context<'_>) -> Result<(), String> {
    if rest.next_token.is_some() {
        context.tally.note("an answer with a NextToken: there are further pages");
    }
    match rest.sums()? {
        Some(answer) => take_series(&answer, file, context)?,
        None if part == Part::Whole => context.tally.skip("a document without metrics", file, None),
        None => {}
    }
    Ok(())
}

fn take_series(answer: &Answer, file: &str, context: &mut Context<'_>) -> Result<(), String> {
    match answer.status_code.as_deref() {
        Some("PartialData") => context.tally.note("a series with partial data: there are further pages"),
        Some("InternalError" | "Forbidden") => {
            context.tally.skip("a query that CloudWatch did not answer", file, None);
            return Ok(());
        }
        _ => {}
    }
    let (label, counts) = (&answer.label, (answer.timestamps.len(), answer.values.len()));
    if counts.0 != counts.1 {
        return Err(format!("`{label}` has {} time stamps and {} values", counts.0, counts.1));
    }
    let Some(mut series) = series(&answer.id, label)? else {
        context.tally.skip("a series whose label names no metric of Bedrock", file, None);
        return Ok(());
    };
    if series.metric == Metric::Duration {
        context.tally.skip("a series of durations", file, None);
        return Ok(());
    }
    series.model = series.model.map(|model| known_as(model, context.options)).or_else(|| told(context.options));
    let (metrics, mut again) = (&mut context.tally.metrics, 0);
    file.clone_into(&mut metrics.file);
    for (at, value) in answer.timestamps.iter().zip(&answer.values) {
        let at_s = time::parse(at, TimeFormat::WallClock)?.div_euclid(1_000_000);
        let value = whole(value).ok_or_else(|| {
            format!(
                "`{label}` is {value} at {at}, which is no total of whole tokens or calls: ask for the statistic Sum"
            )
        })?;
        again += u64::from(!metrics.add(&series, at_s, value));
    }
    (0..again).for_each(|_| context.tally.skip(READ_BEFORE, file, None));
    Ok(())
}

/// The model of a dimension: the last part of an ARN, or what that stands for.
fn known_as(model: Arc<str>, options: &Options) -> Arc<str> {
    let last = model.rsplit('/').next().unwrap_or_default();
    let stands_for = options.aliases.get(&*model).or_else(|| options.aliases.get(last));
    stands_for.map_or(last, String::as_str).into()
}

fn told(options: &Options) -> Option<Arc<str>> {
    options.model.as_deref().map(Arc::from)
}

/// A value as CloudWatch writes it: `40.0`.
fn whole(number: &Number) -> Option<u64> {
    let exact = |number: f64| (number.fract() == 0.0 && number >= 0.0).then_some(number as u64);
    number.as_u64().or_else(|| number.as_f64().and_then(exact)).filter(|number| *number < MOST)
}

/// Makes the calls that add up to the metrics of all files. Does nothing where no metrics were read.
///
/// # Errors
/// When a period counts more than calls can be, or when rows cannot be kept.
pub fn finish(options: &Options, tally: &mut Tally, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let metrics = std::mem::take(&mut tally.metrics);
    if metrics.is_empty() {
        return Ok(());
    }
    if let Some(message) = &metrics.conflict {
        return Err(TraceError { file: metrics.file, line: None, message: message.clone() }.into());
    }
    let period_s = metrics.period_s();
    tally.note(about_period(period_s));
    for (model, name, at_s, value) in metrics.observed() {
        tally.observed.push(observed(model, name, at_s, period_s, value));
    }
    let mut context = Context::new(options, tally, sink);
    let models = metrics.models();
    let by_model = models.iter().any(Option::is_some);
    for model in models {
        if model.is_none() && by_model {
            context.tally.skip("series over all models, beside series by model", &metrics.file, None);
            continue;
        }
        for at_s in metrics.periods(&model) {
            make(&metrics, counted(&metrics, &model, at_s, period_s), &mut context)?;
        }
    }
    Ok(())
}

fn counted(metrics: &Metrics, model: &Option<Arc<str>>, at_s: i64, period_s: u64) -> Counted {
    let [calls, input, output, cache_read, cache_write] =
        Counted::METRICS.map(|metric| metrics.value(model, metric, at_s));
    Counted { model: model.clone(), at_s, period_s, calls, input, output, cache_read, cache_write }
}

fn make(metrics: &Metrics, counted: Counted, context: &mut Context<'_>) -> Result<(), ImportError> {
    if counted.is_too_much() {
        let message = format!("{} invocations and their tokens in one period are more than can be", counted.calls);
        return Err(TraceError { file: metrics.file.clone(), line: None, message }.into());
    }
    let Some(reason) = counted.refusal() else {
        if counted.cache_write > 0 {
            context.tally.note("cache writes of a period taken for five minutes");
        }
        return counted.calls(context);
    };
    context.tally.skip(reason, &metrics.file, None);
    for metric in Counted::METRICS {
        let value = metrics.value(&counted.model, metric, counted.at_s);
        if value > 0 {
            let kept = observed(&counted.model, metric.name(), counted.at_s, counted.period_s, value);
            context.tally.observed.push(kept);
        }
    }
    Ok(())
}

fn observed(model: &Option<Arc<str>>, metric: &str, at_s: i64, period_s: u64, value: u64) -> Observed {
    let model = model.clone().unwrap_or_else(|| Arc::from(""));
    Observed { at_us: at_s * 1_000_000, period_s: period_s as u32, model, metric: metric.into(), value }
}

fn about_period(period_s: u64) -> &'static str {
    match period_s {
        60 => "metrics of periods of one minute",
        300 => "metrics of periods of five minutes",
        3_600 => "metrics of periods of one hour",
        _ => "metrics of periods of another length",
    }
}

#[cfg(test)]
mod tests;
