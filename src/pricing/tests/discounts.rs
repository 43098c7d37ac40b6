//! Discounts: what they are off, when, and which are refused.

use super::{book_of, day, file_of};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::document::{Problems, Source};
use crate::pricing::PriceBook;

const BASE: &str = "    burndown: []
    prices:
      - {via: on_demand, regions: any, from: 2026-01-01, per_million: {input: 2, output: 10}, source: s, checked: 2026-01-01}
      - {via: on_demand, regions: any, tier: batch, from: 2026-01-01, per_million: {input: 1, output: 5}, source: s, checked: 2026-01-01}
    provisioned:
      - {regions: any, from: 2026-01-01, per_hour: {none: 24}, source: s, checked: 2026-01-01}
services:
  search:
    name: Search
    unit: query
    per: thousand
    prices: [{regions: any, from: 2026-01-01, usd: 4.00, source: s, checked: 2026-01-01}]
";

fn with(discounts: &[&str]) -> Result<PriceBook, Problems> {
    let text: String = discounts.iter().map(|entry| format!("  {entry}, source: s, checked: 2026-02-02}}\n")).collect();
    let overlay = Source::new("own/o.yaml", format!("discounts:\n{text}"));
    book_of(&file_of(BASE)).unwrap().overlay(&[overlay])
}

/// The prices of input and output in a tier on a day, in dollars a million.
fn paid(book: &PriceBook, tier: Tier, on: &str) -> [String; 2] {
    let model = book.model("m").unwrap();
    let row = model.rates(Via::OnDemand, "us-east-1", tier, day(on)).unwrap();
    let discount = model.discount(Via::OnDemand, "us-east-1", tier, day(on));
    let paid = discount.map_or(row.per_million.clone(), |discount| discount.of_tokens(&row.per_million));
    [UsageClass::UncachedInput, UsageClass::Output].map(|class| paid.of(class).unwrap().per_million().to_string())
}

#[track_caller]
fn refused(discounts: &[&str], place: &str, message: &str) {
    let rendered = with(discounts).unwrap_err().render();
    let heading = format!("own/o.yaml:{place}: error: ");
    let found = rendered.lines().any(|line| line.starts_with(&heading) && line.contains(message));
    assert!(found, "no problem at {place} that says {message:?} in:\n{rendered}");
}

#[test]
fn a_percentage_is_off_from_its_first_day_to_the_day_before_its_last() {
    let book = with(&["deal: {percent: 12.5%, models: [m], from: 2026-03-01, until: 2026-04-01"]).unwrap();
    assert_eq!(paid(&book, Tier::Standard, "2026-02-28"), ["2.00", "10.00"]);
    assert_eq!(paid(&book, Tier::Standard, "2026-03-01"), ["1.75", "8.75"]);
    assert_eq!(paid(&book, Tier::Batch, "2026-03-31"), ["0.875", "4.375"]);
    assert_eq!(paid(&book, Tier::Standard, "2026-04-01"), ["2.00", "10.00"]);
    assert!(book.discounts().all(|discount| discount.provenance.overlay));
}

#[test]
fn dollars_are_off_the_classes_that_are_named() {
    let book = with(&["deal: {off_per_million: {output: 2.5}, models: any, tier: standard"]).unwrap();
    assert_eq!(paid(&book, Tier::Standard, "2026-03-01"), ["2.00", "7.50"]);
    assert_eq!(paid(&book, Tier::Batch, "2026-03-01"), ["1.00", "5.00"]);
}

#[test]
fn units_and_services_have_discounts_of_their_own() {
    let book = with(&["units: {percent: 25%, models: any", "found: {off: 1.00, services: [search]"]).unwrap();
    let model = book.model("m").unwrap();
    let price = model.provisioned("us-east-1", crate::bedrock::term::Term::None, day("2026-03-01")).unwrap().per_hour;
    let discount = model.unit_discount("us-east-1", day("2026-03-01")).unwrap();
    assert_eq!(discount.of_hour(price).to_string(), "18.00");
    let charge = book.charge("search").unwrap();
    let row = charge.price("us-east-1", day("2026-03-01")).unwrap();
    let discount = charge.discount("us-east-1", day("2026-03-01")).unwrap();
    assert_eq!(discount.of_service(charge, row.usd).to_string(), "0.003");
}

