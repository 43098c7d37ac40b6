//! Tasks that wait for their turn: in a line of the app's own, or in a queue.

use crate::document::{Located, Place, Problem, Whole, section};
use crate::units::Micros;

/// SQS hides a message for twelve hours at most (Amazon SQS Developer Guide, "Amazon SQS visibility timeout", read
/// 2026-11-20).
const LONGEST_VISIBILITY: Micros = Micros(12 * Micros::HOUR.0);

section! {
    /// How many tasks run at once; the others wait in line, the first to come in front.
    pub struct Concurrency {
        /// So many run.
        pub most: Whole<1, 1_000_000>,
        /// So many wait; what comes when they do is shed. Left out: any number.
        pub queue: Option<Whole<0, 1_000_000_000>>,
        /// A task that has waited so long is shed. Left out: none is.
        pub patience: Option<Micros>,
    }
}

section! {
    /// Tasks are messages of a queue, which hands each out at least once. The defaults are those of Amazon SQS and of
    /// AWS Lambda.
    pub struct Queue {
        /// Batches that are worked on at once.
        pub concurrency: Whole<1, 1_000_000>,
        /// The most messages of a batch, worked on one after the other.
        pub batch: Whole<1, 10_000> = 10,
        /// A message that was not deleted so long after it was received is handed out again.
        pub visibility_timeout: Located<Micros> = "30s",
        /// A message that was received so often is moved to the dead letters.
        pub max_receives: Whole<1, 1_000>,
        /// Of a batch in which some messages failed, the others are deleted; otherwise all of it is handed out again.
        pub report_failures: bool = false,
    }
    check hides_for_a_time
}

fn hides_for_a_time(queue: &Queue, _: &Place) -> Result<(), Problem> {
    let timeout = &queue.visibility_timeout;
    let problem = |message: &str| Err(Problem::new(timeout.place.clone(), message).help("write from `1s` to `12h`"));
    match timeout.value {
        short if short < Micros::SECOND => problem("a visibility timeout of less than a second"),
        long if long > LONGEST_VISIBILITY => problem("a visibility timeout of more than twelve hours"),
        _ => Ok(()),
    }
}
