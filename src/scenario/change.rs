//! How much of a recording is taken, how often and when, as people write it.

use crate::document::{Decode, Node, Problems, Value, quantity};
use crate::units::{Decimal, Micros, Ratio};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// How often each call happens: above zero, at most a thousand times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale(Ratio);

/// So much later, or earlier, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift(i64);

/// From one instant to another, in microseconds of Unix time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// It belongs to the time.
    pub from_us: i64,
    /// It does not.
    pub until_us: i64,
}

quantity!(Scale, Scale::parse, "Scale", "a factor such as `2.5`", {
    "description": "How often each call happens: above 0, at most 1000.",
    "type": "number", "exclusiveMinimum": 0, "maximum": 1_000
});
quantity!(Shift, Shift::parse, "Shift", "a length of time such as `3h` or `-3h`", {
    "description": "A length of time, back with a minus sign: 3h, -90m.",
    "type": "string", "pattern": "^-?[0-9]"
});

impl Scale {
    /// The largest factor.
    const MOST: u64 = 1_000;

    /// Reads `2.5`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is not a factor; write it as `2` or `2.5`");
        let (above, below) = Decimal::parse(text).map_err(|_| expected())?.fraction().ok_or_else(expected)?;
        let ratio = u64::try_from(above).ok().zip(u64::try_from(below).ok());
        let ratio = ratio.and_then(|(above, below)| Ratio::new(above, below)).ok_or_else(expected)?;
        match () {
            () if ratio == Ratio::ZERO => Err("scaled by zero, nothing is left of the trace".to_owned()),
            () if Some(ratio) > Ratio::new(Self::MOST, 1) => Err(format!("`{text}` is more than {}", Self::MOST)),
            () => Ok(Self(ratio)),
        }
    }

    /// The factor.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        self.0
    }
}

impl Shift {
    /// Reads `3h` or `-3h`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (sign, length) = text.strip_prefix('-').map_or((1, text), |length| (-1, length));
        let length = Micros::parse(length)?;
        Ok(Self(i64::try_from(length.0).map_or(0, |us| us * sign)))
    }

    /// Microseconds; below zero when it is earlier.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }
}

impl Between {
    /// Reads two instants, each a date or a date with a time of day: `2026-11-02`, `2026-11-02T09:00:00Z`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the texts.
    pub fn parse(from: &str, until: &str) -> Result<Self, String> {
        let (from_us, until_us) = (instant(from)?, instant(until)?);
        if from_us >= until_us {
            return Err(format!("`{from}` is not before `{until}`"));
        }
        Ok(Self { from_us, until_us })
    }
}

/// A date begins at midnight, UTC.
fn instant(text: &str) -> Result<i64, String> {
    let at_midnight = || text.parse::<Date>().and_then(|date| date.to_zoned(TimeZone::UTC)).map(|day| day.timestamp());
    let at = text.parse::<Timestamp>().or_else(|_| at_midnight());
    at.map(Timestamp::as_microsecond)
        .map_err(|_| format!("`{text}` is not an instant; write `2026-11-02` or `2026-11-02T09:00:00Z`"))
}

impl Decode for Between {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::Sequence(items) = &node.value else {
            problems.at(
                &node.place,
                format!("expected two instants such as `[2026-11-02, 2026-11-09]`, found {}", node.kind()),
            );
            return None;
        };
        let [from, until] = items.as_slice() else {
            problems.at(&node.place, format!("expected two instants, found {}", items.len()));
            return None;
        };
        let texts: Vec<String> = [from, until].into_iter().filter_map(|item| String::decode(item, problems)).collect();
        let [from, until] = texts.as_slice() else { return None };
        Self::parse(from, until).map_err(|message| problems.at(&node.place, message)).ok()
    }
}

impl JsonSchema for Between {
    fn schema_name() -> Cow<'static, str> {
        "Between".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "From one instant to another: two dates, or dates with a time of day.",
            "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_shifts_and_times_are_exact() {
        assert_eq!(Scale::parse("2.5").map(Scale::ratio), Ok(Ratio::new(5, 2).unwrap()));
        for bad in ["0", "0.0", "-1", "1001", "x", "1e3", ".inf", "50%"] {
            assert!(Scale::parse(bad).is_err(), "{bad:?} was read");
        }
        assert_eq!(Shift::parse("-3h").map(Shift::micros), Ok(-10_800_000_000));
        assert!(Shift::parse("--3h").is_err() && Shift::parse("3").is_err());
        let week = Between::parse("2026-11-02", "2026-11-09T00:00:00Z").unwrap();
        assert_eq!(week.until_us - week.from_us, 7 * 86_400_000_000);
        assert!(Between::parse("2026-11-09", "2026-11-02").unwrap_err().contains("is not before"));
        assert!(Between::parse("2026-11-09", "2026-11-09").is_err() && Between::parse("monday", "2026-11-09").is_err());
    }
}
