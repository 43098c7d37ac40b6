//! What waits in the agenda: calls between attempts, answers being written, jobs that close, tasks between steps.

use super::record::Answer;
use crate::bedrock::batch::Job;
use crate::bedrock::cache::Split;
use crate::bedrock::quota::Reservation;
use crate::client::Outcome;
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
    /// A client stops waiting for an attempt: too long a silence.
    HangUp(Waiting),
    /// What stands between a client and Bedrock closes a silent connection.
    Drop(Waiting),
    /// A connection could not be opened.
    Unreachable(Waiting),
    /// A call has used up the time that it was given in all.
    Expire(Waiting),
    /// A call that waits for its client's rate limiter asks again, unless it was woken before.
    Ask(Ticket),
    /// Something happens to a task, or to those who send them.
    Turn(Turn),
}

/// What happens to tasks, beside their calls.
#[derive(Debug, Clone, Copy)]
pub(super) enum Turn {
    /// A task goes on after a pause.
    Step(TaskId),
    /// A task whose turn has come takes its place: it was made before, and counts already.
    Begin(TaskId),
    /// The next turn of a conversation begins.
    Again(TaskId),
    /// A user of an application sends a task of this number.
    User { app: u32, user: u32, task: u32 },
    /// A task has waited in line for as long as it would.
    Leave(TaskId),
    /// A message of an application's queue can be received again, if it is still there.
    Visible { app: u32, message: u32 },
}

/// A place for a task, and which of the tasks that had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TaskId {
    pub(super) slot: u32,
    pub(super) tenant: u32,
}

/// A call that waits for its client's rate limiter: its place, and how often that was taken before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket {
    pub(super) slot: u32,
    pub(super) tenant: u32,
}

/// The task of a call that is none's.
pub(super) const NO_TASK: u32 = u32::MAX;

/// A call that is between attempts.
pub(super) struct Waiting {
    pub(super) arrival: Arrival,
    /// Its place among all calls: ties go to the oldest.
    pub(super) number: u64,
    /// The place of the task that it is a step of.
    pub(super) task: u32,
    /// Which of its application's targets it is sent to.
    pub(super) target: u16,
    /// The attempt that is made next, or that has just failed; counted from one.
    pub(super) attempt: u8,
    /// What its last retry took from the retry quota.
    pub(super) cost: u8,
}

/// One try of a call.
#[derive(Clone, Copy)]
pub(super) struct Try<'a> {
    pub(super) arrival: &'a Arrival,
    /// Its place among all calls.
    pub(super) number: u64,
    pub(super) task: u32,
    pub(super) target: u16,
    /// Which try it is, counted from one.
    pub(super) attempt: u8,
    pub(super) cost: u8,
}

impl Waiting {
    /// A call that has not been tried.
    pub(super) fn new(arrival: Arrival, number: u64) -> Self {
        Self { arrival, number, task: NO_TASK, target: 0, attempt: 1, cost: 0 }
    }

    /// Its next try.
    #[inline]
    pub(super) fn as_try(&self) -> Try<'_> {
        let Self { ref arrival, number, task, target, attempt, cost } = *self;
        Try { arrival, number, task, target, attempt, cost }
    }
}

impl Try<'_> {
    /// A call that is sent for the first time.
    #[inline]
    pub(super) fn first(arrival: &Arrival, number: u64) -> Try<'_> {
        Try { arrival, number, task: NO_TASK, target: 0, attempt: 1, cost: 0 }
    }

    /// The call, to be kept.
    pub(super) fn to_waiting(self) -> Waiting {
        let Self { arrival, number, task, target, attempt, cost } = self;
        Waiting { arrival: arrival.clone(), number, task, target, attempt, cost }
    }
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
    Refused(u32, Outcome),
    /// It waits for its job.
    Collected(u32, Job),
}

/// A call that is being answered.
pub(super) struct Serving {
    pub(super) reservation: Reservation,
    pub(super) answer: Answer,
}

/// An answer that the cache had a part in, whose reservation moves to its charge while it is written, or that a
/// task or a rate limiter waits for.
pub(super) struct Generating {
    pub(super) serving: Serving,
    /// What of its input the cache served and took.
    pub(super) split: Split,
    /// The place of its call among all.
    pub(super) number: u64,
    /// The task that waits for it.
    pub(super) task: u32,
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
            _ => 0,
        }
    }

    /// A call that somebody waits for, and not something else.
    pub(super) fn is_call(&self) -> bool {
        match self {
            Self::Settle(serving) => !serving.answer.mark.is_abandoned(),
            Self::Proceed(generating) => !generating.serving.answer.mark.is_abandoned(),
            Self::Retry(_) | Self::HangUp(_) | Self::Drop(_) | Self::Unreachable(_) | Self::Expire(_) => true,
            Self::Submit(_) | Self::Ask(_) | Self::Turn(_) => false,
        }
    }
}

/// Two of them share a line of the processor's cache with nothing else.
const _: () = assert!(size_of::<Event>() == 64);
