//! Randomness that is the same everywhere: a seed and a label give an independent stream, and every
//! draw is addressed by what it is for, never by when it is made.
//!
//! Does not know what is drawn. Floats live in building tables only, through the pinned `libm`;
//! sampling is integer.

mod chance;
mod distribution;
mod gaps;
mod normal;
mod stream;
mod table;

pub use chance::Chance;
pub use distribution::{Distribution, Sampler};
pub use gaps::{Gaps, UNIT_GAP_BITS};
pub use stream::{LANES, Stream, mix, replication_seed};
pub use table::Table;
