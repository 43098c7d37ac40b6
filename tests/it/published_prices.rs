//! The bundled prices against a published price map.

use crate::shared;
use jiff::civil::date;
use std::collections::BTreeMap;
use tokencast::bedrock::profile::Via;
use tokencast::bedrock::tier::Tier;
use tokencast::bedrock::usage::UsageClass;
use tokencast::pricing;
use tokencast::units::UsdPerToken;

type Column = (&'static str, UsageClass);

const TIERS: [(Tier, &[Column]); 4] = [
    (
        Tier::Standard,
        &[
            ("input_usd_per_1M", UsageClass::UncachedInput),
            ("output_usd_per_1M", UsageClass::Output),
            ("cache_read_input_usd_per_1M", UsageClass::CacheRead),
            ("cache_creation_input_usd_per_1M", UsageClass::CacheWrite5m),
            ("cache_creation_input_above_1hr_usd_per_1M", UsageClass::CacheWrite1h),
        ],
    ),
    (
        Tier::Batch,
        &[("input_batches_usd_per_1M", UsageClass::UncachedInput), ("output_batches_usd_per_1M", UsageClass::Output)],
    ),
    (
        Tier::Flex,
        &[
            ("input_flex_usd_per_1M", UsageClass::UncachedInput),
            ("output_flex_usd_per_1M", UsageClass::Output),
            ("cache_read_input_flex_usd_per_1M", UsageClass::CacheRead),
        ],
    ),
    (
        Tier::Priority,
        &[
            ("input_priority_usd_per_1M", UsageClass::UncachedInput),
            ("output_priority_usd_per_1M", UsageClass::Output),
            ("cache_read_input_priority_usd_per_1M", UsageClass::CacheRead),
        ],
    ),
];

/// A Region that calls the profile.
fn home_of(prefix: Option<&str>) -> &'static str {
    match prefix {
        Some("eu") => "eu-west-1",
        Some("jp") => "ap-northeast-1",
        Some("apac") => "ap-southeast-1",
        Some("au") => "ap-southeast-2",
        Some("us-gov") => "us-gov-west-1",
        _ => "us-east-1",
    }
}

#[test]
fn rates_that_cite_the_map_are_the_rates_of_the_map() {
    let Some(map) = shared::file("facts/prices-litellm-1.109.1.csv") else { return };
    let book = pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let mut map = csv::Reader::from_path(map).unwrap();
    let header = map.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let mut compared = BTreeMap::new();
    for row in map.records() {
        let row = row.unwrap();
        let id = &row[column("model")];
        let Ok(found) = book.resolve(id) else { continue };
        let region = home_of(found.prefix);
        for (tier, columns) in TIERS {
            let priced = columns.iter().map(|(name, class)| (&row[column(name)], *class));
            let priced: Vec<_> = priced.filter(|(text, _)| !text.is_empty() && *text != "0").collect();
            let rates = match found.model.rates(found.via, region, tier, date(2026, 11, 20)) {
                Ok(rates) if rates.provenance.source == "litellm-1.109.1" => rates,
                Err(missing) => {
                    // The map prices bare ids that AWS sells through profiles only.
                    assert!(found.via == Via::OnDemand || priced.is_empty(), "{missing}");
                    continue;
                }
                Ok(_) => continue,
            };
            for (text, class) in priced {
                let published = UsdPerToken::parse_per_million(text).unwrap();
                assert_eq!(rates.rate(class), Some(published), "{id} {region} {tier} {class}");
                *compared.entry(tier).or_insert(0) += 1;
            }
        }
    }
    let least = [(Tier::Standard, 250), (Tier::Batch, 40), (Tier::Flex, 18), (Tier::Priority, 14)];
    for (tier, least) in least {
        assert!(compared[&tier] >= least, "only {} rates of {tier} were compared", compared[&tier]);
    }
}
