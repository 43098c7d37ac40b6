//! The classes that tokens are counted and sold in.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// One class of tokens. The classes are disjoint: a token belongs to exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UsageClass {
    /// Input that no cache took part in.
    UncachedInput,
    /// Input that was read from the prompt cache.
    CacheRead,
    /// Input that was written to the prompt cache for five minutes.
    CacheWrite5m,
    /// Input that was written to the prompt cache for one hour.
    CacheWrite1h,
    /// What the model wrote.
    Output,
}

impl UsageClass {
    /// Every class, in order.
    pub const ALL: [Self; 5] =
        [Self::UncachedInput, Self::CacheRead, Self::CacheWrite5m, Self::CacheWrite1h, Self::Output];

    /// The name in every file that is written: `uncached_input`, `cache_read`, ...
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UncachedInput => "uncached_input",
            Self::CacheRead => "cache_read",
            Self::CacheWrite5m => "cache_write_5m",
            Self::CacheWrite1h => "cache_write_1h",
            Self::Output => "output",
        }
    }
}

impl fmt::Display for UsageClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Tokens of each class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Input that no cache took part in.
    pub uncached_input: u64,
    /// Input that was read from the prompt cache.
    pub cache_read: u64,
    /// Input that was written to the prompt cache for five minutes.
    pub cache_write_5m: u64,
    /// Input that was written to the prompt cache for one hour.
    pub cache_write_1h: u64,
    /// What the model wrote.
    pub output: u64,
}

impl Usage {
    /// The tokens of one class.
    #[must_use]
    pub fn of(&self, class: UsageClass) -> u64 {
        match class {
            UsageClass::UncachedInput => self.uncached_input,
            UsageClass::CacheRead => self.cache_read,
            UsageClass::CacheWrite5m => self.cache_write_5m,
            UsageClass::CacheWrite1h => self.cache_write_1h,
            UsageClass::Output => self.output,
        }
    }

    /// All input, cached or not.
    #[must_use]
    pub fn total_input(&self) -> u64 {
        self.uncached_input + self.cache_read + self.cache_write_5m + self.cache_write_1h
    }

    /// The sum, class by class; nothing when a class overflows.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            uncached_input: self.uncached_input.checked_add(other.uncached_input)?,
            cache_read: self.cache_read.checked_add(other.cache_read)?,
            cache_write_5m: self.cache_write_5m.checked_add(other.cache_write_5m)?,
            cache_write_1h: self.cache_write_1h.checked_add(other.cache_write_1h)?,
            output: self.output.checked_add(other.output)?,
        })
    }
}

/// The sum, class by class.
impl Add for Usage {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            uncached_input: self.uncached_input + other.uncached_input,
            cache_read: self.cache_read + other.cache_read,
            cache_write_5m: self.cache_write_5m + other.cache_write_5m,
            cache_write_1h: self.cache_write_1h + other.cache_write_1h,
            output: self.output + other.output,
        }
    }
}

/// What is left without a part of it, class by class.
impl Sub for Usage {
    type Output = Self;

    fn sub(self, part: Self) -> Self {
        Self {
            uncached_input: self.uncached_input - part.uncached_input,
            cache_read: self.cache_read - part.cache_read,
            cache_write_5m: self.cache_write_5m - part.cache_write_5m,
            cache_write_1h: self.cache_write_1h - part.cache_write_1h,
            output: self.output - part.output,
        }
    }
}

impl AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_EACH: Usage =
        Usage { uncached_input: 1, cache_read: 20, cache_write_5m: 300, cache_write_1h: 4_000, output: 50_000 };

    #[test]
    fn the_classes_are_disjoint_and_output_is_not_input() {
        assert_eq!(ONE_EACH.total_input(), 4_321);
        assert_eq!(UsageClass::ALL.map(|class| ONE_EACH.of(class)), [1, 20, 300, 4_000, 50_000]);
    }

    #[test]
    fn both_additions_agree_until_a_class_overflows() {
        assert_eq!(ONE_EACH.checked_add(ONE_EACH), Some(ONE_EACH + ONE_EACH));
        assert_eq!((ONE_EACH + ONE_EACH).total_input(), 2 * ONE_EACH.total_input());
        assert_eq!(ONE_EACH + ONE_EACH - ONE_EACH, ONE_EACH);
        assert_eq!(ONE_EACH.checked_add(Usage { output: u64::MAX, ..Usage::default() }), None);
    }
}
