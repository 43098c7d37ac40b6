use super::*;
use crate::bedrock::cache::{Chain, Rules, Ttl};
use crate::bedrock::quota::Route;
use crate::bedrock::service::Service;
use crate::client::Policy;
use crate::plan::{App, Caller, Lane, Offer, Traffic};
use crate::rng::Distribution;
use crate::traffic::{Call, Fate};

fn app() -> App {
    let service = Service::steady(Distribution::Constant(1_000), Distribution::Constant(50_000));
    App {
        name: "a".to_owned(),
        tags: Vec::new(),
        lanes: vec![Lane {
            cache: Some(Rules { minimum: 1_024, checkpoints: 4, look_back: 20 }),
            ..Lane::on_demand(Offer::unpriced("m"), 0, Route::default(), service)
        }],
        targets: Vec::new(),
        work: None,
        meters: Vec::new(),
        standing: Vec::new(),
        max_tokens: 100,
        max_tokens_unset: false,
        client: Caller::patient(Policy::once()),
        prompt: None,
        traffic: Traffic::Given,
    }
}

/// A call every ten minutes, each with a prefix of its own.
fn calls(days: u64) -> impl Iterator<Item = Arrival> {
    (0..days * 144).map(|request| Arrival {
        at: SimTime(request * 10 * Micros::MINUTE.0),
        app: 0,
        request,
        call: Call {
            input: 3_000,
            max_tokens: 10,
            prefix: Some(Chain::new(request).then(1, 2_000).checkpoint(Ttl::OneHour).prefix()),
        },
        fate: Fate { output: 5 },
    })
}

#[test]
fn a_year_of_prompts_leaves_what_the_last_two_hours_leave() {
    let plan = Plan { apps: vec![app()], ..Plan::default() };
    let records = |days| {
        let mut engine = Engine::new(&plan, 1);
        engine.play(&mut calls(days));
        (engine.caches[0].entries(), engine.agenda.waiting().count())
    };
    assert_eq!(records(1), records(365));
    assert!(records(365).0 <= 12, "{} records", records(365).0);
}
