//! What a profile says in sentences, on every medium.

use super::model::{
    Correlation, Gap, InFlight, MaxTokens, Profile, Quantile, Rates, RecordedCache, Reuse, Sessions, Shape, Strength,
};
use super::words::{hour, number, outcomes, per_cent, second};
use crate::report::format::{count, counted, duration, percent};

/// What CloudWatch calls its estimate of what counts for a quota.
pub(super) const QUOTA_USAGE: &str = "EstimatedTPMQuotaUsage";

/// Models whose busiest minutes are compared in one sentence.
const COMPARED: usize = 5;

/// Stamps that are closer are not coarse.
const COARSE_US: u64 = 1_000;

/// What has to be said first.
pub(super) fn lead(profile: &Profile) -> Vec<String> {
    let zero = "Its times count from a zero of their own: days, hours and dates mean nothing.";
    let zero = profile.counts_from_zero.then(|| zero.to_owned());
    outcomes(&profile.total.outcomes).into_iter().chain(zero).collect()
}

pub(super) fn bursts(rates: &Rates) -> Option<String> {
    let variation = rates.variation_of_gaps?;
    Some(format!(
        "Windows follow each other from the first call on, empty ones too; the one that the trace ends in is left out. The \
         gaps between calls have a coefficient of variation of {variation:.2}. It and variance / mean are 1 where calls \
         come at random, and more where they come in bursts."
    ))
}

pub(super) fn stamps(rates: &Rates) -> Option<String> {
    let apart = rates.stamps_apart_us.filter(|apart| *apart >= COARSE_US && rates.stamps_shared.part > 0)?;
    let narrow =
        rates.windows.iter().filter(|windows| windows.finer_than_stamps).map(|windows| duration(windows.width_us));
    let narrow: Vec<String> = narrow.collect();
    let narrow = match narrow.is_empty() {
        true => "The gaps say more about them than about the calls.".to_owned(),
        false => format!("The gaps and windows of {} say more about them than about the calls.", narrow.join(" and ")),
    };
    Some(format!(
        "Stamps are coarse: {} of calls share theirs with the call before, and different ones are at least {} apart. \
         {narrow}",
        percent(rates.stamps_shared),
        duration(apart)
    ))
}

pub(super) fn shape(profile: &Profile) -> Option<String> {
    let shape = &profile.shape;
    if profile.counts_from_zero {
        return None;
    }
    let Some(daily) = &shape.daily else {
        if shape.whole_hours + 2 >= 48 {
            return Some("All whole hours of the trace have the same number of calls.".to_owned());
        }
        return Some(format!(
            "The trace covers {}: two days are the least that shows a daily shape, two weeks a weekly one.",
            counted(shape.whole_hours, "whole hour")
        ));
    };
    let means = (0..24).map(|hour| (hour, mean_of_day(&profile.shape, hour)));
    let most = means.clone().reduce(|most, next| if next.1 > most.1 { next } else { most })?;
    let fewest = means.reduce(|fewest, next| if next.1 < fewest.1 { next } else { fewest })?;
    let explains = |what: &str, strength: &Strength| {
        let (share, chance) = (per_cent(strength.r_squared), per_cent(strength.by_chance));
        format!("the hour of the {what} explains {share} of the variance of hourly counts (chance alone: {chance})")
    };
    let weekly = shape.weekly.as_ref().map_or_else(
        || "two weeks are the least that shows a weekly shape".to_owned(),
        |weekly| explains("week", weekly),
    );
    Some(format!(
        "By the clock of {}, most calls come from {} on ({} in that hour), fewest from {} on ({}). {}; {weekly}.",
        profile.timezone,
        hour(most.0),
        number(most.1),
        hour(fewest.0),
        number(fewest.1),
        capital(&explains("day", daily)),
    ))
}

/// Calls of an hour of the day, on average over the days.
fn mean_of_day(shape: &Shape, hour: usize) -> f64 {
    let days = || shape.hours_of_week.iter().skip(hour).step_by(24);
    shape.by_hour_of_day.get(hour).copied().unwrap_or(0) as f64 / days().sum::<u64>().max(1) as f64
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + letters.as_str())
}

pub(super) fn correlation(correlation: &Correlation) -> Option<String> {
    let pearson = correlation.pearson_of_logs?;
    let spearman = correlation.spearman.map_or_else(String::new, |found| format!(", Spearman {found:.2}"));
    let meaning = match pearson {
        strong if strong >= 0.5 => "long inputs get long answers",
        weak if weak >= 0.2 => "longer inputs get somewhat longer answers",
        none if none > -0.2 => "the length of an input says little of that of its answer",
        _ => "longer inputs get shorter answers",
    };
    Some(format!("Input against output: {meaning} (Pearson of logarithms {pearson:.2}{spearman})."))
}

