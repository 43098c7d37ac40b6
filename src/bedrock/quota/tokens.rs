//! How many tokens a call counts for.
//!
//! Source: Amazon Bedrock User Guide, "How tokens are counted in Amazon Bedrock", read 2026-11-20.

/// What a call holds from its start: all of its input, cached or not, and its `max_tokens`, without
/// any burndown multiplier.
#[inline]
#[must_use]
pub const fn reserved_tokens(total_input: u64, max_tokens: u64) -> u64 {
    total_input + max_tokens
}

/// What a call is charged at its end: uncached input, cache writes, and output times the burndown rate
/// of its model on that day. Cache reads are free here.
#[inline]
#[must_use]
pub const fn charged_tokens(uncached_input: u64, cache_writes: u64, output: u64, burndown: u32) -> u64 {
    uncached_input + cache_writes + output * burndown as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// O1: Sonnet 4, 1,000 in and 100 out settle for 1,500. O4: the five examples of AWS's announcement.
    #[test]
    fn settlements_are_those_of_the_announcement() {
        assert_eq!(charged_tokens(1_000, 0, 100, 5), 1_500);
        assert_eq!(charged_tokens(0, 0, 10_000, 5), 50_000);
        assert_eq!(charged_tokens(0, 0, 20_000, 5), 100_000);
        assert_eq!(charged_tokens(10, 0, 750, 5), 3_760);
        assert_eq!(charged_tokens(2_005, 0, 200, 5), 3_005);
        assert_eq!(charged_tokens(6, 0, 12, 5), 66);
    }

    /// O2, O6 and O7: what is held from the start.
    #[test]
    fn reservations_are_input_and_max_tokens() {
        assert_eq!(reserved_tokens(1_000, 64_000), 65_000);
        assert_eq!((reserved_tokens(3_000, 32_000), reserved_tokens(3_000, 1_250)), (35_000, 4_250));
        assert_eq!(
            (reserved_tokens(3_000 + 4_000 + 1_000, 32_000), charged_tokens(3_000, 1_000, 1_000, 5)),
            (40_000, 9_000)
        );
        assert_eq!(reserved_tokens(3_000 + 4_000 + 1_000, 1_250), 9_250);
    }

    /// O3: EstimatedTPMQuotaUsage of five real calls to Sonnet 4.6, measured 2026-10-09.
    #[test]
    fn settlements_are_those_that_were_measured() {
        let measured =
            [(26, 0, 1_203, 6_041), (14, 0, 4, 34), (13, 8_814, 4, 8_847), (13, 0, 4, 33), (8_829, 0, 4, 8_849)];
        for (input, write, output, charged) in measured {
            assert_eq!(charged_tokens(input, write, output, 5), charged);
        }
    }
}
