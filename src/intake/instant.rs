//! Instants as recordings write them, in microseconds; finer digits are cut off.

use crate::units::Decimal;
use jiff::{Timestamp, civil, tz::TimeZone};
use serde_json::value::RawValue;

/// A date and a time of day; UTC unless it says another zone.
pub(super) fn wall_clock(text: &str) -> Result<i64, String> {
    let utc = || text.parse::<civil::DateTime>().and_then(|utc| TimeZone::UTC.to_timestamp(utc));
    let instant = text.parse::<Timestamp>().or_else(|_| utc());
    instant
        .map(Timestamp::as_microsecond)
        .map_err(|_| format!("`{}` is not a time such as `2026-12-01T09:30:00.250Z`", text.escape_debug()))
}

/// A number of seconds.
pub(super) fn seconds(number: &RawValue) -> Result<i64, String> {
    micros(number.get(), 6)
}

/// A number of milliseconds.
pub(super) fn milliseconds(number: &RawValue) -> Result<i64, String> {
    micros(number.get(), 3)
}

fn micros(text: &str, places: u32) -> Result<i64, String> {
    let wrong = || format!("`{}` is not a time", text.escape_debug());
    let (digits, scale) = Decimal::parse(text).map_err(|_| wrong())?.fraction().ok_or_else(wrong)?;
    let scaled = digits.checked_mul(10_i128.pow(places)).ok_or_else(wrong)?;
    let micros = scaled.div_euclid(i128::try_from(scale).map_err(|_| wrong())?);
    i64::try_from(micros).ok().filter(|us| us.abs() < i64::MAX / 4).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_to_the_microsecond() {
        assert_eq!(wall_clock("1970-01-01T00:00:01.5Z"), Ok(1_500_000));
        assert_eq!(wall_clock("1970-01-01 00:00:01.1234567"), Ok(1_123_456));
        assert_eq!(wall_clock("1970-01-01T01:00:00+01:00"), Ok(0));
        assert!(wall_clock("noon").is_err() && wall_clock("").is_err());
        assert_eq!((micros("61.114", 6), micros("27482", 3)), (Ok(61_114_000), Ok(27_482_000)));
        assert!(micros("\"5\"", 6).is_err() && micros("1e400", 6).is_err() && micros("null", 3).is_err());
    }
}
