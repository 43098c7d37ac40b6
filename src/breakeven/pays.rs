//! The traffic at which one unit costs what its tokens cost on demand.

use super::{Mix, Throughput};
use crate::units::Usd;

/// At least so much, hour after hour, makes a unit pay. Counts are rounded up: one token less does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pays {
    /// Input and output tokens per minute, in the mix of the traffic.
    pub tokens_per_minute: u64,
    /// Input and output tokens per hour, in the mix of the traffic.
    pub tokens_per_hour: u64,
    /// The same as a share of what one unit handles; nothing where that is not known.
    pub utilisation: Option<Utilisation>,
}

/// Tokens of the kind that a unit runs out of first: above the whole, a unit never pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utilisation {
    /// Tokens per hour at which the unit pays, rounded up.
    pub part: u64,
    /// Tokens per hour that the unit handles.
    pub whole: u64,
}

/// The traffic at which a unit pays: its price for an hour over the price of a token on demand.
///
/// Nothing without traffic, since then no token has a price. At $24.00 an hour and $0.72 per million tokens
/// these are 555,556 tokens a minute.
#[must_use]
pub fn pays(per_hour: Usd, mix: Mix, throughput: Option<Throughput>) -> Option<Pays> {
    let worth = |tokens: u64, minutes: u128| -> Option<u64> {
        let price = u128::try_from(per_hour.femtos()).ok()?.checked_mul(tokens.into())?;
        let cost = u128::try_from(mix.cost.femtos()).ok().filter(|cost| *cost > 0)?.checked_mul(minutes)?;
        u64::try_from(price.div_ceil(cost)).ok()
    };
    let tokens = mix.input.checked_add(mix.output)?;
    let utilisation = throughput.and_then(|unit| {
        let by_input = u128::from(mix.input) * u128::from(unit.output_tpm);
        let by_output = u128::from(mix.output) * u128::from(unit.input_tpm);
        let (tokens, tpm) =
            if by_input >= by_output { (mix.input, unit.input_tpm) } else { (mix.output, unit.output_tpm) };
        Some(Utilisation { part: worth(tokens, 1)?, whole: tpm.checked_mul(60)? })
    });
    Some(Pays { tokens_per_minute: worth(tokens, 60)?, tokens_per_hour: worth(tokens, 1)?, utilisation })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UsdPerToken;

    /// A mix at prices per million tokens.
    fn mix(input: (u64, &str), output: (u64, &str)) -> Mix {
        let cost = |(tokens, price)| UsdPerToken::parse_per_million(price).unwrap().times(tokens);
        Mix { input: input.0, output: output.0, cost: cost(input) + cost(output) }
    }

    fn usd(text: &str) -> Usd {
        Usd::parse(&format!("{text} USD")).unwrap()
    }

    /// Llama 3.1 70B, pricing page of 2026-07-24: without commitment, for one month, for six.
    #[test]
    fn a_unit_of_llama_pays_at_these_tokens_a_minute() {
        let mix = mix((3, "0.72"), (1, "0.72"));
        let at = ["24.00", "21.18", "13.08"].map(|price| pays(usd(price), mix, None).unwrap().tokens_per_minute);
        assert_eq!(at, [555_556, 490_278, 302_778]);
    }

    /// O17: $60 an hour against $3 and $15 per million in a mix of 80 to 20: 185,185.19 a minute, where 185,185
    /// are not yet enough.
    #[test]
    fn a_unit_at_sixty_dollars_pays_at_the_next_whole_token() {
        let found = pays(usd("60"), mix((80, "3"), (20, "15")), None).unwrap();
        assert_eq!((found.tokens_per_minute, found.tokens_per_hour), (185_186, 11_111_112));
    }

    #[test]
    fn utilisation_is_that_of_what_runs_out_first() {
        let unit = Throughput { input_tpm: 400_000, output_tpm: 100_000 };
        let of = |mix| pays(usd("12"), mix, Some(unit)).unwrap().utilisation.unwrap();
        // $12 buy 12 million tokens at $1: of nine to one, input runs out first; of three to two, output.
        assert_eq!(of(mix((9, "1"), (1, "1"))), Utilisation { part: 10_800_000, whole: 24_000_000 });
        assert_eq!(of(mix((3, "1"), (2, "1"))), Utilisation { part: 4_800_000, whole: 6_000_000 });
        assert_eq!(pays(usd("12"), Mix::default(), Some(unit)), None);
    }
}
