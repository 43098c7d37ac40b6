//! Which variant is worth a look, and why.

use super::throttling::reasons;
use crate::report::format::{counted, percent};
use crate::report::model::{Share, Variant};
use std::cmp::{Ordering, Reverse};

/// What throttles most - or least, where the first variant itself throttles - and what saves money, or else what costs it.
pub(super) fn most_different(base: &Variant, others: &[Variant]) -> Option<String> {
    let throttling = match base.totals.throttled_attempts {
        0 => worst(others),
        _ => best(base, others).or_else(|| worst(others)),
    };
    let sentences: Vec<String> =
        [throttling, cheapest(base, others).or_else(|| dearest(base, others))].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn worst(others: &[Variant]) -> Option<String> {
    let worst = others.iter().rev().max_by(|a, b| by_share(a, b))?;
    let totals = &worst.totals;
    let why = reasons(worst)?;
    let lost = counted(totals.gave_up, "request");
    let share = percent(totals.throttled_share());
    Some(format!("Variant {} throttles {share} of the requests and gives up {lost}: {why}.", worst.name))
}

fn best(base: &Variant, others: &[Variant]) -> Option<String> {
    let best = others.iter().min_by(|a, b| by_share(a, b))?;
    if by_share(best, base) != Ordering::Less {
        return None;
    }
    Some(match best.totals.requests_throttled {
        0 => format!("Variant {} throttles none.", best.name),
        _ => format!("Variant {} throttles least, {}.", best.name, percent(best.totals.throttled_share())),
    })
}

/// The cheapest variant that answers as much: one that refuses its callers saves nothing.
fn cheapest(base: &Variant, others: &[Variant]) -> Option<String> {
    let as_good = others.iter().filter(|other| other.answers() >= base.answers());
    let cheapest = as_good.min_by_key(|other| (other.totals.cost.month, Reverse(other.answers())))?;
    let (old, new) = (base.totals.cost.month, cheapest.totals.cost.month);
    let saved = (old - new).rounded();
    let answered = if base.works_in_tasks() { "tasks" } else { "requests" };
    (new < old).then(|| format!("Variant {} answers as many {answered} for {saved} a month less.", cheapest.name))
}

/// The dearest variant, where it costs more than twice as much.
fn dearest(base: &Variant, others: &[Variant]) -> Option<String> {
    let dearest = others.iter().rev().max_by_key(|other| other.totals.cost.month)?;
    let (old, new) = (base.totals.cost.month, dearest.totals.cost.month);
    (new > old.times(2)).then(|| format!("Variant {} costs {} a month.", dearest.name, new.rounded()))
}

/// Orders by the share of requests throttled, without rounding.
fn by_share(a: &Variant, b: &Variant) -> Ordering {
    let (a, b) = (a.totals.throttled_share(), b.totals.throttled_share());
    let cross = |part: Share, whole: Share| u128::from(part.part) * u128::from(whole.whole.max(1));
    cross(a, b).cmp(&cross(b, a))
}
