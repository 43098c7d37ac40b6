//! When bought capacity pays: every pool of a scenario against what can be bought for it.

use super::Prepared;
use super::candidates::{Candidate, at_candidate};
use crate::bedrock::term::Term;
use crate::breakeven::{
    Demand, Provisioned, Reserved, ReservedPrice, Tally, Throughput, TooMuch, UnitPrice, history_too_short, on_demand,
    provisioned, reserved,
};
use crate::document::nearest;
use crate::plan::{Access, Fee, Offer, Plan, Purchase};
use crate::pricing::{Model, PROVISIONED_TERMS, PriceBook, Provenance, RESERVED_TERMS};
use crate::report::breakeven::{BreakevenPages, SpillRun, Studied, compose};
use crate::traffic::{Arrivals, Progress, TraceError, TraceFiles};
use crate::units::{Tokens, Usd};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

/// What is asked beyond the scenario.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// One app instead of all that share a pool.
    pub app: Option<String>,
    /// What one unit handles.
    pub throughput: Option<Throughput>,
    /// Prices of a unit by the hour, instead of those of the book.
    pub unit_prices: Vec<(Term, Usd)>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Unanswered {
    /// The question is wrong, and how.
    Input(String),
    /// A trace can no longer be read to its end.
    Trace(TraceError),
}

/// Above this a price by the hour is a typing error: ten thousand dollars.
const DEAREST: Usd = Usd::from_femtos(10_000_000_000_000_000_000);

impl Prepared {
    /// Holds the demand of every pool of the scenario as written, or of one app, against what can be bought.
    ///
    /// # Errors
    /// When the app is unknown, nothing has a price, or a figure is out of all proportion; when a trace can no
    /// longer be read.
    pub fn breakeven(
        &self,
        book: &PriceBook,
        ask: &Ask,
        files: &dyn TraceFiles,
        progress: &Progress,
    ) -> Result<BreakevenPages, Unanswered> {
        let plan = &self.plans[0].1;
        let groups = groups(plan, ask.app.as_deref())?;
        let mut arrivals = Arrivals::new(plan, self.base.seed, files);
        let tally = Tally::of(plan, progress.watch(&mut arrivals));
        if let Some(failure) = arrivals.failure() {
            return Err(Unanswered::Trace(failure.clone()));
        }
        let day = plan.start.to_zoned(TimeZone::UTC).date();
        let (mut studied, mut without_price) = (Vec::new(), Vec::new());
        for (pool, apps) in &groups {
            let Some(lane) = on_demand(&plan.apps[apps[0]]) else { continue };
            let bids = Bids::of(&lane.offer, Held::of(plan, apps).as_ref(), book, ask, day)?;
            let demand = tally.demand(plan, apps);
            let name = &plan.pools[*pool].id;
            match study(name, plan, apps, demand, &bids)? {
                Some(found) => studied.push(self.at_work(plan, apps, found, files, progress)?),
                None => without_price.push(name.clone()),
            }
        }
        let Some(span) = studied.first().map(|one| one.demand.span) else {
            let nothing = match without_price.as_slice() {
                [] => format!("error: no app buys its tokens on demand, by the minute: {FALLBACK}"),
                pools => nothing_for_sale(pools),
            };
            return Err(Unanswered::Input(nothing));
        };
        let findings: Vec<_> = history_too_short(span).into_iter().collect();
        Ok(compose(&self.question(), plan.start, &studied, without_price, &findings))
    }
}

impl Prepared {
    /// Runs every purchase that is compared: whether the quota takes what it leaves over is not a formula.
    fn at_work(
        &self,
        plan: &Plan,
        apps: &[usize],
        studied: Studied,
        files: &dyn TraceFiles,
        progress: &Progress,
    ) -> Result<Studied, Unanswered> {
        let units = studied.provisioned.as_ref().map_or_else(Vec::new, unit_candidates);
        let tier = studied.reserved.as_ref().map_or_else(Vec::new, reserved_candidates);
        let run = |candidate: &Candidate| at_candidate(plan, apps, *candidate, self.base.seed, files, progress);
        let runs = |candidates: &[Candidate]| -> Result<Vec<SpillRun>, TraceError> {
            candidates.par_iter().map(run).collect()
        };
        let runs = [runs(&units).map_err(Unanswered::Trace)?, runs(&tier).map_err(Unanswered::Trace)?];
        Ok(Studied { runs, ..studied })
    }
}

