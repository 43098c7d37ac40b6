//! What the parts of a recorded trace ask of each other.

use super::trace::is_store;
use super::{Kept, Trace};
use crate::document::{Located, Place, Problems};

/// Reports everything that cannot stand together; `place` is where the section begins.
pub(super) fn check_trace(trace: &Trace, place: &Place, problems: &mut Problems) {
    if trace.is_store() {
        check_store(trace, problems)
    } else {
        check_csv(trace, place, problems)
    }
    for file in trace.then.iter().filter(|file| is_store(&file.value) != trace.is_store()) {
        let message = format!("`{}` is of another kind than `{}`", file.value, trace.file.value);
        problems.with_help(
            &file.place,
            message,
            "a trace is CSV files, or stores; `tokencast trace convert` makes stores",
        );
    }
    let kept = |part| trace.recorded.iter().find(|kept| kept.value == part);
    if let (Some(cache), true) = (kept(Kept::Cache), trace.keeps(Kept::Blocks)) {
        let help = "keep `cache` for what was read and written then, or `blocks` to simulate what would be now";
        problems.with_help(&cache.place, "what was cached is either recorded or simulated", help);
    }
    if let Some(thin) = trace.thin.as_ref().filter(|thin| thin.value.share().numerator() == 0) {
        problems.at(&thin.place, "nothing is left of the trace");
    }
}

/// A store says itself what is in it.
fn check_store(trace: &Trace, problems: &mut Problems) {
    for (key, column) in columns(trace) {
        let Some(column) = column else { continue };
        let message = format!("`{key}` names a column, and the columns of a store have names of their own");
        let help = match key {
            "max_tokens" | "session" | "blocks" => format!("write `recorded: [{key}]`"),
            "app" | "account" | "model" | "region" | "ran_in" | "tier" | "outcome" => {
                format!("leave it out, or write `where: {{{key}: ..}}`")
            }
            "cache_read" | "cache_write_5m" | "cache_write_1h" => "write `recorded: [cache]`".to_owned(),
            _ => "leave it out".to_owned(),
        };
        problems.with_help(&column.place, message, help);
    }
    if trace.input_includes_cache.is_some() {
        problems.at(&trace.file.place, "a store keeps what was cached apart: leave `input_includes_cache` out");
    }
}

/// The columns of a CSV file have to be named.
fn check_csv(trace: &Trace, place: &Place, problems: &mut Problems) {
    let help = "a CSV file needs `time: {column: .., format: ..}`, `input` and `output`; a store, `.parquet`, does not";
    for (key, is_there) in
        [("time", trace.time.is_some()), ("input", trace.input.is_some()), ("output", trace.output.is_some())]
    {
        if !is_there {
            problems.with_help(place, format!("`{key}` is missing here"), help);
        }
    }
    let of_cache = [&trace.cache_read, &trace.cache_write_5m, &trace.cache_write_1h];
    let first = of_cache.into_iter().flatten().next();
    if let (Some(column), None) = (first, trace.input_includes_cache) {
        let message = "does `input` count what was cached, too? That cannot be told from the file";
        problems.with_help(&column.place, message, "write `input_includes_cache: true`, or `false`");
    }
    for kept in &trace.recorded {
        let has_column = match kept.value {
            Kept::Cache => first.is_some(),
            part => trace.keeps_by_column(part),
        };
        let columns = match kept.value {
            Kept::Cache => "`cache_read`, `cache_write_5m` or `cache_write_1h`".to_owned(),
            part => format!("`{}`", part.name()),
        };
        if !has_column {
            let message = format!("no column is named for `{}`", kept.value.name());
            problems.with_help(&kept.place, message, format!("name the column in {columns}"));
        }
    }
    for (key, place) in asked(trace) {
        if columns(trace).iter().any(|(name, column)| *name == key && column.is_none()) {
            let help = format!("name the column in `{key}`, beside `where`");
            problems.with_help(place, format!("no column is named for `{key}`"), help);
        }
    }
}

impl Trace {
    fn keeps_by_column(&self, part: Kept) -> bool {
        columns(self).iter().any(|(key, column)| *key == part.name() && column.is_some())
    }
}

/// The keys that name columns, and what they name.
fn columns(trace: &Trace) -> [(&'static str, Option<&Located<String>>); 17] {
    [
        ("time", trace.time.as_ref().map(|time| &time.column)),
        ("input", trace.input.as_ref()),
        ("cache_read", trace.cache_read.as_ref()),
        ("cache_write_5m", trace.cache_write_5m.as_ref()),
        ("cache_write_1h", trace.cache_write_1h.as_ref()),
        ("output", trace.output.as_ref()),
        ("max_tokens", trace.max_tokens.as_ref()),
        ("truncated", trace.truncated.as_ref()),
        ("app", trace.app.as_ref()),
        ("account", trace.account.as_ref()),
        ("model", trace.model.as_ref()),
        ("region", trace.region.as_ref()),
        ("ran_in", trace.ran_in.as_ref()),
        ("tier", trace.tier.as_ref()),
        ("session", trace.session.as_ref()),
        ("outcome", trace.outcome.as_ref()),
        ("blocks", trace.blocks.as_ref().map(|blocks| &blocks.column)),
    ]
}

/// What `where` asks for, and where.
fn asked(trace: &Trace) -> impl Iterator<Item = (&'static str, &Place)> {
    let only = &trace.r#where;
    let names = [
        ("app", &only.app),
        ("account", &only.account),
        ("model", &only.model),
        ("region", &only.region),
        ("ran_in", &only.ran_in),
        ("tier", &only.tier),
        ("session", &only.session),
    ];
    let outcome = only.outcome.iter().map(|outcome| ("outcome", &outcome.place));
    names.into_iter().filter_map(|(key, name)| Some((key, &name.as_ref()?.place))).chain(outcome)
}
