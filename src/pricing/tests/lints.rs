//! Each thing that can be wrong in a price book, with its place and the way out.

use super::{book_of, day, file_of};
use crate::bedrock::profile::Via;
use crate::bedrock::term::Term;
use crate::bedrock::tier::Tier;
use crate::document::Source;
use crate::pricing::read;
use crate::units::{Micros, Tokens};

const GOOD: &str = "    geo_prefixes: [us]
    burndown:
      - {from: 2026-01-01, times: 5, source: s, checked: 2026-01-01}
    quotas:
      - {via: geo, regions: any, tokens_per_minute: 1M, source: s, checked: 2026-01-01}
    prices:
      - {via: geo, regions: [us-east-1], from: 2026-01-01, per_million: {input: 2}, source: s, checked: 2026-01-01}
      - {via: geo, regions: [us-east-1], from: 2026-02-01, per_million: {input: 3}, source: s, checked: 2026-01-01}
";

/// The good file with `from` changed to `to` in one line is refused at that line and column, with that text.
fn refused(line: usize, (from, to): (&str, &str), column: usize, expected: &str) {
    let good = file_of(GOOD);
    assert!(book_of(&good).is_ok(), "{:?}", book_of(&good).err());
    let mut lines: Vec<String> = good.lines().map(str::to_owned).collect();
    assert!(lines[line - 1].contains(from), "{from:?} is not in line {line}");
    lines[line - 1] = lines[line - 1].replacen(from, to, 1);
    let problems = book_of(&lines.join("\n")).err().unwrap_or_else(|| panic!("{to:?} was read"));
    assert!(
        problems.contains(&format!("p.yaml:{line}:{column}: error: {expected}")),
        "{column} {expected}\n{problems}"
    );
}

#[test]
fn a_source_that_is_not_defined_is_refused_with_the_nearest() {
    let problems = book_of(
        &file_of(GOOD)
            .replace("S}}", "S}, litellm: {title: L}}")
            .replace("source: s, checked", "source: litelm, checked"),
    );
    let problems = problems.unwrap_err();
    assert!(problems.contains("p.yaml:9:46: error: unknown source `litelm`"), "{problems}");
    assert!(problems.contains("did you mean `litellm`?"), "{problems}");
}

#[test]
fn prices_that_are_finer_than_nine_decimals_or_not_above_zero_are_refused() {
    refused(13, ("2}", "2.0000000001}"), 81, "the price `2.0000000001` has more than nine decimals");
    refused(13, ("2}", "-2}"), 81, "the price `-2` is negative");
    refused(13, ("2}", "0.0}"), 81, "a price of zero; write `free`, or leave the rate out when it is not sold");
    refused(13, ("2}", "20_000}"), 81, "the price `20_000` is more than a cent a token");
}

#[test]
fn two_rows_for_one_way_region_and_day_are_refused() {
    refused(
        14,
        ("2026-02-01", "2026-01-01"),
        48,
        "the standard price of `geo` for `us-east-1` from 2026-01-01 stands here a second",
    );
    let quota = GOOD.lines().find(|line| line.contains("tokens_per_minute")).unwrap();
    let problems = book_of(&file_of(GOOD).replacen(quota, &format!("{quota}\n{quota}"), 1)).unwrap_err();
    assert!(problems.contains("p.yaml:12:29: error: the quotas of `geo` for `any` stands"), "{problems}");
    assert!(problems.contains("it was first written in line 11; keep one of the two"), "{problems}");
}

#[test]
fn dates_out_of_order_are_refused() {
    refused(14, ("2026-02-01", "2025-12-01"), 48, "2025-12-01 stands after 2026-01-01 of line 13");
    let row = "      - {from: 2026-01-01, times: 5, source: s, checked: 2026-01-01}\n";
    let burndown = file_of(GOOD).replacen(row, &format!("{row}{}", row.replacen("2026", "2025", 1)), 1);
    let problems = book_of(&burndown).unwrap_err();
    assert!(problems.contains("p.yaml:10:16: error: 2025-01-01 stands after 2026-01-01 of line 9"), "{problems}");
    assert!(problems.contains("put the oldest row first"), "{problems}");
}

