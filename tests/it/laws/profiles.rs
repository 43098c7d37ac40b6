//! Laws of profiles, whatever the trace.

use crate::world::cases;
use proptest::prelude::*;
use tokencast::bedrock::usage::{Usage, UsageClass};
use tokencast::profile::Profile;
use tokencast::rng::Stream;
use tokencast::trace::{Blocks, Given, Outcome, Row};

fn profile(rows: Vec<Row>) -> Profile {
    let found = Profile::of("trace", &mut Given(rows.into_iter()), &jiff::tz::TimeZone::UTC);
    found.expect("rows in order of time")
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let name = || prop::option::of(prop::sample::select(vec!["a", "b", "c"]));
    let outcome = prop::sample::select(vec![Outcome::Answered, Outcome::Answered, Outcome::Throttled, Outcome::Failed]);
    let usage = (0_u64..3_000, 0_u64..900, 0_u64..900, 0_u64..500);
    let blocks = prop::collection::vec(0_u64..4, 0..6);
    let row = (
        0_i64..40,
        name(),
        name(),
        outcome,
        usage,
        prop::option::of(0_u32..600),
        prop::option::of(0_u64..9_000_000),
        blocks,
    );
    let row = row.prop_map(|(at, app, session, outcome, usage, max_tokens, latency_us, ids)| {
        let (uncached_input, cache_read, cache_write_5m, output) = usage;
        Row {
            // Several calls of one instant, and days apart.
            at_us: at * at * at * 1_500_000,
            app: app.map(Into::into),
            session: session.map(Into::into),
            outcome,
            usage: Usage { uncached_input, cache_read, cache_write_5m, output, ..Usage::default() },
            max_tokens,
            truncated: max_tokens.is_some_and(|most| u64::from(most) <= output),
            latency_us,
            blocks: Blocks { tokens: 256, ids },
            ..Row::default()
        }
    });
    prop::collection::vec(row, 0..60).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.at_us);
        rows
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_order_of_calls_of_one_instant_changes_nothing(rows in rows(), seed: u64) {
        let mut others = rows.clone();
        let stream = Stream::new(seed, "order");
        let mut keyed: Vec<(i64, u64, Row)> = others.drain(..).zip(0..).map(|(row, n)| (row.at_us, stream.draw(n, 0), row)).collect();
        keyed.sort_by_key(|(at, key, _)| (*at, *key));
        let others = keyed.into_iter().map(|(_, _, row)| row).collect();
        prop_assert_eq!(profile(rows), profile(others));
    }

    #[test]
    fn sums_are_those_of_the_rows(rows in rows()) {
        let found = profile(rows.clone());
        let calls = rows.len() as u64;
        prop_assert_eq!(found.all.calls, calls);
        for class in UsageClass::ALL {
            prop_assert_eq!(found.all.usage.of(class), rows.iter().map(|row| row.usage.of(class)).sum::<u64>());
        }
        for outcome in Outcome::ALL {
            prop_assert_eq!(found.all.of(outcome), rows.iter().filter(|row| row.outcome == outcome).count() as u64);
        }
        prop_assert_eq!(found.groups.by_kind.values().map(|group| group.calls).sum::<u64>(), calls);
        prop_assert_eq!(found.shape.by_hour_of_day.iter().sum::<u64>(), calls);
        prop_assert_eq!(found.shape.by_hour_of_week.iter().sum::<u64>(), calls);
        prop_assert_eq!(found.timeline.steps.iter().map(|step| step.calls).sum::<u64>(), calls);
        let answered = found.all.of(Outcome::Answered);
        prop_assert_eq!((found.all.input.count(), found.all.output().count()), (answered, answered));
        prop_assert_eq!(found.sessions.calls_of_one.sum(), u128::from(found.sessions.calls));
        prop_assert!(found.reuse.within_5m <= found.reuse.within_1h && found.reuse.within_1h <= found.reuse.input);
        prop_assert!(found.flight.peak <= found.flight.calls);
    }

    #[test]
    fn a_row_out_of_order_is_refused_with_its_number(rows in rows(), back in 1_i64..1_000) {
        prop_assume!(!rows.is_empty());
        let early = Row { at_us: rows[rows.len() - 1].at_us - back, ..Row::default() };
        let number = rows.len() as u64 + 1;
        let all = rows.into_iter().chain([early]);
        let error = Profile::of("x.csv", &mut Given(all), &jiff::tz::TimeZone::UTC).expect_err("out of order");
        prop_assert_eq!((error.file.as_str(), error.line), ("x.csv", Some(number)));
    }
}

/// Of a Poisson process the count in any window has its mean as variance, and gaps their mean as deviation. The standard
/// error of a dispersion over n windows is the square root of 2 / n.
#[test]
fn calls_at_random_have_a_dispersion_of_one_and_gaps_that_vary_like_their_mean() {
    let stream = Stream::new(7, "gaps");
    let mut at_us = 0;
    let calls = (0..200_000).map(|n| {
        let uniform = (stream.draw(n, 0) >> 11) as f64 / (1_u64 << 53) as f64;
        at_us += (-libm::log1p(-uniform) * 200_000.0) as i64;
        Row { at_us, ..Row::default() }
    });
    let found = profile(calls.collect());
    for windows in &found.rates.windows {
        let (dispersion, error) = (windows.dispersion.expect("many windows"), (2.0 / windows.count as f64).sqrt());
        assert!((dispersion - 1.0).abs() < 3.0 * error, "{windows:?}");
    }
    let variation = found.rates.variation_of_gaps.expect("many gaps");
    assert!((variation - 1.0).abs() < 0.01, "{variation}");
}

#[test]
fn a_trace_without_calls_has_a_profile_too() {
    let found = profile(Vec::new());
    assert_eq!((found.all.calls, found.gaps.len(), found.rates.variation_of_gaps), (0, 0, None));
    let view = tokencast::report::trace::compose("none.csv", "UTC", &found, &[]);
    assert_eq!(tokencast::report::trace::render(&view, 80, true), "none.csv: No calls.\n");
    assert!(!tokencast::report::trace::files(&view).is_empty());
}
