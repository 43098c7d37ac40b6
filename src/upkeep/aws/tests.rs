use super::*;
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::pricing::{PriceBook, bundled};

const BEDROCK: &str = include_str!("../../../tests/data/offer_bedrock.json");
const MARKETPLACE: &str = include_str!("../../../tests/data/offer_foundation_models.json");
const ANSWER: &str = include_str!("../../../tests/data/offer_get_products.json");

fn book() -> PriceBook {
    bundled().unwrap_or_default()
}

fn import(text: &str) -> Import {
    read(text, &book()).unwrap_or_else(|problem| panic!("{problem}"))
}

/// `model via tier class = USD per million from its day`.
fn rows(import: &Import) -> Vec<String> {
    let row = |stated: &crate::upkeep::Stated| {
        let from = stated.from.map_or("any".to_owned(), |day| day.to_string());
        let long = stated.input_above.map_or(String::new(), |tokens| format!(" above {}", tokens.0));
        let crate::upkeep::Stated { model, via, tier, class, rate, .. } = stated;
        let via = via.map_or("any way", Via::name);
        let tier = tier.map_or("any tier", Tier::name);
        format!("{model} {via} {tier}{long} {class} = {} from {from}", rate.per_million())
    };
    import.stated.iter().map(row).collect()
}

fn why<'a>(import: &'a Import, place: &str) -> &'a str {
    let found = import.skipped.iter().find(|row| row.place == format!("SKU {place}"));
    found.map_or_else(|| panic!("{place} was not skipped"), |row| row.why.as_str())
}

#[test]
fn both_usage_type_grammars_of_the_service_itself_are_read() {
    let import = import(BEDROCK);
    assert_eq!(import.source, "aws-price-list-amazonbedrock-20260820170300");
    assert_eq!(import.published.map(|day| day.to_string()).as_deref(), Some("2026-08-20"));
    assert_eq!(
        rows(&import),
        [
            "gpt-oss-120b on_demand standard output = 0.60 from 2026-08-01",
            "grok-4-6 global standard uncached_input = 2.00 from 2026-08-01",
            "nova-2-lite global standard uncached_input = 0.30 from 2026-08-01",
            "nova-pro on_demand standard uncached_input = 0.80 from 2026-07-01",
            "nova-pro on_demand flex output = 1.60 from 2026-08-01",
            "nova-pro on_demand latency_optimized output = 4.00 from 2026-08-01",
            "nova-pro geo standard uncached_input = 0.80 from 2026-07-01",
            "nova-pro geo flex output = 1.60 from 2026-08-01",
            "nova-pro geo latency_optimized output = 4.00 from 2026-08-01",
        ]
    );
    let newcomer = import.stated.iter().find(|stated| stated.model == "grok-4-6");
    assert_eq!(newcomer.and_then(|stated| stated.model_id.as_deref()), Some("xai.grok-4.6"));
}

#[test]
fn a_rate_under_two_names_is_one_row_and_two_rates_are_none() {
    let import = import(BEDROCK);
    let merged = import.stated.iter().find(|stated| stated.model == "nova-pro");
    assert_eq!(merged.map(|stated| stated.place.as_str()), Some("SKU NOVAAGAIN, SKU NOVAIN"));
    assert!(import.stated.iter().all(|stated| stated.model != "nova-lite"));
    for place in ["LITEONE", "LITETWO"] {
        let why = why(&import, place);
        assert!(why.contains("0.06 (SKU LITEONE) and 0.07 (SKU LITETWO)"), "{why}");
    }
}

#[test]
fn what_is_no_price_of_tokens_is_skipped_with_its_reason() {
    let import = import(BEDROCK);
    for (place, reason) in [
        ("NOVAWRITE", "a price of zero"),
        ("IMAGE", "it counts image, not text"),
        ("TRAIN", "is not counted in tokens"),
        ("CUSTOM", "custom model"),
        ("GUARD", "is not counted in tokens"),
    ] {
        assert!(why(&import, place).contains(reason), "{place}: {}", why(&import, place));
    }
}

