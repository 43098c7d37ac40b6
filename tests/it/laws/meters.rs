//! Questions change nothing: neither an answered one nor a refusal.

use crate::world::{WINDOWS, cases, gap, limits};
use proptest::prelude::*;
use tokencast::bedrock::quota::{Gate, Limit, Measure, Meter, Reservation, Route, Window};
use tokencast::units::SimTime;

/// What is done to a meter or a gate after a pause.
#[derive(Debug, Clone)]
struct Step {
    pause: u64,
    /// A question in the pause, at this thousandth of it.
    look: u64,
    /// What is asked for, and charged for.
    need: u64,
    charge: u64,
    /// Settle the reservation of this number instead of asking for one.
    settle: Option<prop::sample::Index>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let settle = prop::option::of(any::<prop::sample::Index>());
    let step = (gap(), 0..=1_000_u64, 0..80_u64, 0..120_u64, settle);
    let step = step.prop_map(|(pause, look, need, charge, settle)| Step { pause, look, need, charge, settle });
    prop::collection::vec(step, 1..60)
}

/// The answers of a meter, watched or not.
fn answers(mut meter: Meter, steps: &[Step], watched: bool) -> Vec<u64> {
    let (mut now, mut held, mut answers) = (SimTime(0), Vec::new(), Vec::new());
    for Step { pause, look, need, charge, settle } in steps {
        if watched {
            meter.shortfall(SimTime(now.0 + pause * look / 1_000), *charge);
        }
        now.0 += pause;
        match settle {
            Some(index) if !held.is_empty() => {
                let (at, number, need) = held.swap_remove(index.index(held.len()));
                meter.settle(now, at, number, need, *charge);
            }
            _ => {
                answers.push(meter.shortfall(now, *need));
                if answers.last() == Some(&0) {
                    held.push((now, meter.debit(now, *need), *need));
                }
            }
        }
    }
    answers.push(meter.shortfall(now, 1_000_000));
    answers
}

/// The answers of a gate, some of its callers knocking in vain before each step or not.
fn admissions(limits: &[Limit], window: Window, steps: &[Step], knocked: bool) -> Vec<(bool, u64)> {
    let of = |measure| (0..limits.len()).filter(|at| limits[*at].measure == measure).collect();
    let route = Route { requests: of(Measure::Requests), tokens: of(Measure::Tokens), output: None };
    let mut gate = Gate::new(limits, &[], window, 86_370_000_000);
    let (mut now, mut held, mut answers) = (SimTime(0), Vec::<Reservation>::new(), Vec::new());
    for Step { pause, look, need, charge, settle } in steps {
        let knock = SimTime(now.0 + pause * look / 1_000);
        if knocked && gate.clone().admit(&route, knock, *charge).is_err() {
            gate.admit(&route, knock, *charge).expect_err("what a copy refuses");
        }
        now.0 += pause;
        match settle {
            Some(index) if !held.is_empty() => {
                let reservation = held.swap_remove(index.index(held.len()));
                gate.settle(&route, now, reservation, *charge);
            }
            _ => match gate.admit(&route, now, *need) {
                Ok(reservation) => {
                    held.push(reservation);
                    answers.push((true, 0));
                }
                Err(refusal) => answers.push((false, refusal.shortfall + ((refusal.limit as u64) << 32))),
            },
        }
    }
    answers
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn looking_more_often_changes_nothing(limits in limits(), steps in steps()) {
        for (limit, window) in limits.iter().flat_map(|limit| WINDOWS.map(|window| (limit, window))) {
            let meter = Meter::new(limit, &[], window, 17_500_000);
            prop_assert_eq!(answers(meter.clone(), &steps, true), answers(meter, &steps, false), "{:?}", window);
        }
    }

    #[test]
    fn a_refusal_leaves_no_trace(limits in limits(), steps in steps()) {
        for window in WINDOWS {
            let [knocked, quiet] = [true, false].map(|knocked| admissions(&limits, window, &steps, knocked));
            prop_assert_eq!(knocked, quiet, "{:?}", window);
        }
    }
}
