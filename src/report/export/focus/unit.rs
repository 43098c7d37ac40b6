//! Units as the specification writes them: capitalised plurals, a hyphen before hours, a whole number before what is
//! sold by it.

/// The units of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// What one price is for: `1000 Tokens`.
    pub(super) pricing: String,
    /// What is counted: `Tokens`.
    pub(super) consumed: String,
    /// How many of what the line counts are in one that is priced, as far as that is whole.
    pub(super) pack: u64,
    /// How many of what the line counts are in one that is consumed.
    pub(super) part: u64,
}

/// What capacity is counted in, so that what was used of it is whole.
const MILLIONTH: &str = "millionth of ";

/// The units of a line of the bill, from what it says it counts.
pub(super) fn unit(counted: &str) -> Unit {
    if counted == "token" {
        return Unit { pricing: "1000 Tokens".to_owned(), consumed: "Tokens".to_owned(), pack: 1_000, part: 1 };
    }
    if let Some(whole) = counted.strip_prefix(MILLIONTH) {
        return Unit { pack: 1_000_000, part: 1_000_000, ..unit(whole) };
    }
    let (counted, monthly) = match counted.strip_suffix(" (rate for 730)") {
        Some(hourly) => (hourly, true),
        None => (counted, false),
    };
    let held = counted.strip_suffix(" and hour").or(counted.strip_suffix(" hour"));
    let Some(held) = held.map(capitalised) else {
        let units = plural(&capitalised(counted));
        return Unit { pricing: units.clone(), consumed: units, pack: 1, part: 1 };
    };
    let consumed = format!("{held}-Hours");
    let pricing = if monthly { format!("{held}-Months") } else { consumed.clone() };
    Unit { pricing, consumed, pack: 1, part: 1 }
}

fn capitalised(words: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    words.replace(',', "").split(' ').map(word).collect::<Vec<String>>().join(" ")
}

fn plural(words: &str) -> String {
    match words {
        _ if words.ends_with("ch") || words.ends_with('s') || words.ends_with('x') => format!("{words}es"),
        _ => words.strip_suffix('y').map_or_else(|| format!("{words}s"), |stem| format!("{stem}ies")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_capitalised_plurals() {
        let told = ["token", "text unit", "query", "search", "model unit hour", "GB hour (rate for 730)"].map(unit);
        let pricing = told.each_ref().map(|unit| unit.pricing.as_str());
        assert_eq!(pricing, ["1000 Tokens", "Text Units", "Queries", "Searches", "Model Unit-Hours", "GB-Months"]);
        assert_eq!(told[5].consumed, "GB-Hours");
        let reserved = unit("millionth of 1,000 input tokens per minute and hour");
        assert_eq!((reserved.consumed.as_str(), reserved.pack), ("1000 Input Tokens Per Minute-Hours", 1_000_000));
    }
}
