//! The gaps of a renewal process of mean one: even, Poisson, or burstier than Poisson.

use super::{Stream, Table};

/// A gap of one mean is `2^UNIT_GAP_BITS`.
pub const UNIT_GAP_BITS: u32 = 26;

/// How gaps vary around their mean.
#[derive(Debug, Clone)]
pub enum Gaps {
    /// All gaps are equal.
    Even,
    /// Exponential gaps: a Poisson process.
    Poisson(Box<Table>),
    /// A mixture of two exponentials with balanced means (Whitt 1982): squared coefficient of
    /// variation above one, and as large an index of dispersion of counts in the long run.
    Bursty {
        /// The unit exponential.
        table: Box<Table>,
        /// A draw below this takes the short mean.
        threshold: u64,
        /// The short mean, in units of 2^-32.
        short: u64,
        /// The long mean, in units of 2^-32.
        long: u64,
    },
}

/// Lanes of a request's draws.
const LENGTH: u64 = 0;
const BRANCH: u64 = 1;

impl Gaps {
    /// Gaps whose squared coefficient of variation is `dispersion_thousandths / 1000`: 0 is even,
    /// 1000 is Poisson, more is burstier. Values between 0 and 1000 count as Poisson.
    #[must_use]
    pub fn new(dispersion_thousandths: u32) -> Self {
        match dispersion_thousandths {
            0 => Self::Even,
            1..=1_000 => Self::Poisson(unit_exponential()),
            _ => Self::bursty(f64::from(dispersion_thousandths) / 1_000.0),
        }
    }

    fn bursty(dispersion: f64) -> Self {
        let p = 0.5 * (1.0 + libm::sqrt((dispersion - 1.0) / (dispersion + 1.0)));
        let q32 = |mean: f64| libm::round(mean * 4_294_967_296.0) as u64;
        Self::Bursty {
            table: unit_exponential(),
            threshold: libm::round(p * 4_294_967_296.0) as u64,
            short: q32(0.5 / p),
            long: q32(0.5 / (1.0 - p)),
        }
    }

    /// The gap before a request, in units of `2^-UNIT_GAP_BITS` of the mean.
    #[inline]
    #[must_use]
    pub fn gap(&self, stream: &Stream, request: u64) -> u64 {
        match self {
            Self::Even => u64::from(request > 0) << UNIT_GAP_BITS,
            Self::Poisson(table) => u64::from(table.sample(stream.draw(request, LENGTH))),
            Self::Bursty { table, threshold, short, long } => {
                let mean = if stream.draw(request, BRANCH) >> 32 < *threshold { short } else { long };
                let unit = u64::from(table.sample(stream.draw(request, LENGTH)));
                ((u128::from(unit) * u128::from(*mean)) >> 32) as u64
            }
        }
    }
}

fn unit_exponential() -> Box<Table> {
    let one = f64::from(1_u32 << UNIT_GAP_BITS);
    Box::new(Table::build(0, u32::MAX >> 1, |_, upper| -libm::log(upper) * one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(gaps: &Gaps) -> (f64, f64) {
        let stream = Stream::new(5, "gaps");
        let n = 1_000_000;
        let one = f64::from(1_u32 << UNIT_GAP_BITS);
        let values: Vec<f64> = (1..=n).map(|i| gaps.gap(&stream, i) as f64 / one).collect();
        let mean = values.iter().sum::<f64>() / n as f64;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n as f64;
        (mean, variance / (mean * mean))
    }

    #[test]
    fn gaps_have_mean_one_and_the_asked_dispersion() {
        for (thousandths, tolerance) in [(0, 1e-9), (1_000, 0.01), (1_800, 0.03), (20_000, 1.0)] {
            let (mean, dispersion) = moments(&Gaps::new(thousandths));
            assert!((mean - 1.0).abs() < 0.02, "{thousandths}: mean {mean}");
            assert!((dispersion - f64::from(thousandths) / 1_000.0).abs() <= tolerance, "{thousandths}: {dispersion}");
        }
    }

    #[test]
    fn even_gaps_begin_at_once() {
        let stream = Stream::new(1, "even");
        assert_eq!(Gaps::new(0).gap(&stream, 0), 0);
        assert_eq!(Gaps::new(0).gap(&stream, 1), 1 << UNIT_GAP_BITS);
    }
}
