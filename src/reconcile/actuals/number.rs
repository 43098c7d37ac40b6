//! Numbers as exports write them, exactly: `433.893`, `1.77E-5`.

/// How many decimals are kept.
const PLACES: i64 = 15;
/// More digits than any amount of a bill has.
const MOST_DIGITS: usize = 30;

/// A number in units of 1e-15. Digits beyond are rounded half to even: exports that went through floating point
/// have them, and no amount of money that AWS bills does.
pub(super) fn femtos(text: &str) -> Result<i128, String> {
    let wrong = || format!("`{text}` is not a number");
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().map_err(|_| wrong())?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !only_digits(whole) || !only_digits(fraction) {
        return Err(wrong());
    }
    if digits.len() > MOST_DIGITS {
        return Err(format!("`{text}` has more than {MOST_DIGITS} digits"));
    }
    let magnitude: i128 = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| wrong())? };
    let places = exponent.saturating_sub(fraction.len() as i64).saturating_add(PLACES);
    let scaled = shifted(magnitude, places).ok_or_else(|| format!("`{text}` is too large"))?;
    Ok(if negative { -scaled } else { scaled })
}

/// A number above zero times a power of ten.
fn shifted(number: i128, places: i64) -> Option<i128> {
    let power = u32::try_from(places.unsigned_abs()).ok().and_then(|places| 10_i128.checked_pow(places));
    match (power, places < 0) {
        _ if number == 0 => Some(0),
        (Some(power), false) => number.checked_mul(power),
        (None, false) => None,
        (Some(power), true) => {
            let (quotient, twice) = (number / power, number % power * 2);
            Some(quotient + i128::from(twice > power || (twice == power && quotient % 2 != 0)))
        }
        (None, true) => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::femtos as read;

    #[test]
    fn numbers_are_read_digit_by_digit() {
        for (text, femtos) in [
            ("433.893", 433_893_000_000_000_000),
            ("-0.5", -500_000_000_000_000),
            ("1.77E-5", 17_700_000_000),
            ("2e3", 2_000_000_000_000_000_000),
            (".5", 500_000_000_000_000),
            ("0.0000000000000025", 2),
            ("0.0000000000000035", 4),
            ("0.00015999999999999999", 160_000_000_000),
            ("0e999999", 0),
            ("1e-999999", 0),
        ] {
            assert_eq!(read(text), Ok(femtos), "{text}");
        }
        for text in ["", "-", ".", "1,234.5", "NaN", "1e", "1e9999999999999999999", "0x1", "1 USD", "9e30"] {
            assert!(read(text).is_err(), "{text} was read");
        }
    }
}
