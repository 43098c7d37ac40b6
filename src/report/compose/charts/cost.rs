//! What each day costs.

use super::super::Evaluated;
use crate::report::chart::{self, BarChart, Layer};
use crate::report::format::counted;
use crate::report::model::Chart;
use crate::units::Usd;
use jiff::civil::Date;

/// The cost of each UTC day, by app.
pub(super) fn per_day(base: &Evaluated<'_>) -> Chart {
    let days: Vec<Date> = base.outcome.days.iter().map(|(day, _)| *day).collect();
    let apps = base.plan.apps.iter().zip(&base.outcome.app_days);
    let layers = apps.map(|(app, costs)| Layer { name: app.name.clone(), values: dollars(&days, costs) });
    let title = "Cost per day, by app";
    let over = counted(days.len() as u64, "day");
    let description = format!("Cost of each UTC day by app, over {over}.");
    let svg = chart::bars(&BarChart {
        id: "cost".to_owned(),
        title: title.to_owned(),
        description: description.clone(),
        unit: "USD".to_owned(),
        categories: days.iter().map(|day| day.strftime("%-d %b").to_string()).collect(),
        layers: layers.collect(),
    });
    Chart {
        file_name: "cost.svg".to_owned(),
        title: title.to_owned(),
        svg,
        note: match days.is_empty() {
            true => "Nothing was billed on any day.".to_owned(),
            false => format!("{description} A call is billed on the day on which it ends."),
        },
        empty: days.is_empty(),
    }
}

fn dollars(days: &[Date], costs: &[(Date, Usd)]) -> Vec<f64> {
    let on = |day: &Date| costs.binary_search_by_key(day, |(day, _)| *day).map_or(0, |found| costs[found].1.femtos());
    days.iter().map(|day| on(day) as f64 / 1e15).collect()
}
