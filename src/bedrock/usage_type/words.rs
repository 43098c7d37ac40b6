//! The words of a usage type: what is counted, then how it was served, in any order that was seen.

use super::{Meter, Unreadable};
use crate::bedrock::profile::Via;
use crate::bedrock::term::Term;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;

/// What is counted.
#[derive(Clone, Copy)]
enum Counted {
    Tokens(UsageClass),
    Batch(UsageClass),
    /// Under a term; of output.
    Reserved(Term, bool),
}

/// Every way to say what is counted.
#[rustfmt::skip]
const COUNTED: [(&[&str], Counted); 27] = [
    (&["input", "tokens"], Counted::Tokens(UsageClass::UncachedInput)),
    (&["input", "token", "count"], Counted::Tokens(UsageClass::UncachedInput)),
    (&["text", "input", "tokens"], Counted::Tokens(UsageClass::UncachedInput)),
    (&["million", "input", "tokens"], Counted::Tokens(UsageClass::UncachedInput)),
    (&["million", "batch", "input", "tokens"], Counted::Batch(UsageClass::UncachedInput)),
    (&["output", "tokens"], Counted::Tokens(UsageClass::Output)),
    (&["output", "token", "count"], Counted::Tokens(UsageClass::Output)),
    (&["text", "output", "tokens"], Counted::Tokens(UsageClass::Output)),
    (&["response", "token", "count"], Counted::Tokens(UsageClass::Output)),
    (&["million", "response", "tokens"], Counted::Tokens(UsageClass::Output)),
    (&["million", "output", "tokens"], Counted::Tokens(UsageClass::Output)),
    (&["million", "batch", "output", "tokens"], Counted::Batch(UsageClass::Output)),
    (&["cache", "read", "input", "token", "count"], Counted::Tokens(UsageClass::CacheRead)),
    (&["cache", "read", "tokens"], Counted::Tokens(UsageClass::CacheRead)),
    (&["cached", "input", "tokens"], Counted::Tokens(UsageClass::CacheRead)),
    (&["cache", "write", "input", "token", "count"], Counted::Tokens(UsageClass::CacheWrite5m)),
    (&["cache", "write", "5m", "input", "token", "count"], Counted::Tokens(UsageClass::CacheWrite5m)),
    (&["cache", "write", "1h", "input", "token", "count"], Counted::Tokens(UsageClass::CacheWrite1h)),
    (&["cache", "write", "tokens"], Counted::Tokens(UsageClass::CacheWrite5m)),
    (&["reserved", "1", "month", "input", "tokens", "per", "minute"], Counted::Reserved(Term::OneMonth, false)),
    (&["reserved", "1", "month", "output", "tokens", "per", "minute"], Counted::Reserved(Term::OneMonth, true)),
    (&["reserved", "3", "month", "input", "tokens", "per", "minute"], Counted::Reserved(Term::ThreeMonths, false)),
    (&["reserved", "3", "month", "output", "tokens", "per", "minute"], Counted::Reserved(Term::ThreeMonths, true)),
    (&["reserved", "1", "month", "input", "tpm"], Counted::Reserved(Term::OneMonth, false)),
    (&["reserved", "1", "month", "output", "tpm"], Counted::Reserved(Term::OneMonth, true)),
    (&["reserved", "3", "month", "input", "tpm"], Counted::Reserved(Term::ThreeMonths, false)),
    (&["reserved", "3", "month", "output", "tpm"], Counted::Reserved(Term::ThreeMonths, true)),
];

/// How it was served.
#[derive(Clone, Copy)]
enum Mark {
    Tier(Tier),
    Via(Via),
    Long,
    Class(UsageClass),
    FiveMinutes,
    OneHour,
}

/// Every way to say how it was served.
#[rustfmt::skip]
const MARKS: [(&[&str], Mark); 19] = [
    (&["standard"], Mark::Tier(Tier::Standard)),
    (&["priority"], Mark::Tier(Tier::Priority)),
    (&["flex"], Mark::Tier(Tier::Flex)),
    (&["batch"], Mark::Tier(Tier::Batch)),
    (&["latency", "optimized"], Mark::Tier(Tier::LatencyOptimized)),
    (&["cross", "region", "global"], Mark::Via(Via::Global)),
    (&["cross", "region", "geo"], Mark::Via(Via::Geo)),
    (&["global"], Mark::Via(Via::Global)),
    (&["geo"], Mark::Via(Via::Geo)),
    (&["long", "context"], Mark::Long),
    (&["long", "ctx"], Mark::Long),
    (&["lctx"], Mark::Long),
    (&["5m"], Mark::FiveMinutes),
    (&["5", "minute"], Mark::FiveMinutes),
    (&["1h"], Mark::OneHour),
    (&["1", "hour"], Mark::OneHour),
    // An older spelling: `input-tokens-cache-read`.
    (&["cache", "read"], Mark::Class(UsageClass::CacheRead)),
    (&["cache", "write"], Mark::Class(UsageClass::CacheWrite5m)),
    (&["5", "minutes"], Mark::FiveMinutes),
];

