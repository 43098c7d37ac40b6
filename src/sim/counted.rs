//! What a call is counted for: when it is tried, and when it has been answered.

use super::Holder;
use super::lanes::{LaneState, Special};
use super::record::Answer;
use super::serving::Try;
use crate::bedrock::cache::{PromptCache, Split};
use crate::bedrock::quota::{charged_tokens, reserved_tokens};
use crate::plan::{Access, Burndown};
use crate::units::SimTime;

/// What an attempt asks for where the rules are not the documented ones, or the limits no quota.
#[cold]
pub(super) fn special_need(
    caches: &mut [PromptCache],
    special: &Special,
    burndown: &Burndown,
    call: Try<'_>,
    now: SimTime,
) -> u64 {
    let sent = &call.arrival.call;
    let (input, max_tokens) = (u64::from(sent.input), u64::from(sent.max_tokens));
    let times = if special.rules.burndown_on_reservation { burndown.at(now) } else { 1 };
    let need = match special.access {
        Access::Quota => reserved_tokens(input, max_tokens * u64::from(times)),
        Access::Purchased => input,
        Access::Batch(_) => 0,
    };
    match (special.cache, &sent.prefix) {
        (Some(cache), Some(prefix)) if !special.rules.cache_reads_reserved => {
            let destination = special.destination(call.arrival.request, call.attempt.into());
            need - u64::from(caches[cache].peek(now, special.regions[destination], prefix))
        }
        _ => need,
    }
}

#[inline]
pub(super) fn holder(lane: &LaneState, answer: &Answer) -> Holder {
    Holder { app: lane.app, lane: lane.number as usize, output: answer.output }
}

/// What a call that ends at an instant is charged.
#[inline]
pub(super) fn charge(lane: &LaneState, answer: &Answer, split: Split, ends: SimTime) -> u64 {
    let (uncached, written) = (u64::from(split.uncached(answer.input)), u64::from(split.written()));
    match lane.special.as_ref().map(|special| special.access) {
        None | Some(Access::Quota) => charged_tokens(uncached, written, answer.output.into(), lane.burndown.at(ends)),
        Some(Access::Purchased) => uncached + written,
        Some(Access::Batch(_)) => 0,
    }
}
