use super::*;
use proptest::prelude::*;

fn read(text: &str) -> (String, String, String) {
    let read: UsageType = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    let named = read.named.name().unwrap_or("-").to_owned();
    let meter = match read.meter {
        Meter::Tokens { class, tier, long } => format!("{class} {tier}{}", if long { " long" } else { "" }),
        Meter::Reserved { term, output } => format!("{} {output}", term.name()),
    };
    (format!("{} {named}", read.region.region), meter, read.via.to_string())
}

#[track_caller]
fn reads(text: &str, named: &str, meter: &str, via: &str) {
    assert_eq!(read(text), (named.to_owned(), meter.to_owned(), via.to_owned()), "{text}");
}

#[test]
fn native_names_say_the_model_what_is_counted_and_how_it_was_served() {
    reads("USE1-Claude4.6Sonnet-input-tokens", "us-east-1 Claude4.6Sonnet", "uncached_input standard", "on_demand");
    reads(
        "USW2-Claude4.6Sonnet-cache-read-input-token-count",
        "us-west-2 Claude4.6Sonnet",
        "cache_read standard",
        "on_demand",
    );
    reads(
        "USE1-Claude4Sonnet-cache-write-input-token-count-1-hour",
        "us-east-1 Claude4Sonnet",
        "cache_write_1h standard",
        "on_demand",
    );
    reads("USE1-Nova2.0Lite-input-tokens-flex", "us-east-1 Nova2.0Lite", "uncached_input flex", "on_demand");
    reads(
        "USE1-TitanEmbeddingV2-Text-input-tokens",
        "us-east-1 TitanEmbeddingV2-Text",
        "uncached_input standard",
        "on_demand",
    );
    reads("USE1-Llama3-1-405B-output-tokens-batch", "us-east-1 Llama3-1-405B", "output batch", "on_demand");
    reads(
        "USE1-NovaPro-input-tokens-latency-optimized",
        "us-east-1 NovaPro",
        "uncached_input latency_optimized",
        "on_demand",
    );
    reads(
        "EU-Nova2.0Lite-input-tokens-cross-region-global",
        "eu-west-1 Nova2.0Lite",
        "uncached_input standard",
        "global",
    );
}

#[test]
fn the_marks_come_in_every_order_that_was_seen() {
    let long = "USE1-Claude4Sonnet-input-tokens-long-context-cross-region-global";
    reads(long, "us-east-1 Claude4Sonnet", "uncached_input standard long", "global");
    let batch = "USE1-Claude4Sonnet-input-tokens-cross-region-global-batch";
    reads(batch, "us-east-1 Claude4Sonnet", "uncached_input batch", "global");
    let priority = "USE1-Nova2.0Pro-text-input-tokens-priority-cross-region-global";
    reads(priority, "us-east-1 Nova2.0Pro", "uncached_input priority", "global");
    let older = "USE1-NovaPro-input-tokens-cache-read";
    reads(older, "us-east-1 NovaPro", "cache_read standard", "on_demand");
}

#[test]
fn the_newer_endpoint_writes_out_the_id() {
    let id = "us-east-1 openai.gpt-oss-120b";
    reads("USE1-openai.gpt-oss-120b-mantle-input-tokens-standard", id, "uncached_input standard", "on_demand");
    reads(
        "USE1-xai.grok-4.6-mantle-input-tokens-global-standard",
        "us-east-1 xai.grok-4.6",
        "uncached_input standard",
        "global",
    );
    let write = "USE1-openai.gpt-5.6-luna-mantle-cache-write-tokens-5m-long-ctx-flex";
    reads(write, "us-east-1 openai.gpt-5.6-luna", "cache_write_5m flex long", "on_demand");
    let opus = "USW2-anthropic.claude-opus-4-8-mantle-cache-write-tokens-standard";
    reads(opus, "us-west-2 anthropic.claude-opus-4-8", "cache_write_5m standard", "on_demand");
    // Without the mark, as the same models were written before.
    reads(
        "USE1-nvidia.nemotron-super-3-120b-input-tokens-flex",
        "us-east-1 nvidia.nemotron-super-3-120b",
        "uncached_input flex",
        "on_demand",
    );
}

