//! One way for an application's calls: what it buys there, and what it draws from.

use super::Offer;
use crate::bedrock::batch::Job;
use crate::bedrock::quota::Route;
use crate::bedrock::service::Service;

/// Where a call can go.
#[derive(Debug, Clone)]
pub struct Lane {
    /// What it buys.
    pub offer: Offer,
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
    /// A model on demand, in the standard tier and in the Region that it is called from.
    #[must_use]
    pub fn on_demand(offer: Offer, pool: usize, route: Route, service: Service) -> Self {
        let destinations = vec![Destination { region: offer.region.clone(), weight: 1 }];
        Self { offer, pool, route, access: Access::Quota, service, destinations }
    }
}
