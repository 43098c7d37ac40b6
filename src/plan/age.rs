//! How old the prices of a plan are: how long before its start somebody compared them with their source.

use super::{App, Plan};
use crate::pricing::Provenance;
use crate::units::Micros;
use jiff::civil::Date;
use jiff::tz::TimeZone;

impl App {
    /// Where each of its prices comes from; what the scenario itself gives has no source.
    pub fn cited(&self) -> impl Iterator<Item = &Provenance> {
        let tokens = self.lanes.iter().flat_map(|lane| lane.offer.rates().map(|row| &row.provenance));
        let metered = self.meters.iter().flat_map(|meter| meter.rates.cited());
        let standing = self.standing.iter().flat_map(|held| held.rates.cited());
        tokens.chain(metered).chain(standing)
    }
}

impl Plan {
    /// The price that was compared with its source the longest ago, and how long before the start that was; of one
    /// application, or of all and of the capacity that they share. Nothing when no price has a source.
    #[must_use]
    pub fn oldest_price(&self, app: Option<usize>) -> Option<(&Provenance, Micros)> {
        let apps = self.apps.iter().enumerate().filter(|(number, _)| app.is_none_or(|app| app == *number));
        let fees = self.pools.iter().filter(|_| app.is_none()).filter_map(|pool| pool.purchase.as_ref());
        let fees = fees.flat_map(|purchase| &purchase.fees).flat_map(|fee| fee.per_hour.cited());
        let oldest = apps.flat_map(|(_, app)| app.cited()).chain(fees).min_by_key(|cited| cited.checked)?;
        Some((oldest, between(oldest.checked, self.start.to_zoned(TimeZone::UTC).date())))
    }
}

/// Whole days; nothing when the second day is not later.
fn between(earlier: Date, later: Date) -> Micros {
    let days = later.duration_since(earlier).as_secs() / 86_400;
    Micros(u64::try_from(days).unwrap_or(0) * Micros::DAY.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_age_is_whole_days_and_never_negative() {
        assert_eq!(between(date(2026, 11, 20), date(2027, 2, 18)), Micros(90 * Micros::DAY.0));
        assert_eq!(between(date(2026, 11, 20), date(2026, 11, 19)), Micros(0));
    }
}