#[test]
fn the_marketplace_leaves_the_model_to_the_name_of_the_service() {
    reads("USE1-MP:USE1_InputTokenCount-Units", "us-east-1 -", "uncached_input standard", "on_demand");
    reads("USE1-MP:USE1_CacheWrite1hInputTokenCount_Global-Units", "us-east-1 -", "cache_write_1h standard", "global");
    reads("USE1-MP:USE1_OutputTokenCount_Global_Batch-Units", "us-east-1 -", "output batch", "global");
    reads(
        "USE1-MP:USE1_InputTokenCount_LatencyOptimized-Units",
        "us-east-1 -",
        "uncached_input latency_optimized",
        "on_demand",
    );
    reads("USW2-MP:USW2_InputTokenCount_LCtx_Global-Units", "us-west-2 -", "uncached_input standard long", "global");
    reads("USE1-MP:USE1_MillionBatchInputTokens-Units", "us-east-1 -", "uncached_input batch", "on_demand");
    reads("USE1-MP:USE1_input_tokens_global_standard-Units", "us-east-1 -", "uncached_input standard", "global");
    reads(
        "USE1-MP:USE1_cache_write_tokens_1h_global_standard-Units",
        "us-east-1 -",
        "cache_write_1h standard",
        "global",
    );
    reads(
        "USE1-MP:USE1_cache_read_tokens_long_ctx_global_standard-Units",
        "us-east-1 -",
        "cache_read standard long",
        "global",
    );
}

#[test]
fn reserved_capacity_says_its_term_and_its_direction() {
    let native = "EU-Claude4.5Sonnet-reserved-1-month-input-tokens-per-minute-cross-region-global";
    reads(native, "eu-west-1 Claude4.5Sonnet", "1_month false", "global");
    reads("USE1-MP:USE1_Reserved_3Month_OutputTPM_Geo-Units", "us-east-1 -", "3_months true", "geo");
}

#[test]
fn what_is_not_understood_is_named() {
    let said = |text: &str| text.parse::<UsageType>().unwrap_err().to_string();
    for (text, part) in [
        ("BoxUsage:m5.large", "`BoxUsage:m5.large` is not the code of a Region"),
        ("USE9-NovaPro-input-tokens", "`USE9` is not the code of a Region"),
        ("USE1-MP:USW2_InputTokenCount-Units", "it names two Regions, `USE1` and `USW2`"),
        ("USE1-input-tokens", "it names no model"),
        ("USE1-Guardrail-ContentPolicyUnitsConsumed", "is not counted in tokens"),
        ("USE1-MP:USE1_created_image-Units", "it counts image, not text"),
        ("USE1-Nova2.0Pro-input-image-token-count", "it counts image, not text"),
        ("USE1-Qwen3-32B-input-tokens-custom-model", "a custom model"),
        ("USE1-NovaPro-input-tokens-quantum", "`quantum` is not a known part"),
        ("USE1-NovaPro-input-tokens-flex-batch", "it says two tiers"),
        ("USE1-MP:USE1_CacheWrite30mInputTokenCount-Units", "is not counted in tokens"),
        ("USE1-x.y-mantle-cache-write-tokens-30m-flex", "`30m` is not a known part"),
        ("USE1-x.y-mantle-input-tokens-1h-flex", "a time to live of what is not written"),
        ("", "`` is not the code of a Region"),
    ] {
        assert!(said(text).contains(part), "{text}: {}", said(text));
    }
}

fn regions() -> impl Strategy<Value = BillingRegion> {
    prop::sample::select(BillingRegion::all().collect::<Vec<_>>())
}

fn names() -> impl Strategy<Value = Named> {
    prop_oneof![
        "[A-Z][A-Za-z0-9.]{0,12}(-[A-Z0-9][A-Za-z0-9]{0,6}){0,3}".prop_map(Named::Native),
        "[a-z]{2,9}\\.[a-z0-9]{1,8}(-[a-z0-9.]{1,6}){0,3}".prop_map(Named::Mantle),
        Just(Named::Marketplace),
        Just(Named::MarketplaceWords),
    ]
}

fn meters() -> impl Strategy<Value = Meter> {
    let tiers: Vec<Tier> = Tier::ALL.into_iter().filter(|tier| *tier != Tier::Reserved).collect();
    let classes = prop::sample::select(UsageClass::ALL.to_vec());
    let tokens = (classes, prop::sample::select(tiers), any::<bool>());
    let terms = prop::sample::select(vec![Term::OneMonth, Term::ThreeMonths]);
    prop_oneof![
        4 => tokens.prop_map(|(class, tier, long)| Meter::Tokens { class, tier, long }),
        1 => (terms, any::<bool>()).prop_map(|(term, output)| Meter::Reserved { term, output }),
    ]
}

proptest! {
    #[test]
    fn every_usage_type_reads_what_it_writes(
        region in regions(), named in names(), meter in meters(), via in prop::sample::select(Via::ALL.to_vec()),
    ) {
        let written = UsageType { region, named, meter, via };
        prop_assert_eq!(written.to_string().parse(), Ok(written));
    }

    #[test]
    fn no_text_stops_the_reader(text in ".{0,60}", words in "(USE1-)?(MP:)?[A-Za-z0-9_-]{0,40}") {
        let _ = (text.parse::<UsageType>(), words.parse::<UsageType>());
    }
}
