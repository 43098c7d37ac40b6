//! What waits in the agenda: calls between attempts, answers being written, jobs that close.

use super::record::Answer;
use crate::bedrock::batch::Job;
use crate::bedrock::cache::Split;
use crate::bedrock::quota::Reservation;
use crate::traffic::Arrival;
use crate::units::SimTime;

/// What is going to happen.
pub(super) enum Event {
    /// An answer ends.
    Settle(Serving),
    /// A part of an answer has been written, or all of it.
    Proceed(Box<Generating>),
    /// The open job of a lane is submitted.
    Submit(u32),
    /// A call tries again.
    Retry(Waiting),
}

/// A call that is between attempts.
pub(super) struct Waiting {
    pub(super) arrival: Arrival,
    /// Its place among all calls: ties go to the oldest.
    pub(super) number: u64,
    /// The attempt that is made next, counted from one.
    pub(super) attempt: u32,
}

/// One try of a call.
#[derive(Clone, Copy)]
pub(super) struct Try<'a> {
    pub(super) arrival: &'a Arrival,
    /// Its place among all calls.
    pub(super) number: u64,
    /// Which try it is, counted from one.
    pub(super) attempt: u32,
}

/// What became of a try.
pub(super) enum Fared {
    /// A lane had room, and the answer has begun.
    Admitted,
    /// Something else.
    Not(Instead),
}

/// What becomes of a call that is not answered at once; the lane on which it was decided.
#[derive(Clone, Copy)]
pub(super) enum Instead {
    /// It was refused.
    Refused(u32),
    /// It waits for its job.
    Collected(u32, Job),
}

/// A call that is being answered.
pub(super) struct Serving {
    pub(super) reservation: Reservation,
    pub(super) answer: Answer,
}

/// An answer that the cache had a part in, or whose reservation moves to its charge while it is written.
pub(super) struct Generating {
    pub(super) serving: Serving,
    /// What of its input the cache served and took.
    pub(super) split: Split,
    /// The place of its call among all.
    pub(super) number: u64,
    /// What was reserved, and what will be charged.
    pub(super) reserved: u64,
    pub(super) charge: u64,
    /// From its first token to its last.
    pub(super) from: SimTime,
    pub(super) until: SimTime,
}

impl Generating {
    /// What is held at an instant between the first token and the last: a straight line, rounded towards
    /// what was reserved.
    pub(super) fn held_at(&self, now: SimTime) -> u64 {
        let (written, all) = (u128::from((now - self.from).0), u128::from((self.until - self.from).0.max(1)));
        let moved = (u128::from(self.reserved.abs_diff(self.charge)) * written / all) as u64;
        if self.charge < self.reserved { self.reserved - moved } else { self.reserved + moved }
    }
}

impl Event {
    /// The tokens that it holds.
    pub(super) fn held(&self) -> u64 {
        match self {
            Self::Settle(serving) => serving.reservation.tokens(),
            Self::Proceed(generating) => generating.serving.reservation.tokens(),
            Self::Retry(_) | Self::Submit(_) => 0,
        }
    }

    /// It is a call, and not something that happens to several.
    pub(super) fn is_call(&self) -> bool {
        !matches!(self, Self::Submit(_))
    }
}