/// Apps that can share what is bought, by pool in the order of their first app.
fn groups(plan: &Plan, only: Option<&str>) -> Result<Vec<(usize, Vec<usize>)>, Unanswered> {
    if let Some(name) = only {
        let names: Vec<&str> = plan.apps.iter().map(|app| app.name.as_str()).collect();
        let found = names.iter().position(|known| *known == name);
        let meant = nearest(name, &names).map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        let unknown = || Unanswered::Input(format!("--app {name}: error: the scenario has no such app{meant}"));
        let found = found.ok_or_else(unknown)?;
        let lane = on_demand(&plan.apps[found]);
        let not_sold =
            || Unanswered::Input(format!("--app {name}: error: its calls are not bought on demand: {FALLBACK}"));
        return Ok(vec![(lane.ok_or_else(not_sold)?.pool, vec![found])]);
    }
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    let pools = plan.apps.iter().enumerate().filter_map(|(number, app)| Some((number, on_demand(app)?.pool)));
    for (number, pool) in pools {
        match groups.iter_mut().find(|(known, _)| *known == pool) {
            Some((_, apps)) => apps.push(number),
            None => groups.push((pool, vec![number])),
        }
    }
    Ok(groups)
}

/// What gives calls that are not bought on demand a price there.
const FALLBACK: &str = "give them the price to compare with by `fallback: on_demand`";

/// What can be bought for a pool.
struct Bids {
    throughput: Option<Throughput>,
    units: Vec<UnitPrice>,
    reserved: Vec<ReservedPrice>,
}

impl Bids {
    /// What the command line says comes first, then the scenario, then the price book.
    fn of(offer: &Offer, held: Option<&Held>, book: &PriceBook, ask: &Ask, day: Date) -> Result<Self, Unanswered> {
        let model = book.model(&offer.model);
        let units = match ask.unit_prices.as_slice() {
            [] => with_own(held, model.map_or_else(Vec::new, |model| listed_units(model, offer, day))),
            given => given.iter().map(|(term, per_hour)| own_price(*term, *per_hour, "--unit-price")).collect(),
        };
        let reserved = model.map_or_else(Vec::new, |model| listed_reserved(model, offer, day));
        let hourly = units.iter().map(|price| price.per_hour);
        let hourly = hourly.chain(reserved.iter().flat_map(|price| [price.input_per_hour, price.output_per_hour]));
        if let Some(price) = hourly.into_iter().find(|price| *price > DEAREST) {
            return Err(Unanswered::Input(format!("error: {price} USD is more than 10,000 USD for a unit and hour")));
        }
        Ok(Self { throughput: ask.throughput.or(held.map(|held| held.throughput)), units, reserved })
    }
}

fn own_price(term: Term, per_hour: Usd, source: &str) -> UnitPrice {
    UnitPrice { term, per_hour, source: source.to_owned() }
}

/// The price that the scenario gives takes the place of that of its term.
fn with_own(held: Option<&Held>, mut listed: Vec<UnitPrice>) -> Vec<UnitPrice> {
    let Some((term, per_hour)) = held.and_then(|held| held.own_price) else { return listed };
    listed.retain(|price| price.term != term);
    listed.push(own_price(term, per_hour, "the scenario"));
    listed.sort_by_key(|price| price.term);
    listed
}

/// Units that the scenario buys already.
struct Held {
    throughput: Throughput,
    own_price: Option<(Term, Usd)>,
}

