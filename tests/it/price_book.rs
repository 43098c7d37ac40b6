//! What the bundled book says of tiers, capacity, caches, lives and profiles, against worked examples.

use jiff::civil::{Date, date};
use tokencast::bedrock::cache::Ttl;
use tokencast::bedrock::profile::{GLOBAL_PREFIX, Via};
use tokencast::bedrock::term::Term;
use tokencast::bedrock::tier::Tier;
use tokencast::bedrock::usage::UsageClass;
use tokencast::pricing::{self, Model, PriceBook};
use tokencast::units::{Tokens, Usd};

const DAY: Date = date(2026, 12, 1);
const HOURS_A_MONTH: u64 = 730;

fn book() -> PriceBook {
    pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()))
}

/// A month of the smallest purchase: 100,000 input and 10,000 output tokens per minute.
fn smallest_reservation(book: &PriceBook, model: &str, via: Via, term: Term) -> Usd {
    let price = book.model(model).unwrap().reserved(via, "us-east-1", term, DAY).unwrap();
    price.input.scaled(100 * HOURS_A_MONTH, 1) + price.output.scaled(10 * HOURS_A_MONTH, 1)
}

#[test]
fn the_smallest_reservations_cost_what_oracle_o15_says() {
    let book = book();
    let month = |model, via, term| smallest_reservation(&book, model, via, term).to_string();
    assert_eq!(month("claude-sonnet-4-5", Via::Global, Term::OneMonth), "19710.00");
    assert_eq!(month("claude-sonnet-4-5", Via::Global, Term::ThreeMonths), "17739.00");
    assert_eq!(month("claude-sonnet-4-5", Via::Geo, Term::OneMonth), "21681.00");
    assert_eq!(month("claude-haiku-4-5", Via::Global, Term::OneMonth), "6570.00");
}

