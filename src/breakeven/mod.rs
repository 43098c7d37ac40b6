//! When bought capacity pays: units of provisioned throughput, and the reserved tier.
//!
//! Demand by minute becomes a curve of cost over capacity, of which the cheapest whole number of units is
//! exact; beside it the rule of thumb, the traffic at which one unit pays, and what each purchase is
//! regretted for when things turn out otherwise. Takes every call as it arrives: quotas and retries are the
//! engine's. Takes the prices of calls of any length: that long inputs may cost more is left out. Does not know how answers
//! are shown.

mod curve;
mod demand;
mod offer;
mod pays;
mod provisioned;
mod purchase;
mod regret;
mod reserved;

pub use curve::{Curve, Load, MOST_UNITS, TooMuch};
pub use demand::{Demand, Minute, Mix, Tally, on_demand};
pub use offer::{ReservedPrice, Throughput, UnitPrice};
pub use pays::{Pays, Utilisation, pays};
pub use provisioned::{Provisioned, TermStudy, Units, provisioned};
pub use purchase::{HISTORY, Purchase, committed, history_too_short};
pub use regret::{Choice, Future, Regret, regrets};
pub use reserved::{Reserved, ReservedPurchase, ReservedTerm, reserved};
