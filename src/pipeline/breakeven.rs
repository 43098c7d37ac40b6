//! When bought capacity pays: every pool of a scenario against what can be bought for it.

use super::Prepared;
use super::bids::{Ask, Bids, Held};
use super::candidates::{Candidate, at_candidate};
use crate::breakeven::{
    Demand, Provisioned, Reserved, Tally, Throughput, TooMuch, history_too_short, on_demand, provisioned, reserved,
};
use crate::document::nearest;
use crate::plan::Plan;
use crate::pricing::PriceBook;
use crate::report::breakeven::{BreakevenPages, SpillRun, Studied, compose};
use crate::traffic::{Arrivals, Progress, TraceError, TraceFiles};
use crate::units::Tokens;
use jiff::tz::TimeZone;
use rayon::prelude::*;

/// Why there is no answer.
#[derive(Debug)]
pub enum Unanswered {
    /// The question is wrong, and how.
    Input(String),
    /// A trace can no longer be read to its end.
    Trace(TraceError),
}

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
        let why = match plan.apps[found].own_targets().count() {
            1 => format!("its calls are not bought on demand: {FALLBACK}"),
            _ => "it has several models, and capacity is of one: write an app for each of them".to_owned(),
        };
        let not_sold = || Unanswered::Input(format!("--app {name}: error: {why}"));
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
