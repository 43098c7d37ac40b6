//! How traffic is spread over the hours of a week.

use crate::document::{Decode, Located, Node, Place, Problem, Problems, Value, names, quantity, section};
use crate::units::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The weight of every hour of a week of local time, Monday first; only their proportions count, and
/// the mean rate over a week stays the rate that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Day of the week (Monday first), then hour of the day.
    pub weights: Box<[[u64; 24]; 7]>,
}

names! {
    /// A shape that has a name.
    pub enum NamedShape: "shape" {
        /// The same in every hour of the week.
        Flat = "flat",
        /// Monday to Friday with a steep start at 8, a peak from 10 to 17 and a dip at noon; nights and
        /// weekends stay near a tenth or below.
        OfficeHours = "office_hours",
        /// Every day, rising from the afternoon to a peak from 20 to 22; somewhat more at weekends.
        Evenings = "evenings",
        /// The same in every hour from Monday to Friday, nothing at weekends.
        AlwaysOnWeekdays = "always_on_weekdays",
    }
}

section! {
    /// A shape of weights: any scale, only proportions count.
    pub struct WeightedShape {
        /// The weight of each hour of the day, from 0 to 23, in the scenario's time zone: 24 numbers.
        pub hours: Option<Located<Vec<Weight>>>,
        /// The weight of each day of the week, Monday to Sunday: 7 numbers.
        pub weekdays: Option<Located<Vec<Weight>>>,
    }
    check weighs_a_week
}

/// A weight in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight(u64);

quantity!(Weight, Weight::parse, "Weight", "a weight such as `0.5`", {
    "description": "A weight: not negative, at most three decimals, up to 100000.",
    "type": "number", "minimum": 0, "maximum": 100_000
});

impl Weight {
    /// So that a week of products of two weights stays inside 64 bits.
    const HEAVIEST: u64 = 100_000_000;

    fn parse(text: &str) -> Result<Self, String> {
        let weight = Decimal::parse(text)?;
        if weight.is_negative() {
            return Err(format!("the weight `{text}` is negative"));
        }
        let thousandths =
            weight.shifted(3).ok_or_else(|| format!("the weight `{text}` has more than three decimals"))?;
        let thousandths = u64::try_from(thousandths).ok().filter(|weight| *weight <= Self::HEAVIEST);
        thousandths.map(Self).ok_or_else(|| format!("the weight `{text}` is above 100000"))
    }
}

const OFFICE_DAY: [u64; 24] = [2, 1, 1, 1, 1, 2, 5, 15, 45, 80, 95, 100, 85, 80, 95, 100, 95, 85, 60, 35, 20, 12, 8, 4];
const OFFICE_WEEK: [u64; 7] = [100, 100, 100, 100, 90, 12, 8];
const EVENING_DAY: [u64; 24] =
    [30, 15, 8, 5, 4, 5, 10, 20, 30, 35, 40, 45, 50, 50, 50, 55, 60, 70, 80, 90, 100, 100, 85, 55];
const EVENING_WEEK: [u64; 7] = [85, 85, 85, 85, 95, 100, 100];

impl NamedShape {
    /// The weights behind the name.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Self::Flat => Shape::product(&[1; 24], &[1; 7]),
            Self::OfficeHours => Shape::product(&OFFICE_DAY, &OFFICE_WEEK),
            Self::Evenings => Shape::product(&EVENING_DAY, &EVENING_WEEK),
            Self::AlwaysOnWeekdays => Shape::product(&[1; 24], &[1, 1, 1, 1, 1, 0, 0]),
        }
    }
}

impl Shape {
    fn product(hours: &[u64; 24], weekdays: &[u64; 7]) -> Self {
        Self { weights: Box::new(weekdays.map(|day| hours.map(|hour| hour * day))) }
    }

    fn of(weighted: &WeightedShape) -> Self {
        let mut hours = [1; 24];
        let mut weekdays = [1; 7];
        let fill = |weights: &mut [u64], given: &Option<Located<Vec<Weight>>>| {
            let given = given.iter().flat_map(|given| &given.value);
            weights.iter_mut().zip(given).for_each(|(weight, given)| *weight = given.0);
        };
        fill(&mut hours, &weighted.hours);
        fill(&mut weekdays, &weighted.weekdays);
        Self::product(&hours, &weekdays)
    }
}

fn weighs_a_week(shape: &WeightedShape, place: &Place) -> Result<(), Problem> {
    if shape.hours.is_none() && shape.weekdays.is_none() {
        return Err(Problem::new(place.clone(), "this shape has no weights").help("give `hours`, `weekdays` or both"));
    }
    for (weights, count) in [(&shape.hours, 24), (&shape.weekdays, 7)] {
        let Some(Located { value: weights, place }) = weights else { continue };
        if weights.len() != count {
            return Err(Problem::new(place.clone(), format!("expected {count} weights, found {}", weights.len())));
        }
        if weights.iter().all(|weight| weight.0 == 0) {
            return Err(Problem::new(place.clone(), "all of these weights are zero"));
        }
    }
    Ok(())
}

impl Decode for Shape {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match node.value {
            Value::Mapping(_) => WeightedShape::decode(node, problems).map(|shape| Self::of(&shape)),
            _ => NamedShape::decode(node, problems).map(NamedShape::shape),
        }
    }
}

impl JsonSchema for Shape {
    fn schema_name() -> Cow<'static, str> {
        "Shape".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let named = generator.subschema_for::<NamedShape>();
        let weighted = generator.subschema_for::<WeightedShape>();
        json_schema!({ "description": "How traffic is spread over the hours of a week.", "anyOf": [named, weighted] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, parse};

    fn read(text: &str) -> Result<Shape, String> {
        let mut problems = Problems::default();
        let read = Shape::decode(&parse(&Source::new("s.yaml", text)).unwrap(), &mut problems);
        read.filter(|_| problems.is_empty()).ok_or_else(|| problems.render())
    }

    #[test]
    fn weights_multiply_exactly_in_thousandths() {
        let shape = read("{weekdays: [1, 1, 1, 1, 0.5, 0, 0]}").unwrap();
        assert_eq!(shape.weights.map(|day| day[9]), [1_000, 1_000, 1_000, 1_000, 500, 0, 0]);
        let heaviest = format!("{{hours: [{}], weekdays: [{}]}}", ["100000"; 24].join(","), ["100000"; 7].join(","));
        assert!(
            read(&heaviest).unwrap().weights.iter().flatten().try_fold(0_u64, |sum, w| sum.checked_add(*w)).is_some()
        );
    }

    #[test]
    fn every_named_shape_has_traffic_and_flat_is_flat() {
        assert_eq!(*read("flat").unwrap().weights, [[1; 24]; 7]);
        for name in ["office_hours", "evenings", "always_on_weekdays"] {
            assert!(read(name).unwrap().weights.iter().flatten().any(|weight| *weight > 0));
        }
        assert!(read("ofice_hours").unwrap_err().contains("did you mean `office_hours`?"));
    }

    #[test]
    fn what_does_not_weigh_a_week_is_refused() {
        for bad in [
            "{}",
            "{hours: [1]}",
            "{weekdays: [0, 0, 0, 0, 0, 0, 0]}",
            "{weekdays: [-1, 1, 1, 1, 1, 1, 1]}",
            "{weekdays: [.nan, 1, 1, 1, 1, 1, 1]}",
            "{weekdays: [1.2345, 1, 1, 1, 1, 1, 1]}",
            "{days: []}",
            "[1]",
        ] {
            assert!(read(bad).is_err(), "{bad:?} was read");
        }
    }
}
