//! What holds for any prompts at any moments.

use crate::cache_model::Scan;
use proptest::collection::vec;
use proptest::prelude::*;
use tokencast::bedrock::cache::{Chain, Cut, Prefix, PromptCache, Reuse, Rules, Split, Ttl, Visit};
use tokencast::units::SimTime;

/// One call: when, where, what, and how long until its first token.
#[derive(Debug, Clone)]
struct Sent {
    now: SimTime,
    region: u16,
    prefix: Prefix,
    ready: SimTime,
}

const MINUTE: u64 = 60_000_000;

/// Few contents, so that prompts share beginnings, and lengths around the minimum.
fn prompts(checkpoints: impl Strategy<Value = Vec<Option<Ttl>>>) -> impl Strategy<Value = Prefix> {
    (0..2_u64, vec(0..2_u64, 1..8), checkpoints).prop_map(|(label, contents, checkpoints)| {
        let blocks = contents.into_iter().zip(checkpoints.into_iter().chain(std::iter::repeat(None)));
        let chain = blocks.enumerate().fold(Chain::new(label), |chain, (depth, (content, checkpoint))| {
            let chain = chain.then(content, 300 + 200 * depth as u32);
            checkpoint.into_iter().fold(chain, Chain::checkpoint)
        });
        chain.prefix()
    })
}

/// Checkpoints anywhere; those of an hour first.
fn mixed() -> impl Strategy<Value = Vec<Option<Ttl>>> {
    (vec(any::<bool>(), 1..8), 0..8_usize).prop_map(|(set, hours)| {
        let ttl = |at| if at < hours { Ttl::OneHour } else { Ttl::FiveMinutes };
        set.into_iter().enumerate().map(|(at, set)| set.then(|| ttl(at))).collect()
    })
}

fn all(ttl: Ttl) -> impl Strategy<Value = Vec<Option<Ttl>>> {
    Just(vec![Some(ttl); 8])
}

/// One checkpoint, somewhere.
fn one() -> impl Strategy<Value = Vec<Option<Ttl>>> {
    (0..8_usize).prop_map(|at| (0..8).map(|other| (other == at).then_some(Ttl::FiveMinutes)).collect())
}

/// Gaps of seconds, of about five minutes and of about an hour, on whole seconds so that limits are met.
fn traffic(prompts: impl Strategy<Value = Prefix>) -> impl Strategy<Value = Vec<Sent>> {
    let gap = prop_oneof![4 => 0..20_u64, 2 => 280..320_u64, 1 => 3_590..3_610_u64];
    vec((gap, 0..2_u16, prompts, 0..15_u64), 1..60).prop_map(|calls| {
        let mut now = SimTime(0);
        let sent = calls.into_iter().map(|(gap, region, prefix, ttft)| {
            now = SimTime(now.0 + gap * MINUTE / 60);
            Sent { now, region, prefix, ready: SimTime(now.0 + ttft * MINUTE / 60) }
        });
        sent.collect()
    })
}

fn rules() -> impl Strategy<Value = Rules> {
    let minimum = prop_oneof![Just(0), 200..2_500_u32];
    (minimum, 1..6_u32, 0..4_u32).prop_map(|(minimum, checkpoints, look_back)| Rules {
        minimum,
        checkpoints,
        look_back,
    })
}

fn visits(rules: Rules, sent: &[Sent]) -> Vec<Visit> {
    let mut cache = PromptCache::new(rules);
    sent.iter().map(|call| cache.visit(call.now, call.region, &call.prefix, call.ready)).collect()
}

fn splits(rules: Rules, sent: &[Sent]) -> Vec<Split> {
    visits(rules, sent).into_iter().map(|visit| visit.split).collect()
}

fn length(prefix: &Prefix) -> u32 {
    prefix.cuts().last().map_or(0, |cut| cut.tokens)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn a_list_of_everything_that_ever_happened_agrees(rules in rules(), sent in traffic(prompts(mixed()))) {
        let mut scan = Scan::new(rules);
        let scanned: Vec<Split> =
            sent.iter().map(|call| scan.visit(call.now, call.region, &call.prefix, call.ready)).collect();
        prop_assert_eq!(splits(rules, &sent), scanned);
    }

    #[test]
    fn the_parts_sum_to_the_input_and_the_gaps_to_what_is_cacheable(rules in rules(), sent in traffic(prompts(mixed()))) {
        for (call, visit) in sent.iter().zip(visits(rules, &sent)) {
            let length = length(&call.prefix);
            let asked = call.prefix.cuts().iter().rfind(|cut| cut.checkpoint.is_some()).map_or(0, |cut| cut.tokens);
            let Visit { split, within_5m, within_1h, unready, first, below_minimum, .. } = visit;
            prop_assert_eq!(split.usage(length + 7, 0).total_input(), u64::from(length) + 7);
            prop_assert_eq!(within_5m + within_1h + unready + first, split.read + split.written());
            prop_assert_eq!(split.read + split.written() + below_minimum, asked);
            prop_assert!(visit.rewritten <= split.written());
        }
    }

    #[test]
    fn calls_in_another_region_change_nothing(rules in rules(), sent in traffic(prompts(mixed()))) {
        let here: Vec<Sent> = sent.iter().filter(|call| call.region == 0).cloned().collect();
        let both = visits(rules, &sent);
        let of_here = sent.iter().zip(both).filter(|(call, _)| call.region == 0).map(|(_, visit)| visit);
        prop_assert_eq!(visits(rules, &here), of_here.collect::<Vec<_>>());
    }

    /// With several checkpoints it can: one that no longer counts makes the next one the first.
    #[test]
    fn raising_the_minimum_never_adds_a_read(
        rules in rules(), more in 0..2_000_u32, sent in traffic(prompts(one())),
    ) {
        let raised = Rules { minimum: rules.minimum + more, ..rules };
        for (low, high) in splits(rules, &sent).into_iter().zip(splits(raised, &sent)) {
            prop_assert!(high.read <= low.read, "{:?} after {:?}", high, low);
        }
    }

    /// So one run tells what either time to live would have read, where entries are readable at once.
    #[test]
    fn gaps_tell_what_each_time_to_live_reads(sent in traffic(prompts(all(Ttl::FiveMinutes)))) {
        let short: Vec<Sent> = sent.into_iter().map(|call| Sent { ready: call.now, ..call }).collect();
        let rules = Rules { look_back: 8, ..Rules::EVERY_CUT };
        let for_an_hour = |call: &Sent| {
            let cuts = call.prefix.cuts().iter().map(|cut| Cut {
                checkpoint: Some(Ttl::OneHour), ..*cut
            });
            Sent { prefix: Prefix::new(cuts.collect()), ..call.clone() }
        };
        let long: Vec<Sent> = short.iter().map(for_an_hour).collect();
        let told = visits(rules, &short);
        for ((visit, five), hour) in told.iter().zip(splits(rules, &short)).zip(splits(rules, &long)) {
            prop_assert_eq!(visit.within_5m, five.read);
            prop_assert_eq!(visit.within_5m + visit.within_1h, hour.read);
        }
        let mut reuse = Reuse::default();
        told.iter().for_each(|visit| reuse.record(visit));
        prop_assert_eq!(reuse.rewritten, reuse.within_1h);
        prop_assert_eq!(reuse.cacheable(), short.iter().map(|call| u64::from(length(&call.prefix))).sum::<u64>());
    }
}
