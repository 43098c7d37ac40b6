//! The catalog against its two sources: what they state is in the book, or the book says why not.

use crate::shared;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokencast::bedrock::tier::Tier;
use tokencast::document::Source;
use tokencast::pricing::{self, PriceBook};
use tokencast::units::{Usd, UsdPerToken};
use tokencast::upkeep::diff::{self, Change};
use tokencast::upkeep::{Import, Stated, litellm, page, write};

const MAP: &str = "facts/prices-litellm-1.109.1.csv";
const PAGE: &str = "facts/pricing-page-2026-07-24.json";

fn book() -> PriceBook {
    pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()))
}

fn source(path: &str) -> Option<Arc<Source>> {
    let file = shared::file(path)?;
    Some(Source::new(path, std::fs::read_to_string(file).unwrap()))
}

fn imports(book: &PriceBook) -> Option<[Import; 2]> {
    let (map, rows) = (source(MAP)?, source(PAGE)?);
    let read =
        |read: Result<Import, tokencast::document::Problems>| read.unwrap_or_else(|bad| panic!("{}", bad.render()));
    Some([read(litellm::read(&map, book)), read(page::read(&rows, book))])
}

#[test]
fn importing_the_two_given_sources_reproduces_the_catalog_with_every_difference_explained() {
    let book = book();
    let Some(imports) = imports(&book) else { return };
    for (import, least) in imports.iter().zip([2_150, 570]) {
        let day = import.published.or(book.as_of()).unwrap();
        let found = diff::against(import, &book, day);
        let open: Vec<String> = found.unexplained().map(|open| format!("{open:?}")).collect();
        assert!(open.is_empty(), "{}\n{}", import.source, open.join("\n"));
        assert!(found.agreed >= least, "{} agrees in {} prices only", import.source, found.agreed);
        assert!(import.skipped.iter().all(|row| !row.why.is_empty() && !row.what.is_empty()));
    }
}

#[test]
fn every_reason_to_leave_something_out_is_used() {
    let book = book();
    let Some(imports) = imports(&book) else { return };
    for import in &imports {
        let day = import.published.or(book.as_of()).unwrap();
        let found = diff::against(import, &book, day);
        let used: BTreeSet<&str> = found.differences.iter().filter_map(|one| one.explained.as_deref()).collect();
        for (ids, why) in book.left_out(&import.source) {
            assert!(used.contains(why), "{ids:?}: {why}");
        }
    }
}

#[test]
fn the_claude_models_of_both_sources_agree_row_by_row() {
    let book = book();
    let Some([map, page]) = imports(&book) else { return };
    let of_map = |model: &str| map.stated.iter().filter(|stated| stated.model == model).count();
    let (mut models, mut compared) = (BTreeSet::new(), 0);
    let undated = page.stated.iter().filter(|stated| stated.from.is_none() && stated.tier == Some(Tier::Standard));
    for stated in undated.filter(|stated| stated.model.starts_with("claude") && of_map(&stated.model) > 0) {
        let same =
            |known: &&Stated| known.model == stated.model && known.class == stated.class && known.tier == stated.tier;
        let agrees = map.stated.iter().filter(same).any(|known| known.rate == stated.rate);
        assert!(agrees, "{stated:?}");
        models.insert(stated.model.as_str());
        compared += 1;
    }
    assert!(models.len() >= 12 && compared >= 120, "{compared} prices of {models:?}");
}

/// Regions of some tables are lost in the copy of the page: the first price of each model must be in the book all the
/// same, so that no reason to leave out hides a wrong one.
#[test]
fn every_model_of_the_page_has_a_price_that_agrees() {
    let book = book();
    let Some([_, page]) = imports(&book) else { return };
    let found = diff::against(&page, &book, page.published.unwrap());
    let models: BTreeSet<&str> = page.stated.iter().map(|stated| stated.model.as_str()).collect();
    let known: Vec<&&str> = models.iter().filter(|model| book.model(model).is_some()).collect();
    assert!(known.len() >= 75, "only {} models of the page are known", known.len());
    for model in known {
        let stated = page.stated.iter().filter(|stated| stated.model == **model).count();
        let differ = found.differences.iter().filter(|one| one.subject == **model && one.place.is_some()).count();
        assert!(differ < stated, "{model}: none of {stated} prices agrees");
    }
}

#[test]
fn a_wrong_price_in_the_book_is_found_by_both_sources() {
    let book = book();
    let Some(imports) = imports(&book) else { return };
    let file = "\
models:
  claude-haiku-4-5:
    prices:
      - {via: global, regions: any, from: 2026-07-01, per_million: {input: 1.01, output: 5.00}, source: litellm-1.109.1, checked: 2026-11-20}
";
    let wrong = book.overlay(&[Source::new("wrong.yaml", file)]).unwrap_or_else(|bad| panic!("{}", bad.render()));
    for import in &imports {
        let day = import.published.or(wrong.as_of()).unwrap();
        let found = diff::against(import, &wrong, day);
        let of_haiku = found.unexplained().filter(|open| open.subject == "claude-haiku-4-5");
        let stated = of_haiku.filter_map(|open| match open.change {
            Change::New(to) | Change::Changed(_, to) if open.what.contains("input") => Some(to.to_string()),
            _ => None,
        });
        assert_eq!(stated.collect::<BTreeSet<_>>(), BTreeSet::from(["1.00".to_owned()]), "{}", import.source);
    }
}