#[test]
fn ways_and_regions_must_be_spelled_as_aws_spells_them() {
    refused(13, ("geo", "goe"), 15, "unknown way to a model `goe`");
    refused(13, ("[us-east-1]", "[]"), 29, "no Region is listed");
    refused(13, ("us-east-1", "us-east-1a"), 30, "`us-east-1a` is not spelled like a Region");
    refused(13, ("[us-east-1]", "us-east-1"), 29, "expected Regions");
    refused(7, ("[us]", "[usa]"), 20, "unknown geographic prefix `usa`");
}

#[test]
fn a_geographic_row_needs_a_geographic_profile() {
    let problems = book_of(&file_of(GOOD).replace("[us]", "[]")).unwrap_err();
    for place in ["p.yaml:11:15", "p.yaml:13:15", "p.yaml:14:15"] {
        assert!(
            problems.contains(&format!("{place}: error: `geo` for a model without geographic profiles")),
            "{problems}"
        );
    }
}

#[test]
fn a_burndown_is_from_one_to_a_hundred_and_a_quota_row_limits_something() {
    refused(9, ("times: 5", "times: 0"), 35, "a burndown of 0 times");
    refused(9, ("times: 5", "times: 101"), 35, "a burndown of 101 times");
    refused(11, (" tokens_per_minute: 1M,", ""), 15, "this row holds no limit");
}

#[test]
fn an_id_a_model_and_a_source_stand_once_in_all_files() {
    let two = |second: &str| {
        let files = [Source::new("p.yaml", file_of(GOOD)), Source::new("q.yaml", second)];
        read(&files).unwrap_err().render()
    };
    let of = "name: N, context: {tokens: 9, source: s, checked: 2026-01-01}, burndown: [], prices: []";
    let id = two(&format!("models: {{n: {{id: vendor.m, {of}}}}}"));
    assert!(id.contains("q.yaml:1:18: error: the id of `m` stands here a second time"), "{id}");
    assert!(two("models: {m: {name: N}}").contains("q.yaml:1:10: error: the model `m` stands in two files"));
    assert!(two("sources: {s: {title: T}}").contains("q.yaml:1:11: error: the source `s` stands in two files"));
}

#[test]
fn one_reading_reports_what_cannot_be_read_and_what_does_not_fit() {
    let other =
        "  n: {name: N, id: vendor.m, context: {tokens: 9, source: t, checked: 2026-01-01}, burndown: [], prices: []}";
    let problems =
        book_of(&format!("{}{other}", file_of(&GOOD.replace("geo, regions: any", "goe, regions: any")))).unwrap_err();
    assert!(problems.contains("unknown way to a model `goe`"), "{problems}");
    assert!(problems.contains("unknown source `t`"), "{problems}");
}

/// The model `m` with one more section below the good ones is refused, with that text, where `at` stands last.
fn refused_with(section: &str, at: &str, expected: &str) {
    let text = format!("{}{section}\n", file_of(GOOD));
    let problems = book_of(&text).err().unwrap_or_else(|| panic!("{section:?} was read"));
    let before = &text[..text.rfind(at).unwrap_or_else(|| panic!("{at:?} is not in {section}"))];
    let line = before.lines().count();
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1) + 1;
    let expected = format!("p.yaml:{line}:{column}: error: {expected}");
    assert!(problems.contains(&expected), "{expected}\n{problems}");
}

const CITED: &str = "source: s, checked: 2026-01-01";

