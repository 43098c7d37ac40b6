//! The classes of one row against its input.

use super::capacity::USD;
use super::ratio::Bounds;
use super::{Oddity, words};
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::Model;

/// Each class as a multiple of the input price. Output costs 1 to 8.3 times the input, a cache read 0.025 to 0.25 times,
/// a write 1 to 1.375 times for five minutes and twice for an hour (all rows of the bundled book, 2026-11-20).
const CLASSES: [(UsageClass, Bounds); 4] = [
    (UsageClass::Output, Bounds { least: 1_000, most: 9_999 }),
    (UsageClass::CacheRead, Bounds { least: 20, most: 499 }),
    (UsageClass::CacheWrite5m, Bounds { least: 900, most: 1_500 }),
    (UsageClass::CacheWrite1h, Bounds { least: 1_200, most: 2_200 }),
];

/// What models that write nothing cost for a million tokens, in thousandths of a dollar: 0.02 to 0.80 USD.
const EMBEDDING: Bounds = Bounds { least: 15, most: 900 };

pub(super) fn lint(model: &Model, odd: &mut Vec<Oddity>) {
    for row in &model.prices {
        let input = row.per_million.input;
        let embedding = row.per_million.output.is_none() && row.tier == Tier::Standard;
        let broken = EMBEDDING.broken_by(input.per_million().femtos(), USD.femtos()).filter(|_| embedding);
        if let Some(broken) = broken {
            odd.push(Oddity {
                model: model.key.clone(),
                row: words(row),
                message: format!("embedding costs {} per million; others cost 0.02 to 0.80", input.per_million()),
                unusual: broken.excused(row.unusual.as_ref()),
            });
        }
        for (class, bounds) in &CLASSES {
            let Some(rate) = row.rate(*class) else { continue };
            if let Some(broken) = bounds.broken_by(rate.femtos(), input.femtos()) {
                odd.push(Oddity {
                    model: model.key.clone(),
                    row: words(row),
                    message: format!(
                        "{class} costs {} per million, {} the input of {}",
                        rate.per_million(),
                        broken.times,
                        input.per_million()
                    ),
                    unusual: broken.excused(row.unusual.as_ref()),
                });
            }
        }
    }
}
