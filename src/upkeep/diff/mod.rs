//! How two statements of prices differ: a source against the book, or a book against another.

mod books;
mod capacity;
mod explained;
mod rates;
mod sources;

pub use books::books;
pub use sources::sources;

use super::Import;
use crate::pricing::PriceBook;
use crate::units::Usd;
use jiff::civil::Date;

/// What was compared, and what is not the same.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Prices that are the same on both sides.
    pub agreed: usize,
    /// The others, in the order of models and of the source.
    pub differences: Vec<Difference>,
}

/// One price that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The model or the service.
    pub subject: String,
    /// Which of its prices: `geo us-east-1 standard output`.
    pub what: String,
    /// What it is for: `1M tokens`, `hour`.
    pub per: String,
    /// What became of it.
    pub change: Change,
    /// The row of the source.
    pub place: Option<String>,
    /// Why it is so, when the book says why.
    pub explained: Option<String>,
}

/// What became of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It stands on the second side only.
    New(Usd),
    /// It has another value on the second side.
    Changed(Usd, Usd),
    /// It stands on the first side only.
    Removed(Usd),
}

impl Change {
    /// By how many thousandths the price rose, towards zero; nothing where there is only one.
    #[must_use]
    pub fn per_mille(self) -> Option<i128> {
        match self {
            Self::Changed(from, to) if from != Usd::ZERO => {
                Some((to.femtos() - from.femtos()).checked_mul(1_000)? / from.femtos())
            }
            _ => None,
        }
    }
}

impl Report {
    /// The same with the sides exchanged.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        for difference in &mut self.differences {
            difference.change = match difference.change {
                Change::New(usd) => Change::Removed(usd),
                Change::Changed(from, to) => Change::Changed(to, from),
                Change::Removed(usd) => Change::New(usd),
            };
        }
        self
    }

    /// The differences that the book does not explain.
    pub fn unexplained(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|difference| difference.explained.is_none())
    }
}

/// What a source states held against the book on a day; a price that the source dates later, on that later day.
#[must_use]
pub fn against(import: &Import, book: &PriceBook, day: Date) -> Report {
    let mut report = Report::default();
    rates::compare(import, book, day, &mut report);
    rates::not_stated(import, book, day, &mut report);
    capacity::compare(import, book, day, &mut report);
    report.differences.sort_by(|one, other| one.subject.cmp(&other.subject));
    report
}
