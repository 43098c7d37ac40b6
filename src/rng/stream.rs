//! Counter-based streams: a draw is a function of (key, request, lane).
//!
//! Keys come from ChaCha8, a named generator whose output is fixed; draws from the SplitMix64
//! finaliser over a counter (Steele, Lea and Flood, 2014).

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// Draws that one request may need from one stream.
pub const LANES: u64 = 128;

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// An independent stream of draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    key: u64,
    lanes: u64,
}

impl Stream {
    /// The stream of an entity and a purpose, for example `apps/triage/input`.
    #[must_use]
    pub fn new(seed: u64, label: &str) -> Self {
        Self::with_key(labelled_u64(seed, label), LANES)
    }

    /// A stream with a given key and so many lanes a request.
    #[must_use]
    pub fn with_key(key: u64, lanes: u64) -> Self {
        Self { key, lanes }
    }

    /// 64 uniform bits for one request and lane.
    #[inline]
    #[must_use]
    pub fn draw(&self, request: u64, lane: u64) -> u64 {
        let counter = request.wrapping_mul(self.lanes).wrapping_add(lane).wrapping_add(1);
        mix(self.key ^ counter.wrapping_mul(GOLDEN))
    }
}

/// The seed of a replication: the scenario's own for the first, an independent one for each other.
#[must_use]
pub fn replication_seed(seed: u64, replication: u64) -> u64 {
    if replication == 0 { seed } else { labelled_u64(seed, &format!("replication {replication}")) }
}

fn labelled_u64(seed: u64, label: &str) -> u64 {
    let digest = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(label).finalize();
    ChaCha8Rng::from_seed(digest.into()).next_u64()
}

/// The finaliser of SplitMix64: every bit of the result depends on every bit of `z`, and no two values
/// give the same.
#[inline]
#[must_use]
pub fn mix(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_fixed_for_ever() {
        let stream = Stream::new(7, "apps/triage/input");
        assert_eq!(
            [stream.draw(0, 0), stream.draw(0, 1), stream.draw(1, 0)],
            [475_921_927_449_861_021, 7_461_896_901_110_830_568, 18_133_625_948_434_514_765]
        );
        assert_eq!(Stream::with_key(1, 8).draw(3, 1), mix(1 ^ (3u64 * 8 + 1 + 1).wrapping_mul(GOLDEN)));
    }

    #[test]
    fn labels_and_seeds_give_different_streams() {
        let keys = [Stream::new(1, "a"), Stream::new(1, "b"), Stream::new(2, "a")].map(|s| s.key);
        assert!(keys[0] != keys[1] && keys[0] != keys[2] && keys[1] != keys[2]);
        assert_eq!(replication_seed(9, 0), 9);
        assert_ne!(replication_seed(9, 1), replication_seed(9, 2));
    }

    #[test]
    fn draws_are_uniform_in_every_sixteenth() {
        let stream = Stream::new(1, "uniform");
        let mut counts = [0_i64; 16];
        for request in 0..160_000 {
            counts[(stream.draw(request, 0) >> 60) as usize] += 1;
        }
        // Chi-square with 15 degrees of freedom: 37.7 is the 0.1 % point.
        let chi_square: f64 = counts.iter().map(|n| ((n - 10_000) * (n - 10_000)) as f64 / 10_000.0).sum();
        assert!(chi_square < 37.7, "{counts:?}");
    }
}
