//! Bedrock, the direct API, or instances of one's own: the figures of `bedrock-or-elsewhere`, derived by hand.

use crate::bundled::{pages, pages_with, variant};
use tokencast::report::model::{Elsewhere, Pages};
use tokencast::report::money::Money;

const SCENARIO: &str = "bedrock-or-elsewhere";

fn place<'a>(pages: &'a Pages, name: &str) -> &'a Elsewhere {
    pages.report.elsewhere.iter().find(|place| place.name == name).expect("the scenario names it")
}

fn femtos(dollars: &str) -> Money {
    let (whole, fraction) = dollars.split_once('.').expect("a decimal");
    Money::from(format!("{whole}{fraction:0<15}").parse::<i128>().expect("digits"))
}

/// $21.957642 an hour, 168 hours a week: $3,688.883856. A call of 1,800 tokens at $0.72 per million is $0.001296.
#[test]
fn an_instance_pays_where_its_tokens_cost_what_it_costs_and_for_good_three_instances_on() {
    let pages = pages(SCENARIO);
    let own = place(&pages, "own-p4d");
    let hosted = own.instances.as_ref().expect("instances");
    assert_eq!((hosted.count, hosted.needed), (1, 1));
    assert_eq!(hosted.cost_of_one.total, femtos("3688.883856"));
    assert_eq!(own.cost.total, femtos("3688.883856"));
    let calls = (own.tokens.uncached_input + own.tokens.output) / 1_800;
    assert!((1_209_000..=1_209_600).contains(&calls), "{calls}: two a second, but for those under way at the end");
    assert_eq!(own.bedrock.total, femtos("0.001296").times(calls.into()));
    // 180,000 and 36,000 of 600,000 and 120,000 tokens a minute are 0.3 of an instance; full, its tokens cost 10 / 3 of
    // today's. It saves a bit more than 0.4 of its price when full: the third one is the first that sets nobody back.
    let [first, good] = [hosted.first, hosted.for_good].map(|volume| volume.expect("it pays"));
    assert_eq!(first.bedrock_month, hosted.cost_of_one.month);
    let times =
        |cost: &str| femtos(cost).times(1_000).over(own.bedrock.total).expect("not for free") / 1_000_000_000_000_000;
    assert_eq!(u128::from(first.times_thousandths), times("3688.883856") + 1);
    assert_eq!(u128::from(good.times_thousandths), times("11066.651568") + 1);
    assert_eq!((first.times_thousandths / 10, good.times_thousandths / 10), (235, 706));
}

#[test]
fn an_instance_half_as_fast_never_pays() {
    let pages = pages(SCENARIO);
    let slow = place(&pages, "slow-p4d").instances.as_ref().expect("instances");
    assert_eq!((slow.crossover.as_str(), slow.first.is_none(), slow.needed), ("never", true, 1));
    // 0.6 of an instance: at its price of before June 2025, and at half the traffic, there is still one.
    let busy = pages_with(SCENARIO, &[("rate: 2/s", "rate: 6/s"), ("tokens_per_minute: 2M", "tokens_per_minute: 9M")]);
    assert_eq!(place(&busy, "slow-p4d").instances.as_ref().map(|found| found.needed), Some(2), "1.8 instances");
    assert_eq!(place(&busy, "own-p4d").instances.as_ref().map(|found| found.needed), Some(1), "0.9 instances");
}

/// The geographic profile costs a tenth more than the global one, which costs what the direct API does.
#[test]
fn the_direct_api_costs_an_eleventh_less_than_the_geographic_profile() {
    let pages = pages(SCENARIO);
    let direct = place(&pages, "direct-api");
    assert_eq!(direct.cost.total.times(11), direct.bedrock.total.times(10));
    let base = variant(&pages, "base");
    assert_eq!(direct.scenario.total, base.totals.cost.total - (direct.bedrock.total - direct.cost.total));
    let chat = base.apps.iter().find(|app| app.name == "chat").expect("the app");
    assert_eq!(direct.bedrock.total, chat.totals.cost.total);
    let global = pages_with(SCENARIO, &[("us.anthropic", "global.anthropic")]);
    let direct = place(&global, "direct-api");
    assert_eq!(direct.cost.total, direct.bedrock.total);
}

#[test]
fn places_elsewhere_are_rows_of_the_comparison_and_say_what_they_assume() {
    let pages = pages(SCENARIO);
    let text = tokencast::report::terminal::render(&pages.report, 120, true);
    for told in ["elsewhere: own-p4d", "elsewhere: direct-api", "Instances never cost as little", "1,000,000 input"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let html = tokencast::report::html::render(&pages);
    assert!(html.contains("Bedrock or elsewhere") && html.contains("elsewhere: slow-p4d"));
}
