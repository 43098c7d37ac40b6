//! What tokens cost.

use crate::bedrock::usage::{Usage, UsageClass};
use crate::plan::{Access, Bands, Lane, TokenRates};
use crate::units::Usd;
use jiff::civil::Date;

/// What tokens of a lane cost on a day, those of calls with a long input among them; nothing where they are paid for
/// by the hour.
///
/// # Panics
/// When tokens were used that have no price; `bind` refuses such a plan.
pub(super) fn tokens_cost(lane: &Lane, usage: Usage, long: Usage, day: Date) -> Usd {
    if lane.access == Access::Purchased || usage == Usage::default() {
        return Usd::ZERO;
    }
    let banded = by_band(lane.offer.bands_on(day), usage, long);
    banded
        .flat_map(|(rates, usage)| priced(rates, usage))
        .map(|(class, tokens, rates)| paid(rates, class).times(tokens))
        .sum()
}

/// Tokens by the prices that are theirs: those of calls with a long input have their own where such are sold.
pub(super) fn by_band(bands: &Bands, usage: Usage, long: Usage) -> impl Iterator<Item = (&TokenRates, Usage)> {
    let own = bands.long.as_ref().map(|rates| (rates, long));
    let rest = if own.is_some() { usage - long } else { usage };
    std::iter::once((&bands.any, rest)).chain(own)
}

/// The classes of which something was used.
pub(super) fn priced(rates: &TokenRates, usage: Usage) -> impl Iterator<Item = (UsageClass, u64, &TokenRates)> {
    let classes = UsageClass::ALL.into_iter().map(move |class| (class, usage.of(class), rates));
    classes.filter(|(_, tokens, _)| *tokens > 0)
}

/// What is paid for a token.
///
/// # Panics
/// When it has no price; `bind` refuses such a plan.
pub(super) fn paid(rates: &TokenRates, class: UsageClass) -> crate::units::UsdPerToken {
    rates.row.rate(class).expect("a plan prices every class that it can use")
}
