//! The prompt cache: beginnings of prompts that are read instead of computed anew.
//!
//! Documented (Amazon Bedrock User Guide, "Prompt caching", read 2026-11-20):
//! - only an exact prefix matches, in the order tools, system, messages; a changed section invalidates all
//!   behind it, which keys of chains do by construction;
//! - a checkpoint needs the model's minimum of tokens before it, counted from the prompt's start; the second
//!   one needs twice the minimum; below it the call succeeds and nothing is cached;
//! - at most four checkpoints; from a checkpoint about twenty blocks are looked back for an entry;
//! - an entry lives five minutes or one hour, counted anew with every hit at no charge; checkpoints of one
//!   hour come before those of five minutes;
//! - tokens that were read, tokens that were written and the other input are disjoint and sum to the input;
//! - caches are a model's own, and cross-region routing "may lead to increased cache writes": entries are
//!   kept for each Region of execution.
//!
//! Not documented, and chosen here:
//! - an entry is readable from the first token of the call that writes it, and lives from then on;
//! - calls that come before miss, and each writes and pays; the entry becomes readable with the first;
//! - an entry is dead at exactly its last use plus its time to live;
//! - the k-th checkpoint that counts needs k times the minimum, which continues the documented second one;
//!   one that does not count is ignored and not a place to look back from;
//! - of more checkpoints than the model takes, the first ones count;
//! - a hit also refreshes the entries before the one that was read, each for its own time to live;
//! - a checkpoint that counts inside of what was read gets an entry too, free of charge;
//! - an entry keeps the time to live that it was written with until it dies.
//!
//! Does not know prices, nor where prompts come from.

mod entries;
mod prefix;
mod prompt_cache;
mod reuse;
mod table;
#[cfg(test)]
mod tests;
mod ttl;

pub use prefix::{Chain, Cut, Prefix};
pub use prompt_cache::{PromptCache, Rules, Split, Visit};
pub use reuse::Reuse;
pub use ttl::Ttl;
