//! The distributions that a scenario can name, and their samplers.

use super::Table;
use super::normal::upper_quantile;

/// A distribution of whole numbers: token counts, microseconds, rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Always the same number.
    Constant(u32),
    /// Log-normal, given by two of its quantiles.
    LogNormal {
        /// Half of the values are below.
        median: u32,
        /// 95 % of the values are below.
        p95: u32,
        /// No value is above.
        max: u32,
    },
    /// Log-normal, given by its mean and a quantile.
    LogNormalMean {
        /// The mean.
        mean: u32,
        /// 95 % of the values are below.
        p95: u32,
        /// No value is above.
        max: u32,
    },
    /// Exponential, given by its mean.
    Exponential {
        /// The mean.
        mean: u32,
        /// No value is above.
        max: u32,
    },
}

/// A distribution ready to be drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sampler {
    /// Always the same number.
    Constant(u32),
    /// A table of quantiles.
    Table(Box<Table>),
}

impl Distribution {
    /// Builds the sampler. The smallest value is 1: a token count, a microsecond.
    #[must_use]
    pub fn sampler(&self) -> Sampler {
        let table = |max, quantile: &dyn Fn(f64, f64) -> f64| Sampler::Table(Box::new(Table::build(1, max, quantile)));
        match *self {
            Self::Constant(value) => Sampler::Constant(value),
            Self::LogNormal { median, p95, max } => {
                let (mu, sigma) = log_normal_of_quantiles(f64::from(median), f64::from(p95));
                table(max, &|lower, upper| libm::exp(mu + sigma * normal_quantile(lower, upper)))
            }
            Self::LogNormalMean { mean, p95, max } => {
                let (mu, sigma) = log_normal_of_mean(f64::from(mean), f64::from(p95));
                table(max, &|lower, upper| libm::exp(mu + sigma * normal_quantile(lower, upper)))
            }
            Self::Exponential { mean, max } => table(max, &|_, upper| -libm::log(upper) * f64::from(mean)),
        }
    }
}

impl Sampler {
    /// The value at 64 uniform bits, which are drawn only when they decide something.
    #[inline]
    #[must_use]
    pub fn sample_with(&self, draw: impl FnOnce() -> u64) -> u32 {
        match self {
            Self::Constant(value) => *value,
            Self::Table(table) => table.sample(draw()),
        }
    }
}

fn normal_quantile(lower: f64, upper: f64) -> f64 {
    if upper <= lower { upper_quantile(upper) } else { -upper_quantile(lower) }
}

/// The standard normal's 95 % quantile.
const Z95: f64 = 1.644_853_626_951_472_7;

fn log_normal_of_quantiles(median: f64, p95: f64) -> (f64, f64) {
    let mu = libm::log(median);
    (mu, (libm::log(p95) - mu) / Z95)
}

/// The smaller root of `sigma^2 / 2 - z sigma + ln(p95 / mean) = 0`; where none is real, the widest.
fn log_normal_of_mean(mean: f64, p95: f64) -> (f64, f64) {
    let sigma = Z95 - libm::sqrt((Z95 * Z95 - 2.0 * libm::log(p95 / mean)).max(0.0));
    (libm::log(mean) - sigma * sigma / 2.0, sigma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;
    use rand::SeedableRng;
    use rand_distr::Distribution as _;
    use sha2::{Digest, Sha256};

    const MAX: u32 = 1 << 30;

    fn sorted_samples(distribution: Distribution, n: u64) -> Vec<f64> {
        let (sampler, stream) = (distribution.sampler(), Stream::new(1, "test"));
        let mut values: Vec<f64> = (0..n).map(|i| f64::from(sampler.sample_with(|| stream.draw(i, 0)))).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    /// The two-sample Kolmogorov-Smirnov distance.
    fn distance(a: &[f64], b: &[f64]) -> f64 {
        let (mut i, mut j, mut widest) = (0, 0, 0.0_f64);
        while i < a.len() && j < b.len() {
            let at = a[i].min(b[j]);
            while i < a.len() && a[i] <= at {
                i += 1;
            }
            while j < b.len() && b[j] <= at {
                j += 1;
            }
            widest = widest.max((i as f64 / a.len() as f64 - j as f64 / b.len() as f64).abs());
        }
        widest
    }

    #[test]
    fn samples_are_distributed_as_rand_distr_says() {
        let n = 200_000;
        let ours = sorted_samples(Distribution::LogNormal { median: 100_000, p95: 400_000, max: MAX }, n);
        let (mu, sigma) = log_normal_of_quantiles(100_000.0, 400_000.0);
        let oracle = rand_distr::LogNormal::new(mu, sigma).unwrap();
        let mut rng = rand::rngs::ChaCha8Rng::seed_from_u64(3);
        let mut theirs: Vec<f64> = (0..n).map(|_| f64::round(oracle.sample(&mut rng))).collect();
        theirs.sort_by(f64::total_cmp);
        // The 0.1 % point of the two-sample statistic: 1.95 * sqrt(2 / n).
        assert!(distance(&ours, &theirs) < 1.95 * (2.0 / n as f64).sqrt());

        let ours = sorted_samples(Distribution::Exponential { mean: 500_000, max: MAX }, n);
        let oracle = rand_distr::Exp::new(1.0 / 500_000.0).unwrap();
        let mut theirs: Vec<f64> = (0..n).map(|_| f64::round(oracle.sample(&mut rng))).collect();
        theirs.sort_by(f64::total_cmp);
        assert!(distance(&ours, &theirs) < 1.95 * (2.0 / n as f64).sqrt());
    }

    #[test]
    fn the_named_quantiles_and_means_come_back() {
        let n = 400_000;
        let values = sorted_samples(Distribution::LogNormal { median: 420, p95: 1_900, max: MAX }, n);
        let at = |share: f64| values[(share * n as f64) as usize];
        assert!((at(0.5) - 420.0).abs() <= 4.0, "{}", at(0.5));
        assert!((at(0.95) - 1_900.0).abs() <= 20.0, "{}", at(0.95));
        for distribution in [
            Distribution::LogNormalMean { mean: 500, p95: 1_500, max: MAX },
            Distribution::Exponential { mean: 500, max: MAX },
        ] {
            let values = sorted_samples(distribution, n);
            let mean = values.iter().sum::<f64>() / n as f64;
            assert!((mean - 500.0).abs() < 4.0, "{distribution:?}: {mean}");
        }
    }

    #[test]
    fn tables_are_the_same_bits_on_every_machine() {
        let hash = |distribution: Distribution| {
            let sampler = distribution.sampler();
            let mut digest = Sha256::new();
            for i in 0..(1_u64 << 16) {
                digest.update(sampler.sample_with(|| i << 48 | i).to_le_bytes());
            }
            digest.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        assert_eq!(hash(Distribution::LogNormal { median: 420, p95: 1_900, max: MAX }), "f671a3d6");
        assert_eq!(hash(Distribution::Exponential { mean: 500, max: MAX }), "f6c0ce85");
    }
}
