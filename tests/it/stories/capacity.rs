//! What bought capacity costs, and from what traffic it pays.

use super::{billed, cost_of_a_call};
use crate::bundled::{breakeven_with, pages, pages_with, variant};
use tokencast::report::breakeven::model::{Bought, Breakeven, Kind, Offer, Term};
use tokencast::report::model::Variant;
use tokencast::report::money::Money;

/// What a variant pays by the hour.
fn capacity(variant: &Variant) -> Money {
    variant
        .lines
        .iter()
        .filter(|line| ["capacity", "idle"].contains(&line.usage_class.as_str()))
        .map(|line| line.amount)
        .sum()
}

fn offer(found: &Breakeven, kind: Kind) -> &Offer {
    let [subject] = found.subjects.as_slice() else { panic!("{} subjects", found.subjects.len()) };
    subject.offers.iter().find(|offer| offer.kind == kind).expect("it is sold")
}

/// From how many tokens a minute each price of a term pays.
fn pays_at(term: &Term) -> (&str, Vec<u64>) {
    let at = term.prices.iter().map(|price| price.pays_at_tokens_per_minute.expect("it pays at some traffic"));
    (&term.term, at.collect())
}

fn units(term: &Term) -> u64 {
    match term.cheapest.as_ref().expect("what a unit handles is given").bought {
        Bought::Units(units) => units,
        ref other => panic!("{other:?}"),
    }
}

/// $24.00, $21.18 and $13.08 an hour / 60 minutes / $0.00000072 a token, rounded up; $60 likewise.
#[test]
fn a_unit_of_llama_pays_from_555_556_490_278_and_302_778_tokens_a_minute() {
    let found = breakeven_with("provisioned-breakeven", &[]).breakeven;
    let terms = &offer(&found, Kind::Provisioned).terms;
    let told: Vec<_> = terms.iter().map(pays_at).collect();
    assert_eq!(told, [("none", vec![555_556]), ("1_month", vec![490_278]), ("6_months", vec![302_778])]);
    // The pipeline alone fills a unit for six months; nothing fills one at the price of a month.
    assert_eq!(terms.iter().map(units).collect::<Vec<_>>(), [0, 0, 1]);
    let own = [("      term: 6_months", "      term: none\n      price: 60 USD")];
    let found = breakeven_with("provisioned-breakeven", &own).breakeven;
    let terms = &offer(&found, Kind::Provisioned).terms;
    assert_eq!(pays_at(&terms[0]), ("none", vec![1_388_889]));
}

#[test]
fn units_cost_their_hours_and_one_for_six_months_is_the_cheapest_number() {
    let pages = pages("provisioned-breakeven");
    let bought = |name: &str| capacity(variant(&pages, name)).to_string();
    // 720 hours x $13.08, twice that, x $21.18, x $24.00, x $60.
    assert_eq!(
        ["base", "two_units", "one_month", "none", "sixty_dollars", "on_demand"].map(bought),
        ["9417.60", "18835.20", "15249.60", "17280.00", "43200.00", "0.00"]
    );
    // 12,600 tokens x $0.00000072.
    let call = variant(&pages, "on_demand").lines[0].rate.times(12_600);
    assert_eq!(call.to_string(), "0.009072");
    for found in &pages.report.variants {
        let spilled = billed(found, "pipeline", "output") + billed(found, "office", "output");
        let spill = call.times(i128::from(spilled / 600));
        assert_eq!([capacity(found), spill].into_iter().sum::<Money>(), found.totals.cost.total, "{}", found.name);
        assert_eq!((found.totals.gave_up, found.totals.requests_throttled), (0, 0), "{}", found.name);
    }
    let cost = |name: &str| variant(&pages, name).totals.cost.total;
    assert!(cost("base") < cost("on_demand") && cost("on_demand") < cost("two_units"));
    // Fifty calls a minute of 12,000 tokens fill a unit: the office spills by day, and never over two units.
    let spilled = |name: &str| variant(&pages, name).totals.spilled;
    assert!(spilled("base") * 10 < variant(&pages, "base").totals.arrivals && spilled("base") > 10_000);
    assert_eq!(spilled("two_units"), 0);
}

#[test]
fn a_unit_that_nothing_uses_is_paid_all_the_same() {
    let pages = pages_with("provisioned-breakeven", &[("    account.provisioned: null\n", "")]);
    assert_eq!(capacity(variant(&pages, "on_demand")).to_string(), "9417.60");
}

#[test]
fn the_smallest_reservation_costs_19_710_a_month_and_breaks_even_at_100_and_at_90_percent() {
    let pages = pages("reserved-tier");
    let bought = |name: &str| capacity(variant(&pages, name)).to_string();
    // 730 hours x (100 x $0.18 + 10 x $0.90), x (100 x $0.162 + 10 x $0.81), x (100 x $0.198 + 10 x $0.99).
    assert_eq!(["base", "three_months", "geo", "standard"].map(bought), ["19710.00", "17739.00", "21681.00", "0.00"]);
    let found = breakeven_with("reserved-tier", &[]).breakeven;
    let told: Vec<_> = offer(&found, Kind::Reserved).terms.iter().map(pays_at).collect();
    // A thousand input tokens a minute cost $0.003 on demand and $0.18 / 60 reserved, output $0.015 and $0.90 / 60.
    assert_eq!(told, [("1_month", vec![1_000, 1_000]), ("3_months", vec![900, 900])]);
}

#[test]
fn calls_beyond_the_reservation_run_over_to_standard_and_are_paid_by_the_token() {
    let pages = pages("reserved-tier");
    let (base, standard) = (variant(&pages, "base"), variant(&pages, "standard"));
    assert_eq!((base.totals.served, base.totals.requests_throttled), (standard.totals.served, 0));
    // 10,000 x $3 + 1,000 x $15 a million.
    let call = cost_of_a_call(standard);
    assert_eq!(call.to_string(), "0.045");
    let spilled = billed(base, "desk", "output") / 1_000;
    assert!(base.totals.spilled - spilled <= base.totals.in_flight);
    assert!((20..50).contains(&(spilled * 100 / base.totals.served)), "{spilled}");
    assert_eq!([capacity(base), call.times(i128::from(spilled))].into_iter().sum::<Money>(), base.totals.cost.total);
}

/// Ten even calls a minute take 100,000 and 10,000 tokens, minute for minute.
#[test]
fn a_reservation_that_is_full_in_every_minute_costs_what_its_tokens_cost() {
    let pages = pages_with("reserved-tier", &[("rate: 6/min, shape: office_hours", "rate: 10/min, burstiness: 0")]);
    let (base, standard) = (variant(&pages, "base"), variant(&pages, "standard"));
    assert_eq!((base.totals.arrivals, base.totals.spilled), (438_000, 0));
    let open = cost_of_a_call(standard).times(i128::from(standard.totals.in_flight));
    assert_eq!([standard.totals.cost.total, open].into_iter().sum::<Money>(), base.totals.cost.total);
    assert_eq!(base.totals.cost.total.to_string(), "19710.00");
}
