//! The terms of both kinds of capacity in one form.

use super::compose::{SpillRun, busy_minutes, cost, money};
use super::model::{
    Bought, Duration, DurationPoint, Kind, Offer, Outcome, Price, Purchase, Regret, Run, Term, TokensPerMinute,
};
use super::verdict;
use crate::bedrock;
use crate::breakeven::{self, Curve, Demand, Future, Pays, Provisioned, Reserved, ReservedPurchase};
use crate::report::model::Share;
use crate::units::Usd;

/// Thousandths of minutes at which a demand-duration curve is told.
const POINTS: [u64; 13] = [100, 200, 300, 400, 500, 600, 700, 800, 900, 950, 990, 999, 1_000];

pub(super) fn provisioned(found: &Provisioned, demand: &Demand, runs: &[SpillRun]) -> Offer {
    let busy = busy_minutes(demand);
    let purchase = |bought: breakeven::Purchase| Purchase {
        bought: Bought::Units(bought.units),
        cost: cost(bought.cost(), bought.month),
        capacity: money(bought.capacity),
        spill: money(bought.spill),
        minutes_above: Share { part: bought.minutes_above, whole: busy },
        committed: money(bought.committed),
    };
    let term = |study: &breakeven::TermStudy| Term {
        term: study.price.term.to_string(),
        prices: vec![price("unit", study.price.per_hour, study.pays)],
        source: study.price.source.clone(),
        least: None,
        cheapest: study.purchases.map(|[cheapest, _]| purchase(cheapest)),
        rule_of_thumb: study.purchases.map(|[_, rule]| purchase(rule)),
    };
    let terms: Vec<Term> = found.terms.iter().map(term).collect();
    let units = found.units.as_ref();
    let on_demand = units.map(|units| purchase(units.on_demand));
    let regrets = units.iter().flat_map(|units| &units.regrets);
    Offer {
        kind: Kind::Provisioned,
        unit: units
            .map(|units| TokensPerMinute { input: units.throughput.input_tpm, output: units.throughput.output_tpm }),
        demand: units.map(|units| duration("units", &units.curve)).into_iter().collect(),
        verdict: verdict::sentences(on_demand.as_ref(), &terms),
        regrets: regrets.map(|(term, units, found)| regret(*term, Bought::Units(*units), found)).collect(),
        runs: runs.iter().map(|one| run(Bought::Units(one.bought[0]), one)).collect(),
        on_demand,
        terms,
    }
}

pub(super) fn reserved(found: &Reserved, demand: &Demand, runs: &[SpillRun]) -> Offer {
    let busy = busy_minutes(demand);
    let purchase = |bought: ReservedPurchase| Purchase {
        bought: tokens_per_minute(bought.thousands),
        cost: cost(bought.cost(), bought.month),
        capacity: money(bought.capacity),
        spill: money(bought.spill),
        minutes_above: Share { part: bought.minutes_above, whole: busy },
        committed: money(bought.committed),
    };
    let term = |study: &breakeven::ReservedTerm| Term {
        term: study.price.term.to_string(),
        prices: vec![
            price("1,000 input tokens per minute", study.price.input_per_hour, study.pays[0]),
            price("1,000 output tokens per minute", study.price.output_per_hour, study.pays[1]),
        ],
        source: study.price.source.clone(),
        least: Some(purchase(study.minimum)),
        cheapest: Some(purchase(study.cheapest)),
        rule_of_thumb: Some(purchase(study.rule_of_thumb)),
    };
    let terms: Vec<Term> = found.terms.iter().map(term).collect();
    let on_demand = purchase(found.on_demand);
    let names = ["input tokens per minute", "output tokens per minute"];
    let regrets = found.regrets.iter();
    Offer {
        kind: Kind::Reserved,
        unit: None,
        demand: names.iter().zip(&found.curves).map(|(name, curve)| duration(name, curve)).collect(),
        verdict: verdict::sentences(Some(&on_demand), &terms),
        regrets: regrets.map(|(term, bought, found)| regret(*term, tokens_per_minute(*bought), found)).collect(),
        runs: runs.iter().map(|one| run(tokens_per_minute(one.bought), one)).collect(),
        on_demand: Some(on_demand),
        terms,
    }
}

fn tokens_per_minute([input, output]: [u64; 2]) -> Bought {
    Bought::TokensPerMinute(TokensPerMinute { input: input * 1_000, output: output * 1_000 })
}

fn run(bought: Bought, run: &SpillRun) -> Run {
    Run {
        bought,
        requests_throttled: Share { part: run.throttled, whole: run.requests },
        gave_up: run.gave_up,
        spill: money(run.spill),
    }
}

fn price(what: &str, per_hour: Usd, pays: Option<Pays>) -> Price {
    let utilisation = pays.and_then(|pays| pays.utilisation);
    Price {
        what: what.to_owned(),
        per_hour: money(per_hour),
        pays_at_tokens_per_minute: pays.map(|pays| pays.tokens_per_minute),
        pays_at_tokens_per_hour: pays.map(|pays| pays.tokens_per_hour),
        pays_at_utilisation: utilisation.map(|share| Share { part: share.part, whole: share.whole }),
    }
}

/// Thousandths of a unit are whole tokens where a unit is a thousand of them.
fn duration(of: &str, curve: &Curve) -> Duration {
    let point = |per_thousand| DurationPoint {
        minutes_per_thousand: per_thousand,
        demand: curve.percentile(per_thousand, 1_000, 1),
    };
    Duration { of: of.to_owned(), points: POINTS.map(point).into() }
}

fn regret(term: bedrock::term::Term, bought: Bought, found: &breakeven::Regret) -> Regret {
    let outcome = |(future, (cost, regret)): (Future, (&Usd, &Usd))| Outcome {
        future: name(future),
        cost: money(*cost),
        regret: money(*regret),
    };
    let columns = Future::ALL.into_iter().zip(found.costs.iter().zip(&found.regrets));
    Regret { term: term.to_string(), bought, futures: columns.map(outcome).collect() }
}

fn name(future: Future) -> String {
    match future {
        Future::Traffic(10) => "1x".to_owned(),
        Future::Traffic(tenths) => format!("{}.{}x", tenths / 10, tenths % 10),
        Future::Dropped => "dropped after 1 week".to_owned(),
    }
}
