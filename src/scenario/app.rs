//! An app: what it calls, how its client behaves, what it is served with, and its traffic.

use super::{Prompt, Spread, Traffic};
use crate::document::{Located, Place, Problem, Whole, section};
use crate::units::{Micros, Rate};

/// The most output that a call may ask for.
pub type MaxTokens = Whole<1, 2_147_483_647>;

section! {
    /// One app: a stream of calls to one model from one region.
    pub struct App {
        /// The model or inference profile, by its identifier, such as `us.anthropic.claude-haiku-4-5-20251001-v1:0`.
        pub model: Located<String>,
        /// The region that the calls are sent to.
        pub region: Located<String>,
        /// The `max_tokens` of every call. Left out, Bedrock reserves the model's maximum output.
        pub max_tokens: Option<Located<MaxTokens>>,
        /// What the app does when it is throttled.
        pub client: Client = {},
        /// How fast the model answers; left out, the assumptions of the program.
        pub service: Service = {},
        /// What every call begins with, and how long that is cached; the input of the traffic follows it.
        pub prompt: Option<Prompt>,
        /// The calls: synthetic, or recorded in a trace.
        pub traffic: Traffic,
    }
}

section! {
    /// What an app does when it is throttled.
    pub struct Client {
        /// Tries of one call, the first one included.
        pub attempts: Whole<1, 64> = 3,
        /// The wait before the next try.
        pub backoff: Backoff = {},
    }
}

section! {
    /// Exponential backoff with full jitter: before retry n the client waits a random time between zero
    /// and `base` doubled n - 1 times, never more than `cap`.
    pub struct Backoff {
        /// The longest wait before the first retry.
        pub base: Micros = "1s",
        /// The longest wait before any retry.
        pub cap: Micros = "20s",
    }
    check grows_to_its_cap
}

section! {
    /// How fast the model answers.
    pub struct Service {
        /// The time from the call to the first token.
        pub ttft: Option<Spread<Micros>>,
        /// The speed of generation after the first token, in tokens per time: `80/s`.
        pub output_rate: Option<Spread<Rate>>,
    }
}

fn grows_to_its_cap(backoff: &Backoff, place: &Place) -> Result<(), Problem> {
    let problem = |message: &str| Err(Problem::new(place.clone(), message));
    match () {
        () if backoff.base > backoff.cap => problem("the backoff's `base` is longer than its `cap`"),
        () if backoff.cap > Micros::DAY => problem("a backoff of more than a day"),
        () => Ok(()),
    }
}
