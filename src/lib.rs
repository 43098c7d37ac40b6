//! What Amazon Bedrock traffic costs, when it throttles, and why - the same bytes every time.
//!
//! The program is one sentence: parse, bind, simulate, bill, judge, compose, render. Each step is a
//! function from one type to the next; `ARCHITECTURE.md` is the map.

pub mod advise;
pub mod agenda;
pub mod bedrock;
pub mod breakeven;
pub mod budget;
pub mod cli;
pub mod client;
pub mod codes;
pub mod document;
pub mod draft;
pub mod forecast;
pub mod histogram;
pub mod intake;
pub mod ledger;
pub mod pipeline;
pub mod plan;
pub mod pricing;
pub mod profile;
pub mod reconcile;
pub mod report;
pub mod reprice;
pub mod rng;
pub mod scenario;
pub mod sim;
pub mod statement;
pub mod trace;
pub mod traffic;
pub mod units;
pub mod upkeep;
pub mod why;
