//! An application for tests.

use crate::bedrock::quota::Route;
use crate::bedrock::service::Service;
use crate::client::Policy;
use crate::plan::{App, Caller, Lane, Offer, Traffic};
use crate::rng::Distribution;

/// One lane, no prompt, no work, and calls that are handed in.
pub(super) fn app(name: &str, max_tokens: u32) -> App {
    let service = Service::steady(Distribution::Constant(1), Distribution::Constant(1));
    App {
        name: name.to_owned(),
        tags: Vec::new(),
        lanes: vec![Lane::on_demand(Offer::unpriced("m"), 0, Route::default(), service)],
        targets: Vec::new(),
        work: None,
        meters: Vec::new(),
        standing: Vec::new(),
        max_tokens,
        max_tokens_unset: false,
        client: Caller::patient(Policy::once()),
        prompt: None,
        traffic: Traffic::Given,
    }
}
