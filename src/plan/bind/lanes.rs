//! The ways of an app's calls: its tier, what was bought for it, and where calls go beyond that.

use super::Binding;
use super::account::Account;
use super::called::Called;
use super::pools::{PoolKey, Pools};
use crate::bedrock::batch::Job;
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::codes::Code;
use crate::document::{Located, Problem};
use crate::plan::{Access, Destination, Lane, Offer};
use crate::pricing::{Model, Resolved};
use crate::scenario;
use crate::units::Micros;

/// What every lane of a target shares.
pub(super) struct Asked<'a> {
    pub(super) name: &'a str,
    pub(super) written: &'a scenario::App,
    pub(super) called: Called<'a>,
    pub(super) resolved: Resolved<'a>,
    pub(super) region: String,
    pub(super) account: Account<'a>,
    pub(super) destinations: Vec<Destination>,
    pub(super) service: scenario::Service,
}

impl<'a> Binding<'a> {
    /// Where the calls to a target go, in order.
    pub(super) fn lanes(&mut self, asked: &Asked<'a>, pools: &mut Pools) -> Option<Vec<Lane>> {
        if let Some(name) = asked.called.provisioned {
            return self.provisioned_lanes(asked, name, pools);
        }
        match asked.called.tier {
            tier @ (Tier::Standard | Tier::Priority | Tier::Flex) => Some(vec![self.quota_lane(asked, tier, pools)?]),
            Tier::LatencyOptimized => {
                let fast = self.quota_lane(asked, Tier::LatencyOptimized, pools)?;
                Some(vec![fast, self.quota_lane(asked, Tier::Standard, pools)?])
            }
            Tier::Reserved => self.reserved_lanes(asked, pools),
            Tier::Batch => Some(vec![self.batch_lane(asked, pools)?]),
        }
    }

    fn provisioned_lanes(&mut self, asked: &Asked<'a>, name: &Located<String>, pools: &mut Pools) -> Option<Vec<Lane>> {
        let (called, Resolved { model, via, .. }) = (asked.called, asked.resolved);
        if via != Via::OnDemand && !called.spills {
            let message = "provisioned throughput cannot be called through an inference profile";
            let help = format!("write the bare id, `{}`; a profile is for what a `fallback` calls", model.id);
            let problem = Problem::new(called.model.place.clone(), message).help(help);
            self.problems.add(problem.code(Code::PtOnProfile));
            return None;
        }
        let pool = self.provisioned(asked.account, name, model, &asked.region, pools)?;
        let mut lanes = vec![self.purchased_lane(asked, Tier::Standard, pool, pools)];
        lanes[0].destinations = vec![Destination { region: asked.region.clone(), weight: 1 }];
        if called.spills {
            lanes.push(self.quota_lane(asked, Tier::Standard, pools)?);
        }
        Some(lanes)
    }

    fn reserved_lanes(&mut self, asked: &Asked<'a>, pools: &mut Pools) -> Option<Vec<Lane>> {
        let Resolved { model, via, .. } = asked.resolved;
        self.tier_is_sold(asked, Tier::Reserved)?;
        let pool = self.reserved(asked.account, &asked.written.tier.place, model, via, &asked.region, pools)?;
        let first = self.purchased_lane(asked, Tier::Reserved, pool, pools);
        Some(vec![first, self.quota_lane(asked, Tier::Standard, pools)?])
    }

    fn purchased_lane(&mut self, asked: &Asked<'a>, tier: Tier, pool: usize, pools: &Pools) -> Lane {
        let (id, Resolved { model, via, .. }) = (&asked.called.model.value, asked.resolved);
        let offer = Offer::paid_by_hour(id, model, via, &asked.region, tier);
        let service = self.service(asked.name, &asked.service, model, tier);
        let lane = Lane::on_demand(offer, pool, pools.route(pool), service);
        Lane { access: Access::Purchased, destinations: asked.destinations.clone(), ..lane }
    }

    /// A lane that draws from a quota and is paid for by the token.
    fn quota_lane(&mut self, asked: &Asked<'a>, tier: Tier, pools: &mut Pools) -> Option<Lane> {
        self.tier_is_sold(asked, tier)?;
        let Resolved { model, via, .. } = asked.resolved;
        let offer = self.offer(&asked.called, model, via, tier)?;
        let own_pool = matches!(tier, Tier::LatencyOptimized | Tier::Batch);
        let key = PoolKey {
            account: asked.account.name.map(str::to_owned),
            model: model.key.clone(),
            via,
            region: asked.region.clone(),
            tier: if own_pool { tier } else { Tier::Standard },
        };
        let pool = pools.of(self, asked.account, &key, model);
        let service = self.service(asked.name, &asked.service, model, tier);
        let lane = Lane::on_demand(offer, pool, pools.route(pool), service);
        Some(Lane { destinations: asked.destinations.clone(), ..lane })
    }

    fn batch_lane(&mut self, asked: &Asked<'a>, pools: &mut Pools) -> Option<Lane> {
        let lane = self.quota_lane(asked, Tier::Batch, pools)?;
        let batch = asked.written.batch.as_ref().map(|batch| &batch.value);
        let job = Job {
            every: batch.map_or(Micros::HOUR, |batch| batch.every),
            takes: batch.map_or(Micros::DAY, |batch| batch.takes),
        };
        let note = "AWS promises 24 hours and publishes no usual time; set batch.takes to what you measured";
        self.assume(format!("apps.{}.batch", asked.name), "a job takes its full time", note, None);
        Some(Lane { access: Access::Batch(job), ..lane })
    }

    fn tier_is_sold(&mut self, asked: &Asked<'a>, tier: Tier) -> Option<()> {
        let Resolved { model, via, .. } = asked.resolved;
        let sold = model.tiers(via, &asked.region, self.start);
        if tier == Tier::Standard || sold.contains(&tier) {
            return Some(());
        }
        let names: Vec<_> = sold.iter().map(|tier| format!("`{tier}`")).collect();
        let message = format!("{} has no `{tier}` tier by `{via}` in {}", model.name, asked.region);
        let help = if names.is_empty() {
            "it is not sold there at all".to_owned()
        } else {
            format!("it has {}", names.join(", "))
        };
        self.problems.with_help(&asked.written.tier.place, message, help);
        None
    }

    fn offer(&mut self, called: &Called<'_>, model: &Model, via: Via, tier: Tier) -> Option<Offer> {
        let place = &called.model.place;
        let offer = Offer::new(&called.model.value, model, via, &called.region.value, tier, self.start)
            .map_err(|missing| {
                if let Some(problem) = self.not_sold(called, model, via) {
                    return self.problems.add(problem);
                }
                let help = "an unknown price is an error, never zero: add the rate with `--pricing DIR`, or choose another \
                            model, profile or start";
                self.problems.with_help(place, missing.to_string(), help);
            })
            .ok()?;
        let unpriced = offer.rates().find(|row| model.max_output.is_some() && row.rate(UsageClass::Output).is_none());
        if let Some(row) = unpriced {
            let sku = offer.sku(UsageClass::Output, row.input_above);
            self.problems.at(place, format!("no price for {sku} from {}; add it with `--pricing DIR`", row.from));
            return None;
        }
        if offer.bounds().len() > 1 {
            let message = format!("the price book has two bounds of long inputs for {}", offer.model);
            let help = "a run counts calls by one bound; give all its rows the same `input_above` with `--pricing DIR`";
            self.problems.with_help(place, message, help);
            return None;
        }
        Some(offer)
    }
}
