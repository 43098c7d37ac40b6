//! From a profile to its view model.

use super::model::{self, Counts, Group, Lengths, Octave, Outcomes, Peak, Profile, Quantile};
use super::monitored;
use crate::profile::{self, Distribution, survival};
use crate::report::model::{Percentiles, SCHEMA_VERSION, Share, Tokens, Tool};
use crate::trace::{Name, Observed, Outcome};
use crate::units::Micros;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Apps that are told, by tokens and by calls.
const TOP: usize = 10;
/// Values of `max_tokens` that are told.
const SETTINGS: usize = 5;
/// A trace whose last call is within a year of 1970 counts from a zero of its own.
const YEAR_US: i64 = 366 * Micros::DAY.0 as i64;

/// Thousandths, and their names.
const QUANTILES: [(u64, &str); 5] = [(500, "p50"), (900, "p90"), (950, "p95"), (990, "p99"), (1_000, "max")];

/// The profile of a trace as it was named, with hours of a zone by its name, and what a monitor counted.
#[must_use]
pub fn compose(trace: &str, timezone: &str, found: &profile::Profile, observed: &[Observed]) -> Profile {
    let all = &found.all;
    let answered = all.of(Outcome::Answered);
    Profile {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        trace: trace.to_owned(),
        timezone: timezone.to_owned(),
        total: counts(all),
        counts_from_zero: all.during.is_some_and(|(first, last)| first >= 0 && last < YEAR_US),
        rates: rates(found),
        timeline: timeline(&found.timeline),
        shape: shape(&found.shape),
        input: lengths(&all.input, &Distribution::default()),
        output: lengths(&all.ended, &all.cut),
        correlation: model::Correlation {
            calls: found.correlation.calls,
            pearson_of_logs: found.correlation.pearson_of_logs,
            spearman: found.correlation.spearman,
        },
        truncation: model::Truncation { cut: share(all.cut.count(), answered), shortest: all.cut.min() },
        max_tokens: max_tokens(all, answered),
        recorded_cache: recorded(all),
        reuse: reuse(&found.reuse),
        in_flight: in_flight(&found.flight, all.calls),
        sessions: sessions(&found.sessions, all.calls),
        gaps: found.gaps.iter().map(gap).collect(),
        top_apps: top_apps(&found.groups),
        groups: groups(&found.groups),
        observed: monitored::compose(observed, &found.busiest_of_models),
    }
}

pub(super) fn counts(group: &profile::Group) -> Counts {
    Counts {
        calls: group.calls,
        outcomes: Outcomes {
            answered: group.of(Outcome::Answered),
            throttled: group.of(Outcome::Throttled),
            failed: group.of(Outcome::Failed),
            blocked: group.of(Outcome::Blocked),
        },
        tokens: Tokens::of(group.usage),
        first: group.during.map(|(first, _)| instant(first)),
        last: group.during.map(|(_, last)| instant(last)),
        span_us: group.span_us(),
    }
}

/// By tokens, the most first; those that were not kept apart come last.
pub(super) fn groups(groups: &profile::Groups) -> Vec<Group> {
    let mut sorted: Vec<_> = groups.by_kind.iter().collect();
    sorted.sort_by_key(|(_, group)| std::cmp::Reverse(tokens(group)));
    let others = (groups.others.calls > 0).then(|| kind(&profile::Kind::default(), &groups.others, true));
    sorted.into_iter().map(|(of, group)| kind(of, group, false)).chain(others).collect()
}

fn kind(kind: &profile::Kind, group: &profile::Group, others: bool) -> Group {
    let pair = |lengths: &Distribution| Some([lengths.quantile(500)?, lengths.quantile(950)?]);
    Group {
        app: text(&kind.app),
        model: text(&kind.model),
        region: text(&kind.region),
        tier: text(&kind.tier).unwrap_or_else(|| "standard".to_owned()),
        others,
        counts: counts(group),
        input: pair(&group.input),
        output: pair(&group.output()),
        cut: group.cut.count(),
    }
}

