//! One source against another, as far as both say what they price.

use super::rates::{PER, above, meet};
use super::{Change, Difference, Report, explained};
use crate::bedrock::tier::Tier;
use crate::pricing::PriceBook;
use crate::upkeep::{Import, Stated};

/// How the second source differs from the first. A price agrees when the other source has it for the same model and
/// class, and nothing that both say of way, Regions, tier and length contradicts.
#[must_use]
pub fn sources(one: &Import, other: &Import, book: &PriceBook) -> Report {
    let mut report = Report::default();
    for stated in &other.stated {
        let mut known = one.stated.iter().filter(|known| about_the_same(known, stated));
        if known.clone().any(|known| known.rate == stated.rate) {
            report.agreed += 1;
            continue;
        }
        let to = stated.rate.per_million();
        let change = known
            .find(|known| tier(known) == tier(stated))
            .map_or(Change::New(to), |known| Change::Changed(known.rate.per_million(), to));
        report.differences.push(difference(stated, change, other, book));
    }
    let gone = one.stated.iter().filter(|stated| !other.stated.iter().any(|new| about_the_same(new, stated)));
    let removed = gone.map(|stated| difference(stated, Change::Removed(stated.rate.per_million()), one, book));
    report.differences.extend(removed);
    report.differences.sort_by(|one, other| one.subject.cmp(&other.subject));
    report
}

fn about_the_same(one: &Stated, other: &Stated) -> bool {
    one.model == other.model
        && one.class == other.class
        && one.input_above == other.input_above
        && agree(one.via, other.via)
        && agree(one.tier, other.tier)
        && match (&one.regions, &other.regions) {
            (Some(one), Some(other)) => meet(one, other),
            _ => true,
        }
}

/// What does not say its tier is held against the standard one, unless it agrees with another.
fn tier(stated: &Stated) -> Tier {
    stated.tier.unwrap_or(Tier::Standard)
}

/// Equal, or one of them does not say.
fn agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_none() || other.is_none() || one == other
}

fn difference(stated: &Stated, change: Change, from: &Import, book: &PriceBook) -> Difference {
    let said = |word: Option<String>, none: &str| word.unwrap_or_else(|| none.to_owned());
    let via = said(stated.via.map(|via| via.to_string()), "any way");
    let tier = said(stated.tier.map(|tier| tier.to_string()), "any tier");
    let regions = said(stated.regions.as_ref().map(ToString::to_string), "some Region");
    let long = above(stated.input_above.map(|tokens| tokens.0));
    Difference {
        subject: stated.model.clone(),
        what: format!("{via} {regions} {tier} {}{long}", stated.class),
        per: PER.to_owned(),
        change,
        place: Some(stated.place.clone()),
        explained: explained::rate(from, book, None, stated),
    }
}
