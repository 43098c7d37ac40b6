//! The prompt cache: beginnings of prompts that are read instead of computed anew.
//!
//! Source: Amazon Bedrock User Guide, "Prompt caching", read 2026-11-20.

mod ttl;

pub use ttl::Ttl;
