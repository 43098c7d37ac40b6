//! Looking on at a run without changing it.

use crate::bedrock::quota::{Refusal, Reservation};
use crate::bedrock::usage::Usage;
use crate::traffic::Arrival;
use crate::units::SimTime;

/// One try of a call, as it meets the limits.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The call.
    pub arrival: &'a Arrival,
    /// Which try of the call it is, counted from one.
    pub number: u32,
    /// Which lane of its application it is made on.
    pub lane: usize,
    /// The tokens that it asks for.
    pub need: u64,
}

/// Whose reservation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The application, as an index into the plan.
    pub app: u32,
    /// Which of its lanes.
    pub lane: usize,
    /// The tokens that its answer has, or will have, when it is settled.
    pub output: u32,
}

/// A task that has ended, and what all its calls used; calls that go on for nobody are not in it.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// The application, as an index into the plan.
    pub app: u32,
    /// It was answered.
    pub done: bool,
    /// What was used on each of the application's lanes.
    pub usage: &'a [Usage],
    /// Of it, what calls with a long input used, where these have prices of their own; else empty.
    pub long: &'a [Usage],
    /// What was used of each of its meters.
    pub metered: &'a [u64],
}

/// Whoever looks on. An engine is compiled for its observer, so that one that looks at nothing costs nothing.
pub trait Observer {
    /// Every limit had room, and the attempt has been debited to them.
    #[inline(always)]
    fn admitted(&mut self, _now: SimTime, _attempt: Attempt<'_>) {}

    /// A limit had no room; nothing has been debited.
    #[inline(always)]
    fn refused(&mut self, _now: SimTime, _attempt: Attempt<'_>, _refusal: Refusal) {}

    /// A reservation of an application is about to hold another amount.
    #[inline(always)]
    fn adjusted(&mut self, _now: SimTime, _holder: Holder, _reservation: &Reservation, _tokens: u64) {}

    /// A reservation of an application is about to be replaced by its charge.
    #[inline(always)]
    fn settled(&mut self, _now: SimTime, _holder: Holder, _reservation: &Reservation, _charged: u64) {}

    /// A task of an application that works in tasks has ended.
    #[inline(always)]
    fn ended(&mut self, _now: SimTime, _task: Ended<'_>) {}
}

/// Looks at nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Observer for Silent {}

impl<O: Observer> Observer for &mut O {
    #[inline(always)]
    fn admitted(&mut self, now: SimTime, attempt: Attempt<'_>) {
        (**self).admitted(now, attempt);
    }

    #[inline(always)]
    fn refused(&mut self, now: SimTime, attempt: Attempt<'_>, refusal: Refusal) {
        (**self).refused(now, attempt, refusal);
    }

    #[inline(always)]
    fn adjusted(&mut self, now: SimTime, holder: Holder, reservation: &Reservation, tokens: u64) {
        (**self).adjusted(now, holder, reservation, tokens);
    }

    #[inline(always)]
    fn settled(&mut self, now: SimTime, holder: Holder, reservation: &Reservation, charged: u64) {
        (**self).settled(now, holder, reservation, charged);
    }

    #[inline(always)]
    fn ended(&mut self, now: SimTime, task: Ended<'_>) {
        (**self).ended(now, task);
    }
}
