//! A distribution as an integer table: 4,096 cells of equal probability with linear interpolation,
//! and log-linear tails in which every octave of probability has 16 cells.

/// Cells of equal probability: 2^12.
const BODY_BITS: u32 = 12;
/// Cells in one octave of a tail: 2^4.
const CELL_BITS: u32 = 4;
/// Octaves of a tail: values rarer than 2^-40 on either side are not told apart.
const OCTAVES: u32 = 28;
/// Bits of a draw below the number of its body cell.
const TAIL_BITS: u32 = 64 - BODY_BITS;

/// The quantiles of a distribution of whole numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    body: Box<[u32]>,
    low: Box<[u32]>,
    high: Box<[u32]>,
    /// Stored values are multiples of `2^-fraction_bits`.
    fraction_bits: u32,
}

impl Table {
    /// Tabulates `quantile(lower, upper)`: the value that is reached with probability `lower` and
    /// exceeded with probability `upper = 1 - lower`; the smaller of the two is exact. Values are
    /// held between `min` and `max`.
    pub fn build(min: u32, max: u32, quantile: impl Fn(f64, f64) -> f64) -> Self {
        let fraction_bits = max.max(1).leading_zeros().min(8);
        let one = f64::from(1_u32 << fraction_bits);
        let stored = |value: f64| libm::round(value.clamp(f64::from(min), f64::from(max)) * one) as u32;
        let cells = 1_u32 << BODY_BITS;
        let edge = |cell: u32| {
            let lower = f64::from(cell.max(1)) / f64::from(cells);
            let upper = f64::from((cells - cell).max(1)) / f64::from(cells);
            stored(quantile(lower, upper))
        };
        let tail = |value: &dyn Fn(f64) -> f64| {
            (0..OCTAVES)
                .flat_map(|octave| (0..=1_u32 << CELL_BITS).map(move |cell| tail_share(octave, cell)))
                .map(|share| stored(value(share)))
                .collect()
        };
        Self {
            body: (0..=cells).map(edge).collect(),
            low: tail(&|share| quantile(share, 1.0 - share)),
            high: tail(&|share| quantile(1.0 - share, share)),
            fraction_bits,
        }
    }

    /// The value at 64 uniform bits, rounded to a whole number.
    #[inline]
    #[must_use]
    pub fn sample(&self, draw: u64) -> u32 {
        let cell = (draw >> TAIL_BITS) as usize;
        let rest = draw & ((1 << TAIL_BITS) - 1);
        let value = if cell == 0 {
            tail_value(&self.low, rest)
        } else if cell == (1 << BODY_BITS) - 1 {
            tail_value(&self.high, (1 << TAIL_BITS) - 1 - rest)
        } else {
            between(self.body[cell], self.body[cell + 1], rest >> (TAIL_BITS - 32))
        };
        ((value + ((1 << self.fraction_bits) >> 1)) >> self.fraction_bits) as u32
    }
}

/// The probability at the start of a cell of a tail.
fn tail_share(octave: u32, cell: u32) -> f64 {
    let mantissa = 1.0 + f64::from(cell) / f64::from(1_u32 << CELL_BITS);
    mantissa * libm::exp2(-f64::from(BODY_BITS + octave + 1))
}

/// The value at `rest / 2^TAIL_BITS` of a tail's mass.
#[cold]
fn tail_value(tail: &[u32], rest: u64) -> u64 {
    let floor = 1 << (TAIL_BITS - OCTAVES);
    let rest = rest.max(floor);
    let octave = rest.leading_zeros() - BODY_BITS;
    let mantissa = rest << (octave + BODY_BITS + 1);
    let cell = (mantissa >> (64 - CELL_BITS)) as usize;
    let fraction = (mantissa << CELL_BITS) >> 32;
    let at = octave as usize * ((1 << CELL_BITS) + 1) + cell;
    between(tail[at], tail[at + 1], fraction)
}

/// Linear interpolation; `fraction` is in units of 2^-32.
#[inline]
fn between(from: u32, to: u32, fraction: u64) -> u64 {
    let step = (i64::from(to) - i64::from(from)) * fraction as i64;
    (i64::from(from) + (step >> 32)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uniform_distribution_comes_back_as_itself() {
        let table = Table::build(0, 1 << 20, |lower, _| lower * f64::from(1 << 20));
        for draw in [0, 1 << 40, 1 << 52, 1 << 60, u64::MAX / 3, u64::MAX - (1 << 30), u64::MAX] {
            let expected = (draw >> 44) as i64;
            assert!((i64::from(table.sample(draw)) - expected).abs() <= 1, "{draw}: {}", table.sample(draw));
        }
    }

    #[test]
    fn sampling_is_monotone_in_the_draw() {
        let table = Table::build(1, 1_000_000, |_, upper| -libm::log(upper) * 1_000.0);
        let samples: Vec<u32> = (0..100_000_u64).map(|i| table.sample(i * (u64::MAX / 100_000))).collect();
        assert!(samples.is_sorted());
    }
}