#[test]
fn three_reserved_months_cost_nine_tenths_of_one_month_three_times() {
    let book = book();
    let mut compared = 0;
    for model in book.models() {
        for via in Via::ALL {
            for region in ["us-east-1", "us-gov-west-1"] {
                let price = |term| model.reserved(via, region, term, DAY).map(|price| [price.input, price.output]);
                let Some(one) = price(Term::OneMonth) else { continue };
                assert_eq!(price(Term::ThreeMonths).unwrap(), one.map(|usd| usd.scaled(9, 10)), "{}", model.key);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 20);
}

#[test]
fn a_fully_used_reservation_costs_the_on_demand_price() {
    let book = book();
    for key in ["claude-haiku-4-5", "claude-sonnet-4-5", "claude-sonnet-4-6", "claude-opus-4-5", "claude-opus-4-6"] {
        let model = book.model(key).unwrap();
        for (via, region) in [(Via::Geo, "us-east-1"), (Via::Global, "us-east-1")] {
            let reserved = model.reserved(via, region, Term::OneMonth, DAY).unwrap();
            let on_demand = model.rates(via, region, Tier::Standard, DAY).unwrap();
            let hour = |class| on_demand.rate(class).unwrap().times(60_000);
            assert_eq!([reserved.input, reserved.output], [UsageClass::UncachedInput, UsageClass::Output].map(hour));
        }
    }
}

#[test]
fn a_model_unit_of_llama_costs_what_oracle_o16_says() {
    let book = book();
    let model = book.model("llama-3-1-70b").unwrap();
    assert_eq!(model.provisioned_terms("us-west-2", DAY), [Term::None, Term::OneMonth, Term::SixMonths]);
    let expected =
        [(Term::None, "24.00", 555_556), (Term::OneMonth, "21.18", 490_278), (Term::SixMonths, "13.08", 302_778)];
    let token = model.rates(Via::OnDemand, "us-west-2", Tier::Standard, DAY).unwrap().rate(UsageClass::Output).unwrap();
    for (term, per_hour, tokens_per_minute) in expected {
        let price = model.provisioned("us-west-2", term, DAY).unwrap();
        assert_eq!(price.per_hour.to_string(), per_hour);
        let break_even = (price.per_hour.femtos() + token.femtos() * 30) / (token.femtos() * 60);
        assert_eq!(break_even, tokens_per_minute);
    }
    assert!(book.model("claude-haiku-4-5").unwrap().provisioned_terms("us-east-1", DAY).is_empty());
}

fn per_million(model: &Model, via: Via, region: &str) -> Vec<String> {
    let row = model.rates(via, region, Tier::Standard, DAY).unwrap();
    let sold = UsageClass::ALL.into_iter().filter_map(|class| row.rate(class));
    sold.map(|rate| rate.per_million().to_string()).collect()
}

#[test]
fn sonnet_4_5_costs_by_kind_of_profile_what_oracle_o22_says() {
    let book = book();
    let sonnet = book.model("claude-sonnet-4-5").unwrap();
    assert_eq!(per_million(sonnet, Via::Global, "us-east-1")[0], "3.00");
    let mut geo = per_million(sonnet, Via::Geo, "us-east-1");
    geo.sort();
    assert_eq!(geo, ["0.33", "16.50", "3.30", "4.125", "6.60"]);
    assert_eq!(per_million(sonnet, Via::Geo, "us-gov-west-1")[0], "3.60");
}

/// The price of a class in hundredths of that of the global profile.
fn share_of_global(model: &Model, via: Via, region: &str, tier: Tier, class: UsageClass) -> Option<i128> {
    let femtos = |via, region| Some(model.rates(via, region, tier, DAY).ok()?.rate(class)?.femtos());
    let (price, global) = (femtos(via, region)?, femtos(Via::Global, "us-east-1")?);
    assert_eq!(price * 100 % global, 0, "{} {tier} {class}", model.key);
    Some(price * 100 / global)
}

#[test]
fn from_claude_4_5_on_geographic_profiles_cost_a_tenth_more_than_global_in_every_class() {
    let book = book();
    let older = ["claude-sonnet-4"];
    let claude = book.models().filter(|model| model.key.starts_with("claude") && !older.contains(&model.key.as_str()));
    let mut compared = 0;
    for model in claude {
        for tier in [Tier::Standard, Tier::Batch] {
            for class in UsageClass::ALL {
                let share = share_of_global(model, Via::Geo, "us-east-1", tier, class);
                compared += usize::from(share.is_some());
                assert!(share.is_none_or(|share| share == 110), "{} {tier} {class}: {share:?}", model.key);
                let gov = model.geo_prefixes.iter().any(|prefix| prefix == "us-gov");
                let share = share_of_global(model, Via::Geo, "us-gov-west-1", tier, class).filter(|_| gov);
                assert!(share.is_none_or(|share| share == 120), "{} {tier} {class}: {share:?}", model.key);
            }
        }
    }
    assert_eq!(compared, 85, "fifteen models of five classes, five of them with batch");
    let sonnet_4 = book.model("claude-sonnet-4").unwrap();
    let input = UsageClass::UncachedInput;
    assert_eq!(share_of_global(sonnet_4, Via::Geo, "us-east-1", Tier::Standard, input), Some(100));
}

/// Vendors whose tiers cost their share to the last digit.
const EXACT: [&str; 6] = ["anthropic.", "amazon.", "meta.", "openai.gpt-oss-120b", "openai.gpt-oss-20b", "xai."];
/// Half a cent per million tokens, in femtodollars a token.
const HALF_A_CENT: i128 = 5_000_000;

#[test]
fn tiers_cost_their_share_of_the_standard_tier_and_claude_has_no_priority() {
    let book = book();
    let shares = [(Tier::Batch, 50), (Tier::Flex, 50), (Tier::Priority, 175)];
    for model in book.models() {
        for row in &model.prices {
            let Some((_, share)) = shares.iter().find(|(tier, _)| *tier == row.tier) else { continue };
            let region = match &row.regions {
                pricing::Regions::Any => "us-east-1",
                pricing::Regions::Named(names) => names.first().unwrap(),
            };
            let standard = model.rates(row.via, region, Tier::Standard, row.from).unwrap();
            for class in UsageClass::ALL.into_iter().filter(|class| row.rate(*class).is_some()) {
                let (of_tier, of_standard) =
                    (row.rate(class).unwrap().femtos(), standard.rate(class).unwrap().femtos());
                let off = (of_tier * 100 - of_standard * share).abs();
                // Sources quote other vendors in whole cents per million tokens.
                let exact = EXACT.iter().any(|vendor| model.id.starts_with(vendor));
                let most = if exact { 0 } else { 100 * HALF_A_CENT };
                assert!(off <= most, "{} {} {region} {class}: {of_tier} of {of_standard}", model.key, row.tier);
            }
            let fast = [Tier::Priority, Tier::Flex].contains(&row.tier);
            assert!(!(fast && (model.key.starts_with("claude") || model.key.starts_with("llama"))), "{}", model.key);
        }
    }
}

#[test]
fn caches_have_their_minima_and_an_hour_only_where_it_is_priced() {
    let book = book();
    let minimum = |key: &str| book.model(key).unwrap().cache.as_ref().map(|cache| cache.minimum);
    assert_eq!(minimum("claude-haiku-4-5"), Some(Tokens(4_096)));
    assert_eq!(minimum("claude-sonnet-4-6"), Some(Tokens(1_024)));
    assert_eq!(minimum("llama-3-1-70b"), None);
    for model in book.models() {
        let Some(cache) = &model.cache else { continue };
        assert_eq!((cache.checkpoints, cache.look_back), (4, 20), "{}", model.key);
        let priced = model.prices.iter().any(|row| row.rate(UsageClass::CacheWrite1h).is_some());
        assert_eq!(cache.ttls.contains(&Ttl::OneHour), priced, "{}", model.key);
    }
}

#[test]
fn burndown_follows_model_and_date() {
    let book = book();
    let times = |key: &str, on| book.model(key).unwrap().burndown_on(on).map(|row| row.times);
    assert_eq!(times("claude-haiku-4-5", DAY), Some(5));
    assert_eq!(times("claude-opus-4-7", DAY), Some(5));
    assert_eq!((times("claude-opus-4-8", date(2026, 8, 1)), times("claude-opus-4-8", DAY)), (Some(5), Some(15)));
    assert_eq!((times("claude-sonnet-5", DAY), times("claude-opus-5", DAY)), (Some(10), Some(10)));
    assert_eq!((times("nova-pro", DAY), times("claude-3-5-haiku", date(2025, 6, 1))), (Some(1), Some(1)));
}

#[test]
fn lives_end_on_the_days_of_the_lifecycle_table() {
    let book = book();
    let life = |key: &str| book.model(key).unwrap().lifecycle.clone().unwrap();
    assert_eq!(life("claude-3-5-haiku").end_of_life, Some(date(2026, 6, 19)));
    assert_eq!(life("claude-sonnet-4").legacy, Some(date(2026, 4, 14)));
    assert_eq!(life("nova-premier").extended_access, None);
    assert!(book.model("claude-haiku-4-5").unwrap().lifecycle.is_none());
}

#[test]
fn every_prefix_of_every_model_routes_somewhere_and_can_be_called_where_it_has_a_price() {
    let book = book();
    let unlisted = ["claude-3-haiku", "claude-3-sonnet", "claude-3-5-sonnet"];
    for model in book.models() {
        for prefix in model.prefixes() {
            let profile = book.profile(model, prefix).unwrap_or_else(|| panic!("{prefix}.{}", model.id));
            let via = if prefix == GLOBAL_PREFIX { Via::Global } else { Via::Geo };
            let first = model.prices.iter().filter(|row| row.via == via).map(|row| row.from).min().unwrap();
            let on = model.burndown.last().unwrap().from.max(date(2025, 12, 2)).max(first);
            let unpriced = profile.sources.iter().find(|region| model.rates(via, region, Tier::Standard, on).is_err());
            assert!(
                unpriced.is_none() || unlisted.contains(&model.key.as_str()),
                "{prefix}.{}: {unpriced:?}",
                model.id
            );
        }
    }
    let sonnet = book.model("claude-sonnet-4").unwrap();
    assert!(book.profile(sonnet, "apac").unwrap().sources.contains("me-central-1"));
    assert!(book.profile(sonnet, "jp").is_none());
    assert_eq!(book.profile(sonnet, "us").unwrap().destinations.len(), 3);
}

#[test]
fn a_bare_id_is_called_where_it_has_a_price_and_nowhere_when_it_needs_a_profile() {
    let book = book();
    let regions = |key: &str| book.model(key).unwrap().regions_on_demand(DAY);
    assert!(regions("claude-opus-4-7").unwrap().is_empty());
    let gov: Vec<String> = regions("claude-haiku-4-5").unwrap().into_iter().collect();
    assert_eq!(gov, ["us-gov-east-1", "us-gov-west-1"]);
    assert!(regions("claude-sonnet-4-6").is_none());
    assert!(regions("nova-pro").unwrap().contains("us-gov-west-1"));
}

#[test]
fn the_fast_pool_and_the_fast_answers_of_claude_3_5_haiku_are_known() {
    let book = book();
    let model = book.model("claude-3-5-haiku").unwrap();
    let pool = model.quota_defaults(Via::Geo, "us-east-1", Tier::LatencyOptimized).unwrap();
    assert_eq!((pool.tokens_per_minute, pool.requests_per_minute), (Some(Tokens(500_000)), Some(100)));
    assert!(model.quota_defaults(Via::Geo, "us-east-1", Tier::Flex).is_none());
    let fast = model.service(Tier::LatencyOptimized).unwrap();
    assert_eq!(fast.output_rate_p90.thousandths_per_second(), 152_000);
    assert_eq!(model.service(Tier::Standard).unwrap().ttft_p90.0, 2_900_000);
    let tiers = model.tiers(Via::Geo, "us-east-1", date(2026, 1, 1));
    assert_eq!(tiers.into_iter().collect::<Vec<_>>(), [Tier::Standard, Tier::LatencyOptimized]);
}
