//! Published worked examples of what Bedrock costs, through the whole ledger: usage in, lines out.

use tokencast::bedrock::usage::Usage;
use tokencast::document::Source;
use tokencast::ledger::{Bill, Capacity, Item, bill, utilisation};
use tokencast::plan::{self, Meter, Plan, UnitRates};
use tokencast::pricing;
use tokencast::scenario;
use tokencast::sim::{AppRecord, MinuteRow, Run};
use tokencast::units::{Micros, SimTime, Usd};

fn usd(amount: &str) -> Usd {
    Usd::parse(&format!("{amount} USD")).unwrap()
}

fn bound(account: &str, app: &str, overlay: &str) -> Plan {
    let text = format!(
        "name: t\nstart: 2026-12-01T00:00:00Z\nhorizon: 1h\n{account}apps:\n  a: {{{app}, max_tokens: 9, traffic: {{rate: \
         1/h, input: 1, output: 1}}}}\n"
    );
    let file = scenario::parse(&Source::new("t.yaml", text)).unwrap_or_else(|problems| panic!("{}", problems.render()));
    let book = pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let own = Source::new("own.yaml", format!("sources: {{own: {{title: Example}}}}\n{overlay}"));
    let book = book.overlay(&[own]).unwrap_or_else(|problems| panic!("{}", problems.render()));
    plan::bind(&file.base, &book).unwrap_or_else(|problems| panic!("{}", problems.render()))
}

fn run(usage: Usage, span: Micros) -> Run {
    let minutes = vec![MinuteRow { usage, ..MinuteRow::default() }];
    let app = AppRecord { minutes, ..AppRecord::default() };
    Run {
        apps: vec![app],
        refusals: Vec::new(),
        refused_minutes: Vec::new(),
        end: SimTime(span.0),
        in_flight: 0,
        balance: Default::default(),
    }
}

fn used(plan: &Plan, usage: Usage) -> Usd {
    bill(plan, &run(usage, Micros::HOUR)).total()
}

const M: u64 = 1_000_000;

/// Nova Pro by flex, whose cache writes that example takes as free; the bundled book takes them at the input rate.
const FREE_WRITES: &str = "models: {nova-pro: {prices: [{via: on_demand, regions: [us-east-1, us-east-2, us-west-2], tier: flex, \
    from: 2025-12-02, per_million: {input: 0.40, output: 1.60, cache_read: 0.10, cache_write_5m: free}, source: own, \
    checked: 2026-11-20}]}}";

#[test]
fn nova_pro_by_flex_with_a_cache_costs_what_oracle_o13_says() {
    let plan = bound("", "model: amazon.nova-pro-v1:0, region: us-east-1, tier: flex", FREE_WRITES);
    let cached = Usage {
        cache_write_5m: 136 * M,
        cache_read: 572 * M,
        uncached_input: 12 * M,
        output: 8 * M,
        cache_write_1h: 0,
    };
    assert_eq!(used(&plan, cached), usd("74.80"));
    assert_eq!(used(&plan, Usage { uncached_input: 720 * M, output: 8 * M, ..Usage::default() }), usd("300.80"));
}

#[test]
fn what_is_free_is_a_line_of_nothing_with_a_source() {
    let plan = bound("", "model: amazon.nova-pro-v1:0, region: us-east-1, tier: flex", FREE_WRITES);
    let run = run(Usage { cache_write_5m: 136 * M, ..Usage::default() }, Micros::HOUR);
    let bill = bill(&plan, &run);
    let [line] = bill.lines() else { panic!("one class was used") };
    assert_eq!((line.quantity, line.rate, line.amount()), (136 * M, Usd::ZERO, Usd::ZERO));
    assert!(line.cited.is_some_and(|cited| cited.overlay && cited.title == "Example"));
}

#[test]
fn what_has_no_price_stops_at_bind() {
    let text = "name: t\nstart: 2026-12-01T00:00:00Z\nhorizon: 1h\napps:\n  a: {model: meta.llama3-3-70b-instruct-v1:0, region: \
                us-west-2, tier: flex, max_tokens: 9, traffic: {rate: 1/h, input: 1, output: 1}}\n";
    let file = scenario::parse(&Source::new("t.yaml", text)).unwrap();
    let refused = plan::bind(&file.base, &pricing::bundled().unwrap()).unwrap_err().render();
    assert!(refused.contains("t.yaml:5:72: error: Llama 3.3 70B Instruct has no `flex` tier"), "{refused}");
}

#[test]
fn sonnet_4_6_with_a_cache_costs_what_oracle_o14_says() {
    let plan = bound("", "model: global.anthropic.claude-sonnet-4-6, region: us-east-1", "");
    let cached = Usage {
        cache_write_5m: 53_000 * M,
        cache_read: 301_000 * M,
        uncached_input: 6_000 * M,
        output: 4_000 * M,
        cache_write_1h: 0,
    };
    assert_eq!(used(&plan, cached), usd("367050"));
    let uncached = Usage { uncached_input: 360_000 * M, output: 4_000 * M, ..Usage::default() };
    assert_eq!(used(&plan, uncached), usd("1140000"));
}

/// O12: a prefix of a million tokens that is written once and read for the other uses.
#[test]
fn a_cached_prefix_saves_what_oracle_o12_says() {
    let plan = bound("", "model: global.anthropic.claude-sonnet-4-6, region: us-east-1", "");
    let saved = |uses: u64| {
        let cached = Usage { cache_write_5m: M, cache_read: (uses - 1) * M, ..Usage::default() };
        let (with, without) =
            (used(&plan, cached), used(&plan, Usage { uncached_input: uses * M, ..Usage::default() }));
        (without - with).femtos() * 1_000 / without.femtos()
    };
    assert_eq!([1, 2, 5, 10].map(saved), [-250, 325, 670, 785], "thousandths");
}