/// Those with the most tokens, and those with the most calls.
fn top_apps(groups: &profile::Groups) -> Vec<model::App> {
    let mut by_app: BTreeMap<&Name, (u64, u64)> = BTreeMap::new();
    for (kind, group) in &groups.by_kind {
        let app = by_app.entry(&kind.app).or_default();
        *app = (app.0 + group.calls, app.1 + tokens(group));
    }
    let all = groups.all();
    let top = |of: fn(&(u64, u64)) -> u64| {
        let mut apps: Vec<_> = by_app.iter().collect();
        apps.sort_by_key(|(_, amounts)| std::cmp::Reverse(of(amounts)));
        apps.into_iter().take(TOP).map(|(app, amounts)| (std::cmp::Reverse(amounts.1), *app, amounts.0)).collect()
    };
    let (by_tokens, by_calls): (BTreeSet<_>, BTreeSet<_>) = (top(|amounts| amounts.1), top(|amounts| amounts.0));
    let app = |(tokens_of, app, calls): &(std::cmp::Reverse<u64>, &Name, u64)| model::App {
        app: text(app),
        calls: share(*calls, all.calls),
        tokens: share(tokens_of.0, tokens(&all)),
    };
    by_tokens.union(&by_calls).map(app).collect()
}

fn tokens(group: &profile::Group) -> u64 {
    group.usage.total_input() + group.usage.output
}

fn rates(found: &profile::Profile) -> model::Rates {
    let (rates, all) = (&found.rates, &found.all);
    let seconds = all.span_us() as f64 / 1e6;
    let windows = |windows: &profile::Windows| model::Windows {
        width_us: windows.width_us,
        count: windows.count,
        calls: windows.calls,
        most: windows.most,
        dispersion: windows.dispersion,
        finer_than_stamps: windows.finer_than_stamps,
    };
    model::Rates {
        mean_per_second: (all.span_us() > 0).then(|| all.calls as f64 / seconds),
        peak_second: peak(&rates.peak_second),
        peak_minute: peak(&rates.peak_minute),
        peak_tokens: peak(&rates.peak_tokens),
        windows: rates.windows.iter().map(windows).collect(),
        variation_of_gaps: rates.variation_of_gaps,
        stamps_apart_us: rates.stamps_apart_us,
        stamps_shared: share(rates.stamps_shared, all.calls),
    }
}

pub(super) fn peak(peak: &profile::Peak) -> Peak {
    Peak { amount: peak.amount, at: instant(peak.at_us) }
}

fn timeline(timeline: &profile::Timeline) -> model::Timeline {
    let of = |amount: fn(&profile::Step) -> u64| timeline.steps.iter().map(amount).collect();
    model::Timeline {
        start: (!timeline.steps.is_empty()).then(|| instant(timeline.start_s.saturating_mul(1_000_000))),
        step_s: timeline.width_s,
        calls: of(|step| step.calls),
        input: of(|step| step.input),
        output: of(|step| step.output),
    }
}

fn shape(shape: &profile::Shape) -> model::Shape {
    let strength = |found: profile::Strength| model::Strength { r_squared: found.share, by_chance: found.by_chance };
    model::Shape {
        by_hour_of_day: shape.by_hour_of_day.clone(),
        by_hour_of_week: shape.by_hour_of_week.clone(),
        hours_of_week: shape.hours_of_week.clone(),
        whole_hours: shape.whole_hours,
        daily: shape.daily.map(strength),
        weekly: shape.weekly.map(strength),
    }
}

fn lengths(ended: &Distribution, cut: &Distribution) -> Lengths {
    let mut all = ended.clone();
    all.merge(cut);
    let is_cut = cut.count() > 0;
    let quantile = |(per_thousand, name): (u64, &'static str)| {
        let value = all.quantile(per_thousand)?;
        let uncut = is_cut.then(|| survival::uncut_quantile(ended, cut, per_thousand)).flatten();
        Some(Quantile { name, value, is_lower_bound: survival::is_lower_bound(value, cut), uncut })
    };
    Lengths {
        count: all.count(),
        mean: all.mean(),
        quantiles: QUANTILES.into_iter().filter_map(quantile).collect(),
        octaves: octaves(&all, cut),
    }
}

