//! A scenario with every name resolved, every SKU priced and every limit known.
//!
//! After `bind` nothing can fail. Does not know files.

mod age;
mod bind;
mod caller;
mod chargeback;
mod elsewhere;
mod lane;
mod meter;
mod model;
mod notes;
mod offer;
mod pool;
mod prompt;
mod target;
mod trace;
mod unit_rates;
mod work;

pub use bind::bind;
pub use caller::Caller;
pub use chargeback::Chargeback;
pub use elsewhere::{Alternative, DirectRates, Elsewhere, SelfHosted};
pub use lane::{Access, Destination, Lane};
pub use meter::{Meter, Standing};
pub use model::{App, Burndown, Closed, Plan, Synthetic, Traffic};
pub use notes::{Assumption, Finding, Severity};
pub use offer::{Bands, Life, Offer, TokenRates};
pub use pool::{Fee, Pool, Purchase};
pub use prompt::{Prompt, PromptSection};
pub use target::TargetView;
pub use trace::{Recorded, Trace};
pub use unit_rates::{UnitRate, UnitRates};
pub use work::{
    Agent, Choice, Concurrency, Consumer, Conversation, Direct, Fallback, Guardrails, Retrieval, Subagents,
    TEXT_UNIT_CHARACTERS, Target, Work,
};
