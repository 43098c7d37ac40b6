//! The bundled prices of Claude and Nova against a published price map.

use crate::shared;
use jiff::civil::date;
use tokencast::bedrock::profile::Via;
use tokencast::bedrock::tier::Tier;
use tokencast::bedrock::usage::UsageClass;
use tokencast::pricing;
use tokencast::units::UsdPerToken;

const COLUMNS: [(&str, UsageClass); 5] = [
    ("input_usd_per_1M", UsageClass::UncachedInput),
    ("output_usd_per_1M", UsageClass::Output),
    ("cache_read_input_usd_per_1M", UsageClass::CacheRead),
    ("cache_creation_input_usd_per_1M", UsageClass::CacheWrite5m),
    ("cache_creation_input_above_1hr_usd_per_1M", UsageClass::CacheWrite1h),
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
    let mut compared = 0;
    for row in map.records() {
        let row = row.unwrap();
        let id = &row[column("model")];
        let Ok(found) = book.resolve(id) else { continue };
        let region = home_of(found.prefix);
        let rates = match found.model.rates(found.via, region, Tier::Standard, date(2026, 11, 20)) {
            Ok(rates) if rates.provenance.source == "litellm-1.109.1" => rates,
            Err(missing) => {
                // The map prices bare ids that AWS sells through profiles only.
                assert_eq!(found.via, Via::OnDemand, "{missing}");
                continue;
            }
            Ok(_) => continue,
        };
        for (name, class) in COLUMNS {
            let text = &row[column(name)];
            if !text.is_empty() && text != "0" {
                let published = UsdPerToken::parse_per_million(text).unwrap();
                assert_eq!(rates.rate(class), Some(published), "{id} {region} {class}");
                compared += 1;
            }
        }
    }
    assert!(compared > 80, "only {compared} rates were compared");
}
