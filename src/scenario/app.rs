//! An app: what it calls, what it is served with, and its traffic.

use super::{
    Agent, Cascade, Client, Concurrency, Conversation, Fallback, Guardrails, Prompt, Queue, Residency, Retrieval,
    Routing, Service, Split, Tags, Traffic,
};
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
        /// How the calls are sent, and what becomes of those that fail.
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
        /// Tasks are the turns of conversations.
        pub conversation: Option<Conversation>,
        /// Tasks are chains of calls.
        pub agent: Option<Agent>,
        /// How many tasks run at once. Left out: all that come.
        pub concurrency: Option<Concurrency>,
        /// Tasks are taken out of a queue.
        pub queue: Option<Queue>,
        /// Whose it is: tags by which the bill is told apart.
        pub tags: Tags = {},
        /// The calls: synthetic, sent by users, or recorded in a trace.
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

fn takes_its_time(batch: &Batch, place: &Place) -> Result<(), Problem> {
    let problem = |message: &str| Err(Problem::new(place.clone(), message));
    match () {
        () if batch.every < Micros::SECOND => problem("`every` is less than a second"),
        () if batch.every > Micros::DAY || batch.takes > Micros::DAY => problem("a batch of more than a day"),
        () => Ok(()),
    }
}
