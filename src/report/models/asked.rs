//! The rows of a model that hold for what was asked.

use crate::bedrock::profile::Via;
use crate::pricing::{Profile, QuotaRow, RateRow, Regions, ReservedRow};

/// A profile, or the whole model when neither field is there.
pub(super) struct Asked<'a> {
    pub(super) via: Option<Via>,
    pub(super) profile: Option<&'a Profile>,
}

/// A row for one way and some Regions.
pub(super) trait Placed {
    fn place(&self) -> (Via, &Regions);

    /// Both price or limit the same thing: where one names a Region, the other does not hold for `any`.
    fn is_alike(&self, other: &Self) -> bool;
}

impl Asked<'_> {
    /// The rows that a caller meets in some Region in which the profile can be called.
    pub(super) fn rows<'r, R: Placed>(&self, rows: &'r [R]) -> Vec<&'r R> {
        let way = |row: &&R| self.via.is_none_or(|via| via == row.place().0);
        rows.iter().filter(way).filter(|row| self.meets(*row, rows)).collect()
    }

    fn meets<R: Placed>(&self, row: &R, rows: &[R]) -> bool {
        let Some(profile) = self.profile else { return true };
        let named = |region: &String| row.place().1.name(region);
        let elsewhere = |region: &String| {
            rows.iter()
                .any(|other| row.is_alike(other) && other.place().0 == row.place().0 && other.place().1.name(region))
        };
        match row.place().1 {
            Regions::Named(_) => profile.sources.iter().any(named),
            Regions::Any => !profile.sources.iter().all(elsewhere),
        }
    }
}

impl Placed for RateRow {
    fn place(&self) -> (Via, &Regions) {
        (self.via, &self.regions)
    }

    fn is_alike(&self, other: &Self) -> bool {
        self.tier == other.tier
    }
}

impl Placed for QuotaRow {
    fn place(&self) -> (Via, &Regions) {
        (self.via, &self.regions)
    }

    fn is_alike(&self, other: &Self) -> bool {
        self.tier == other.tier
    }
}

impl Placed for ReservedRow {
    fn place(&self) -> (Via, &Regions) {
        (self.via, &self.regions)
    }

    fn is_alike(&self, other: &Self) -> bool {
        self.term == other.term
    }
}
