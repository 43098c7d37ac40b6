//! Numbers of sources as exact decimals: shifted digit by digit, never through a float.

use crate::units::UsdPerToken;

/// The number times `10^places`, written without an exponent; nothing when the text is not a number.
///
/// Reads `5.46875e-07`, `0.15` and `3`.
pub(super) fn shifted(text: &str, places: i32) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (sign, unsigned) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    let is_number = !whole.is_empty() && digits.len() <= MOST_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number || exponent.unsigned_abs() as usize > MOST_DIGITS {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()? + exponent + places;
    let (whole, fraction) = match usize::try_from(point) {
        Ok(point) if point < digits.len() => (digits[..point].to_owned(), digits[point..].to_owned()),
        Ok(point) => (digits.clone() + &"0".repeat(point - digits.len()), String::new()),
        Err(_) => (String::new(), "0".repeat(point.unsigned_abs() as usize) + &digits),
    };
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// More than any price has, so that no text grows out of hand.
const MOST_DIGITS: usize = 40;

/// A rate per `10^-places` million tokens; zero is free.
///
/// # Errors
/// A sentence that says what is wrong with the number.
pub(super) fn rate(text: &str, places: i32) -> Result<UsdPerToken, String> {
    let per_million = shifted(text, places).ok_or_else(|| format!("`{text}` is not a number"))?;
    UsdPerToken::parse_per_million(if per_million == "0" { "free" } else { &per_million })
}

/// The text of a price of a table without its dollar sign: `$ 0.60`, `$1,234.50`; nothing for `N/A` and the like.
pub(super) fn dollars(text: &str) -> Option<String> {
    let number = text.replace('\u{a0}', " ").trim().strip_prefix('$')?.trim().replace(',', "");
    shifted(&number, 0).map(|_| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scientific_notation_becomes_the_exact_decimal() {
        let cases = [
            ("5.46875e-07", 6, "0.546875"),
            ("3e-06", 6, "3"),
            ("1.1E-6", 6, "1.1"),
            ("2.5e-8", 6, "0.025"),
            ("0.15", 0, "0.15"),
            ("0.00006", 3, "0.06"),
            ("1e+2", 0, "100"),
            ("0.0", 6, "0"),
            ("12.50", 0, "12.5"),
            ("-1e-6", 6, "-1"),
        ];
        for (text, places, exact) in cases {
            assert_eq!(shifted(text, places).as_deref(), Some(exact), "{text}");
        }
        for bad in ["", "e-6", "1e", "1e99999999999", "1_0", "NaN", ".5", "1.2.3", "0x1", "1e400"] {
            assert_eq!(shifted(bad, 6), None, "{bad:?} was read");
        }
    }

    #[test]
    fn a_rate_is_whole_femtodollars_or_refused() {
        assert_eq!(rate("5.46875e-07", 6).map(UsdPerToken::femtos), Ok(546_875_000));
        assert_eq!(rate("0", 6).map(UsdPerToken::femtos), Ok(0));
        assert!(rate("1.0000000000000001e-06", 6).is_err());
        assert!(rate("-1e-06", 6).is_err());
    }

    #[test]
    fn prices_of_tables_lose_their_sign_and_other_words_are_no_price() {
        assert_eq!(dollars("$ 0.60").as_deref(), Some("0.60"));
        assert_eq!(dollars("$1,234.50").as_deref(), Some("1234.50"));
        for other in ["N/A", "NA", "non-GA", "-", "", "$30.00 per 1K requests", "0.60"] {
            assert_eq!(dollars(other), None, "{other:?} was read");
        }
    }
}
