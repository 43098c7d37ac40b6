//! The rules of the prompt cache, one by one.

use super::*;
use crate::units::{Micros, SimTime};

const RULES: Rules = Rules { minimum: 1_024, checkpoints: 4, look_back: 20 };
const TTFT: Micros = Micros(500_000);

fn at(seconds: u64) -> SimTime {
    SimTime(seconds * 1_000_000)
}

/// Blocks as (content, tokens), with a checkpoint of five minutes behind the last.
fn prompt(blocks: &[(u64, u32)]) -> Prefix {
    prompt_for(blocks, Ttl::FiveMinutes)
}

fn prompt_for(blocks: &[(u64, u32)], ttl: Ttl) -> Prefix {
    chain(blocks).checkpoint(ttl).prefix()
}

fn chain(blocks: &[(u64, u32)]) -> Chain {
    blocks.iter().fold(Chain::new(1), |chain, (content, tokens)| chain.then(*content, *tokens))
}

/// (read, written for 5 minutes, written for one hour).
fn call(cache: &mut PromptCache, now: SimTime, region: u16, prefix: &Prefix) -> (u32, u32, u32) {
    let split = cache.visit(now, region, prefix, now + TTFT).split;
    (split.read, split.write_5m, split.write_1h)
}

#[test]
fn the_first_call_writes_and_the_second_reads() {
    let (mut cache, prefix) = (PromptCache::new(RULES), prompt(&[(1, 6_000)]));
    assert_eq!(call(&mut cache, at(0), 0, &prefix), (0, 6_000, 0));
    assert_eq!(call(&mut cache, at(10), 0, &prefix), (6_000, 0, 0));
}

#[test]
fn an_entry_is_dead_at_exactly_its_last_use_plus_its_time_to_live() {
    for (ttl, seconds) in [(Ttl::FiveMinutes, 300), (Ttl::OneHour, 3_600)] {
        let prefix = prompt_for(&[(1, 6_000)], ttl);
        let read_after = |wait: u64| {
            let mut cache = PromptCache::new(RULES);
            cache.visit(at(0), 0, &prefix, at(1));
            cache.visit(SimTime(wait), 0, &prefix, SimTime(wait)).split.read
        };
        let dead = at(1 + seconds).0;
        assert_eq!([read_after(dead - 1), read_after(dead)], [6_000, 0], "{ttl:?}");
    }
}

#[test]
fn a_hit_refreshes_without_a_charge() {
    let (mut cache, prefix) = (PromptCache::new(RULES), prompt(&[(1, 6_000)]));
    call(&mut cache, at(0), 0, &prefix);
    for hit in 1..=100 {
        assert_eq!(call(&mut cache, at(hit * 299), 0, &prefix), (6_000, 0, 0));
    }
    assert_eq!(call(&mut cache, at(100 * 299 + 300), 0, &prefix), (0, 6_000, 0));
}

#[test]
fn below_the_minimum_nothing_is_cached_and_the_minimum_itself_is_enough() {
    for (tokens, written) in [(1_023, 0), (1_024, 1_024)] {
        let (mut cache, prefix) = (PromptCache::new(RULES), prompt(&[(1, tokens)]));
        let visit = cache.visit(at(0), 0, &prefix, at(1));
        assert_eq!((visit.split.written(), visit.below_minimum), (written, tokens - written));
        assert_eq!(cache.entries(), usize::from(written > 0));
    }
}

#[test]
fn the_minimum_counts_from_the_start_of_the_prompt() {
    let mut cache = PromptCache::new(RULES);
    assert_eq!(call(&mut cache, at(0), 0, &prompt(&[(1, 600), (2, 500)])), (0, 1_100, 0));
}

#[test]
fn the_second_checkpoint_needs_twice_the_minimum_and_one_that_does_not_count_is_not_the_first() {
    let two = |first: u32, second: u32| {
        let prefix = chain(&[(1, first)]).checkpoint(Ttl::FiveMinutes).then(2, second).checkpoint(Ttl::FiveMinutes);
        PromptCache::new(RULES).visit(at(0), 0, &prefix.prefix(), at(1)).split.write_5m
    };
    assert_eq!(two(1_024, 1_023), 1_024, "the second falls short of 2,048");
    assert_eq!(two(1_024, 1_024), 2_048);
    assert_eq!(two(1_000, 100), 1_100, "the first does not count, so the second is the first");
}

#[test]
fn only_as_many_checkpoints_count_as_the_model_takes() {
    let five = (1..=5).fold(Chain::new(1), |chain, content| chain.then(content, 2_000).checkpoint(Ttl::FiveMinutes));
    let five = five.prefix();
    let written = |checkpoints| {
        let mut cache = PromptCache::new(Rules { checkpoints, ..RULES });
        let visit = cache.visit(at(0), 0, &five, at(1));
        (visit.split.write_5m, visit.below_minimum, cache.entries())
    };
    assert_eq!(written(4), (8_000, 2_000, 4));
    assert_eq!(written(1), (2_000, 8_000, 1));
}

#[test]
fn one_hour_is_written_up_to_its_last_checkpoint_and_five_minutes_behind_it() {
    let prefix = chain(&[(1, 3_000)]).checkpoint(Ttl::OneHour).then(2, 1_500).checkpoint(Ttl::FiveMinutes).prefix();
    let mut cache = PromptCache::new(RULES);
    assert_eq!(call(&mut cache, at(0), 0, &prefix), (0, 1_500, 3_000));
    assert_eq!(call(&mut cache, at(10), 0, &prefix), (4_500, 0, 0));
    assert_eq!(call(&mut cache, at(400), 0, &prefix), (3_000, 1_500, 0), "five minutes are over, an hour is not");
    assert_eq!(call(&mut cache, at(4_000), 0, &prefix), (0, 1_500, 3_000), "the hour is over too");
}