#[test]
fn a_tier_is_part_of_the_place_of_a_price() {
    let row = |tier: &str, from: &str| {
        format!(
            "      - {{via: geo, regions: [us-east-1], tier: {tier}, from: {from}, per_million: {{input: 1}}, {CITED}}}"
        )
    };
    let book = book_of(&format!("{}{}\n", file_of(GOOD), row("batch", "2026-01-01"))).unwrap();
    let rate = |tier| book.rates("m", Via::Geo, "us-east-1", tier, day("2026-02-01")).map(|row| row.from);
    assert_eq!(rate(Tier::Standard), Ok(day("2026-02-01")));
    assert_eq!(rate(Tier::Batch), Ok(day("2026-01-01")));
    assert!(rate(Tier::Flex).unwrap_err().to_string().contains("us-east-1 flex on 2026-02-01"));
    let tiers = book.model("m").unwrap().tiers(Via::Geo, "us-east-1", day("2026-01-01"));
    assert_eq!(tiers.into_iter().collect::<Vec<_>>(), [Tier::Standard, Tier::Batch]);
    let twice = format!("{}\n{}", row("flex", "2026-01-01"), row("flex", "2026-01-01"));
    refused_with(
        &twice,
        "2026-01-01, per",
        "the flex price of `geo` for `us-east-1` from 2026-01-01 stands here a second time",
    );
    refused_with(&row("reserved", "2026-01-01"), "reserved", "the reserved tier is not sold by the token");
    refused_with(&row("fast", "2026-01-01"), "fast", "unknown service tier `fast`");
}

#[test]
fn only_tiers_with_a_pool_have_quotas() {
    let with_tier =
        |tier: &str| file_of(GOOD).replace("tokens_per_minute", &format!("tier: {tier}, tokens_per_minute"));
    assert!(book_of(&with_tier("latency_optimized")).is_ok());
    let problems = book_of(&with_tier("flex")).unwrap_err();
    assert!(problems.contains("p.yaml:11:40: error: the flex tier has no quota of its own"), "{problems}");
}

#[test]
fn a_cache_needs_a_minimum_and_a_price_for_each_time_to_live() {
    let cache = |minimum: u32, ttls: &str| format!("    cache: {{minimum: {minimum}, ttls: {ttls}, {CITED}}}");
    refused_with(&cache(0, "[5m]"), "0, ttls", "`0` is not from 1 to 1,000,000");
    refused_with(&cache(1, "[]"), "s, checked", "a cache without a time to live");
    refused_with(&cache(1, "[5m, 5m]"), "5m]", "`5m` stands here a second time");
    refused_with(&cache(1, "[2h]"), "2h", "unknown time to live `2h`");
    refused_with(&cache(1, "[5m]"), "5m", "a cache of `5m` for a model without a price of `cache_read`");
    let sold = file_of(GOOD).replace("{input: 3}", "{input: 3, cache_read: 0.3, cache_write_5m: 3.75}");
    let book = book_of(&format!("{sold}{}\n", cache(1_024, "[5m]"))).unwrap();
    let facts = book.model("m").unwrap().cache.clone().unwrap();
    assert_eq!((facts.minimum, facts.checkpoints, facts.look_back), (Tokens(1_024), 4, 20));
    let problems = book_of(&format!("{sold}{}\n", cache(1_024, "[5m, 1h]"))).unwrap_err();
    assert!(problems.contains("a cache of `1h` for a model without a price of `cache_write_1h`"), "{problems}");
}

#[test]
fn the_states_of_a_life_come_in_their_order() {
    let life = |days: &str| format!("    lifecycle: {{{days}{CITED}}}");
    refused_with(&life(""), "s, checked", "this lifecycle holds no day");
    refused_with(
        &life("legacy: 2026-03-01, end_of_life: 2026-03-01, "),
        "2026-03-01, source",
        "2026-03-01 is not after 2026-03-01",
    );
    let legal = format!("{}{}\n", file_of(GOOD), life("legacy: 2026-03-01, end_of_life: 2026-09-01, "));
    let book = book_of(&legal).unwrap();
    let life = book.model("m").unwrap().lifecycle.clone().unwrap();
    assert_eq!((life.legacy, life.extended_access), (Some(day("2026-03-01")), None));
}

