//! How long a cached beginning of a prompt lives.

use crate::bedrock::usage::UsageClass;
use crate::document::names;
use crate::units::Micros;

names! {
    /// How long an entry lives after it was last used.
    pub enum Ttl: "time to live" {
        /// Five minutes, the default.
        FiveMinutes = "5m",
        /// One hour.
        OneHour = "1h",
    }
}

impl Ttl {
    /// The time itself.
    #[must_use]
    pub const fn length(self) -> Micros {
        match self {
            Self::FiveMinutes => Micros(5 * Micros::MINUTE.0),
            Self::OneHour => Micros::HOUR,
        }
    }

    /// How tokens are sold that are written to the cache for so long.
    #[must_use]
    pub const fn written(self) -> UsageClass {
        match self {
            Self::FiveMinutes => UsageClass::CacheWrite5m,
            Self::OneHour => UsageClass::CacheWrite1h,
        }
    }
}
