//! How the templates write numbers; the rules themselves are those of every renderer.

use super::super::format;
use super::super::model::{Measure, Share};
use super::super::money::Money;
use super::super::verdicts;
use askama::{Result, Values, filter_fn};
use std::borrow::Borrow;

/// A count with thousands separators.
#[filter_fn]
pub fn count(number: &u64, _: &dyn Values) -> Result<String> {
    Ok(format::count(*number))
}

/// An amount of money, rounded for the eye.
#[filter_fn]
pub fn usd(amount: &Money, _: &dyn Values) -> Result<String> {
    Ok(amount.rounded())
}

/// What one thing costs, to three digits.
#[filter_fn]
pub fn of_one(amount: &Money, _: &dyn Values) -> Result<String> {
    Ok(amount.of_one())
}

/// A share in percent.
#[filter_fn]
pub fn percent(share: impl Borrow<Share>, _: &dyn Values) -> Result<String> {
    Ok(format::percent(*share.borrow()))
}

/// A duration, given in microseconds, in the unit that suits it.
#[filter_fn]
pub fn duration(us: &u64, _: &dyn Values) -> Result<String> {
    Ok(format::duration(*us))
}

/// A quantity with its unit.
#[filter_fn]
pub fn measure(quantity: &Measure, _: &dyn Values) -> Result<String> {
    Ok(verdicts::measure(*quantity))
}

/// An instant for the eye.
#[filter_fn]
pub fn instant(rfc3339: &str, _: &dyn Values) -> Result<String> {
    Ok(format::instant(rfc3339))
}

/// A name of the contract as words: `tokens_per_minute` as `tokens per minute`.
#[filter_fn]
pub fn words(name: &str, _: &dyn Values) -> Result<String> {
    Ok(name.replace('_', " "))
}

/// A message as a sentence of its own.
#[filter_fn]
pub fn sentence(message: &str, _: &dyn Values) -> Result<String> {
    Ok(format::sentence(message))
}

/// Words of a terminal, with a full stop at the end.
#[filter_fn]
pub fn stopped(words: &str, _: &dyn Values) -> Result<String> {
    Ok(format::stopped(&words.replace('`', "")))
}

/// The address that a source begins with, when it begins with one.
#[filter_fn]
pub fn address(source: &str, _: &dyn Values) -> Result<String> {
    let first = source.split_whitespace().next().unwrap_or_default();
    Ok(if first.starts_with("https://") { first.to_owned() } else { String::new() })
}

/// What is held of something that is paid for by the hour: `model unit hour` as `× model unit`, and
/// `1,000 input tokens per minute and hour` as `× 1,000 input a minute`.
#[filter_fn]
pub fn unit(name: &str, _: &dyn Values) -> Result<String> {
    let held = name.trim_end_matches(" and hour").trim_end_matches(" hour");
    Ok(format!("\u{d7} {}", held.replace(" tokens per minute", " a minute")))
}

/// A number of reads.
#[filter_fn]
pub fn reads(number: &u64, _: &dyn Values) -> Result<String> {
    Ok(format::counted(*number, "read"))
}