/// What is fed to a model, or comes out of it, that is no text.
const MODALITIES: [&str; 5] = ["image", "audio", "video", "speech", "images"];

/// Says what is counted from these words on; nothing when they are still part of a name.
pub(super) fn begins(words: &[&str]) -> bool {
    COUNTED.iter().any(|(spelt, _)| words.starts_with(spelt))
}

/// Reads all words after the name.
pub(super) fn read(words: &[&str]) -> Result<(Meter, Via), Unreadable> {
    let found = COUNTED.iter().find(|(spelt, _)| words.starts_with(spelt));
    let (spelt, counted) = found.ok_or_else(|| unknown(words))?;
    let marks = marks(&words[spelt.len()..])?;
    let via = only(&marks, "ways to the model", |mark| if let Mark::Via(via) = mark { Some(via) } else { None })?;
    let meter = match *counted {
        Counted::Tokens(class) => tokens(class, None, &marks)?,
        Counted::Batch(class) => tokens(class, Some(Tier::Batch), &marks)?,
        Counted::Reserved(term, output) if marks.iter().all(|mark| matches!(mark, Mark::Via(_))) => {
            Meter::Reserved { term, output }
        }
        Counted::Reserved(..) => return Err(Unreadable::Words(words.join(" "))),
    };
    Ok((meter, via.unwrap_or(Via::OnDemand)))
}

fn marks(mut words: &[&str]) -> Result<Vec<Mark>, Unreadable> {
    let mut marks = Vec::new();
    while let Some(word) = words.first() {
        let found = MARKS.iter().find(|(spelt, _)| words.starts_with(spelt));
        let (spelt, mark) = found.ok_or_else(|| Unreadable::of_mark(word, words))?;
        marks.push(*mark);
        words = &words[spelt.len()..];
    }
    Ok(marks)
}

fn tokens(class: UsageClass, tier: Option<Tier>, marks: &[Mark]) -> Result<Meter, Unreadable> {
    let said = only(marks, "tiers", |mark| if let Mark::Tier(tier) = mark { Some(tier) } else { None })?;
    let older = only(marks, "classes", |mark| if let Mark::Class(class) = mark { Some(class) } else { None })?;
    let class = match (class, older) {
        (class, None) => class,
        (UsageClass::UncachedInput, Some(older)) => older,
        _ => return Err(Unreadable::Two("classes")),
    };
    let hour = marks.iter().any(|mark| matches!(mark, Mark::OneHour));
    let minutes = marks.iter().any(|mark| matches!(mark, Mark::FiveMinutes));
    let class = match (class, hour, minutes) {
        (_, true, true) | (UsageClass::CacheWrite1h, _, true) => return Err(Unreadable::Two("times to live")),
        (UsageClass::CacheWrite5m | UsageClass::CacheWrite1h, true, _) => UsageClass::CacheWrite1h,
        (UsageClass::CacheWrite5m, _, true) | (_, false, false) => class,
        _ => return Err(Unreadable::Words("a time to live of what is not written to a cache".to_owned())),
    };
    let tier = match (tier, said) {
        (Some(_), Some(other)) if tier != Some(other) => return Err(Unreadable::Two("tiers")),
        (tier, said) => said.or(tier).unwrap_or(Tier::Standard),
    };
    Ok(Meter::Tokens { class, tier, long: marks.iter().any(|mark| matches!(mark, Mark::Long)) })
}

/// The one value of its kind among the marks; two of one kind contradict each other.
fn only<T: PartialEq>(
    marks: &[Mark],
    what: &'static str,
    of: impl Fn(Mark) -> Option<T>,
) -> Result<Option<T>, Unreadable> {
    let mut found = marks.iter().filter_map(|mark| of(*mark));
    let first = found.next();
    if found.any(|other| first.as_ref() != Some(&other)) {
        return Err(Unreadable::Two(what));
    }
    Ok(first)
}

fn unknown(words: &[&str]) -> Unreadable {
    let modality = words.iter().find(|word| MODALITIES.contains(&word.to_lowercase().as_str()));
    modality.map_or_else(|| Unreadable::NoTokens(words.join(" ")), |word| Unreadable::Modality((*word).to_owned()))
}