pub(super) fn truncation(profile: &Profile) -> Option<String> {
    let cut = profile.truncation.cut;
    if cut.part == 0 {
        return None;
    }
    let known = profile
        .output
        .quantiles
        .iter()
        .filter_map(|quantile| Some(format!("{} {}", quantile.name.to_uppercase(), count(quantile.uncut?))));
    let known: Vec<_> = known.collect();
    let known = if known.is_empty() { "no quantile is known".to_owned() } else { known.join(", ") };
    Some(format!(
        "{} of answers ({}) were cut at max_tokens, so quantiles from the shortest of them on are lower bounds, marked \
         with >=. Had none been cut: {known} (Kaplan and Meier's estimate, the standard one for lengths of which some are \
         only known to be longer).",
        percent(cut),
        count(cut.part),
    ))
}

pub(super) fn max_tokens(max_tokens: &MaxTokens) -> Option<String> {
    let set = max_tokens.set;
    if set.part == 0 {
        return None;
    }
    let usual =
        max_tokens.usual.iter().map(|one| format!("{} ({})", count(one.max_tokens), counted(one.calls, "call")));
    let more = max_tokens.values - max_tokens.usual.len() as u64;
    let more = if more > 0 { format!(", and {}", counted(more, "more value")) } else { String::new() };
    Some(format!(
        "max_tokens was set by {} of answered calls: {}{more}. They wrote {} of what they asked for; {} tokens were \
         reserved and not used.",
        percent(set),
        usual.collect::<Vec<_>>().join(", "),
        percent(max_tokens.used),
        count(max_tokens.unused),
    ))
}

pub(super) fn recorded_cache(cache: &RecordedCache) -> Option<String> {
    let (read, written) = (cache.read, cache.written);
    (read.part + written.part > 0).then(|| {
        format!(
            "Of the input, {} was read from the prompt cache and {} written to it.",
            percent(read),
            percent(written)
        )
    })
}

pub(super) fn reuse(reuse: &Reuse) -> String {
    format!(
        "By the blocks of {}, a prompt cache could read at most {} of their input with entries of five minutes, and {} \
         with entries of an hour (whole prefixes, an entry behind each block, hits refresh).",
        counted(reuse.calls, "prompt"),
        percent(reuse.five_minutes),
        percent(reuse.one_hour),
    )
}

pub(super) fn in_flight(flight: &InFlight) -> String {
    let mean = flight.mean.map_or_else(String::new, |mean| format!("{} on average, ", number(mean)));
    let of = if flight.recorded.part == flight.recorded.whole {
        String::new()
    } else {
        format!(", among the {} of calls whose latency was recorded", percent(flight.recorded))
    };
    format!(
        "In flight at once: {mean}{} at most (first at {} UTC){of}.",
        count(flight.peak.amount),
        second(&flight.peak.at)
    )
}

pub(super) fn sessions(sessions: &Sessions) -> String {
    let of = |name: &str| {
        let found: Option<&Quantile> = sessions.calls_of_one.iter().find(|quantile| quantile.name == name);
        found.map_or_else(|| "-".to_owned(), |quantile| count(quantile.value))
    };
    let rests = sessions.rests.map_or_else(String::new, |rests| {
        format!(
            " From one call of a session to its next: P50 {}, P95 {}, at most {}.",
            duration(rests.p50),
            duration(rests.p95),
            duration(rests.max)
        )
    });
    format!(
        "{} with {} of the calls: P50 {}, P95 {}, at most {} calls each.{rests}",
        counted(sessions.count, "session"),
        percent(sessions.calls),
        of("p50"),
        of("p95"),
        of("max"),
    )
}

/// The rule, where there are outages; the longest gap, where all are shorter than `told_us`.
pub(super) fn gaps(gaps: &[Gap], told_us: u64) -> Option<String> {
    let longest = gaps.first()?;
    if longest.length_us < told_us {
        let (length, from) = (duration(longest.length_us), second(&longest.from));
        return Some(format!("The longest time without calls is {length}, from {from} UTC on."));
    }
    let rule = "An outage is longer than ten minutes, where more calls were to be expected than twenty times variance / \
                mean of the minutes (than twenty, where that is below 1).";
    gaps.iter().any(|gap| gap.outage).then(|| rule.to_owned())
}

/// What the rows give where the monitor estimates what counts for a quota.
pub(super) fn observed(profile: &Profile) -> Option<String> {
    let estimated = profile.observed.iter().filter(|one| one.metric == QUOTA_USAGE);
    let rows = estimated.filter_map(|one| Some(format!("{}: {}", one.model, count(one.rows_peak.as_ref()?.amount))));
    let rows: Vec<String> = rows.take(COMPARED).collect();
    (!rows.is_empty()).then(|| {
        format!(
            "The busiest minutes of the rows, in plain tokens: {}. Tokens read from the cache are left out; a quota also \
             counts what max_tokens reserves, and output times the burndown of the model.",
            rows.join(", ")
        )
    })
}
