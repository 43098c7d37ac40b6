//! Calls of a coarse time stamp, placed inside of it.

use crate::rng::mix;

/// An instant inside of a stamp that is `width_us` wide and begins at `at_us`: the same for the same seed and id, in
/// whatever order records come.
#[must_use]
pub fn spread(seed: u64, id: &str, at_us: i64, width_us: u64) -> i64 {
    let inside = (u128::from(drawn(seed, id)) * u128::from(width_us)) >> 64;
    at_us.saturating_add(i64::try_from(inside).unwrap_or(0))
}

/// 64 uniform bits of a seed and an id, eight bytes of it at a time.
fn drawn(seed: u64, id: &str) -> u64 {
    let word = |bytes: &[u8]| bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let begun = mix(mix(seed) ^ id.len() as u64);
    id.as_bytes().chunks(8).fold(begun, |state, bytes| mix(state.wrapping_mul(FACTOR) ^ word(bytes)))
}

/// Keeps the order of an id's parts: 2^64 over the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_stays_inside_of_its_stamp_and_at_its_place() {
        let places: Vec<i64> = (0..1_000).map(|n| spread(7, &format!("call {n}"), 5_000_000, 1_000_000)).collect();
        assert!(places.iter().all(|at| (5_000_000..6_000_000).contains(at)));
        assert_eq!(places[3], spread(7, "call 3", 5_000_000, 1_000_000));
        assert_ne!(places[3], spread(8, "call 3", 5_000_000, 1_000_000));
        let mean = places.iter().sum::<i64>() / 1_000;
        assert!((5_450_000..5_550_000).contains(&mean), "{mean}");
        let mut seen = places.clone();
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 990, "{}", seen.len());
    }
}
