//! Why one attempt was refused: a view model, which is the JSON too, and its text.

mod text;

pub use text::render;

use crate::plan::{App, Plan, Pool};
use crate::units::SimTime;
use crate::why::{Capped, Explained, Raised, Refused, numbered};
use serde::Serialize;

/// The answer to `tokencast why`. Requests are counted from one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The variant that was run; `base` is the scenario as written.
    pub variant: String,
    /// The application.
    pub app: String,
    /// Its request, counted from one; where it works in tasks, its task.
    pub request: u64,
    /// The application works in tasks.
    pub is_task: bool,
    /// Which attempt of it, counted from one; nothing when none was refused.
    pub refused: Option<Refusal>,
}

/// A refused attempt and the ways out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Which attempt of the request, counted from one.
    pub attempt: u32,
    /// When, in UTC.
    pub at: String,
    /// The limit.
    pub limit: Limit,
    /// What the attempt asked it for.
    pub asked: u64,
    /// What was used of it.
    pub used: u64,
    /// How much was missing.
    pub shortfall: u64,
    /// What of it a bucket has not been filled with since its limit grew: nobody has it.
    pub unfilled: u64,
    /// Who had what of it; their sums and `unfilled` add up to `used`.
    pub holders: Vec<Holder>,
    /// Limits that would have let the attempt pass, each with the amount; none when no quota does.
    pub raise: Vec<Limit>,
    /// One less than that amount does not let it pass.
    pub raise_is_smallest: bool,
    /// What a smaller `max_tokens` of the application would have done.
    pub cap: Cap,
    /// When it would have passed had nothing else come, in UTC; nothing when it is larger than a limit.
    pub fits_at: Option<String>,
    /// The same as a wait.
    pub wait_us: Option<u64>,
}

/// A limit of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// The pool: `claude-haiku-4-5 geo us-east-1`.
    pub pool: String,
    /// The limit: `tokens_per_minute`.
    pub name: &'static str,
    /// Its amount.
    pub amount: u64,
}

/// What an application has of a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// The application.
    pub app: String,
    /// Reserved by calls that were still being answered.
    pub reserved: u64,
    /// Charged by calls that had ended, and still counting.
    pub charged: u64,
}

/// What a smaller `max_tokens` would have done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Cap {
    /// The attempt passes.
    Passes {
        /// The largest `max_tokens` of which this is so.
        max_tokens: u32,
        /// Answers of the application that it would cut short.
        cuts: u64,
    },
    /// The answer would be cut.
    CutsTheAnswer {
        /// Its length.
        output: u32,
    },
    /// Another thing than tokens was missing.
    NotTokens,
}

/// The answer for a request or task of an application of which no attempt was refused.
#[must_use]
pub fn never_refused(variant: &str, app: &App, request: u64) -> Answer {
    let (name, is_task) = (app.name.clone(), app.works_in_tasks());
    Answer { variant: variant.to_owned(), app: name, request: request + 1, is_task, refused: None }
}

/// The answer for a refused attempt.
#[must_use]
pub fn refused(variant: &str, plan: &Plan, explained: &Explained) -> Answer {
    let Explained { refused, raised, capped } = explained;
    let app = &plan.apps[refused.arrival.app as usize];
    let request = numbered(app, refused.arrival.request) + 1;
    let refusal = refusal(plan, refused, raised.as_ref(), *capped);
    Answer { refused: Some(refusal), request, ..never_refused(variant, app, request) }
}

fn refusal(plan: &Plan, refused: &Refused, raised: Option<&Raised>, capped: Capped) -> Refusal {
    let instant = |at: SimTime| (plan.start + jiff::SignedDuration::from_micros(at.0.cast_signed())).to_string();
    let holders = plan.apps.iter().zip(&refused.shares).filter(|(_, share)| share.sum() > 0);
    Refusal {
        attempt: refused.attempt,
        at: instant(refused.at),
        limit: limit(plan, refused.limit, refused.amount),
        asked: refused.need,
        used: refused.shares.iter().map(|share| share.sum()).sum::<u64>() + refused.unfilled,
        shortfall: refused.shortfall,
        unfilled: refused.unfilled,
        holders: holders
            .map(|(app, share)| Holder { app: app.name.clone(), reserved: share.reserved, charged: share.charged })
            .collect(),
        raise: raised.map_or_else(Vec::new, |raised| {
            raised.limits.iter().map(|(number, amount)| limit(plan, *number, *amount)).collect()
        }),
        raise_is_smallest: raised.is_some_and(|raised| raised.smallest),
        cap: match capped {
            Capped::Passes { max_tokens, cuts } => Cap::Passes { max_tokens, cuts },
            Capped::CutsTheAnswer { output } => Cap::CutsTheAnswer { output },
            Capped::NotTokens => Cap::NotTokens,
        },
        fits_at: refused.fits_at.map(instant),
        wait_us: refused.fits_at.map(|fits| (fits - refused.at).0),
    }
}

/// A limit by its number among all, with an amount.
fn limit(plan: &Plan, number: usize, amount: u64) -> Limit {
    let mut pools = (0..plan.pools.len()).map(|pool| (pool, Pool::limits_among(&plan.pools, pool)));
    let (pool, range) = pools.find(|(_, range)| range.contains(&number)).expect("a limit belongs to a pool");
    let pool = &plan.pools[pool];
    let limit = &pool.limits[number - range.start];
    Limit { pool: pool.id.clone(), name: limit.name(), amount }
}

/// The answer as JSON.
///
/// # Panics
/// Never: the model has no maps with other keys than text.
#[must_use]
pub fn json(answer: &Answer) -> String {
    serde_json::to_string_pretty(answer).expect("plain values are JSON") + "\n"
}