#[test]
fn a_changed_section_invalidates_all_behind_it() {
    let sections = |tools, system| {
        chain(&[(tools, 2_000)]).checkpoint(Ttl::FiveMinutes).then(system, 3_000).checkpoint(Ttl::FiveMinutes).prefix()
    };
    let mut cache = PromptCache::new(RULES);
    call(&mut cache, at(0), 0, &sections(1, 2));
    assert_eq!(call(&mut cache, at(10), 0, &sections(1, 3)), (2_000, 3_000, 0));
    assert_eq!(call(&mut cache, at(20), 0, &sections(9, 2)), (0, 5_000, 0));
}

#[test]
fn a_conversation_reads_what_its_last_turn_wrote_within_the_look_back() {
    let turns: Vec<(u64, u32)> = (0..30).map(|turn| (turn, 2_000)).collect();
    let read_after = |more: usize| {
        let mut cache = PromptCache::new(RULES);
        call(&mut cache, at(0), 0, &prompt(&turns[..5]));
        call(&mut cache, at(10), 0, &prompt(&turns[..5 + more])).0
    };
    assert_eq!([read_after(1), read_after(20), read_after(21)], [10_000, 10_000, 0]);
}

#[test]
fn a_hit_refreshes_the_entries_before_it() {
    let (short, long) = (prompt(&[(1, 2_000)]), prompt(&[(1, 2_000), (2, 2_000)]));
    let mut cache = PromptCache::new(RULES);
    call(&mut cache, at(0), 0, &short);
    call(&mut cache, at(10), 0, &long);
    call(&mut cache, at(250), 0, &long);
    assert_eq!(call(&mut cache, at(500), 0, &short), (2_000, 0, 0));
}

#[test]
fn every_region_of_execution_has_entries_of_its_own() {
    let (mut cache, prefix) = (PromptCache::new(RULES), prompt(&[(1, 6_000)]));
    assert_eq!(call(&mut cache, at(0), 0, &prefix), (0, 6_000, 0));
    assert_eq!(call(&mut cache, at(10), 1, &prefix), (0, 6_000, 0));
    assert_eq!(call(&mut cache, at(20), 1, &prefix), (6_000, 0, 0));
    assert_eq!(cache.live(at(20)), 2);
}

#[test]
fn calls_before_the_first_token_of_the_writer_each_write() {
    let (mut cache, prefix) = (PromptCache::new(RULES), prompt(&[(1, 6_000)]));
    let first = cache.visit(at(0), 0, &prefix, at(4));
    let second = cache.visit(at(1), 0, &prefix, at(3));
    let third = cache.visit(at(2), 0, &prefix, at(9));
    assert_eq!([first, second, third].map(|visit| visit.split.write_5m), [6_000; 3]);
    assert_eq!([first, second, third].map(|visit| visit.unready), [0, 6_000, 6_000]);
    assert_eq!(call(&mut cache, at(3), 0, &prefix), (6_000, 0, 0), "readable with the earliest of the three");
    assert_eq!(cache.entries(), 1);
}

#[test]
fn the_parts_tell_how_long_ago_the_same_beginning_was_seen() {
    let (mut cache, prefix) = (PromptCache::new(RULES), prompt(&[(1, 6_000)]));
    let mut reuse = Reuse::default();
    for seconds in [0, 100, 1_000, 10_000] {
        reuse.record(&cache.visit(at(seconds), 0, &prefix, at(seconds)));
    }
    let expected =
        Reuse { calls: 4, within_5m: 6_000, within_1h: 6_000, first: 12_000, rewritten: 6_000, ..Reuse::default() };
    assert_eq!(reuse, expected);
    assert_eq!(reuse.cacheable(), 24_000);
}

#[test]
fn a_year_of_traffic_does_not_grow_it() {
    let mut cache = PromptCache::new(RULES);
    let mut most = 0;
    // A call every ten minutes, every third one with a prompt that never comes again.
    for number in 0..6 * 24 * 365 {
        let now = at(number * 600);
        let content = if number % 3 == 0 { number } else { 7 };
        cache.visit(now, 0, &prompt_for(&[(content, 6_000)], Ttl::OneHour), now + TTFT);
        most = most.max(cache.entries());
    }
    // Two hours hold four prompts that never come again; the one at hand and the repeated one come on top.
    assert!(most <= 6, "{most} records");
    let end = at(600 * 6 * 24 * 365);
    assert_eq!(cache.live(end), 3, "the repeated one, and two of the last hour");
    cache.visit(end + Micros(2 * Micros::HOUR.0), 0, &prompt(&[(8, 6_000)]), end + Micros(2 * Micros::HOUR.0));
    assert!(cache.entries() <= 2, "{} records", cache.entries());
}

#[test]
fn what_was_split_sums_to_the_input() {
    let usage = Split { read: 4_000, write_5m: 1_000, write_1h: 500 }.usage(8_000, 5);
    assert_eq!((usage.uncached_input, usage.total_input(), usage.output), (2_500, 8_000, 5));
}

#[test]
fn a_call_whose_split_is_known_is_split_so_and_leaves_the_cache_as_it_is() {
    let mut cache = PromptCache::new(RULES);
    let split = Split { read: 60, write_5m: 30, write_1h: 5 };
    let known = Prefix::counted(split);
    assert_eq!(cache.peek(SimTime(0), 0, &known), 60);
    assert_eq!(cache.visit(SimTime(0), 0, &known, SimTime(1)), Visit { split, ..Visit::default() });
    assert_eq!((cache.entries(), known.cuts()), (0, &[][..]));
    assert_eq!(size_of::<Option<Prefix>>(), 8);
}
