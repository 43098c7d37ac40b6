//! Numbers of a table: plain decimals without a sign, an exponent or separators.

/// So many units of the last of `places` decimals: `decimal(1500, 3)` is `1.5`.
pub fn decimal(units: u128, places: usize) -> String {
    let one = 10_u128.pow(places as u32);
    let fraction = format!("{:0places$}", units % one);
    match fraction.trim_end_matches('0') {
        "" => (units / one).to_string(),
        kept => format!("{}.{kept}", units / one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_has_no_digit_too_many() {
        let told = [(0, 3), (1_500, 3), (2_000, 3), (7, 3), (12, 0)].map(|(units, places)| decimal(units, places));
        assert_eq!(told, ["0", "1.5", "2", "0.007", "12"]);
    }
}
