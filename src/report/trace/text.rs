//! What `tokencast trace profile` prints: plain text without colour, the same everywhere.

use super::model::{Gap, Lengths, Monitored, Profile, Rates};
use super::sentences;
use super::stats;
use super::words::{known, name, number, outcomes, second, told};
use crate::report::format::{count, duration, percent, printable};
use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::{left, right};

/// The profile in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(profile: &Profile, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let say = |sentence: Option<String>| sentence.map_or_else(String::new, |words| layout.paragraph(&words, 0));
    let sections = [
        layout.paragraph(&told(&profile.trace, &profile.total), 0),
        outcomes(&profile.total.outcomes, &layout),
        say(sentences::zero_of_its_own(profile)),
        rates(&profile.rates, &layout),
        windows(&profile.rates, &layout),
        say(sentences::gaps_vary(&profile.rates)),
        say(sentences::stamps(&profile.rates)),
        say(sentences::shape(profile)),
        lengths(profile, &layout),
        say(sentences::correlation(&profile.correlation)),
        say(sentences::truncation(profile)),
        say(sentences::max_tokens(&profile.max_tokens)),
        say(sentences::recorded_cache(&profile.recorded_cache)),
        say(profile.reuse.as_ref().map(sentences::reuse)),
        say(profile.in_flight.as_ref().map(sentences::in_flight)),
        say(profile.sessions.as_ref().map(sentences::sessions)),
        apps(profile, &layout),
        stats::table(&profile.groups, &layout),
        gaps(&profile.gaps, &layout),
        observed(&profile.observed, &layout),
    ];
    if profile.total.calls == 0 {
        return printable(&sections[0]);
    }
    printable(&sections.into_iter().filter(|section| !section.is_empty()).collect::<Vec<_>>().join("\n"))
}

fn rates(rates: &Rates, layout: &Layout) -> String {
    let columns = [left("rate"), right("amount"), left("in UTC, from")];
    let peak = |what: &str, peak: &super::model::Peak| vec![what.to_owned(), count(peak.amount), second(&peak.at)];
    let rows = [
        vec!["calls a second, on average".to_owned(), known(rates.mean_per_second), String::new()],
        peak("calls in the busiest second", &rates.peak_second),
        peak("calls in the busiest minute", &rates.peak_minute),
        peak("tokens in the busiest minute", &rates.peak_tokens),
    ];
    layout.table(&columns, &rows)
}

fn windows(rates: &Rates, layout: &Layout) -> String {
    let columns = [
        left("windows of"),
        right("windows"),
        right("calls, mean"),
        right("calls, most"),
        right("variance / mean"),
        left(""),
    ];
    let rows = rates.windows.iter().filter(|windows| windows.dispersion.is_some()).map(|windows| {
        let mean = windows.calls as f64 / windows.count.max(1) as f64;
        let note = if windows.finer_than_stamps { "finer than the stamps" } else { "" };
        vec![
            duration(windows.width_us),
            count(windows.count),
            number(mean),
            count(windows.most),
            known(windows.dispersion),
            note.to_owned(),
        ]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() { String::new() } else { layout.table(&columns, &rows) }
}

fn lengths(profile: &Profile, layout: &Layout) -> String {
    let columns = [
        left("tokens of an answered call"),
        right("mean"),
        right("P50"),
        right("P90"),
        right("P95"),
        right("P99"),
        right("most"),
    ];
    let row = |what: &str, lengths: &Lengths| {
        let cell = |quantile: &super::model::Quantile| {
            let bound = if quantile.is_lower_bound { ">=" } else { "" };
            format!("{bound}{}", count(quantile.value))
        };
        let cells = lengths.quantiles.iter().map(cell);
        [what.to_owned(), known(lengths.mean)].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let mut rows = vec![row("input", &profile.input), row("output", &profile.output)];
    if profile.truncation.cut.part > 0 {
        let cell = |quantile: &super::model::Quantile| quantile.uncut.map_or("unknown".to_owned(), count);
        let cells = profile.output.quantiles.iter().map(cell);
        rows.push(["output, had none been cut".to_owned(), "unknown".to_owned()].into_iter().chain(cells).collect());
    }
    if profile.input.count == 0 { String::new() } else { layout.table(&columns, &rows) }
}

fn apps(profile: &Profile, layout: &Layout) -> String {
    if profile.top_apps.len() < 2 {
        return String::new();
    }
    let columns = [left("app"), right("calls"), right("of all"), right("tokens"), right("of all")];
    let rows = profile.top_apps.iter().map(|app| {
        let (calls, tokens) = (count(app.calls.part), count(app.tokens.part));
        vec![name(app.app.as_ref()).to_owned(), calls, percent(app.calls), tokens, percent(app.tokens)]
    });
    layout.table(&columns, &rows.collect::<Vec<_>>())
}

fn gaps(gaps: &[Gap], layout: &Layout) -> String {
    let columns = [left("no calls from, in UTC"), right("for"), right("calls expected"), left("")];
    let rows = gaps.iter().map(|gap| {
        let verdict = if gap.outage { "outage" } else { "" };
        vec![second(&gap.from), duration(gap.length_us), number(gap.expected_calls), verdict.to_owned()]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return String::new();
    }
    let outages = gaps.iter().any(|gap| gap.outage);
    let rule = "An outage is longer than ten minutes, where more than twenty calls were to be expected.";
    layout.table(&columns, &rows) + &if outages { layout.paragraph(rule, 0) } else { String::new() }
}

fn observed(observed: &[Monitored], layout: &Layout) -> String {
    let columns = [
        left("model"),
        left("metric"),
        right("sum"),
        right("most a minute"),
        left("in UTC, from").rank(2),
        right("most in the rows").rank(1),
    ];
    let rows = observed.iter().map(|one| {
        let tokens = one.rows_peak.as_ref().filter(|_| one.metric == "EstimatedTPMQuotaUsage");
        vec![
            one.model.clone(),
            one.metric.clone(),
            count(one.sum),
            count(one.peak.amount),
            second(&one.peak.at),
            tokens.map_or_else(String::new, |peak| count(peak.amount)),
        ]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return String::new();
    }
    let rule = "The rows' own are plain tokens, without those read from the cache: a quota also counts what max_tokens \
                reserves, and output times the burndown of the model.";
    layout.table(&columns, &rows) + &layout.paragraph(rule, 0)
}
