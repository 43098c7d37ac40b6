//! What stands beside the columns: what a monitor counted, as text.

use crate::trace::Observed;

/// The fields of [`Observed`] in their order.
type Entry<S> = (i64, u32, S, S, u64);

/// A JSON array of arrays: time, period, model, metric, value.
pub(super) fn observed_as_text(observed: &[Observed]) -> String {
    let entries: Vec<Entry<&str>> = observed.iter().map(entry).collect();
    serde_json::to_string(&entries).expect("numbers and text are JSON")
}

fn entry(of: &Observed) -> Entry<&str> {
    (of.at_us, of.period_s, &of.model, &of.metric, of.value)
}

/// Reads it back.
pub(super) fn observed_from_text(text: &str) -> Result<Vec<Observed>, serde_json::Error> {
    let entries: Vec<Entry<String>> = serde_json::from_str(text)?;
    let observed = |(at_us, period_s, model, metric, value): Entry<String>| Observed {
        at_us,
        period_s,
        model: model.into(),
        metric: metric.into(),
        value,
    };
    Ok(entries.into_iter().map(observed).collect())
}
