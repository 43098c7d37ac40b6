//! One way for an application's calls: what it buys there, and what it draws from.

use super::{Burndown, Offer};
use crate::bedrock::batch::Job;
use crate::bedrock::cache;
use crate::bedrock::quota::Route;
use crate::bedrock::service::Service;
use crate::units::{SimTime, Tokens};

/// Where a call can go.
#[derive(Debug, Clone)]
pub struct Lane {
    /// What it buys.
    pub offer: Offer,
    /// A call whose whole input is above so many tokens is billed at other prices.
    pub long_input_above: Option<u32>,
    /// The account whose quotas it uses; nothing for the one that needs no name.
    pub account: Option<String>,
    /// The largest input and output that its model takes together, when that is known.
    pub context: Option<Tokens>,
    /// The burndown rates of its model.
    pub burndown: Burndown,
    /// How its model caches prompts; nothing when no call asks for that.
    pub cache: Option<cache::Rules>,
    /// The pool that it draws from first.
    pub pool: usize,
    /// The limits that its calls touch, as indices into `Plan::limits`.
    pub route: Route,
    /// How a call is counted there.
    pub access: Access,
    /// How fast the model answers there.
    pub service: Service,
    /// The Regions in which calls run, with their weights; never empty.
    pub destinations: Vec<Destination>,
}

/// How a call is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Against quotas: input and `max_tokens` from the start, then what it is charged.
    Quota,
    /// Against purchased capacity: input when it starts, output when it has been written.
    Purchased,
    /// Not at all: it waits for its job.
    Batch(Job),
}

/// A Region in which calls run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The Region.
    pub region: String,
    /// How many calls go there, in relation to the others.
    pub weight: u32,
}

impl Lane {
    /// A model on demand, in the standard tier and in the Region that it is called from, without a cache; a token
    /// of its output counts once.
    #[must_use]
    pub fn on_demand(offer: Offer, pool: usize, route: Route, service: Service) -> Self {
        let destinations = vec![Destination { region: offer.region.clone(), weight: 1 }];
        let burndown = Burndown::new(vec![(SimTime(0), 1)]);
        let (account, context, cache, access) = (None, None, None, Access::Quota);
        let long_input_above = offer.bounds().first().and_then(|bound| u32::try_from(bound.0).ok());
        Self { offer, long_input_above, account, context, burndown, cache, pool, route, access, service, destinations }
    }
}