/// From the octave of the shortest length to that of the longest; no tokens at all come before one.
fn octaves(all: &Distribution, cut: &Distribution) -> Vec<Octave> {
    let place = |length: u64| if length == 0 { 0 } else { length.ilog2() + 1 };
    let (Some(first), Some(last)) = (all.min().map(place), all.max().map(place)) else { return Vec::new() };
    let from = |octave: u32| if octave == 0 { 0 } else { 1 << (octave - 1) };
    let mut octaves: Vec<_> = (first..=last).map(|octave| Octave { from: from(octave), count: 0, cut: 0 }).collect();
    let mut count = |of: &Distribution, part: fn(&mut Octave) -> &mut u64| {
        of.each().for_each(|(length, times)| *part(&mut octaves[(place(length) - first) as usize]) += times);
    };
    count(all, |octave| &mut octave.count);
    count(cut, |octave| &mut octave.cut);
    octaves
}

fn max_tokens(all: &profile::Group, answered: u64) -> model::MaxTokens {
    let asked = all.written_of_max_tokens + all.unused_of_max_tokens;
    let mut settings: Vec<_> = all.max_tokens.each().collect();
    settings.sort_by_key(|(_, calls)| std::cmp::Reverse(*calls));
    let usual = settings.iter().take(SETTINGS);
    model::MaxTokens {
        set: share(all.max_tokens.count(), answered),
        used: share(all.written_of_max_tokens, asked),
        unused: all.unused_of_max_tokens,
        usual: usual.map(|(max_tokens, calls)| model::Setting { max_tokens: *max_tokens, calls: *calls }).collect(),
        values: settings.len() as u64,
    }
}

fn recorded(all: &profile::Group) -> model::RecordedCache {
    let usage = all.usage;
    let of_input = |part: u64| share(part, usage.total_input());
    model::RecordedCache {
        read: of_input(usage.cache_read),
        written: of_input(usage.cache_write_5m + usage.cache_write_1h),
    }
}

fn reuse(reuse: &profile::Reusable) -> Option<model::Reuse> {
    let of_input = |part: u64| share(part, reuse.input);
    (reuse.calls > 0).then(|| model::Reuse {
        calls: reuse.calls,
        five_minutes: of_input(reuse.within_5m),
        one_hour: of_input(reuse.within_1h),
    })
}

fn in_flight(flight: &profile::Flight, calls: u64) -> Option<model::InFlight> {
    (flight.calls > 0).then(|| model::InFlight {
        recorded: share(flight.calls, calls),
        mean: flight.mean(),
        peak: Peak { amount: flight.peak, at: instant(flight.peak_at_us) },
    })
}

fn sessions(sessions: &profile::Sessions, calls: u64) -> Option<model::Sessions> {
    let rests = &sessions.rests;
    let at = |per_thousand: u64| rests.percentile(per_thousand).0;
    let percentiles = || Percentiles { p50: at(500), p90: at(900), p95: at(950), p99: at(990), max: rests.max().0 };
    (sessions.count > 0).then(|| model::Sessions {
        count: sessions.count,
        calls: share(sessions.calls, calls),
        calls_of_one: lengths(&sessions.calls_of_one, &Distribution::default()).quantiles,
        rests: (rests.count() > 0).then(percentiles),
    })
}

fn gap(gap: &profile::Gap) -> model::Gap {
    model::Gap { from: instant(gap.at_us), length_us: gap.length_us, expected_calls: gap.expected, outage: gap.outage }
}

fn share(part: u64, whole: u64) -> Share {
    Share { part, whole }
}

fn text(name: &Name) -> Option<String> {
    name.as_deref().map(str::to_owned)
}

/// RFC 3339 in UTC; what no calendar holds is its end.
pub(super) fn instant(at_us: i64) -> String {
    let end = if at_us < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(at_us).unwrap_or(end).to_string()
}
