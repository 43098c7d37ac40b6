//! Input of a call, told apart by what the prompt cache did with it.

use crate::bedrock::usage::Usage;
use crate::units::Tokens;

/// Counts of a call, by whoever counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counted {
    /// All of the input, or what no cache took part in.
    pub(super) input: u64,
    pub(super) cache_read: u64,
    pub(super) cache_write_5m: u64,
    pub(super) cache_write_1h: u64,
    pub(super) output: u64,
}

impl Counted {
    /// What was read from the cache or written to it.
    pub(super) fn cached(&self) -> u64 {
        self.cache_read + self.cache_write_5m + self.cache_write_1h
    }

    /// Classes that are disjoint and sum to the input.
    ///
    /// # Errors
    /// When more was cached than there was, or the input is longer than that of a call can be.
    pub(super) fn usage(&self, input_includes_cache: bool) -> Result<Usage, String> {
        let (input, cached) = (self.input, self.cached());
        let uncached_input = if input_includes_cache {
            input.checked_sub(cached).ok_or_else(|| {
                format!(
                    "an input of {input} tokens cannot include the {cached} that were read from the cache or written \
                     to it; where it does not, say --input-includes-cache no"
                )
            })?
        } else {
            input
        };
        let usage = Usage {
            uncached_input,
            cache_read: self.cache_read,
            cache_write_5m: self.cache_write_5m,
            cache_write_1h: self.cache_write_1h,
            output: self.output,
        };
        let longest = usage.total_input().max(self.output);
        if longest >= Tokens::MAX_PER_CALL.0 { Err(format!("{longest} tokens are not below 2^31")) } else { Ok(usage) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_sum_to_the_input_whoever_counted() {
        let counted = Counted { input: 100, cache_read: 60, cache_write_5m: 20, cache_write_1h: 5, output: 7 };
        let (with, without) = (counted.usage(true).unwrap(), counted.usage(false).unwrap());
        assert_eq!((with.uncached_input, with.total_input()), (15, 100));
        assert_eq!((without.uncached_input, without.total_input()), (100, 185));
        assert_eq!((with.cache_read, with.cache_write_5m, with.cache_write_1h, with.output), (60, 20, 5, 7));
    }

    #[test]
    fn more_cached_than_there_was_is_refused_with_a_way_out() {
        let counted = Counted { input: 10, cache_read: 60, ..Counted::default() };
        assert!(counted.usage(true).unwrap_err().contains("--input-includes-cache no"));
        let counted = Counted { input: (1 << 31) - 1, cache_read: 1, ..Counted::default() };
        assert!(counted.usage(false).unwrap_err().contains("2147483648 tokens are not below 2^31"));
        assert!(counted.usage(true).is_ok());
    }
}
