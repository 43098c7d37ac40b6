//! The cost of a month over what is bought, under each term.

use super::compose::Studied;
use super::verdict::under;
use crate::breakeven::{Curve, Demand, Provisioned, Reserved, ReservedTerm};
use crate::ledger::per_month;
use crate::report::chart::{self, CurveChart, Limit};
use crate::report::format::count;
use crate::report::model::Chart;
use crate::units::{Micros, Usd};

/// More points than this no reader tells apart.
const POINTS: u64 = 200;

/// One chart for each curve: units, or reserved input and reserved output.
pub(super) fn charts(studied: &[Studied]) -> Vec<Chart> {
    let drawn = studied.iter().flat_map(|one| {
        let units = one.provisioned.iter().filter_map(|found| of_units(found, one));
        units.chain(one.reserved.iter().flat_map(|found| of_reserved(found, one))).collect::<Vec<_>>()
    });
    drawn.zip(1_usize..).map(|(picture, number)| picture.draw(number)).collect()
}

/// What a chart is drawn from.
struct Picture<'a> {
    title: String,
    counted: &'static str,
    curve: &'a Curve,
    demand: &'a Demand,
    lines: Vec<Line>,
}

/// One term: its price for one by the hour, and how many are cheapest.
struct Line {
    name: String,
    per_hour: Usd,
    cheapest: u64,
}

fn of_units<'a>(found: &'a Provisioned, studied: &'a Studied) -> Option<Picture<'a>> {
    let lines = found.terms.iter().filter_map(|term| {
        Some(Line {
            name: under(term.price.term.name()),
            per_hour: term.price.per_hour,
            cheapest: term.purchases?[0].units,
        })
    });
    Some(Picture {
        title: format!("Cost of a month by units bought: {}", studied.pool),
        counted: "units",
        curve: &found.units.as_ref()?.curve,
        demand: &studied.demand,
        lines: lines.collect(),
    })
}

fn of_reserved<'a>(found: &'a Reserved, studied: &'a Studied) -> [Picture<'a>; 2] {
    let picture = |kind: usize, name: &str, counted, per_hour: fn(&ReservedTerm) -> Usd| Picture {
        title: format!("Cost of a month of {name} by what is reserved: {}", studied.pool),
        counted,
        curve: &found.curves[kind],
        demand: &studied.demand,
        lines: found
            .terms
            .iter()
            .map(|term| Line {
                name: under(term.price.term.name()),
                per_hour: per_hour(term),
                cheapest: term.unbounded[kind],
            })
            .collect(),
    };
    [
        picture(0, "input", "thousand input tokens per minute", |term| term.price.input_per_hour),
        picture(1, "output", "thousand output tokens per minute", |term| term.price.output_per_hour),
    ]
}

impl Picture<'_> {
    fn draw(&self, number: usize) -> Chart {
        let id = if number == 1 { "breakeven".to_owned() } else { format!("breakeven-{number}") };
        let thumb = self.curve.rule_of_thumb();
        let on_demand = per_month(self.curve.spill(0), self.demand.span);
        let description = self.describe(on_demand, thumb);
        let svg = chart::curves(&CurveChart {
            id: id.clone(),
            title: self.title.clone(),
            description: description.clone(),
            counted: self.counted.to_owned(),
            unit: "USD a month".to_owned(),
            curves: self.lines.iter().map(|line| self.line(line, &self.counts(thumb))).collect(),
            limits: vec![Limit { name: "on demand".to_owned(), value: dollars(on_demand), during: None }],
            posts: vec![("P95 + 20%".to_owned(), thumb)],
        });
        Chart {
            file_name: format!("{id}.svg"),
            title: self.title.clone(),
            svg,
            note: format!("{description} A dot marks the cheapest."),
            empty: self.lines.is_empty(),
        }
    }

    fn describe(&self, on_demand: Usd, thumb: u64) -> String {
        let cheapest = |line: &Line| format!("{} at {}", line.name, count(line.cheapest));
        let terms = self.lines.iter().map(cheapest).collect::<Vec<_>>().join(", ");
        format!(
            "A month costs {} on demand; in {} it costs least {terms}, and the rule of thumb asks for {}.",
            super::compose::money(on_demand).rounded(),
            self.counted,
            count(thumb)
        )
    }

    /// From none to a little beyond everything of interest, the cheapest of each term among them.
    fn counts(&self, thumb: u64) -> Vec<u64> {
        let cheapest = || self.lines.iter().map(|line| line.cheapest);
        let interest = cheapest().max().unwrap_or(0).max(thumb);
        let last = self.curve.peak().min(interest * 2).max(interest + 1);
        let step = last.div_ceil(POINTS);
        let mut counts: Vec<u64> = (0..=last / step).map(|n| n * step).chain(cheapest()).chain([last]).collect();
        counts.sort_unstable();
        counts.dedup();
        counts
    }

    fn line(&self, line: &Line, counts: &[u64]) -> chart::Curve {
        let cost = |units: u64| {
            let capacity = line.per_hour.scaled(units * (Micros::MONTH.0 / Micros::HOUR.0), 1);
            dollars(capacity + per_month(self.curve.spill(units), self.demand.span))
        };
        chart::Curve {
            name: line.name.clone(),
            points: counts.iter().map(|units| (*units, cost(*units))).collect(),
            marked: Some(line.cheapest),
        }
    }
}

fn dollars(amount: Usd) -> f64 {
    amount.femtos() as f64 / 1e15
}
