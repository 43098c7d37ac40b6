//! The retry quota: tokens that retries cost and successes give back.

use super::Class;

/// The retry quota of a client object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaRules {
    /// What it holds at first, and at most.
    pub capacity: u32,
    /// What a retry costs.
    pub costs: Costs,
    /// What a call gives back that was answered at once.
    pub credit: u32,
    /// All calls share one slot for the cost of the last retry, which the next success of any of them gives back.
    /// Otherwise a call gives back the cost of its own last retry.
    pub one_slot: bool,
}

/// Costs of a retry, by what the failure was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the classes say it")]
pub struct Costs {
    pub throttling: u32,
    pub server: u32,
    pub transient: u32,
    pub timeout: u32,
}

impl QuotaRules {
    /// What a retry costs after such a failure.
    #[inline]
    #[must_use]
    pub fn cost(&self, class: Class) -> u32 {
        match class {
            Class::Throttling => self.costs.throttling,
            Class::Server => self.costs.server,
            Class::Transient => self.costs.transient,
            Class::Timeout => self.costs.timeout,
        }
    }
}

/// What one client object has left for retries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryQuota {
    left: u32,
    capacity: u32,
    credit: u32,
    one_slot: bool,
    /// The cost in the slot; `None` without the rule as well.
    slot: Option<u32>,
}

impl RetryQuota {
    /// A full one.
    #[must_use]
    pub fn new(rules: &QuotaRules) -> Self {
        let QuotaRules { capacity, credit, one_slot, .. } = *rules;
        Self { left: capacity, capacity, credit, one_slot, slot: None }
    }

    /// Pays for a retry, if there is enough left; otherwise nothing is taken and the call fails.
    #[must_use]
    pub fn take(&mut self, cost: u32) -> bool {
        let Some(left) = self.left.checked_sub(cost) else { return false };
        self.left = left;
        if self.one_slot {
            self.slot = Some(cost);
        }
        true
    }

    /// A call was answered: it gives back what its last retry cost, or the credit when it never retried. What
    /// earlier retries of it cost stays spent, and so does all that a failed call spent.
    #[inline]
    pub fn succeeded(&mut self, last_cost: Option<u32>) {
        let back = if self.one_slot { self.slot.take() } else { last_cost };
        self.left = self.capacity.min(self.left.saturating_add(back.unwrap_or(self.credit)));
    }

    /// What is left.
    #[inline]
    #[must_use]
    pub fn left(&self) -> u32 {
        self.left
    }

    /// Nothing is spent: a success at once changes nothing.
    #[inline]
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.left == self.capacity && self.slot.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(one_slot: bool) -> QuotaRules {
        let costs = Costs { throttling: 5, server: 14, transient: 14, timeout: 14 };
        QuotaRules { capacity: 500, costs, credit: 1, one_slot }
    }

    #[test]
    fn only_the_last_cost_of_a_call_comes_back() {
        let mut quota = RetryQuota::new(&rules(false));
        assert!(quota.take(5) && quota.take(14));
        quota.succeeded(Some(14));
        assert_eq!(quota.left(), 495);
        quota.succeeded(None);
        assert_eq!(quota.left(), 496);
        quota.succeeded(Some(14));
        assert!(quota.is_full() && quota.left() == 500);
    }

    #[test]
    fn what_is_not_there_is_not_taken() {
        let mut quota = RetryQuota::new(&rules(false));
        assert_eq!((0..101).filter(|_| quota.take(5)).count(), 100);
        (0..4).for_each(|_| quota.succeeded(None));
        assert!(!quota.take(5));
        assert_eq!(quota.left(), 4);
        quota.succeeded(None);
        assert!(quota.take(5));
    }

    /// aws-smithy-runtime 1.16.2, run: two concurrent throttled calls need 6 successes to refill 10 tokens; five
    /// need 21.
    #[test]
    fn one_slot_forgets_all_retries_but_the_last() {
        for (calls, successes) in [(2, 6), (5, 21)] {
            let mut quota = RetryQuota::new(&rules(true));
            assert!((0..calls).all(|_| quota.take(5)));
            let needed = (1..).find(|_| {
                quota.succeeded(Some(5));
                quota.is_full()
            });
            assert_eq!(needed, Some(successes), "{calls} calls");
        }
    }
}
