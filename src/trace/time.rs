//! Instants as recordings write them, in microseconds; finer digits are cut off.

use super::TimeFormat;
use crate::units::Decimal;
use jiff::{Timestamp, civil, tz::TimeZone};

/// Reads one instant. Wall-clock times without an offset are UTC.
pub(crate) fn parse(text: &str, format: TimeFormat) -> Result<i64, String> {
    match format {
        TimeFormat::WallClock => wall_clock(text),
        TimeFormat::Seconds => number(text, 9, 1_000),
        TimeFormat::Milliseconds => number(text, 9, 1_000_000),
    }
}

fn wall_clock(text: &str) -> Result<i64, String> {
    let has_offset = text.ends_with(['Z', 'z']) || text.get(10..).is_some_and(|time| time.contains(['+', '-']));
    let instant = if has_offset {
        text.parse::<Timestamp>()
    } else {
        text.parse::<civil::DateTime>().and_then(|utc| TimeZone::UTC.to_timestamp(utc))
    };
    instant
        .map(Timestamp::as_microsecond)
        .map_err(|_| format!("`{}` is not a time such as `2026-12-01 09:30:00.250`", text.escape_debug()))
}

/// A decimal number of units, each `10^places / below` microseconds.
fn number(text: &str, places: u32, below: i128) -> Result<i64, String> {
    let not_a_time = || format!("`{}` is not a number of seconds or milliseconds", text.escape_debug());
    let (digits, scale) = Decimal::parse(text).map_err(|_| not_a_time())?.fraction().ok_or_else(not_a_time)?;
    let scaled = digits.checked_mul(10_i128.pow(places)).ok_or_else(not_a_time)?;
    let micros = scaled.div_euclid(i128::try_from(scale).map_err(|_| not_a_time())?.saturating_mul(below));
    i64::try_from(micros).ok().filter(|us| us.abs() < i64::MAX / 4).ok_or_else(not_a_time)
}

/// Writes an instant in UTC with six digits of a fraction; nothing where no calendar reaches.
pub(super) fn written(at_us: i64) -> Option<String> {
    Timestamp::from_microsecond(at_us).ok().map(|instant| format!("{instant:.6}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(written(1_500_000).as_deref(), Some("1970-01-01T00:00:01.500000Z"));
        for at_us in [-1, 0, 1, 1_764_547_200_000_001, -62_167_219_200_000_000] {
            assert_eq!(parse(&written(at_us).unwrap(), TimeFormat::WallClock), Ok(at_us));
        }
        assert_eq!(written(i64::MAX), None);
    }

    #[test]
    fn every_format_is_read_to_the_microsecond() {
        let wall = |text| parse(text, TimeFormat::WallClock);
        assert_eq!(wall("1970-01-01 00:00:01.6805900"), Ok(1_680_590));
        assert_eq!(wall("1970-01-01T00:00:01.123456789"), Ok(1_123_456));
        assert_eq!(wall("1970-01-01T01:00:00+01:00"), Ok(0));
        assert_eq!(parse("1.5", TimeFormat::Seconds), Ok(1_500_000));
        assert_eq!(parse("-0.25", TimeFormat::Seconds), Ok(-250_000));
        assert_eq!(parse("1700000000.1234567", TimeFormat::Seconds), Ok(1_700_000_000_123_456));
        assert_eq!(parse("27482", TimeFormat::Milliseconds), Ok(27_482_000));
        for (bad, format) in [
            ("", TimeFormat::WallClock),
            ("noon", TimeFormat::WallClock),
            ("1e9", TimeFormat::Seconds),
            ("NaN", TimeFormat::Milliseconds),
        ] {
            assert!(parse(bad, format).is_err(), "{bad:?}");
        }
    }
}
