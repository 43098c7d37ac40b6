//! What each day costs.

use super::super::Evaluated;
use super::super::variant::SHARED_CAPACITY;
use crate::report::chart::{self, BarChart, Layer};
use crate::report::format::counted;
use crate::report::model::Chart;
use crate::units::Usd;
use jiff::civil::Date;

/// The cost of each UTC day, by app.
pub(super) fn per_day(base: &Evaluated<'_>) -> Chart {
    let days = every_day(&base.outcome.days);
    let apps = base.plan.apps.iter().zip(&base.outcome.app_days);
    let layers = apps.map(|(app, costs)| Layer { name: app.name.clone(), values: dollars(&days, costs) });
    let shared = Some(&base.outcome.capacity_days).filter(|days| !days.is_empty());
    let shared = shared.map(|costs| Layer { name: SHARED_CAPACITY.to_owned(), values: dollars(&days, costs) });
    let title = "Cost per day, by app";
    let over = counted(days.len() as u64, "day");
    let description = format!("Cost of each UTC day by app, over {over}.");
    let svg = chart::bars(&BarChart {
        id: "cost".to_owned(),
        title: title.to_owned(),
        description: description.clone(),
        unit: "USD".to_owned(),
        categories: days.iter().map(|day| day.strftime("%-d %b").to_string()).collect(),
        layers: layers.chain(shared).collect(),
    });
    Chart {
        file_name: "cost.svg".to_owned(),
        title: title.to_owned(),
        svg,
        note: match days.is_empty() {
            true => "Nothing was billed on any day.".to_owned(),
            false => note(&description, !base.outcome.capacity_days.is_empty()),
        },
        empty: days.is_empty(),
    }
}

fn note(description: &str, shared: bool) -> String {
    let capacity = if shared { " Capacity is billed for every hour, used or not." } else { "" };
    format!("{description} A call is billed on the day on which it ends.{capacity}")
}

/// From the first day with traffic to the last: a day without any costs nothing, and is a day all the same.
fn every_day(billed: &[(Date, Usd)]) -> Vec<Date> {
    let (first, last) = (billed.first().map(|(day, _)| *day), billed.last().map(|(day, _)| *day));
    std::iter::successors(first, |day| day.tomorrow().ok()).take_while(|day| Some(*day) <= last).collect()
}

fn dollars(days: &[Date], costs: &[(Date, Usd)]) -> Vec<f64> {
    let on = |day: &Date| costs.binary_search_by_key(day, |(day, _)| *day).map_or(0, |found| costs[found].1.femtos());
    days.iter().map(|day| on(day) as f64 / 1e15).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_without_traffic_keep_their_place() {
        let billed = [(date(2027, 2, 27), Usd::from_femtos(5)), (date(2027, 3, 1), Usd::from_femtos(7))];
        let days = every_day(&billed);
        assert_eq!(days, [date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 1)]);
        assert_eq!(dollars(&days, &billed).iter().filter(|cost| **cost > 0.0).count(), 2);
        assert!(every_day(&[]).is_empty());
    }
}