fn month_of_capacity(account: &str, app: &str) -> (Usd, Usd) {
    let plan = bound(account, app, "");
    let run = run(Usage::default(), Micros::MONTH);
    let bill = bill(&plan, &run);
    let idle = bill.sum(|line| matches!(line.item, Item::Capacity { state: Capacity::Idle, .. }));
    (bill.total(), idle)
}

#[test]
fn a_month_of_the_smallest_reservation_costs_what_oracle_o15_says() {
    let month = |prefix: &str, via: &str, model: [&str; 2], term: &str| {
        let account = format!(
            "account: {{reserved: [{{model: {}, via: {via}, region: us-east-1, input_tokens_per_minute: 100k, \
             output_tokens_per_minute: 10k, term: {term}}}]}}\n",
            model[0]
        );
        let app = format!("model: {prefix}.anthropic.{}, region: us-east-1, tier: reserved", model[1]);
        let (total, idle) = month_of_capacity(&account, &app);
        assert_eq!(total, idle, "nobody used it");
        total
    };
    let sonnet = ["claude-sonnet-4-5", "claude-sonnet-4-5-20250929-v1:0"];
    let haiku = ["claude-haiku-4-5", "claude-haiku-4-5-20251001-v1:0"];
    assert_eq!(month("global", "global", sonnet, "1_month"), usd("19710"));
    assert_eq!(month("global", "global", sonnet, "3_months"), usd("17739"));
    assert_eq!(month("us", "geo", sonnet, "1_month"), usd("21681"));
    assert_eq!(month("global", "global", haiku, "1_month"), usd("6570"));
}

fn units(term: &str, price: &str) -> String {
    format!(
        "account: {{provisioned: {{units: {{model: llama-3-1-70b, region: us-west-2, units: 1, term: {term}, \
         input_tokens_per_minute: 600k, output_tokens_per_minute: 600k{price}}}}}}}\n"
    )
}

const ON_UNITS: &str = "model: meta.llama3-1-70b-instruct-v1:0, region: us-west-2, provisioned: units";

#[test]
fn a_month_of_a_model_unit_costs_what_oracle_o16_says() {
    let month = |term: &str| month_of_capacity(&units(term, ""), ON_UNITS).0;
    assert_eq!(["none", "1_month", "6_months"].map(month), ["17520", "15461.40", "9548.40"].map(usd));
}

/// O17: 60 dollars an hour for 720 hours, and for the 730 of a month.
#[test]
fn a_model_unit_at_a_price_of_ones_own_costs_what_oracle_o17_says() {
    let plan = bound(&units("none", ", price: 60 USD"), ON_UNITS, "");
    let cost = |hours: u64| bill(&plan, &run(Usage::default(), Micros(hours * Micros::HOUR.0))).total();
    assert_eq!([720, 730].map(cost), ["43200", "43800"].map(usd));
    let pool = plan.pools.iter().position(|pool| pool.purchase.is_some()).unwrap();
    let found = utilisation(&plan, &run(Usage::default(), Micros::MONTH), pool).unwrap();
    assert_eq!(found.fees[0].idle_cost, usd("43800"));
}

/// O19 (Amazon Bedrock pricing page): two models answer, and people judge fifty tasks.
#[test]
fn an_evaluation_of_models_costs_what_oracle_o19_says() {
    let model = |key: &str, input: &str, output: &str| {
        format!(
            "  {key}: {{name: {key}, id: anthropic.{key}, context: {{tokens: 100k, source: own, checked: 2026-11-20}}, max_output: \
             {{tokens: 90k, source: own, checked: 2026-11-20}}, burndown: [], prices: [{{via: on_demand, regions: any, from: \
             2023-11-21, per_million: {{input: {input}, output: {output}}}, source: own, checked: 2026-11-20}}]}}\n"
        )
    };
    let overlay = format!("models:\n{}{}", model("evaluated-large", "8", "24"), model("evaluated-small", "0.8", "2.4"));
    let cost = |key: &str, output: u64| {
        let plan = bound("", &format!("model: anthropic.{key}, region: us-east-1"), &overlay);
        used(&plan, Usage { uncached_input: 5_000, output, ..Usage::default() })
    };
    let (large, small) = (cost("evaluated-large", 20_000), cost("evaluated-small", 15_000));
    assert_eq!((large, small), (usd("0.52"), usd("0.04")));
    let mut plan = bound("", "model: anthropic.evaluated-large, region: us-east-1", &overlay);
    let rates = UnitRates::fixed(usd("0.21"), None);
    plan.apps[0].meters = vec![Meter { sku: "human task".to_owned(), unit: "task".to_owned(), rates }];
    let mut run = run(Usage::default(), Micros::HOUR);
    run.apps[0].metered = vec![vec![50]];
    assert_eq!(bill(&plan, &run).total() + large + small, usd("11.06"));
}

#[test]
fn a_million_tokens_of_each_class_of_sonnet_4_5_cost_what_oracle_o22_says() {
    let each = Usage { uncached_input: M, cache_read: M, cache_write_5m: M, cache_write_1h: M, output: M };
    let amounts = |id: &str| -> Vec<Usd> {
        let plan = bound("", &format!("model: {id}.anthropic.claude-sonnet-4-5-20250929-v1:0, region: us-east-1"), "");
        let run = run(each, Micros::HOUR);
        let bill: Bill<'_> = bill(&plan, &run);
        bill.lines().iter().map(|line| line.amount()).collect()
    };
    assert_eq!(amounts("us"), ["3.30", "0.33", "4.125", "6.60", "16.50"].map(usd));
    assert_eq!(amounts("global")[0], usd("3.00"));
}