#[test]
fn one_way_or_tier_leaves_the_units_out() {
    let book = with(&["deal: {percent: 25%, models: any, via: on_demand"]).unwrap();
    assert!(book.model("m").unwrap().unit_discount("us-east-1", day("2026-03-01")).is_none());
}

#[test]
fn a_discount_of_an_overlay_takes_the_place_of_that_of_its_name() {
    let first = with(&["deal: {percent: 10%, models: [m]"]).unwrap();
    let text = "discounts: {deal: {percent: 20%, models: [m], source: s, checked: 2026-02-02}}";
    let book = first.overlay(&[Source::new("own/p.yaml", text)]).unwrap();
    assert_eq!(paid(&book, Tier::Standard, "2026-03-01"), ["1.60", "8.00"]);
}

#[test]
fn two_discounts_never_hold_for_one_price_on_one_day() {
    let whole = "a: {percent: 10%, models: any, from: 2026-03-01";
    refused(&[whole, "b: {percent: 5%, models: [m], tier: batch"], "3:3", "`a` and `b` hold together");
    let rendered = with(&[whole, "b: {percent: 5%, models: [m]"]).unwrap_err().render();
    assert!(rendered.contains("the other is at own/o.yaml:2:3"), "{rendered}");
    assert!(
        with(&[whole, "b: {percent: 5%, models: [m], until: 2026-03-01"]).is_ok(),
        "one ends where the other begins"
    );
    let apart = ["a: {percent: 10%, models: any, tier: batch", "b: {percent: 5%, models: any, tier: standard"];
    assert!(with(&apart).is_ok(), "two tiers");
    let regions =
        ["a: {percent: 9%, models: any, regions: [us-east-1]", "b: {percent: 5%, models: any, regions: [us-west-2]"];
    assert!(with(&regions).is_ok(), "two Regions");
}

#[test]
fn a_discount_that_cannot_be_is_refused_where_it_stands() {
    refused(&["a: {percent: 101%, models: any"], "2:16", "`101%` is not between 0 % and 100 %");
    refused(&["a: {percent: 0%, models: any"], "2:16", "a discount of nothing");
    refused(&["a: {off_per_million: {input: 1.5}, models: any"], "2:3", "more is off than m on_demand");
    refused(&["a: {off: 4.01, services: any"], "2:3", "more is off than search costs");
    refused(&["a: {percent: 5%"], "2:3", "this discount is for nothing");
    refused(&["a: {models: any"], "2:3", "does not say once how much is off");
    refused(&["a: {percent: 5%, off: 1, models: any"], "2:3", "does not say once how much is off");
    refused(&["a: {off: 1, models: any"], "2:12", "`off` is off the prices of services");
    refused(&["a: {off_per_million: {input: 1}, services: any"], "2:3", "off the prices of models");
    refused(&["a: {percent: 5%, models: [n]"], "2:29", "unknown model `n`");
    refused(&["a: {percent: 5%, services: [serach]"], "2:31", "unknown service `serach`");
    refused(&["a: {percent: 5%, models: any, tier: flex"], "2:3", "changes no price of the book");
    refused(&["a: {percent: 5%, models: any, from: 2026-03-01, until: 2026-03-01"], "2:58", "ends before it begins");
}

#[test]
fn a_hundred_percent_is_a_discount_and_a_price_of_nothing() {
    let book = with(&["gift: {percent: 100%, models: any"]).unwrap();
    assert_eq!(paid(&book, Tier::Standard, "2026-03-01"), ["0.00", "0.00"]);
}
