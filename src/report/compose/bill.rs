//! The bill, line by line.

use super::Evaluated;
use super::variant::{SHARED_CAPACITY, money};
use crate::bedrock::usage_type::{Meter, UsageType};
use crate::ledger::{Capacity, Item, Line, Payer};
use crate::pricing::{Discount, Provenance, Sku};
use crate::report::model::{self, DayLine, LineDay, Sold};

/// The lines of all days together, each with its days.
pub(super) fn lines(one: &Evaluated<'_>) -> Vec<model::Line> {
    one.bill.by_rate().iter().map(|(sum, days)| line(sum, days, one)).collect()
}

/// The bill by day, application and class.
pub(super) fn days(one: &Evaluated<'_>) -> Vec<DayLine> {
    let day = |billed: &Line<'_>| DayLine {
        variant: one.name.to_owned(),
        day: billed.day,
        line: line(billed, &[billed], one),
    };
    let mut days: Vec<DayLine> = one.bill.lines().iter().map(day).collect();
    days.sort_by_key(|row| row.day);
    days
}

fn line(line: &Line<'_>, days: &[&Line<'_>], one: &Evaluated<'_>) -> model::Line {
    let (app, pool) = match line.payer {
        Payer::App(app) => (one.plan.apps[app].name.clone(), None),
        Payer::Pool(pool) => (SHARED_CAPACITY.to_owned(), Some(one.plan.pools[pool].id.clone())),
    };
    let (sku, usage_class, unit) = named(&line.item);
    let day = |line: &&Line<'_>| LineDay { day: line.day, quantity: line.quantity, amount: money(line.amount()) };
    model::Line {
        app,
        sku,
        usage_class,
        quantity: line.quantity,
        unit,
        rate: money(line.rate),
        amount: money(line.amount()),
        source: source(line),
        pool,
        sold: sold(&line.item),
        usage_type: usage_type(line, one).map(|known| known.to_string()),
        list_rate: money(line.list_rate),
        list_amount: money(line.list_amount()),
        discount: line.discount.map(|discount| discount.key.clone()),
        overlay: cited(line).any(|cited| cited.overlay),
        confidence: cited(line).map(|cited| cited.confidence).max().map(|least| least.name().to_owned()),
        checked: cited(line).map(|cited| cited.checked).min(),
        days: days.iter().map(day).collect(),
    }
}

/// What AWS bills call it; services around the models have names of other kinds.
fn usage_type(line: &Line<'_>, one: &Evaluated<'_>) -> Option<UsageType> {
    match (&line.item, line.payer) {
        (Item::Tokens { sku, .. }, Payer::App(app)) => {
            let offers = one.plan.apps[app].lanes.iter().map(|lane| &lane.offer);
            let name = offers.filter(|offer| offer.model == sku.model).find_map(|offer| offer.billing_names.first())?;
            let meter = Meter::Tokens { class: sku.class, tier: sku.tier, long: sku.input_above.is_some() };
            UsageType::new(&sku.region, name, meter, sku.via)
        }
        (Item::Capacity { unit, .. }, Payer::Pool(pool)) => {
            let bought = one.plan.pools[pool].purchase.as_ref()?;
            bought.fees.iter().find(|fee| fee.unit == *unit)?.usage_type.clone()
        }
        _ => None,
    }
}

fn source(line: &Line<'_>) -> String {
    line.cited.map_or_else(|| "given by the scenario".to_owned(), |list| Discount::cited(line.discount, list))
}

/// The provenance of the list's price and of the discount.
fn cited<'a>(line: &Line<'a>) -> impl Iterator<Item = &'a Provenance> {
    line.cited.into_iter().chain(line.discount.map(|discount| &discount.provenance))
}

/// SKU, usage class and unit.
fn named(item: &Item<'_>) -> (String, String, String) {
    match item {
        Item::Tokens { sku, .. } => (sku.to_string(), sku.class.to_string(), "token".to_owned()),
        Item::Capacity { sku, unit, state } => {
            let class = if *state == Capacity::Used { "capacity" } else { "idle" };
            ((*sku).to_owned(), class.to_owned(), format!("millionth of {unit}"))
        }
        Item::Metered { sku, unit } => ((*sku).to_owned(), "service".to_owned(), (*unit).to_owned()),
        Item::Standing { sku, unit, hours: 1 } => ((*sku).to_owned(), "standing".to_owned(), format!("{unit} hour")),
        Item::Standing { sku, unit, hours } => {
            ((*sku).to_owned(), "standing".to_owned(), format!("{unit} hour (rate for {hours})"))
        }
    }
}

fn sold(item: &Item<'_>) -> Option<Sold> {
    let Item::Tokens { sku, model_id } = item else { return None };
    let Sku { model, via, region, tier, .. } = *sku;
    Some(Sold {
        model: model.clone(),
        model_id: (*model_id).to_owned(),
        via: via.name().to_owned(),
        region: region.clone(),
        tier: tier.name().to_owned(),
        input_above: sku.input_above.map(|tokens| tokens.0),
    })
}