#[test]
fn the_catalog_has_every_model_with_a_public_price() {
    let book = book();
    assert!(book.models().count() >= 130, "{} models", book.models().count());
    let ids = book.ids();
    assert!(ids.len() >= 260, "{} ids", ids.len());
    for (vendor, least) in [
        ("ai21", 5),
        ("amazon", 14),
        ("anthropic", 30),
        ("cohere", 5),
        ("deepseek", 3),
        ("google", 6),
        ("meta", 14),
        ("minimax", 3),
        ("mistral", 14),
        ("moonshot", 3),
        ("nvidia", 4),
        ("openai", 16),
        ("qwen", 7),
        ("writer", 3),
        ("xai", 3),
        ("zai", 4),
    ] {
        let of = book.models().filter(|model| model.id.starts_with(vendor)).count();
        assert!(of >= least, "{vendor}: {of}");
    }
}

/// What LiteLLM publishes: the same rows, per token.
#[test]
fn the_map_reads_the_same_as_json_and_as_a_table() {
    let book = book();
    let json = r#"{
      "sample_spec": {"litellm_provider": "one of"},
      "us.anthropic.claude-haiku-5-5": {"litellm_provider": "bedrock_converse", "mode": "chat",
        "input_cost_per_token": 1.1e-07, "output_cost_per_token": 5.5e-07, "cache_read_input_token_cost": 1.1e-08,
        "cache_creation_input_token_cost": 1.375e-07, "cache_creation_input_token_cost_above_1hr": 2.2e-07,
        "input_cost_per_token_above_100k_tokens": 5.5e-07, "output_cost_per_token_above_100k_tokens": 2.75e-06,
        "max_input_tokens": 1000000, "max_output_tokens": 128000, "supports_vision": true},
      "bedrock/us-east-1/1-month-commitment/anthropic.claude-v2:1": {"litellm_provider": "bedrock", "mode": "chat",
        "input_cost_per_second": 0.0175, "output_cost_per_second": 0.0175}
    }"#;
    let table = "\
model,input_usd_per_1M,output_usd_per_1M,cache_read_input_usd_per_1M,cache_creation_input_usd_per_1M,cache_creation_input_above_1hr_usd_per_1M,input_above_100k_tokens_usd_per_1M,output_above_100k_tokens_usd_per_1M,mode
us.anthropic.claude-haiku-5-5,0.11,0.55,0.011,0.1375,0.22,0.55,2.75,chat
";
    let read = |text: &str| {
        litellm::read(&Source::new("map", text), &book).unwrap_or_else(|problems| panic!("{}", problems.render()))
    };
    let (json, table) = (read(json), read(table));
    let sorted = |import: &Import| {
        let mut rows: Vec<String> = import.stated.iter().map(|stated| format!("{stated:?}")).collect();
        rows.sort();
        rows
    };
    assert_eq!(sorted(&json), sorted(&table));
    assert_eq!(json.stated.len(), 7);
    assert_eq!(json.capacity[0].per_hour.to_string(), "63.00");
    let found = diff::against(&json, &book, book.as_of().unwrap());
    assert!(found.unexplained().all(|open| open.place.is_none()), "{:?}", found.differences);
}

#[test]
fn a_source_that_is_cut_off_or_something_else_is_placed() {
    let book = book();
    let refused = |text: &str| {
        let map = litellm::read(&Source::new("f.json", text), &book).err().map(|bad| bad.render());
        let rows = page::read(&Source::new("f.json", text), &book).err().map(|bad| bad.render());
        [map.unwrap_or_default(), rows.unwrap_or_default()]
    };
    let [map, rows] = refused("{\"a\": {\"mode\":");
    assert!(map.contains("f.json:1:") && map.contains("cut off"), "{map}");
    assert!(rows.contains("not rows of the pricing page"), "{rows}");
    let [map, rows] = refused("[{\"Anthropic models\": \"Claude");
    assert!(map.contains("not a price map"), "{map}");
    assert!(rows.contains("cut off"), "{rows}");
    for text in ["", "[]", "{}", "model,price\nx,1\n", "\u{0}"] {
        let [map, rows] = refused(text);
        assert!(!map.is_empty() && !rows.is_empty(), "{text:?} was read");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Whatever a source says, the file that is written of it can be laid over the book, and then has its prices.
    #[test]
    fn what_an_import_writes_reads_back_as_the_same_prices(times in 2_i128..9, keep in 1_usize..6) {
        let book = book();
        let Some([mut import, _]) = imports(&book) else { return Ok(()) };
        import.source = "another-map".to_owned();
        import.models.clear();
        import.stated.retain(|stated| book.model(&stated.model).is_some());
        import.stated.retain(|stated| stated.place.len() % keep == 0);
        for stated in &mut import.stated {
            let usd = Usd::from_femtos(stated.rate.per_million().femtos() * times).to_string();
            stated.rate = UsdPerToken::parse_per_million(&usd).unwrap();
        }
        let day = book.as_of().unwrap();
        let written = write::yaml(&import, &book, day);
        let yaml = written.yaml.unwrap();
        prop_assert_eq!(&write::yaml(&import, &book, day).yaml.unwrap(), &yaml);
        let laid = book.overlay(&[Source::new("import.yaml", yaml)]).map_err(|bad| TestCaseError::fail(bad.render()))?;
        let found = diff::against(&import, &laid, day);
        // The map contradicts itself where the bedrock-mantle endpoint has another price.
        let open: Vec<_> = found.unexplained().filter(|open| open.place.is_some()).collect();
        prop_assert_eq!(open.len(), written.contradicted, "{:?}", open);
        prop_assert_eq!(found.agreed + open.len(), import.stated.len() + import.services.len());
    }
}
