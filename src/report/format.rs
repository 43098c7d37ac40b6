//! Numbers as people read them; integers all the way, rounded once, here.

use super::model::Share;

/// Digits in groups of three: `7,257,600`.
pub fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count: `7,257,600`.
pub fn count(number: u64) -> String {
    grouped(u128::from(number))
}

/// A count with its noun, singular or plural: `1 request`, `2 requests`.
pub fn counted(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", count(number))
}

/// So many on average, to a tenth: `4.2`; among none, nothing.
pub fn per(total: u64, count: u64) -> String {
    let tenths = (u128::from(total) * 10 + u128::from(count) / 2).checked_div(count.into());
    tenths.map_or("n/a".to_owned(), |tenths| format!("{}.{}", grouped(tenths / 10), tenths % 10))
}

/// So many on average, to a hundredth: `1.05`; among none, nothing.
pub fn hundredths(total: u64, count: u64) -> String {
    let found = (u128::from(total) * 100 + u128::from(count) / 2).checked_div(count.into());
    found.map_or("n/a".to_owned(), |found| format!("{}.{:02}", grouped(found / 100), found % 100))
}

/// Attempts per call: `3.40x`; of no call, nothing.
pub fn amplification(attempts: u64, calls: u64) -> String {
    let times = hundredths(attempts, calls);
    if calls == 0 { times } else { times + "x" }
}

/// A change of a count, signed: `+12`, `-3`, `0`.
pub fn change(difference: i64) -> String {
    let digits = count(difference.unsigned_abs());
    match difference.signum() {
        1 => format!("+{digits}"),
        -1 => format!("-{digits}"),
        _ => digits,
    }
}

/// A share in percent: `12.34%`, and three significant digits below one percent, `0.0123%`.
///
/// Something is never `0%`, and not quite all is never `100%`.
pub fn percent(share: Share) -> String {
    match (share.part, share.whole) {
        (_, 0) => "n/a".to_owned(),
        (part, whole) => hundredfold(u128::from(part), u128::from(whole)) + "%",
    }
}

/// How far a share moved, in percentage points: `+1.20 pp`.
pub fn percentage_points(from: Share, to: Share) -> String {
    let (from_part, from_whole) = (i128::from(from.part), i128::from(from.whole.max(1)));
    let (to_part, to_whole) = (i128::from(to.part), i128::from(to.whole.max(1)));
    let moved = to_part * from_whole - from_part * to_whole;
    let sign = ["-", "", "+"][(moved.signum() + 1) as usize];
    let points = hundredfold(moved.unsigned_abs(), (from_whole * to_whole).unsigned_abs());
    format!("{sign}{points} pp")
}

fn hundredfold(part: u128, whole: u128) -> String {
    let scaled = |unit: u128| (part * 100 * unit + whole / 2) / whole;
    if part == 0 {
        return "0".to_owned();
    }
    if part == whole {
        return "100".to_owned();
    }
    if part < whole && scaled(100) == 10_000 {
        return ">99.99".to_owned();
    }
    if scaled(100) >= 100 {
        return format!("{}.{:02}", grouped(scaled(100) / 100), scaled(100) % 100);
    }
    let decimals = (3..=12).find(|&decimals| scaled(10_u128.pow(decimals)) >= 100);
    let decimals = decimals.unwrap_or(12) as usize;
    let digits = format!("{:0decimals$}", scaled(10_u128.pow(decimals as u32)));
    format!("0.{}", digits.trim_end_matches('0'))
}

/// A duration in the unit that suits it: `850 us`, `412 ms`, `1.24 s`, `3 min 20 s`, `7 days`.
pub fn duration(us: u64) -> String {
    match us {
        0 => "0 ms".to_owned(),
        1..1_000 => format!("{us} us"),
        1_000..1_000_000 => format!("{} ms", (us + 500) / 1_000),
        1_000_000..60_000_000 => seconds((us + 5_000) / 10_000),
        _ => clock((us + 500_000) / 1_000_000),
    }
}

