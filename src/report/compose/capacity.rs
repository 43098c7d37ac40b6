//! Capacity that was bought, in the report's words.

use super::Evaluated;
use super::variant::money;
use crate::ledger::{FeeUse, Overflow, Use, utilisation};
use crate::plan::Fee;
use crate::report::model;

/// How a pool was used; nothing when it was not bought.
pub(super) fn capacity(one: &Evaluated<'_>, pool: usize) -> Option<model::Capacity> {
    let purchase = one.plan.pools[pool].purchase.as_ref()?;
    let found = utilisation(one.plan, &one.run, pool)?;
    Some(model::Capacity {
        term: purchase.term.name().to_owned(),
        input_tokens_per_minute: purchase.input_tpm,
        output_tokens_per_minute: purchase.output_tpm,
        input_used: used(found.input),
        output_used: used(found.output),
        fees: purchase.fees.iter().zip(&found.fees).map(|(bought, paid)| fee(bought, *paid)).collect(),
        cost: money(found.fees.iter().map(|fee| fee.cost).sum()),
        idle_cost: money(found.fees.iter().map(|fee| fee.idle_cost).sum()),
        overflow: found.overflow.map(overflow),
    })
}

fn used(tokens: Use) -> model::Share {
    model::Share { part: tokens.used, whole: tokens.bought }
}

fn fee(bought: &Fee, paid: FeeUse) -> model::Fee {
    model::Fee {
        unit: bought.unit.to_owned(),
        units: bought.units,
        per_hour: money(bought.per_hour.first().rate),
        cost: money(paid.cost),
        idle: model::Share { part: paid.usage.idle(), whole: paid.usage.bought },
        idle_cost: money(paid.idle_cost),
    }
}

fn overflow(found: Overflow) -> model::Overflow {
    model::Overflow {
        spilled: found.spilled,
        served: found.served,
        tokens: model::Tokens::of(found.tokens),
        cost: money(found.cost),
    }
}
