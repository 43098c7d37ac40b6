//! What a monitor counted, beside what the rows give.

use super::compose::{instant, peak};
use super::model::{Monitored, Peak};
use crate::profile;
use crate::trace::{Name, Observed};
use std::collections::BTreeMap;

/// What was counted of each model and metric, and the busiest minute of the rows of that model.
pub(super) fn compose(observed: &[Observed], busiest: &BTreeMap<Name, profile::Peak>) -> Vec<Monitored> {
    let mut found: BTreeMap<(&str, &str), Vec<&Observed>> = BTreeMap::new();
    for one in observed {
        found.entry((&one.model, &one.metric)).or_default().push(one);
    }
    let monitored = |((model, metric), values): ((&str, &str), Vec<&Observed>)| {
        let highest = values.iter().max_by_key(|one| (by_minute(one), std::cmp::Reverse(one.at_us)))?;
        let rows = busiest.iter().find(|(name, _)| name.as_deref() == Some(model));
        Some(Monitored {
            model: model.to_owned(),
            metric: metric.to_owned(),
            periods: values.len() as u64,
            sum: values.iter().map(|one| one.value).sum(),
            peak: Peak { amount: by_minute(highest), at: instant(highest.at_us) },
            peak_period_s: highest.period_s,
            rows_peak: rows.map(|(_, found)| peak(found)),
        })
    };
    found.into_iter().filter_map(monitored).collect()
}

/// The value by the minute, on average over its period.
fn by_minute(one: &Observed) -> u64 {
    one.value.saturating_mul(60) / u64::from(one.period_s.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_period_is_told_by_the_minute_beside_that_of_the_rows() {
        let one = |at_s: i64, period_s, value| Observed {
            at_us: at_s * 1_000_000,
            period_s,
            model: "m".into(),
            metric: "EstimatedTPMQuotaUsage".into(),
            value,
        };
        let observed = [one(0, 300, 5_000), one(300, 60, 1_200), one(360, 60, 1_200)];
        let busiest = BTreeMap::from([(Some("m".into()), profile::Peak { at_us: 0, amount: 900 })]);
        let found = compose(&observed, &busiest);
        assert_eq!((found.len(), found[0].periods, found[0].sum), (1, 3, 7_400));
        assert_eq!((found[0].peak.amount, found[0].peak.at.as_str()), (1_200, "1970-01-01T00:05:00Z"));
        assert_eq!(found[0].rows_peak.as_ref().map(|peak| peak.amount), Some(900));
    }
}
