//! Where tokens could go instead, in the report's words.

use super::Evaluated;
use super::variant::money;
use crate::ledger::{self, Crossover, ElsewhereCost, Hosted, per_month};
use crate::plan::{Alternative, SelfHosted};
use crate::report::model::{self, Cost, Elsewhere, Instances, Volume};
use crate::scenario::SizedFor;
use crate::units::{Micros, Percent, Tokens, Usd};

/// Every place that the scenario names.
pub(super) fn elsewhere(one: &Evaluated<'_>) -> Vec<Elsewhere> {
    ledger::elsewhere(one.plan, &one.run).iter().map(|found| of_place(one, found)).collect()
}

fn of_place(one: &Evaluated<'_>, found: &ElsewhereCost<'_>) -> Elsewhere {
    let span = one.run.span();
    let cost = |amount| Cost { total: money(amount), month: money(per_month(amount, span)) };
    let (kind, place, assumed) = match &found.plan.to {
        Alternative::Direct { platform, .. } => ("direct", platform.clone(), of_platform()),
        Alternative::SelfHosted(held) => {
            ("self_hosted", format!("{} in {}", held.instance, held.region), of_instances(held))
        }
    };
    Elsewhere {
        name: found.plan.name.clone(),
        kind: kind.to_owned(),
        place,
        apps: found.plan.apps.iter().map(|app| one.plan.apps[*app].name.clone()).collect(),
        tokens: model::Tokens::of(found.tokens),
        bedrock: cost(found.bedrock),
        cost: cost(found.cost),
        scenario: cost(one.bill.total() - found.bedrock + found.cost),
        instances: found.hosted.as_ref().map(|hosted| instances(hosted, found, span)),
        assumed,
        sources: sources(&found.plan.to),
    }
}

fn instances(hosted: &Hosted, found: &ElsewhereCost<'_>, span: Micros) -> Instances {
    let volume = |cost| volume(cost, found, span);
    let (crossover, first, for_good) = match hosted.crossover {
        Crossover::Never => ("never", None, None),
        Crossover::Always => ("always", None, None),
        Crossover::From { first, for_good } => ("from", Some(volume(first)), for_good.map(volume)),
    };
    Instances {
        count: hosted.instances,
        needed: hosted.needed,
        cost_of_one: Cost { total: money(hosted.of_one), month: money(per_month(hosted.of_one, span)) },
        crossover: crossover.to_owned(),
        first,
        for_good,
    }
}

/// So much traffic that Bedrock costs so much over the time.
fn volume(cost: Usd, found: &ElsewhereCost<'_>, span: Micros) -> Volume {
    let (cost_femtos, bedrock) = (cost.femtos().unsigned_abs(), found.bedrock.femtos().unsigned_abs().max(1));
    let times = |count: u128| count.saturating_mul(cost_femtos).div_ceil(bedrock);
    let tokens = u128::from(found.tokens.total_input()) + u128::from(found.tokens.output);
    let of_month = times(tokens).saturating_mul(Micros::MONTH.0.into()).div_ceil(u128::from(span.0.max(1)));
    let whole = |count: u128| u64::try_from(count).unwrap_or(u64::MAX);
    Volume {
        bedrock_month: money(per_month(cost, span)),
        times_thousandths: whole(times(1_000)),
        tokens_per_month: whole(of_month),
    }
}

fn of_platform() -> Vec<String> {
    let assumed = [
        "batches go to its batch tier, and all other calls to its standard one",
        "caches are read and written as on Bedrock; its quotas and its speed are not simulated",
    ];
    assumed.map(str::to_owned).to_vec()
}

fn of_instances(held: &SelfHosted) -> Vec<String> {
    let sized = match (held.count, held.size_for) {
        (Some(count), _) => format!("{} instances, whatever the traffic needs", Tokens(count)),
        (None, SizedFor::Peak) => "as many instances as the busiest minute needs, all the time".to_owned(),
        (None, SizedFor::Mean) => {
            "as many instances as the mean minute needs: what comes above it waits, which is not simulated".to_owned()
        }
    };
    vec![
        format!(
            "an instance handles {} input and {} output tokens per minute at once, as the scenario says, and {} of that \
             is planned to be used",
            Tokens(held.input_tpm),
            Tokens(held.output_tpm),
            Percent::told(held.utilisation)
        ),
        sized,
        "input that Bedrock read from its cache counts in full; the people who run the instances are not counted"
            .to_owned(),
    ]
}

fn sources(to: &Alternative) -> Vec<String> {
    let cited: Vec<String> = match to {
        Alternative::Direct { prices, .. } => {
            let rows = prices.iter().flatten().flat_map(|rates| &rates.0);
            rows.map(|(_, row)| row.provenance.cited()).collect()
        }
        Alternative::SelfHosted(held) => held.per_hour.cited().map(|cited| cited.cited()).collect(),
    };
    let mut sources: Vec<String> = Vec::new();
    for source in cited {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    if sources.is_empty() { vec!["given by the scenario".to_owned()] } else { sources }
}
