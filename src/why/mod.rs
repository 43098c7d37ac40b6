//! Why an attempt was refused, who held the quota then, and the smallest change that lets it pass.
//!
//! Every answer is run, none is computed: changes are verified by running the same calls again with them.
//! Does not know how answers are shown.

mod account;
mod remedy;
mod trial;
mod witness;

pub use account::Share;
pub use remedy::{Capped, Raised};
pub use trial::Change;
pub use witness::{Refused, Target, numbered};

use crate::plan::Plan;
use crate::sim::{AppRecord, Engine};
use crate::traffic::Arrival;
use std::cell::Cell;
use witness::Witness;

/// A plan that is asked about.
pub struct Inquiry<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The seed of its draws.
    pub seed: u64,
    /// Its calls, from the first one again each time.
    pub calls: &'a dyn Fn() -> Box<dyn Iterator<Item = Arrival> + 'a>,
}

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The attempt was refused.
    Refused(Box<Explained>),
    /// The target is not there: no attempt of the request was refused, or not so many attempts were.
    Nothing {
        /// Attempts that were refused until the search ended.
        throttled: u64,
        /// Calls or tasks of each application until then, in the order of the plan.
        calls: Vec<u64>,
    },
}

/// A refusal and the ways out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The refusal.
    pub refused: Refused,
    /// Limits that let it pass; nothing when no amount up to the largest quota does.
    pub raised: Option<Raised>,
    /// What a smaller `max_tokens` does.
    pub capped: Capped,
}

impl Inquiry<'_> {
    /// Finds an attempt and explains it.
    ///
    /// # Panics
    /// When the accounts of who holds what do not sum to what is used of the limit: a defect.
    #[must_use]
    pub fn ask(&self, target: Target) -> Finding {
        let stop = Cell::new(false);
        let mut witness = Witness::new(self.plan, target, &stop);
        let calls = (self.calls)().take_while(|_| !stop.get());
        let run = Engine::watched(self.plan, self.seed, &mut witness).run(calls);
        match witness.finish() {
            (Some(refused), _) => {
                let (raised, capped) = (self.raise(&refused), self.cap(&refused));
                Finding::Refused(Box::new(Explained { refused, raised, capped }))
            }
            (None, throttled) => {
                let sent = |app: &AppRecord| app.sum(|row| row.arrivals.into());
                let calls =
                    run.apps.iter().map(|app| app.tasks.as_ref().map_or(sent(app), |tasks| tasks.begun)).collect();
                Finding::Nothing { throttled, calls }
            }
        }
    }
}
