//! The file people write: typed, located values, or every problem at once.
//!
//! Knows nothing of prices, of the values of default quotas, or of files: names of models and regions
//! stay names with places until they meet the price book.

mod account;
mod agent;
mod app;
mod bounded;
mod budget;
mod burstiness;
mod caching;
mod capacity;
mod change;
mod check;
mod client;
mod conversation;
mod dated;
mod elsewhere;
mod expression;
mod file;
mod guardrails;
mod length;
mod line;
mod metric;
mod prompt;
mod recorded;
mod residency;
mod retrieval;
mod routing;
mod rules;
mod service;
mod shape;
mod slug;
mod spread;
mod tags;
mod targets;
#[cfg(test)]
mod tests;
mod trace;
mod traffic;
mod users;
mod variant;
mod when;
mod work;

pub use account::{Account, Limit, OtherAccount, Quota, QuotaPool};
pub use agent::{Agent, Direct, Subagents};
pub use app::{App, Batch, MaxTokens};
pub use budget::{Budget, Comparison, Quantity};
pub use burstiness::Burstiness;
pub use caching::{Cache, Checkpoint};
pub use capacity::{Provisioned, Reserved, Throughput};
pub use change::{Between, Scale, Shift};
pub use client::{Backoff, Client};
pub use conversation::Conversation;
pub use dated::{Dated, Step};
pub use elsewhere::{DirectApi, Elsewhere, SelfHosted, SizedFor};
pub use file::{Scenario, ScenarioFile, parse, read, schema};
pub use guardrails::{CharactersPerToken, Guardrails, Policy};
pub use length::{CallTokens, Distribution, InputLength, Length};
pub use line::{Concurrency, Queue};
pub use metric::{Dimension, Interval, Measure, Metric, Of, Percentile, Quantile};
pub use prompt::{Prompt, PromptSection, SectionName};
pub use residency::Residency;
pub use retrieval::{KnowledgeBase, Reranker, Retrieval, Retrieve, Store, StoreKind};
pub use routing::Routing;
pub use rules::Rules;
pub use service::{HourFactors, Service};
pub use shape::{NamedShape, Shape, Weight, WeightedShape};
pub use slug::Slug;
pub use spread::{Spread, Spreadable, Tail};
pub use tags::{Chargeback, ShareBy, TagValue, Tags};
pub use targets::{Cascade, Chain, Fallback, Part, Split, Stage, Substitute, Trouble};
pub use trace::{Blocks, Kept, Outcome, TimeColumn, TimeFormat, Trace, Where};
pub use traffic::{Synthetic, Traffic};
pub use users::{Thought, Users};
pub use when::{Horizon, Start, Zone};

/// The commented scenario that a new user starts from.
pub const STARTER: &str = include_str!("starter.yaml");
