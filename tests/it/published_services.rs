//! The bundled prices of services around the models against published ones.

use crate::shared;
use jiff::civil::date;
use tokencast::pricing::{self, PriceBook};
use tokencast::units::Usd;

fn of_one(book: &PriceBook, key: &str) -> Usd {
    let charge = book.charge(key).unwrap();
    charge.of_one(charge.price("us-east-1", date(2026, 11, 20)).unwrap())
}

fn usd(dollars: &str) -> Usd {
    Usd::parse(&format!("{dollars} USD")).unwrap()
}

#[test]
fn queries_of_rerankers_cost_what_the_map_says() {
    let Some(map) = shared::file("facts/prices-litellm-1.109.1.csv") else { return };
    let book = pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let mut map = csv::Reader::from_path(map).unwrap();
    let column = map.headers().unwrap().iter().position(|column| column == "usd_per_query").unwrap();
    let rows: Vec<_> = map.records().map(Result::unwrap).collect();
    for (id, key) in [("amazon.rerank-v1:0", "rerank-amazon"), ("cohere.rerank-v3-5:0", "rerank-cohere-3-5")] {
        let row = rows.iter().find(|row| &row[0] == id).unwrap();
        assert_eq!(of_one(&book, key), usd(&row[column]), "{id}");
    }
}

/// The price page works its example out in rows such as `100,000 ÷ 1,000 × $4.00`.
#[test]
fn managed_knowledge_bases_cost_what_the_price_page_says() {
    let Some(page) = shared::file("facts/pricing-page-2026-07-24.json") else { return };
    let book = pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let page: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(page).unwrap()).unwrap();
    let items = [
        ("Standard Retrieval", "knowledge-base-retrieve", 1_000),
        ("Agentic Retrieve API calls", "knowledge-base-agentic-retrieve", 1_000),
        ("Index Storage", "knowledge-base-storage", 1),
    ];
    for (item, key, count) in items {
        let row = page.as_array().unwrap().iter().find(|row| row["Line Item"] == item).unwrap();
        let (_, dollars) = row["Calculation"].as_str().unwrap().rsplit_once('$').unwrap();
        assert_eq!(of_one(&book, key).times(count), usd(dollars), "{item}");
    }
}

/// O20: an hour of a processor and two GB of memory in AgentCore's runtime are 0.0895 USD and twice 0.00945 USD.
#[test]
fn an_hour_of_an_agent_runtime_costs_what_oracle_o20_says() {
    let book = pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let both = of_one(&book, "agentcore-runtime-vcpu") + of_one(&book, "agentcore-runtime-memory").times(2);
    assert_eq!(both, usd("0.1084"));
}