#[test]
fn a_profile_has_a_known_prefix_and_spelled_regions() {
    let lists = |sources: &str| format!("sources: {sources}, destinations: [us-east-1]");
    let own = |prefix: &str, sources: &str| format!("    profiles: {{{prefix}: {{{}, {CITED}}}}}", lists(sources));
    refused_with(&own("eu", "[us-east-1]"), "eu: {", "unknown profile of this model `eu`");
    refused_with(&own("us", "any"), "any", "`any` is not a list of Regions");
    refused_with(&own("us", "[us-east1]"), "us-east1", "`us-east1` is not spelled like a Region");
    let general = |prefix: &str, sources: &str| format!("profiles: {{{prefix}: {{{}, {CITED}}}}}", lists(sources));
    refused_with(&general("ap", "[us-east-1]"), "ap: {", "unknown profile prefix `ap`");
    let both = format!("{}{}\n{}\n", file_of(GOOD), own("us", "[us-west-1]"), general("us", "[us-east-1]"));
    let book = book_of(&both).unwrap();
    let model = book.model("m").unwrap();
    assert!(book.profile(model, "us").unwrap().sources.contains("us-west-1"));
    assert!(book.profile(model, "eu").is_none());
}

#[test]
fn terms_are_those_that_are_sold() {
    let units =
        |price: &str, from: &str| format!("      - {{regions: any, from: {from}, per_hour: {{{price}}}, {CITED}}}");
    let provisioned = |rows: &[String]| format!("    provisioned:\n{}", rows.join("\n"));
    let one = |price| provisioned(&[units(price, "2026-01-01")]);
    refused_with(&one("3_months: 20"), "3_months", "provisioned throughput is not sold for the term `3_months`");
    refused_with(&one("none: 0"), "0}", "a price of zero");
    refused_with(&one(""), "2026-01-01, per", "this row holds no price");
    let rows = [units("none: 24.00", "2026-02-01"), units("none: 24.00", "2026-01-01")];
    refused_with(&provisioned(&rows), "2026-01-01, per", "2026-01-01 stands after 2026-02-01 of line 16");
    let book = book_of(&format!("{}{}\n", file_of(GOOD), one("none: 24.00, 1_month: 21.18"))).unwrap();
    let model = book.model("m").unwrap();
    assert_eq!(model.provisioned_terms("us-east-1", day("2026-01-01")), [Term::None, Term::OneMonth]);
    let price = model.provisioned("us-east-1", Term::OneMonth, day("2026-01-01")).unwrap();
    assert_eq!(price.per_hour.to_string(), "21.18");
    assert!(model.provisioned("us-east-1", Term::None, day("2025-12-31")).is_none());
    let reserved = |term: &str| {
        let prices = "input_per_1k_tpm_hour: 0.18, output_per_1k_tpm_hour: 0.90";
        format!("    reserved: [{{via: geo, regions: any, from: 2026-01-01, term: {term}, {prices}, {CITED}}}]")
    };
    refused_with(&reserved("6_months"), "6_months", "the reserved tier is not sold for the term `6_months`");
    let book = book_of(&format!("{}{}\n", file_of(GOOD), reserved("3_months"))).unwrap();
    let model = book.model("m").unwrap();
    let price = model.reserved(Via::Geo, "us-east-1", Term::ThreeMonths, day("2026-01-01")).unwrap();
    assert_eq!((price.input.to_string(), price.output.to_string()), ("0.18".into(), "0.90".into()));
    assert!(model.tiers(Via::Geo, "us-east-1", day("2026-01-01")).contains(&Tier::Reserved));
}

#[test]
fn of_two_percentiles_p90_is_not_below_p50() {
    let service = |rate: &str| {
        format!(
            "    service: [{{ttft: {{p50: 1100ms, p90: 2900ms}}, output_rate: {{p50: 48.4/s, p90: {rate}}}, {CITED}}}]"
        )
    };
    refused_with(&service("30/s"), "30/s", "`p90` is below `p50`");
    let book = book_of(&format!("{}{}\n", file_of(GOOD), service("67.4/s"))).unwrap();
    let row = book.model("m").unwrap().service(Tier::Standard).unwrap();
    assert_eq!((row.ttft_p50, row.output_rate_p90.thousandths_per_second()), (Micros(1_100_000), 67_400));
}
