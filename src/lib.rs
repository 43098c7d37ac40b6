//! What Amazon Bedrock traffic costs, when it throttles, and why - the same bytes every time.
//!
//! The program is one sentence: parse, bind, simulate, bill, judge, compose, render. Each step is a
//! function from one type to the next; `ARCHITECTURE.md` is the map.

pub mod document;
pub mod scenario;
pub mod units;
