//! Prices by the hour: longer terms are cheaper, and reserved tokens cost what tokens cost.

use super::Oddity;
use super::ratio::Bounds;
use crate::bedrock::term::Term;
use crate::bedrock::tier::Tier;
use crate::pricing::{Model, ReservedRow};
use crate::units::{Usd, UsdPerToken};

/// A longer term over the shorter one before it.
const LONGER: Bounds = Bounds { least: 400, most: 1_000 };
/// A model unit costs 4 to 164 USD by the hour.
const UNIT: Bounds = Bounds { least: 3_000, most: 250_000 };
/// A thousand tokens per minute are 60,000 an hour: reserved, they cost 0.9 to 1 times the price of the tokens.
const RESERVED: Bounds = Bounds { least: 800, most: 1_200 };

pub(super) fn lint(model: &Model, odd: &mut Vec<Oddity>) {
    units(model, odd);
    for row in &model.reserved {
        reserved(model, row, odd);
    }
}

fn units(model: &Model, odd: &mut Vec<Oddity>) {
    for row in &model.provisioned {
        let mut tell = |message: String| {
            let row = format!("model unit {} from {}", row.regions, row.from);
            odd.push(Oddity { model: model.key.clone(), row, message, unusual: None });
        };
        let terms: Vec<(&Term, &Usd)> = row.per_hour.iter().collect();
        for (term, usd) in &terms {
            if let Some(broken) = UNIT.broken_by(usd.femtos(), USD.femtos()) {
                tell(format!("a unit costs {usd} by the hour under {term}, {} a dollar", broken.times));
            }
        }
        for pair in terms.windows(2) {
            let ((short, dear), (long, cheap)) = (pair[0], pair[1]);
            if let Some(broken) = LONGER.broken_by(cheap.femtos(), dear.femtos()) {
                tell(format!("a unit costs {cheap} under {long}, {} the {dear} under {short}", broken.times));
            }
        }
    }
}

/// A dollar.
pub(super) const USD: Usd = Usd::from_femtos(1_000_000_000_000_000);

fn reserved(model: &Model, row: &ReservedRow, odd: &mut Vec<Oddity>) {
    let standard = model.prices.iter().filter(|price| price.via == row.via && price.tier == Tier::Standard);
    let Some(price) = standard.filter(|price| price.input_above.is_none()).find(|price| price.regions == row.regions)
    else {
        return;
    };
    let sold = [("input", row.input, Some(price.per_million.input)), ("output", row.output, price.per_million.output)];
    for (what, usd, rate) in sold {
        let an_hour = rate.map(|rate: UsdPerToken| rate.times(60_000));
        let broken = an_hour.and_then(|an_hour| RESERVED.broken_by(usd.femtos(), an_hour.femtos()));
        if let Some(broken) = broken {
            odd.push(Oddity {
                model: model.key.clone(),
                row: format!("reserved {} {} {} from {}", row.via, row.regions, row.term, row.from),
                message: format!(
                    "{what} costs {usd} by the hour for 1,000 tokens per minute, {} the tokens",
                    broken.times
                ),
                unusual: None,
            });
        }
    }
}
