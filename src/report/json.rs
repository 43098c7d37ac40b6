//! The report for machines: JSON, and the JSON Schema that describes it.

use super::breakeven::model::Breakeven;
use super::model::Report;
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::Serialize;

/// The report as pretty-printed JSON with a final newline.
#[must_use]
pub fn render(report: &Report) -> String {
    pretty(report)
}

/// The answer of `tokencast breakeven`, likewise.
#[must_use]
pub fn render_breakeven(breakeven: &Breakeven) -> String {
    pretty(breakeven)
}

/// The JSON Schema (draft-07) of the report, pretty-printed with a final newline.
#[must_use]
pub fn schema() -> String {
    schema_of::<Report>()
}

/// The JSON Schema (draft-07) of the answer of `tokencast breakeven`, likewise.
#[must_use]
pub fn breakeven_schema() -> String {
    schema_of::<Breakeven>()
}

fn schema_of<T: JsonSchema>() -> String {
    let generator = SchemaSettings::draft07().for_serialize().into_generator();
    let schema: Schema = generator.into_root_schema_for::<T>();
    pretty(&schema)
}

pub(super) fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    text.expect("string keys and finite numbers always serialise") + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use serde_json::Value;

    fn keys(value: &Value) -> Vec<&str> {
        value.as_object().expect("an object").keys().map(String::as_str).collect()
    }

    fn sample() -> Value {
        serde_json::from_str(&render(&sample::report())).expect("valid JSON")
    }

    #[test]
    fn the_contract_holds_key_by_key() {
        let json = sample();
        let contract: &[(&str, &str)] = &[
            (
                "",
                "schema_version tool scenario price_book seed period variants forecast budgets \
                 findings assumptions",
            ),
            ("/tool", "name version"),
            ("/scenario", "name about sha256"),
            ("/price_book", "sha256 as_of"),
            ("/variants/0", "name totals difference spread apps pools latency lines chargeback"),
            ("/variants/0/chargeback/0", "tag share rows"),
            ("/variants/0/chargeback/0/rows/0", "owner value apps own shared cost"),
            (
                "/variants/0/totals",
                "arrivals served gave_up in_flight attempts throttled_attempts unavailable_attempts spilled \
                 requests_throttled truncated tokens cost retries",
            ),
            (
                "/variants/0/totals/retries",
                "attempts throttled_attempts cut abandoned cost abandoned_cost worst_minute",
            ),
            ("/variants/0/totals/tokens", "uncached_input cache_read cache_write_5m cache_write_1h output"),
            ("/variants/0/totals/cost", "total month"),
            (
                "/variants/0/apps/0",
                "name model region totals latency spread account tier lanes executed throttled_by_fleet jobs caching \
                 tasks tags",
            ),
            (
                "/variants/0/pools/0",
                "id limit limits reserved_peak charged_peak throttled_attempts by_limit \
                 throttled_when kind account changes capacity",
            ),
            ("/variants/0/apps/0/lanes/0", "pool tier served spilled throttled_attempts"),
            ("/variants/0/apps/0/executed/0", "region calls"),
            ("/variants/0/latency", "ttft e2e wait invocation"),
            ("/variants/0/latency/ttft", "p50 p90 p95 p99 max"),
            (
                "/variants/0/lines/0",
                "app sku usage_class quantity unit rate amount source pool sold usage_type list_rate list_amount \
                 discount overlay confidence checked days",
            ),
            ("/variants/1/difference", "arrivals throttled_attempts requests_throttled gave_up cost"),
            ("/variants/1/spread", "replications cost throttled_requests throttled_attempts gave_up"),
            ("/forecast", "months replications budget_exhausted_on budget_exhausted_on_p90 budget"),
            ("/forecast/months/0", "month days_covered days_in_month cost"),
            ("/forecast/months/0/cost", "p50 p90"),
            ("/budgets/0", "expr variant observed limit held"),
            ("/findings/0", "code severity message where advice"),
        ];
        for (place, expected) in contract {
            let found = keys(json.pointer(place).unwrap_or_else(|| panic!("no {place}")));
            let expected: Vec<&str> = expected.split_whitespace().collect();
            assert_eq!(found, expected, "{place}");
        }
    }

    #[test]
    fn capacity_and_caching_hold_key_by_key() {
        let json: Value = serde_json::from_str(&render(&sample::bought())).expect("valid JSON");
        let contract = [
            ("/pools/0/changes/0", "limit from amount"),
            (
                "/pools/0/capacity",
                "term input_tokens_per_minute output_tokens_per_minute input_used output_used fees cost idle_cost \
                 overflow",
            ),
            ("/pools/0/capacity/fees/0", "unit units per_hour cost idle idle_cost"),
            ("/pools/0/capacity/overflow", "spilled served tokens cost"),
            ("/apps/0/jobs", "submitted smallest"),
            (
                "/apps/0/caching",
                "ttls minimum_tokens calls read cacheable_tokens below_minimum_tokens rewritten_tokens \
                 rewritten_cost written_at_once_tokens freed_quota_tokens freed_quota_peak worth",
            ),
            ("/apps/0/caching/worth", "none five_minutes one_hour cheapest reads_to_pay_5m reads_to_pay_1h"),
        ];
        let base = &json["variants"][0];
        for (place, expected) in contract {
            let found = keys(base.pointer(place).unwrap_or_else(|| panic!("no {place}")));
            assert_eq!(found, expected.split_whitespace().collect::<Vec<_>>(), "{place}");
        }
        assert_eq!(base["pools"][0]["kind"], "provisioned");
        assert_eq!(base["pools"][0]["capacity"]["idle_cost"], "360.00");
    }

    #[test]
    fn tasks_hold_key_by_key() {
        let json: Value = serde_json::from_str(&render(&sample::working())).expect("valid JSON");
        let contract = [
            (
                "/tasks",
                "begun done failed blocked_before blocked_after shed dead open conversations cut_by_budget direct \
                 subagents escalated fallen_back redelivered calls cost latency waited visible_tokens line_peak \
                 line_peak_minute at_once_peak",
            ),
            ("/tasks/calls", "total tasks p50 p99 max"),
            ("/tasks/cost", "mean p50 p90 p99 max all"),
            ("/totals/retries/worst_minute", "minute attempts first_attempts"),
        ];
        for (place, expected) in contract {
            let app = &json["variants"][0]["apps"][0];
            let found = keys(app.pointer(place).unwrap_or_else(|| panic!("no {place}")));
            assert_eq!(found, expected.split_whitespace().collect::<Vec<_>>(), "{place}");
        }
    }

    #[test]
    fn money_is_an_exact_string_and_a_lines_product() {
        let json = sample();
        let line = &json["variants"][0]["lines"][0];
        assert_eq!(line["rate"], "0.0000011");
        assert_eq!(line["quantity"], 304_819_200);
        assert_eq!(line["amount"], "335.30112");
        assert_eq!(json["variants"][0]["totals"]["cost"]["total"], "534.88512");
        assert_eq!(json["budgets"][0]["limit"]["usd"], "2000.00");
        assert_eq!(json["budgets"][1]["limit"]["share"]["whole"], 1_000);
        assert_eq!(json["budgets"][2]["observed"]["duration_us"], 842_000);
    }

    #[test]
    fn every_bill_of_the_sample_sums_to_its_total() {
        for variant in sample::report().variants {
            let sum: crate::report::money::Money = variant.lines.iter().map(|line| line.amount).sum();
            assert_eq!(sum, variant.totals.cost.total, "{}", variant.name);
        }
    }

    #[test]
    fn the_schema_names_every_field_that_the_report_has() {
        let schema: Value = serde_json::from_str(&schema()).expect("valid JSON");
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let properties = keys(&schema["properties"]);
        assert_eq!(keys(&sample()), properties);
        assert_eq!(schema["required"].as_array().map(Vec::len), Some(properties.len()));
        assert!(schema["definitions"]["Variant"]["properties"]["totals"].is_object());
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        assert_eq!(render(&sample::report()), render(&sample::report()));
        assert!(render(&sample::report()).ends_with("}\n"));
    }
}
