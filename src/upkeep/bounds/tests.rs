use super::*;
use crate::bedrock::usage::UsageClass;
use crate::pricing::{PerMillion, bundled};
use crate::units::UsdPerToken;
use jiff::civil::date;

fn book() -> PriceBook {
    bundled().unwrap_or_else(|problems| panic!("{}", problems.render()))
}

/// Digits of the price with the point moved, or nothing when that is finer than a rate can be.
fn moved(rate: UsdPerToken, places: i32) -> Option<UsdPerToken> {
    let text = crate::upkeep::number::shifted(&rate.per_million().to_string(), places)?;
    UsdPerToken::parse_per_million(&text).ok()
}

fn with(per_million: &PerMillion, class: UsageClass, rate: UsdPerToken) -> PerMillion {
    let mut changed = per_million.clone();
    match class {
        UsageClass::UncachedInput => changed.input = rate,
        UsageClass::Output => changed.output = Some(rate),
        UsageClass::CacheRead => changed.cache_read = Some(rate),
        UsageClass::CacheWrite5m => changed.cache_write_5m = Some(rate),
        UsageClass::CacheWrite1h => changed.cache_write_1h = Some(rate),
    }
    changed
}

fn problems(model: &Model) -> usize {
    lint_model(model).iter().filter(|odd| odd.unusual.is_none()).count()
}

#[test]
fn the_bundled_book_keeps_its_bounds() {
    let odd: Vec<String> = lint(&book())
        .into_iter()
        .filter(|odd| odd.unusual.is_none())
        .map(|odd| format!("{} {}: {}", odd.model, odd.row, odd.message))
        .collect();
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

/// Models of a single figure, for which no other speaks, as far as the bounds of all embedding models let them pass; and
/// a row that is itself taken for a mistake of its source.
const ALONE: [&str; 3] = ["titan-embed-image", "titan-embed-text-v2", "llama-3-8b on_demand us-gov-east-1 standard"];

#[test]
fn a_rate_that_is_ten_times_off_is_caught() {
    let (mut tried, mut missed) = (0, Vec::new());
    for model in book().models() {
        for (at, row) in model.prices.iter().enumerate() {
            for class in UsageClass::ALL {
                let Some(rate) = row.rate(class) else { continue };
                for places in [1, -1] {
                    let Some(wrong) = moved(rate, places) else { continue };
                    let mut model = model.clone();
                    model.prices[at].per_million = with(&row.per_million, class, wrong);
                    tried += 1;
                    if problems(&model) == 0 {
                        missed.push(format!("{} {} {class} {places}", model.key, words(row)));
                    }
                }
            }
        }
    }
    assert!(tried > 2_900, "only {tried} were tried");
    missed.retain(|missed: &String| !ALONE.iter().any(|alone| missed.starts_with(alone)));
    assert!(missed.is_empty(), "of {tried} were missed:\n{}", missed.join("\n"));
}

#[test]
fn figures_grow_old_after_ninety_days() {
    let book = book();
    assert!(old(&book, date(2027, 2, 18)).is_empty());
    let later = old(&book, date(2027, 2, 19));
    assert!(later.iter().any(|old| old.source == "litellm-1.109.1" && old.figures > 500), "{later:?}");
}
