//! Which purchase buys money, and which availability.

use super::model::{Bought, Purchase, Term};
use crate::report::format::{count, counted, percent};

/// A sentence on money and one on the rule of thumb; none where nothing can be told.
pub(super) fn sentences(on_demand: Option<&Purchase>, terms: &[Term]) -> Vec<String> {
    let Some(on_demand) = on_demand else { return Vec::new() };
    let cheapest = terms.iter().filter_map(|term| Some((term, term.cheapest.as_ref()?)));
    let best = cheapest.min_by_key(|(_, bought)| bought.cost.total);
    let pays = best.filter(|(_, bought)| bought.cost.total < on_demand.cost.total);
    let thumbs = terms.iter().filter_map(|term| Some((term, term.rule_of_thumb.as_ref()?)));
    let thumb = match pays {
        Some((best, _)) => thumbs.into_iter().find(|(term, _)| term.term == best.term),
        None => thumbs.min_by_key(|(_, bought)| bought.cost.total),
    };
    let mut sentences = vec![money(on_demand, pays)];
    sentences.extend(thumb.map(|thumb| rule_of_thumb(on_demand, pays.map(|(_, bought)| bought), thumb)));
    sentences
}

fn money(on_demand: &Purchase, pays: Option<(&Term, &Purchase)>) -> String {
    let month = on_demand.cost.month.rounded();
    match pays {
        Some((term, bought)) => format!(
            "For money: {} {}, which with what spills is {} a month: {} less than the {month} of on demand alone.",
            quantity(bought.bought),
            under(&term.term),
            bought.cost.month.rounded(),
            (on_demand.cost.month - bought.cost.month).rounded(),
        ),
        None => format!("For money: on demand. No purchase costs less than its {month} a month."),
    }
}

fn rule_of_thumb(on_demand: &Purchase, best: Option<&Purchase>, (term, thumb): (&Term, &Purchase)) -> String {
    let base = best.unwrap_or(on_demand);
    let what = format!("P95 + 20% is {} {}", quantity(thumb.bought), under(&term.term));
    if best.is_some_and(|best| best.bought == thumb.bought) {
        return format!("For availability: {what}: the same, and it buys both.");
    }
    let more = (thumb.cost.month - base.cost.month).rounded_change();
    let against = if best.is_some() { "the cheapest" } else { "on demand alone" };
    let above = format!("{} of the busy minutes exceed it", percent(thumb.minutes_above));
    let before = best.map_or_else(String::new, |best| format!(", against {}", percent(best.minutes_above)));
    let verdict = if thumb.minutes_above.part < base.minutes_above.part {
        "it buys availability, not money"
    } else {
        "it buys neither money nor availability"
    };
    format!("For availability: {what}: {more} a month against {against}; {above}{before}; {verdict}.")
}

/// `3 units`, or `250,000 input and 10,000 output tokens per minute`.
pub(super) fn quantity(bought: Bought) -> String {
    match bought {
        Bought::Units(units) => counted(units, "unit"),
        Bought::TokensPerMinute(tokens) => {
            format!("{} input and {} output tokens per minute", count(tokens.input), count(tokens.output))
        }
    }
}

/// How long is committed to, in words.
pub(super) fn under(term: &str) -> String {
    match term {
        "none" => "without commitment".to_owned(),
        term => format!("for {}", term.replace('_', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{Cost, Share};
    use crate::report::money::Money;

    fn bought(units: u64, dollars: i128, minutes_above: u64) -> Purchase {
        let cost = Money::from(dollars * 1_000_000_000_000_000);
        Purchase {
            bought: Bought::Units(units),
            cost: Cost { total: cost, month: cost },
            capacity: cost,
            spill: Money::default(),
            minutes_above: Share { part: minutes_above, whole: 100 },
            committed: Money::default(),
        }
    }

    fn term(name: &str, cheapest: Purchase, rule_of_thumb: Purchase) -> Term {
        Term {
            term: name.to_owned(),
            prices: Vec::new(),
            source: String::new(),
            least: None,
            cheapest: Some(cheapest),
            rule_of_thumb: Some(rule_of_thumb),
        }
    }

    fn told(terms: &[Term]) -> [String; 2] {
        sentences(Some(&bought(0, 100, 100)), terms).try_into().expect("money, then availability")
    }

    #[test]
    fn the_cheapest_term_buys_money_and_the_rule_of_thumb_availability() {
        let dear = term("none", bought(0, 100, 100), bought(5, 300, 1));
        let [money, availability] = told(&[dear, term("6_months", bought(2, 70, 40), bought(5, 120, 1))]);
        assert!(money.contains("2 units for 6 months") && money.contains("$30.00 less than the $100.00"), "{money}");
        let expected = "5 units for 6 months: +$50.00 a month against the cheapest; 1.00% of the busy minutes exceed it, \
                        against 40.00%; it buys availability, not money.";
        assert!(availability.ends_with(expected), "{availability}");
    }

    #[test]
    fn where_no_unit_pays_the_money_is_on_demand() {
        let [money, availability] = told(&[term("none", bought(0, 100, 100), bought(1, 130, 3))]);
        assert!(money.contains("on demand. No purchase costs less"), "{money}");
        assert!(
            availability.contains("1 unit without commitment: +$30.00 a month against on demand"),
            "{availability}"
        );
    }

    #[test]
    fn a_rule_of_thumb_below_the_optimum_buys_neither_and_at_it_both() {
        let [_, less] = told(&[term("none", bought(4, 60, 2), bought(3, 70, 9))]);
        assert!(less.ends_with("it buys neither money nor availability."), "{less}");
        let [_, same] = told(&[term("none", bought(4, 60, 2), bought(4, 60, 2))]);
        assert!(same.ends_with("the same, and it buys both."), "{same}");
        assert!(sentences(None, &[]).is_empty());
    }
}
