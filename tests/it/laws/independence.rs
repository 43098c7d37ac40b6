//! What does not depend on what: threads, other applications, other policies.

use crate::world::{self, cases, tokens_per_minute};
use proptest::prelude::*;
use std::collections::BTreeSet;
use tokencast::bedrock::cache::Ttl;
use tokencast::bedrock::quota::Window;
use tokencast::client::Policy;
use tokencast::plan::{App, Plan, Prompt, PromptSection, Synthetic, Traffic};
use tokencast::rng::Distribution;
use tokencast::sim::{self, Run};
use tokencast::traffic::{Arrival, Arrivals, Call, NoFiles};
use tokencast::units::{Micros, Rate};

const TEN_MINUTES: Micros = Micros(10 * Micros::MINUTE.0);

/// Bursty traffic that draws everything that can be drawn.
fn app(name: &str, pool: usize, attempts: u32) -> App {
    let tokens = |median| Distribution::LogNormal { median, p95: median * 4, max: 100_000 };
    let mut service = world::service(1, 1);
    service.ttft_us = tokens(10_000);
    service.output_per_second_thousandths = tokens(50_000);
    let traffic = Synthetic {
        rate: Rate::parse("0.5/s").expect("a rate"),
        shape: [[1; 24]; 7],
        timezone: jiff::tz::TimeZone::UTC,
        monthly_growth: None,
        dispersion_thousandths: 1_800,
        input: tokens(400),
        output: tokens(100),
    };
    App {
        client: world::caller(attempts),
        traffic: Traffic::Synthetic(Box::new(traffic)),
        ..world::served(name, pool, service)
    }
}

/// Two pools that are too small by about a half.
fn plan(apps: Vec<App>, window: Window) -> Plan {
    let plan = world::plan(vec![vec![tokens_per_minute(12_000)], vec![tokens_per_minute(9_000)]], apps);
    Plan { horizon: Some(TEN_MINUTES), window, ..plan }
}

fn run(plan: &Plan, seed: u64) -> Run {
    sim::run(plan, seed, Arrivals::new(plan, seed, &NoFiles))
}

fn windows() -> impl Strategy<Value = Window> {
    prop::sample::select(world::WINDOWS.to_vec())
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn the_same_seed_is_the_same_run_on_any_thread(seed in any::<u64>(), window in windows()) {
        let plan = plan(vec![app("a", 0, 3), app("b", 0, 5)], window);
        let alone = run(&plan, seed);
        let together = std::thread::scope(|scope| {
            let threads = [0, 1, 0, 2].map(|other| (other, scope.spawn({
                let plan = &plan;
                move || run(plan, seed.wrapping_add(other))
            })));
            threads.map(|(other, thread)| (other, thread.join().expect("a run does not panic")))
        });
        for (other, run) in together {
            prop_assert_eq!(run == alone, other == 0, "the seed is {} more", other);
        }
    }

    #[test]
    fn an_application_on_another_pool_leaves_the_others_records_alone(seed in any::<u64>(), window in windows()) {
        let alone = run(&plan(vec![app("a", 0, 3)], window), seed);
        let after = run(&plan(vec![app("a", 0, 3), app("b", 1, 5)], window), seed);
        let before = run(&plan(vec![app("b", 1, 5), app("a", 0, 3)], window), seed);
        prop_assert!(alone.refusals[0] > 0 && after.refusals[1] > 0, "nothing is scarce");
        prop_assert_eq!((&after.apps[0], after.refusals[0]), (&alone.apps[0], alone.refusals[0]));
        prop_assert_eq!((&before.apps[1], &before.apps[0]), (&after.apps[0], &after.apps[1]));
    }

    #[test]
    fn a_prompt_adds_its_tokens_to_every_input_and_moves_no_other_draw(seed in any::<u64>(), distinct in 1..9_u32) {
        let section = |checkpoint| PromptSection { tokens: 700, distinct, changes_every: None, checkpoint };
        let with_prompt = |checkpoint| {
            let prompt = Some(Prompt(vec![section(None), section(checkpoint)]));
            let apps = vec![App { prompt, ..app("a", 0, 3) }];
            Arrivals::new(&plan(apps, Window::ClockMinute), seed, &NoFiles).collect::<Vec<_>>()
        };
        let without = Arrivals::new(&plan(vec![app("a", 0, 3)], Window::ClockMinute), seed, &NoFiles);
        let cached = with_prompt(Some(Ttl::OneHour));
        let begins: BTreeSet<u64> = cached.iter().map(|call| call.call.prefix.as_ref().unwrap().cuts()[1].key).collect();
        prop_assert!(begins.len() <= (distinct * distinct) as usize && (begins.len() > 1) == (distinct > 1));
        for ((cached, uncached), without) in cached.into_iter().zip(with_prompt(None)).zip(without) {
            prop_assert_eq!(uncached.call.input, without.call.input + 1_400);
            let bare = |arrival: Arrival, less: u32| {
                let call = Call { input: arrival.call.input - less, prefix: None, ..arrival.call };
                Arrival { call, ..arrival }
            };
            prop_assert_eq!(uncached.call.prefix.as_ref(), None);
            prop_assert_eq!(bare(cached, 1_400), without.clone());
            prop_assert_eq!(bare(uncached, 1_400), without);
        }
    }

    #[test]
    fn another_backoff_leaves_the_others_draws_alone(seed in any::<u64>(), window in windows()) {
        let patient = plan(vec![app("a", 0, 3), app("b", 1, 5)], window);
        let mut hasty = patient.clone();
        hasty.apps[1].client.policy = Policy::own(2, Micros(1_000), Micros(1_000));
        let (hasty_run, patient_run) = (run(&hasty, seed), run(&patient, seed));
        prop_assert_eq!(&hasty_run.apps[0], &patient_run.apps[0]);
        prop_assert!(hasty_run.apps[1] != patient_run.apps[1]);
        prop_assert!(Arrivals::new(&hasty, seed, &NoFiles).eq(Arrivals::new(&patient, seed, &NoFiles)));
    }
}
