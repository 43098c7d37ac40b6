//! When a scenario begins, how long it lasts, and whose clock its day follows.

use crate::document::{Decode, Node, Problems, nearest, quantity};
use crate::units::Micros;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The instant at which a scenario starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start(pub Timestamp);

quantity!(Start, Start::parse, "Start", "an instant such as `2026-12-01T00:00:00Z`", {
    "description": "An instant in UTC: 2026-12-01T00:00:00Z.",
    "type": "string", "format": "date-time", "pattern": "Z$"
});

impl Start {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is not an instant in UTC; write it as `2026-12-01T00:00:00Z`");
        let instant: Timestamp = text.strip_suffix('Z').and_then(|_| text.parse().ok()).ok_or_else(expected)?;
        match instant.to_zoned(TimeZone::UTC).year() {
            2020..=2100 => Ok(Self(instant)),
            year => Err(format!("the year {year} is not between 2020 and 2100")),
        }
    }
}

/// How long a scenario lasts: at least a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon(pub Micros);

quantity!(Horizon, Horizon::parse, "Horizon", "a length of time such as `7d`", {
    "description": "A length of time of at least a second: 90m, 12h, 7d.",
    "type": "string", "pattern": "^[0-9]"
});

impl Horizon {
    fn parse(text: &str) -> Result<Self, String> {
        let length = Micros::parse(text)?;
        if length < Micros::SECOND { Err(format!("`{text}` is less than a second")) } else { Ok(Self(length)) }
    }
}

/// A time zone of the IANA database that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(pub TimeZone);

impl Decode for Zone {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let name = String::decode(node, problems)?;
        let zones = TimeZoneDatabase::bundled();
        if let Ok(zone) = zones.get(&name) {
            return Some(Self(zone));
        }
        let names: Vec<String> = zones.available().map(|zone| zone.to_string()).collect();
        let help = match nearest(&name, &names.iter().map(String::as_str).collect::<Vec<_>>()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write a name of the IANA database, such as `America/New_York` or `UTC`".to_owned(),
        };
        problems.with_help(&node.place, format!("unknown time zone `{name}`"), help);
        None
    }
}

impl JsonSchema for Zone {
    fn schema_name() -> Cow<'static, str> {
        "TimeZone".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "A time zone of the IANA database: America/New_York, UTC.", "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, parse};

    fn zone(name: &str) -> Result<Zone, String> {
        let mut problems = Problems::default();
        Zone::decode(&parse(&Source::new("z.yaml", name)).unwrap(), &mut problems).ok_or_else(|| problems.render())
    }

    #[test]
    fn a_start_is_a_utc_instant_of_this_age() {
        assert!(Start::parse("2026-12-01T00:00:00.123456Z").is_ok());
        for bad in ["2026-12-01", "2026-12-01T00:00:00", "2026-12-01T00:00:00-05:00", "1970-01-01T00:00:00Z", "now"] {
            assert!(Start::parse(bad).is_err(), "{bad:?} was read");
        }
    }

    #[test]
    fn a_horizon_lasts() {
        assert_eq!(Horizon::parse("7d"), Ok(Horizon(Micros(7 * Micros::DAY.0))));
        for bad in ["0s", "999ms", "-1d", "7"] {
            assert!(Horizon::parse(bad).is_err(), "{bad:?} was read");
        }
    }

    #[test]
    fn time_zones_are_known_without_asking_the_machine() {
        assert_eq!(zone("America/New_York").unwrap().0.iana_name(), Some("America/New_York"));
        assert!(zone("America/New_Yrok").unwrap_err().contains("did you mean `America/New_York`?"));
        assert!(zone("../../etc/passwd").is_err());
    }
}
