//! Numbers at the glass: three significant digits and an SI suffix.

const SCALES: [(f64, &str); 7] = [(1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, "")];

/// Where three digits round up to the next power of ten.
const ROUNDS_UP: f64 = 0.9995;

/// `1.5M`, `64k`, `0.2`: at most three significant digits.
pub fn si(value: f64) -> String {
    let size = value.abs();
    if size >= SCALES[0].0 * 1_000.0 * ROUNDS_UP {
        return format!("{value:.0e}");
    }
    let (scale, suffix) = SCALES.into_iter().find(|(scale, _)| size >= scale * ROUNDS_UP).unwrap_or((1.0, ""));
    let digits = three_digits(size / scale);
    let sign = if value < 0.0 && digits != "0" { "-" } else { "" };
    format!("{sign}{digits}{suffix}")
}

/// [`si`], followed by the unit when that is a percent sign.
pub(super) fn with_unit(value: f64, unit: &str) -> String {
    let percent = if unit == "%" { "%" } else { "" };
    format!("{}{percent}", si(value))
}

fn three_digits(size: f64) -> String {
    let text = format!("{size:.*}", decimals(size));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn decimals(size: f64) -> usize {
    let (mut decimals, mut power) = (0, 100.0);
    while size < power * ROUNDS_UP && decimals < 12 {
        decimals += 1;
        power /= 10.0;
    }
    decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_significant_digits_and_a_suffix() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (7.0, "7"),
            (250.0, "250"),
            (999.4, "999"),
            (999.6, "1k"),
            (1_000.0, "1k"),
            (64_000.0, "64k"),
            (1_549_999.0, "1.55M"),
            (999_960_000.0, "1G"),
            (-2_500.0, "-2.5k"),
            (0.2, "0.2"),
            (0.012_345, "0.0123"),
            (0.000_001_5, "0.0000015"),
            (1e-300, "0"),
            (2e21, "2e21"),
        ] {
            assert_eq!(si(value), text);
        }
    }

    #[test]
    fn only_percent_follows_the_number() {
        assert_eq!(with_unit(0.2, "%"), "0.2%");
        assert_eq!(with_unit(0.2, "USD"), "0.2");
    }
}
