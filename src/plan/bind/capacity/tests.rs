use crate::document::{Problems, Source};
use crate::plan::{Plan, bind};
use jiff::civil::date;

fn bound(units: &str, overlay: &str) -> Result<Plan, Problems> {
    let text = format!(
        "name: t\nstart: 2026-12-01T00:00:00Z\nhorizon: 1h\naccount: {{provisioned: {{units: {{model: llama-3-1-70b, region: \
         us-west-2, units: 3, term: none{units}}}}}}}\napps:\n  a: {{model: meta.llama3-1-70b-instruct-v1:0, region: us-west-2, \
         max_tokens: 9, provisioned: units, traffic: {{rate: 1/s, input: 1, output: 1}}}}\n"
    );
    let file = crate::scenario::parse(&Source::new("t.yaml", text)).unwrap();
    let own = Source::new("own.yaml", format!("sources: {{deal: {{title: Our contract}}}}\n{overlay}"));
    bind(&file.base, &crate::pricing::bundled().unwrap().overlay(&[own]).unwrap())
}

const OWN_UNITS: &str = "models: {llama-3-1-70b: {provisioned: [{regions: [us-west-2], from: 2026-01-01, per_hour: {none: 20.5}, \
                         units: {input_tpm: 400k, output_tpm: 40k}, source: deal, checked: 2026-11-01}]}}\n";

fn bought(plan: &Plan) -> (u64, u64, String) {
    let purchase = plan.pools.iter().find_map(|pool| pool.purchase.as_ref()).unwrap();
    let price = purchase.fees[0].per_hour.first();
    (purchase.input_tpm, purchase.output_tpm, price.rate.to_string())
}

#[test]
fn the_price_and_the_throughput_of_a_unit_may_stand_in_the_users_own_book() {
    assert_eq!(bought(&bound("", OWN_UNITS).unwrap()), (1_200_000, 120_000, "20.50".to_owned()));
    let own = ", input_tokens_per_minute: 7k, price: 60 USD";
    assert_eq!(
        bought(&bound(own, OWN_UNITS).unwrap()),
        (21_000, 120_000, "60.00".to_owned()),
        "the scenario goes first"
    );
}

#[test]
fn without_either_a_unit_is_refused() {
    let problems = bound(", output_tokens_per_minute: 60k", "").unwrap_err().render();
    let message = "t.yaml:4:40: error: `units` does not say what a model unit of llama-3-1-70b takes";
    assert!(problems.contains(message), "{problems}");
    let finer = ", input_tokens_per_minute: 1, output_tokens_per_minute: 1, price: 0.0000000001 USD";
    let problems = bound(finer, "").unwrap_err().render();
    assert!(problems.contains("a price per hour of more than nine decimals"), "{problems}");
}

#[test]
fn a_discount_is_off_the_price_that_a_purchase_fixes_on_the_days_that_it_holds() {
    let discount = format!(
        "{OWN_UNITS}discounts: {{deal: {{percent: 10%, models: any, from: 2026-12-02, until: 2026-12-04, source: deal, checked: \
         2026-11-01}}}}\n"
    );
    let plan = bound("", &discount).unwrap();
    let purchase = plan.pools.iter().find_map(|pool| pool.purchase.as_ref()).unwrap();
    let on = |day| {
        let price = purchase.fees[0].per_hour.on(date(2026, 12, day));
        (price.rate.to_string(), price.list_rate.to_string(), price.discount.is_some())
    };
    let list = ("20.50".to_owned(), "20.50".to_owned(), false);
    let less = ("18.45".to_owned(), "20.50".to_owned(), true);
    assert_eq!([1, 2, 3, 4].map(on), [list.clone(), less.clone(), less, list]);
}
