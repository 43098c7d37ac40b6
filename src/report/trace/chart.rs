//! The charts of a profile.

use super::model::{Lengths, Profile, Reuse, Timeline};
use super::words::{hour, number, second};
use crate::report::chart::{self, BarChart, HeatChart, Layer, Limit, LineChart, Series, Style};
use crate::report::format::{count, duration, percent};
use crate::report::model::{Chart, Share};
use jiff::Timestamp;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// In reading order; those that would show nothing are left out.
pub(super) fn charts(profile: &Profile) -> Vec<Chart> {
    let over_time = [calls(profile), tokens(&profile.timeline)].into_iter().flatten();
    let lengths = [
        lengths("input-lengths", "Input tokens of a call", &profile.input),
        lengths("output-lengths", "Output tokens of a call", &profile.output),
    ];
    over_time.chain(week(profile)).chain(lengths.into_iter().flatten()).chain(profile.reuse.map(reuse)).collect()
}

fn chart(id: &str, title: &str, svg: String, note: String) -> Chart {
    Chart { file_name: format!("{id}.svg"), title: title.to_owned(), svg, note, empty: false }
}

fn calls(profile: &Profile) -> Option<Chart> {
    let (timeline, minute) = (&profile.timeline, &profile.rates.peak_minute);
    let most = timeline.calls.iter().max()?;
    let (title, step) = ("Calls over time", step(timeline));
    let note = format!(
        "At most {} calls in {step}. The busiest minute has {}, from {} UTC on.",
        count(*most),
        count(minute.amount),
        second(&minute.at)
    );
    let peak = Limit { name: "most".to_owned(), value: *most as f64, during: None };
    let series = vec![series("calls", &timeline.calls, Style::Area)];
    Some(chart("calls", title, over_time("calls", title, &note, timeline, series, vec![peak])?, note))
}

fn tokens(timeline: &Timeline) -> Option<Chart> {
    let (input, output) = (timeline.input.iter().max()?, timeline.output.iter().max()?);
    let (title, step) = ("Tokens over time", step(timeline));
    let note = format!("At most {} input and {} output tokens in {step}.", count(*input), count(*output));
    let series = vec![series("input", &timeline.input, Style::Area), series("output", &timeline.output, Style::Line)];
    Some(chart("tokens", title, over_time("tokens", title, &note, timeline, series, Vec::new())?, note))
}

fn over_time(
    id: &str,
    title: &str,
    description: &str,
    timeline: &Timeline,
    series: Vec<Series>,
    limits: Vec<Limit>,
) -> Option<String> {
    let start: Timestamp = timeline.start.as_deref()?.parse().ok()?;
    Some(chart::lines(&LineChart {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        start,
        step_seconds: timeline.step_s,
        unit: format!("{id} in {}", step(timeline)),
        series,
        limits,
    }))
}

/// `10 s`, `1 min`.
fn step(timeline: &Timeline) -> String {
    duration(timeline.step_s * 1_000_000)
}

fn series(name: &str, values: &[u64], style: Style) -> Series {
    Series { name: name.to_owned(), values: values.iter().map(|value| *value as f64).collect(), style }
}

/// Where two days are covered, so that hours can be compared.
fn week(profile: &Profile) -> Option<Chart> {
    let shape = &profile.shape;
    if shape.daily.is_none() || profile.counts_from_zero {
        return None;
    }
    let mean = |(calls, hours): (&u64, &u64)| *calls as f64 / (*hours).max(1) as f64;
    let means: Vec<f64> = shape.by_hour_of_week.iter().zip(&shape.hours_of_week).map(mean).collect();
    let most = means.iter().copied().fold(0.0, f64::max);
    let at = means.iter().position(|mean| *mean == most)?;
    let title = "Calls by hour of the week";
    let note = format!(
        "Means of the hours that the trace covers, by the clock of {}: most from {} {} on, {} calls.",
        profile.timezone,
        DAYS[at / 24 % 7],
        hour(at % 24),
        number(most),
    );
    let svg = chart::heat(&HeatChart {
        id: "week".to_owned(),
        title: title.to_owned(),
        description: note.clone(),
        unit: "calls an hour".to_owned(),
        rows: DAYS.map(str::to_owned).to_vec(),
        columns: (0..24).map(hour).collect(),
        values: means.chunks(24).map(<[f64]>::to_vec).collect(),
    });
    Some(chart("week", title, svg, note))
}

/// Octaves from the shortest length to the longest.
fn lengths(id: &str, title: &str, lengths: &Lengths) -> Option<Chart> {
    let at =
        |name: &str| lengths.quantiles.iter().find(|quantile| quantile.name == name).map(|found| count(found.value));
    let note = format!(
        "Half of all calls have at most {}, 95 in a hundred at most {}. Each bar is as wide as all before it: from a \
         power of two to the next.",
        at("p50")?,
        at("p95")?
    );
    let cut = lengths.octaves.iter().any(|octave| octave.cut > 0);
    let layer = |name: &str, of: fn(&super::model::Octave) -> u64| Layer {
        name: name.to_owned(),
        values: lengths.octaves.iter().map(|octave| of(octave) as f64).collect(),
    };
    let mut layers = vec![layer(if cut { "ended by the model" } else { "calls" }, |octave| octave.count - octave.cut)];
    layers.extend(cut.then(|| layer("cut at max_tokens", |octave| octave.cut)));
    let svg = chart::bars(&BarChart {
        id: id.to_owned(),
        title: title.to_owned(),
        description: note.clone(),
        unit: "calls, by tokens from".to_owned(),
        categories: lengths.octaves.iter().map(|octave| binary(octave.from)).collect(),
        layers,
    });
    Some(chart(id, title, svg, note))
}

/// Powers of two in short: `512`, `4k`, where a thousand is 1,024.
fn binary(from: u64) -> String {
    match from {
        0..1_024 => from.to_string(),
        1_024..1_048_576 => format!("{}k", from >> 10),
        _ => format!("{}M", from >> 20),
    }
}

fn reuse(reuse: Reuse) -> Chart {
    let title = "Input that a prompt cache could read";
    let note = format!(
        "At most: {} with entries of five minutes, {} with entries of an hour.",
        percent(reuse.five_minutes),
        percent(reuse.one_hour)
    );
    let share = |share: Share| 100.0 * share.part as f64 / share.whole.max(1) as f64;
    let svg = chart::bars(&BarChart {
        id: "reuse".to_owned(),
        title: title.to_owned(),
        description: note.clone(),
        unit: "%".to_owned(),
        categories: vec!["5 minutes".to_owned(), "1 hour".to_owned()],
        layers: vec![Layer {
            name: "of the input".to_owned(),
            values: vec![share(reuse.five_minutes), share(reuse.one_hour)],
        }],
    });
    chart("reuse", title, svg, note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_two_are_short() {
        assert_eq!([0, 1, 512, 1_024, 65_536, 1 << 20].map(binary), ["0", "1", "512", "1k", "64k", "1M"]);
    }
}
