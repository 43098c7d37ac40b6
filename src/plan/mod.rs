//! A scenario with every name resolved, every SKU priced and every limit known.
//!
//! After `bind` nothing can fail. Does not know files.

mod bind;
mod model;
mod notes;
mod offer;
mod prompt;

pub use bind::bind;
pub use model::{App, Burndown, Plan, Pool, Synthetic, TimeFormat, Trace, Traffic};
pub use notes::{Assumption, Finding, Severity};
pub use offer::Offer;
pub use prompt::{Blocks, Prompt, PromptSection};