#[test]
fn the_marketplace_quotes_millions_and_names_the_model_by_the_service() {
    let import = import(MARKETPLACE);
    assert_eq!(
        rows(&import)[..3],
        [
            "claude-opus-5-5 global batch uncached_input = 2.00 from 2026-09-01",
            "claude-sonnet-4-6 on_demand standard uncached_input = 3.30 from 2026-09-01",
            "claude-sonnet-4-6 geo standard uncached_input = 3.30 from 2026-09-01",
        ]
    );
    assert!(
        rows(&import).contains(&"claude-sonnet-4-6 global standard cache_write_1h = 6.00 from 2026-09-01".to_owned())
    );
    assert!(why(&import, "SRES").contains("sold by the month"));
    assert!(why(&import, "SLONG").contains("from which length on"));
    assert!(why(&import, "SEARCH").contains("is not counted in tokens"));
}

#[test]
fn the_answer_of_get_products_and_a_single_product_are_read_too() {
    let import = import(ANSWER);
    assert_eq!(import.source, "aws-price-list-amazonbedrockservice-20260601000000");
    assert!(rows(&import).contains(&"claude-sonnet-4 global batch uncached_input = 1.50 from 2026-06-01".to_owned()));
    let single = r#"{"product": {"attributes": {"usagetype": "USE1-Claude4Sonnet-cache-write-input-token-count-1-hour"}},
        "terms": {"OnDemand": {"S": {"priceDimensions": {"S.A": {"unit": "1K tokens", "pricePerUnit": {"USD": "0.006"}}}}}}}"#;
    assert!(
        rows(&self::import(single)).contains(&"claude-sonnet-4 geo standard cache_write_1h = 6.00 from any".to_owned())
    );
}

#[test]
fn a_usage_type_and_an_attribute_of_two_models_are_not_believed() {
    let text =
        BEDROCK.replace("\"model\": \"Nova Pro\", \"inferenceType\"", "\"model\": \"Nova Lite\", \"inferenceType\"");
    assert!(why(&import(&text), "NOVAIN").contains("its usage type is of Nova Pro, and its attribute of Nova Lite"));
}

#[test]
fn a_file_that_cannot_be_used_says_what_it_is_and_what_to_do() {
    let said = |text: &str| read(text, &book()).err().unwrap_or_default();
    let cut = said(&BEDROCK[..BEDROCK.len() / 2]);
    assert!(cut.contains("the file ends in the middle") && cut.starts_with("line "), "{cut}");
    for (text, part) in [
        (
            BEDROCK.replace("\"AmazonBedrock\",\n", "\"AmazonEC2\",\n"),
            "the offer file of AmazonEC2; models of Amazon Bedrock",
        ),
        (BEDROCK.replace("{\"USD\": \"0.0016000000\"}", "{\"CNY\": \"0.01\"}"), "SKU NOVAFLEX: its price is in CNY"),
        (BEDROCK.replacen("\"1K tokens\"", "\"Tokens\"", 1), "SKU NOVAIN: its unit `Tokens` is not known"),
        (
            BEDROCK.replacen("0.0008000000", "0.0008000000001", 1),
            "SKU NOVAIN: its price: the price `0.8000000001` has more than nine decimals",
        ),
        (BEDROCK.replacen("0.0008000000", "-0.0008", 1), "SKU NOVAIN: its price: the price `-0.8` is negative"),
        (MARKETPLACE.replace("Million Input Tokens", "Input"), "SKU SIN: its unit is `Units`"),
        ("{\"offers\": {}}".to_owned(), "an index of offers"),
        ("{\"a\": 1}".to_owned(), "neither `products` nor `PriceList`"),
        ("{\"products\": 7, \"terms\": {}}".to_owned(), "line 1 column 14"),
        ("not json".to_owned(), "this is no offer file"),
    ] {
        assert!(said(&text).contains(part), "{part}: {}", said(&text));
    }
}