fn seconds(hundredths: u64) -> String {
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => format!("{whole} s"),
        (whole, fraction) => format!("{whole}.{fraction:02} s"),
    }
}

/// Whole seconds in their two largest units.
fn clock(seconds: u64) -> String {
    let (days, hours) = (seconds / 86_400, seconds / 3_600 % 24);
    let (minutes, rest) = (seconds / 60 % 60, seconds % 60);
    let two = |large: String, small: u64, unit: &str| match small {
        0 => large,
        _ => format!("{large} {small} {unit}"),
    };
    match (days, hours) {
        (0, 0) => two(format!("{minutes} min"), rest, "s"),
        (0, _) => two(format!("{hours} h"), minutes, "min"),
        _ => two(counted(days, "day"), hours, "h"),
    }
}

/// An instant without its separators' noise: `2026-12-01T14:00:00Z` as `2026-12-01 14:00 UTC`.
pub fn instant(rfc3339: &str) -> String {
    match (rfc3339.get(..10), rfc3339.get(11..16)) {
        (Some(day), Some(minute)) if rfc3339.ends_with('Z') => format!("{day} {minute} UTC"),
        _ => rfc3339.to_owned(),
    }
}

/// Text without the control characters with which a name could steer a terminal.
pub fn printable(text: &str) -> String {
    text.chars().filter(|&letter| letter == '\n' || !letter.is_control()).collect()
}

/// A message as a sentence of its own: a capital first unless that is a field's name, a full stop last.
pub fn sentence(message: &str) -> String {
    let plain = message.replace('`', "");
    let names_a_field = plain.split_whitespace().next().is_some_and(|word| word.contains('_'));
    let mut letters = plain.chars();
    match letters.next() {
        Some(first) if !names_a_field => stopped(&(first.to_uppercase().to_string() + letters.as_str())),
        _ => stopped(&plain),
    }
}

/// Words with a full stop at the end.
pub fn stopped(words: &str) -> String {
    if words.ends_with(['.', '?', '!']) { words.to_owned() } else { format!("{words}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: u64, whole: u64) -> Share {
        Share { part, whole }
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("no call fits"), "No call fits.");
        assert_eq!(sentence("It does."), "It does.");
        assert_eq!(sentence("max_tokens of `chat` is unset"), "max_tokens of chat is unset.");
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(7_257_600), "7,257,600");
        assert_eq!(change(-1_200), "-1,200");
        assert_eq!(change(0), "0");
    }

    #[test]
    fn a_percentage_never_hides_an_exception() {
        assert_eq!(percent(share(0, 10)), "0%");
        assert_eq!(percent(share(10, 10)), "100%");
        assert_eq!(percent(share(1, 1_000)), "0.1%");
        assert_eq!(percent(share(1, 3_000_000)), "0.0000333%");
        assert_eq!(percent(share(999_999, 1_000_000)), ">99.99%");
        assert_eq!(percent(share(1, 3)), "33.33%");
        assert_eq!(percent(share(0, 0)), "n/a");
        assert_eq!(percentage_points(share(1, 4), share(1, 2)), "+25.00 pp");
        assert_eq!(percentage_points(share(1, 4), share(1, 4)), "0 pp");
    }

    #[test]
    fn durations_choose_their_unit() {
        let spoken = [850, 412_000, 1_240_000, 200_000_000, 7_200_000_000];
        let spoken = spoken.map(duration);
        assert_eq!(spoken, ["850 us", "412 ms", "1.24 s", "3 min 20 s", "2 h"]);
        assert_eq!(duration(604_800_000_000), "7 days");
        assert_eq!([1_400_000, 2_000_000].map(duration), ["1.40 s", "2 s"]);
        assert_eq!(duration(90_000_000_000), "1 day 1 h");
    }
}
