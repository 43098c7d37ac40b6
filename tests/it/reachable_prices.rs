//! Every SKU that a bundled scenario can reach has a price.

use crate::bundled::{names, path, text};
use std::collections::BTreeSet;
use tokencast::bedrock::usage::UsageClass;
use tokencast::document::Source;
use tokencast::plan::{Access, App, Lane, Plan, bind};
use tokencast::pricing::{self, PriceBook};
use tokencast::scenario;

/// The plans of a scenario and of its variants.
fn plans(name: &str, book: &PriceBook) -> Vec<Plan> {
    let file = format!("scenarios/{name}.yaml");
    let source = Source::new(path(&file).display().to_string(), text(&file));
    let (read, problems) = scenario::read(&source);
    assert!(problems.is_empty(), "{}", problems.render());
    let read = read.expect("a good scenario");
    let scenarios = std::iter::once(&read.base).chain(read.variants.iter().map(|(_, scenario)| scenario));
    scenarios.map(|one| bind(one, book).unwrap_or_else(|problems| panic!("{}", problems.render()))).collect()
}

/// The classes that calls of a lane can use: cached input where the lane caches, output where the model writes.
fn reachable<'a>(book: &'a PriceBook, lane: &'a Lane) -> impl Iterator<Item = UsageClass> + 'a {
    let model = book.model(&lane.offer.model).expect("a plan names models of the book");
    let caches = model.cache.as_ref().filter(|_| lane.cache.is_some());
    UsageClass::ALL.into_iter().filter(move |class| match class {
        UsageClass::UncachedInput => true,
        UsageClass::Output => model.max_output.is_some(),
        UsageClass::CacheRead => caches.is_some(),
        UsageClass::CacheWrite5m | UsageClass::CacheWrite1h => {
            caches.is_some_and(|cache| cache.ttls.iter().any(|ttl| ttl.written() == *class))
        }
    })
}

fn by_token(app: &App) -> impl Iterator<Item = &Lane> {
    app.lanes.iter().filter(|lane| lane.access != Access::Purchased)
}

#[test]
fn every_sku_that_a_bundled_scenario_can_reach_is_priced_with_a_source() {
    let book = pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let mut skus = BTreeSet::new();
    for name in names() {
        for plan in plans(&name, &book) {
            for lane in plan.apps.iter().flat_map(by_token) {
                for class in reachable(&book, lane) {
                    for row in lane.offer.rates() {
                        let sku = lane.offer.sku(class, row.input_above).to_string();
                        assert!(row.rate(class).is_some(), "{name}: {sku} has no price from {}", row.from);
                        assert!(!row.provenance.title.is_empty(), "{name}: {sku} has no source");
                        skus.insert(sku);
                    }
                }
            }
            for meter in plan.apps.iter().flat_map(|app| &app.meters) {
                assert!(meter.rates.cited().count() > 0, "{name}: {} has no price", meter.sku);
                skus.insert(meter.sku.clone());
            }
        }
    }
    assert!(skus.len() > 30, "{} SKUs only: {skus:#?}", skus.len());
}
