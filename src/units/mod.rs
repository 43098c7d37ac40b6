//! Time, tokens and money, their only legal arithmetic, and the way people write them.
//!
//! Layer 0: knows nothing of the domain. Everything here is an exact integer.

mod decimal;
mod money;
mod quantity;
mod ratio;
mod time;
mod tokens;

pub use decimal::Decimal;
pub use money::{Usd, UsdPerToken};
pub use quantity::{Growth, Percent, Rate};
pub use ratio::Ratio;
pub(crate) use ratio::gcd;
pub use time::{Micros, SimTime};
pub use tokens::Tokens;
