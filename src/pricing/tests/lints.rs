//! Each thing that can be wrong in a price book, with its place and the way out.

use super::{book_of, file_of};
use crate::document::Source;
use crate::pricing::read;

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
    refused(13, ("2}", "0.0}"), 81, "a price of zero; leave the rate out when it is not sold");
    refused(13, ("2}", "20_000}"), 81, "the price `20_000` is more than a cent a token");
}

#[test]
fn two_rows_for_one_way_region_and_day_are_refused() {
    refused(
        14,
        ("2026-02-01", "2026-01-01"),
        48,
        "the price of `geo` for `us-east-1` from 2026-01-01 stands here a second",
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