impl Held {
    /// The units of the first of some apps that has any. Only provisioned throughput is counted by one fee.
    fn of(plan: &Plan, apps: &[usize]) -> Option<Self> {
        let lanes = apps.iter().flat_map(|app| &plan.apps[*app].lanes);
        lanes.filter(|lane| lane.access == Access::Purchased).find_map(|lane| {
            let Purchase { term, input_tpm, output_tpm, fees, .. } = plan.pools[lane.pool].purchase.as_ref()?;
            let [Fee { units, per_hour, provenance, .. }] = fees.as_slice() else { return None };
            let throughput = Throughput { input_tpm: input_tpm / units, output_tpm: output_tpm / units };
            Some(Self { throughput, own_price: provenance.is_none().then_some((*term, *per_hour)) })
        })
    }
}

fn listed_units(model: &Model, offer: &Offer, day: Date) -> Vec<UnitPrice> {
    let price = |term| {
        let found = model.provisioned(&offer.region, term, day)?;
        Some(UnitPrice { term, per_hour: found.per_hour, source: cited(found.provenance) })
    };
    PROVISIONED_TERMS.into_iter().filter_map(price).collect()
}

fn listed_reserved(model: &Model, offer: &Offer, day: Date) -> Vec<ReservedPrice> {
    let price = |term| {
        let found = model.reserved(offer.via, &offer.region, term, day)?;
        let source = cited(found.provenance);
        Some(ReservedPrice { term, input_per_hour: found.input, output_per_hour: found.output, source })
    };
    RESERVED_TERMS.into_iter().filter_map(price).collect()
}

/// As the lines of a bill cite their rates.
fn cited(provenance: &Provenance) -> String {
    let origin = if provenance.overlay { "your price book: " } else { "" };
    format!("{origin}{}, checked {}", provenance.title, provenance.checked)
}

fn study(pool: &str, plan: &Plan, apps: &[usize], demand: Demand, bids: &Bids) -> Result<Option<Studied>, Unanswered> {
    let too_much = |TooMuch { units }: TooMuch| {
        let units = Tokens(u64::try_from(units).unwrap_or(u64::MAX));
        Unanswered::Input(format!("error: a minute of {pool} takes {units} units: a unit handles more than that"))
    };
    let units = (!bids.units.is_empty()).then(|| provisioned(&demand, bids.throughput, &bids.units));
    let tier = (!bids.reserved.is_empty()).then(|| reserved(&demand, &bids.reserved));
    let (provisioned, reserved) = (units.transpose().map_err(too_much)?, tier.transpose().map_err(too_much)?);
    if provisioned.is_none() && reserved.is_none() {
        return Ok(None);
    }
    let (pool, apps) = (pool.to_owned(), apps.iter().map(|app| plan.apps[*app].name.clone()).collect());
    Ok(Some(Studied { pool, apps, demand, provisioned, reserved, runs: [Vec::new(), Vec::new()] }))
}

/// What is compared of the units of a study.
fn unit_candidates(found: &Provisioned) -> Vec<Candidate> {
    let Some(units) = &found.units else { return Vec::new() };
    let Throughput { input_tpm, output_tpm } = units.throughput;
    let candidate = |count: u64| Candidate {
        bought: [count, 0],
        input_tpm: input_tpm.saturating_mul(count),
        output_tpm: output_tpm.saturating_mul(count),
    };
    distinct(units.regrets.iter().map(|(_, count, _)| candidate(*count)))
}

/// What is compared of the reservations of a study.
fn reserved_candidates(found: &Reserved) -> Vec<Candidate> {
    let candidate = |[input, output]: [u64; 2]| Candidate {
        bought: [input, output],
        input_tpm: input.saturating_mul(1_000),
        output_tpm: output.saturating_mul(1_000),
    };
    distinct(found.regrets.iter().map(|(_, bought, _)| candidate(*bought)))
}

/// Each once, the smallest first: a run does not depend on the term.
fn distinct(candidates: impl Iterator<Item = Candidate>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = candidates.collect();
    all.sort_unstable_by_key(|candidate| candidate.bought);
    all.dedup();
    all
}

fn nothing_for_sale(pools: &[String]) -> String {
    format!(
        "error: the price book has no price of provisioned or reserved capacity for {}\n  help: an unknown price is an \
         error, never zero: add the price with `--pricing DIR`, or give `--unit-price none=24.00` or the\n        `price` of `account.provisioned`",
        pools.join(", ")
    )
}
