//! What sets an attempt apart from a first one that somebody waits for.

/// In one byte: whether it is a retry, whether it was abandoned, and what it took from the retry quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark(u8);

const RETRY: u8 = 1 << 7;
const ABANDONED: u8 = 1 << 6;
const COST: u8 = ABANDONED - 1;

impl Mark {
    /// A first attempt that somebody waits for.
    pub(super) const FIRST: Self = Self(0);

    /// The attempt of a number, counted from one, that took so much from the retry quota.
    #[inline]
    pub(super) fn of(attempt: u8, cost: u8) -> Self {
        if attempt == 1 { Self::FIRST } else { Self(RETRY | cost & COST) }
    }

    /// The same, and nobody waits for its answer.
    pub(super) fn abandoned(self) -> Self {
        Self(self.0 | ABANDONED)
    }

    pub(super) fn is_retry(self) -> bool {
        self.0 & RETRY != 0
    }

    pub(super) fn is_abandoned(self) -> bool {
        self.0 & ABANDONED != 0
    }

    /// What a retry took from the retry quota; nothing for a first attempt.
    pub(super) fn cost(self) -> Option<u32> {
        self.is_retry().then_some((self.0 & COST).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_keeps_what_it_is_given() {
        assert_eq!(Mark::of(1, 0), Mark::FIRST);
        assert_eq!((Mark::FIRST.cost(), Mark::of(2, 14).cost(), Mark::of(3, 0).cost()), (None, Some(14), Some(0)));
        let mark = Mark::of(2, 10).abandoned();
        assert!(mark.is_retry() && mark.is_abandoned() && mark.cost() == Some(10));
        assert!(!Mark::FIRST.abandoned().is_retry() && Mark::FIRST.abandoned() != Mark::FIRST);
    }
}
