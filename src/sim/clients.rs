//! The client objects of all applications: what their retries are paid from, and what their attempts wait for.

use super::serving::{Ticket, Waiting};
use super::slots::Slots;
use crate::client::{Limiter, Policy, RetryQuota, Turn};
use crate::plan::{App, Plan};
use crate::units::{Micros, SimTime};

/// Every client object of a plan, application after application and target after target.
pub(super) struct Clients {
    all: Vec<Client>,
    /// Attempts that wait for a rate limiter.
    pub(super) parked: Slots<Parked>,
    start_us: u64,
}

/// One client object: a pod's, a process's.
struct Client {
    quota: Option<RetryQuota>,
    limiter: Option<Box<Limiter>>,
}

pub(super) struct Parked {
    pub(super) call: Waiting,
    client: u32,
    since: SimTime,
}

/// What a rate limiter says to an attempt.
pub(super) enum Gated {
    /// It may be sent.
    Open(Waiting, Option<Micros>),
    /// It asks again at an instant.
    Parked(Ticket, SimTime, u64),
}

impl Clients {
    pub(super) fn new(plan: &Plan) -> Self {
        let start_us = plan.start.as_microsecond().unsigned_abs();
        let of_app = |app: &App| {
            let count = app.client.clients as usize * app.targets().count();
            let policy = app.client.policy.clone();
            std::iter::repeat_with(move || Client::new(&policy, start_us)).take(count)
        };
        Self { all: plan.apps.iter().flat_map(of_app).collect(), parked: Slots::default(), start_us }
    }

    /// A retry that costs so much may be made.
    pub(super) fn take(&mut self, client: u32, cost: u32) -> bool {
        self.all[client as usize].quota.as_mut().is_none_or(|quota| quota.take(cost))
    }

    /// A call was answered whose last retry cost so much; nothing for one that was never retried.
    #[inline]
    pub(super) fn succeeded(&mut self, client: u32, cost: Option<u32>) {
        if let Some(quota) = &mut self.all[client as usize].quota {
            quota.succeeded(cost);
        }
    }

    pub(super) fn gate(&mut self, now: SimTime, client: u32, call: Waiting) -> Gated {
        if self.all[client as usize].limiter.as_ref().is_none_or(|limiter| limiter.is_open()) {
            return Gated::Open(call, None);
        }
        let (slot, _) = self.parked.take(Parked { call, client, since: now });
        self.ask(now, slot, Limiter::acquire)
    }

    /// The limiter of a parked attempt is asked. The place that it leaves is the one that it takes again: the limiter
    /// knows it by that.
    pub(super) fn ask(&mut self, now: SimTime, slot: u32, ask: fn(&mut Limiter, u64, u64) -> Turn) -> Gated {
        let client = self.parked.get(slot).map_or(0, |parked| parked.client);
        let limiter = self.all[client as usize].limiter.as_mut();
        let turn = limiter.map_or(Turn::Granted, |limiter| ask(limiter, self.start_us + now.0, slot.into()));
        match (turn, self.parked.leave(slot)) {
            (Turn::Wait(time), Some(parked)) => {
                let number = parked.call.number;
                let (slot, tenant) = self.parked.take(parked);
                Gated::Parked(Ticket { slot, tenant }, now + time, number)
            }
            (_, parked) => {
                let Parked { call, since, .. } = parked.expect("an attempt is parked once");
                Gated::Open(call, (now > since).then(|| now - since))
            }
        }
    }

    /// A response came: the attempt that is woken by the changed rate, with its new ticket and its number.
    pub(super) fn hears(&mut self, now: SimTime, client: u32, throttled: bool) -> Option<(Ticket, u64)> {
        let limiter = self.all[client as usize].limiter.as_mut()?;
        let slot = limiter.respond(self.start_us + now.0, throttled)? as u32;
        let parked = self.parked.leave(slot)?;
        let number = parked.call.number;
        let (slot, tenant) = self.parked.take(parked);
        Some((Ticket { slot, tenant }, number))
    }

    /// A parked attempt does not wait any longer.
    pub(super) fn withdraw(&mut self, slot: u32) -> Option<Waiting> {
        let parked = self.parked.leave(slot)?;
        if let Some(limiter) = &mut self.all[parked.client as usize].limiter {
            limiter.leave(slot.into());
        }
        Some(parked.call)
    }

    /// Calls that wait for a rate limiter.
    pub(super) fn waiting(&self) -> usize {
        self.parked.iter().count()
    }
}

impl Client {
    fn new(policy: &Policy, start_us: u64) -> Self {
        Self {
            quota: policy.quota.as_ref().map(RetryQuota::new),
            limiter: policy.limiter.as_ref().map(|rules| Box::new(Limiter::new(rules, start_us))),
        }
    }
}
