//! Discounts: what is off a list price, for whom and when.

use super::capacity::NANODOLLARS;
use super::file::Chosen;
use super::{Charge, PerMillion, Provenance, RateRow, Regions};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::document::Place;
use crate::units::{Ratio, Usd, UsdPerToken};
use jiff::civil::Date;

/// A discount on list prices.
#[derive(Debug, Clone)]
pub struct Discount {
    /// Its name in the price book.
    pub key: String,
    /// How much is off.
    pub off: Off,
    /// One way to the models only.
    pub via: Option<Via>,
    /// One service tier only.
    pub tier: Option<Tier>,
    /// The source Regions.
    pub regions: Regions,
    /// The first day of effect; nothing when it holds from ever.
    pub from: Option<Date>,
    /// The first day on which it holds no longer; nothing when it holds for ever.
    pub until: Option<Date>,
    /// Where it comes from.
    pub provenance: Provenance,
    pub(super) models: Option<Chosen>,
    pub(super) services: Option<Chosen>,
    pub(super) place: Place,
}

/// How much is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// A share of the price.
    Share(Ratio),
    /// So much a token, in the order of [`UsageClass::ALL`].
    PerToken([Option<UsdPerToken>; 5]),
    /// So much of the price of a service, as that is quoted.
    Price(Usd),
}

/// Days from one on to one that is not in it; nothing stands for ever.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
}

impl Days {
    /// Some day is in all of them.
    pub(super) fn meet(all: &[Self]) -> bool {
        let from = all.iter().filter_map(|days| days.from).max();
        let until = all.iter().filter_map(|days| days.until).min();
        from.zip(until).is_none_or(|(from, until)| from < until)
    }
}

impl Discount {
    /// It holds in a Region on a day.
    pub(super) fn holds(&self, region: &str, day: Date) -> bool {
        let begun = self.from.is_none_or(|from| from <= day);
        begun && self.until.is_none_or(|until| day < until) && self.regions.include(region)
    }

    pub(super) fn days(&self) -> Days {
        Days { from: self.from, until: self.until }
    }

    /// It is for tokens of one way and tier.
    pub(super) fn is_for(&self, via: Via, tier: Tier) -> bool {
        self.via.is_none_or(|only| only == via) && self.tier.is_none_or(|only| only == tier)
    }

    /// It is for model units too: these have neither way nor tier.
    pub(super) fn is_for_units(&self) -> bool {
        matches!(self.off, Off::Share(_)) && self.via.is_none() && self.tier.is_none()
    }

    /// It is for the reserved tier of one way.
    pub(super) fn is_for_reserved(&self, via: Via) -> bool {
        matches!(self.off, Off::Share(_)) && self.is_for(via, Tier::Reserved)
    }

    /// Where a price comes from that a discount may be off.
    #[must_use]
    pub fn cited(discount: Option<&Self>, list: &Provenance) -> String {
        match discount {
            None => list.cited(),
            Some(discount) => format!("{}; list price: {}", discount.provenance.cited(), list.cited()),
        }
    }

    /// The prices of tokens: whole femtodollars a token, a half rounded to the even one.
    #[must_use]
    pub fn of_tokens(&self, list: &PerMillion) -> PerMillion {
        list.each(|class, price| UsdPerToken::from_femtos(self.of_token(class, price)))
    }

    fn of_token(&self, class: UsageClass, list: UsdPerToken) -> i128 {
        match self.off {
            Off::Share(off) => less(list.times(1), off).femtos(),
            Off::PerToken(off) => {
                let classes = UsageClass::ALL.into_iter().zip(off);
                let off = classes.filter(|(of, _)| *of == class).find_map(|(_, off)| off);
                list.femtos() - off.map_or(0, UsdPerToken::femtos)
            }
            Off::Price(_) => list.femtos(),
        }
    }

    /// A price per hour: whole billionths of a dollar, a half rounded to the even one.
    #[must_use]
    pub fn of_hour(&self, list: Usd) -> Usd {
        match self.off {
            Off::Share(off) => less(list, off).scaled(1, NANODOLLARS).times(NANODOLLARS),
            Off::PerToken(_) | Off::Price(_) => list,
        }
    }

    /// The price of one unit of a service whose price is quoted for several: whole femtodollars.
    #[must_use]
    pub fn of_service(&self, charge: &Charge, quoted: Usd) -> Usd {
        match self.off {
            Off::Share(off) => less(charge.one(quoted), off),
            Off::Price(off) => charge.one(quoted - off),
            Off::PerToken(_) => charge.one(quoted),
        }
    }

    /// A class whose price it takes more off than that is.
    pub(super) fn exceeds(&self, row: &RateRow) -> Option<UsageClass> {
        let below = |class: &UsageClass| row.rate(*class).is_some_and(|price| self.of_token(*class, price) < 0);
        UsageClass::ALL.into_iter().find(below)
    }

    /// It changes some price of a row.
    pub(super) fn changes(&self, row: &RateRow) -> bool {
        UsageClass::ALL.into_iter().any(|class| {
            let price = row.rate(class);
            price.is_some_and(|price| self.of_token(class, price) != price.femtos())
        })
    }
}

fn less(price: Usd, off: Ratio) -> Usd {
    price.scaled(off.denominator() - off.numerator(), off.denominator())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_off_to_the_nearest_femtodollar_and_a_half_goes_to_the_even_one() {
        let off = |percent| Ratio::new(percent, 100).unwrap();
        assert_eq!(less(Usd::from_femtos(100), off(12)).femtos(), 88);
        assert_eq!([5, 7].map(|price| less(Usd::from_femtos(price), off(50)).femtos()), [2, 4]);
        assert_eq!(less(Usd::from_femtos(7), off(100)), Usd::ZERO);
    }

    #[test]
    fn days_meet_unless_one_ends_where_another_begins() {
        let day = |text: &str| Some(text.parse().unwrap());
        let days = |from, until| Days { from, until };
        let (spring, summer) = (days(day("2026-03-01"), day("2026-06-01")), days(day("2026-06-01"), day("2026-09-01")));
        assert!(!Days::meet(&[spring, summer]));
        assert!(Days::meet(&[spring, days(None, None)]));
        assert!(Days::meet(&[spring, days(day("2026-05-31"), None)]));
        assert!(!Days::meet(&[summer, days(None, day("2026-06-01"))]));
    }
}
