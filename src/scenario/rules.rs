//! Rules that AWS does not document: each has a default and can be changed.

use crate::document::{Place, Problem, section};
use crate::units::{Micros, Percent};

section! {
    /// Rules that AWS does not document, or not fully. What they change is seen by running a variant.
    pub struct Rules {
        /// Whether `max_tokens` is multiplied by the burndown rate when it is reserved.
        pub burndown_on_reservation: bool = false,
        /// Whether input that the prompt cache holds is reserved like other input.
        pub cache_reads_reserved: bool = true,
        /// The reservation moves to the charge in steps of this length while the answer is written; left out: at its end.
        pub release_every: Option<Micros>,
        /// The share of attempts that is refused with 429 although quota is left.
        pub shared_throttled: Percent = "0%",
        /// The share of attempts that is refused with 503.
        pub unavailable: Percent = "0%",
        /// What refusals say in the header `x-amz-retry-after`, which newer SDKs heed; left out: there is none.
        pub retry_after: Option<Micros>,
    }
    check can_be_followed
}

/// Steps that are shorter make more events than calls.
const SHORTEST_STEP: Micros = Micros(10_000);

fn can_be_followed(rules: &Rules, place: &Place) -> Result<(), Problem> {
    let problem = |message: &str| Err(Problem::new(place.clone(), message));
    match () {
        () if rules.release_every.is_some_and(|step| step < SHORTEST_STEP) => {
            problem("`release_every` is shorter than 10 ms")
        }
        () if rules.retry_after.is_some_and(|after| after > Micros::HOUR) => {
            problem("`retry_after` is more than an hour")
        }
        () if rules.shared_throttled.share().to_f64() + rules.unavailable.share().to_f64() >= 1.0 => {
            problem("`shared_throttled` and `unavailable` together refuse every attempt")
        }
        () => Ok(()),
    }
}
