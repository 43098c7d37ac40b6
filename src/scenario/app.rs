//! An app: what it calls, how its client behaves, what it is served with, and its traffic.

use super::{Cascade, Fallback, Guardrails, Prompt, Residency, Retrieval, Routing, Service, Split, Traffic};
use crate::bedrock::tier::Tier;
use crate::document::{Located, Place, Problem, Whole, section};
use crate::units::Micros;

/// The most output that a call may ask for.
pub type MaxTokens = Whole<1, 2_147_483_647>;

section! {
    /// One app: a stream of tasks, most often calls to one model from one region.
    pub struct App {
        /// The model or inference profile, by its identifier, such as `us.anthropic.claude-haiku-4-5-20251001-v1:0`.
        /// Exactly one of `model`, `split` and `cascade` is given.
        pub model: Option<Located<String>>,
        /// Models that share the tasks, instead of one `model`.
        pub split: Option<Split>,
        /// Models that are asked one after the other until an answer is good enough, instead of one `model`.
        pub cascade: Option<Cascade>,
        /// The region that the calls are sent to.
        pub region: Located<String>,
        /// The `max_tokens` of every call. Left out, Bedrock reserves the model's maximum output.
        pub max_tokens: Option<Located<MaxTokens>>,
        /// The account whose quotas the calls use; left out: `account`.
        pub account: Option<Located<String>>,
        /// The service tier that the calls ask for, where the model has it.
        pub tier: Located<Tier> = "standard",
        /// How a batch is sent; with `tier: batch` only.
        pub batch: Option<Located<Batch>>,
        /// The provisioned throughput of the account that the calls go to first.
        pub provisioned: Option<Located<String>>,
        /// Where a call goes that was not answered: `on_demand` at once when the provisioned throughput is full, or a chain
        /// of targets after all attempts. Left out: nowhere.
        pub fallback: Option<Located<Fallback>>,
        /// Where the calls of a cross-region profile run, with weights; left out: in the region itself where the profile
        /// has it, else evenly in all of the profile's.
        pub routing: Option<Located<Routing>>,
        /// Where the calls may run; a profile that can leave it is refused. Left out: that of the scenario.
        pub residency: Option<Located<Residency>>,
        /// What the app does when it is throttled.
        pub client: Client = {},
        /// The answer arrives token by token; otherwise nothing comes back until its last token.
        pub streaming: bool = true,
        /// After how long without a byte something between the app and Bedrock, such as a load balancer, hangs up.
        pub idle_timeout: Option<Micros>,
        /// How fast the model answers; left out, the assumptions of the program.
        pub service: Service = {},
        /// What every call begins with, and how long that is cached; the input of the traffic follows it.
        pub prompt: Option<Prompt>,
        /// What is looked up for each task and added to its input.
        pub retrieval: Option<Retrieval>,
        /// What checks questions and answers.
        pub guardrails: Option<Guardrails>,
        /// The calls: synthetic, or recorded in a trace.
        pub traffic: Traffic,
    }
}

section! {
    /// How a batch is sent: calls are collected into jobs, and a job is answered as a whole.
    pub struct Batch {
        /// A job is submitted so often, and whenever it holds 50,000 calls.
        pub every: Micros = "1h",
        /// How long a job takes; AWS promises 24 hours.
        pub takes: Micros = "24h",
    }
    check takes_its_time
}

section! {
    /// What an app does when it is throttled.
    pub struct Client {
        /// Tries of one call, the first one included.
        pub attempts: Whole<1, 64> = 3,
        /// The wait before the next try.
        pub backoff: Backoff = {},
        /// After how long without a byte the client hangs up (60s in botocore). Left out, it is not looked at.
        pub read_timeout: Option<Micros>,
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

fn grows_to_its_cap(backoff: &Backoff, place: &Place) -> Result<(), Problem> {
    let problem = |message: &str| Err(Problem::new(place.clone(), message));
    match () {
        () if backoff.base > backoff.cap => problem("the backoff's `base` is longer than its `cap`"),
        () if backoff.cap > Micros::DAY => problem("a backoff of more than a day"),
        () => Ok(()),
    }
}

fn takes_its_time(batch: &Batch, place: &Place) -> Result<(), Problem> {
    let problem = |message: &str| Err(Problem::new(place.clone(), message));
    match () {
        () if batch.every < Micros::SECOND => problem("`every` is less than a second"),
        () if batch.every > Micros::DAY || batch.takes > Micros::DAY => problem("a batch of more than a day"),
        () => Ok(()),
    }
}
