//! The quantile of the standard normal distribution, to the last few bits.

/// The value that a standard normal exceeds with probability `upper`, for `0 < upper < 1`.
///
/// A rational starting point (Abramowitz and Stegun 26.2.23, error below 4.5e-4), then Newton steps
/// on the complementary error function.
#[must_use]
pub fn upper_quantile(upper: f64) -> f64 {
    if upper > 0.5 {
        return -upper_quantile(1.0 - upper);
    }
    let t = libm::sqrt(-2.0 * libm::log(upper));
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut z = t - above / below;
    for _ in 0..3 {
        let excess = 0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2) - upper;
        z += excess / density(z);
    }
    z
}

fn density(z: f64) -> f64 {
    const INVERSE_ROOT_TWO_PI: f64 = 0.398_942_280_401_432_7;
    INVERSE_ROOT_TWO_PI * libm::exp(-0.5 * z * z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    #[test]
    fn agrees_with_statrs_far_into_the_tails() {
        let normal = Normal::standard();
        for exponent in 1..40 {
            let upper = libm::ldexp(0.9, -exponent);
            let z = upper_quantile(upper);
            assert!((normal.sf(z) / upper - 1.0).abs() < 1e-9, "2^-{exponent}");
            assert!((upper_quantile(1.0 - upper) + z).abs() < 1e-4 || exponent > 20);
        }
        assert!((upper_quantile(0.05) - 1.644_853_626_951_472_7).abs() < 1e-14);
    }
}
