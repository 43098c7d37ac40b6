//! What an application brings to every attempt: its client, and who stops waiting for an answer.

use crate::plan::{App, Caller};
use crate::rng::{Chance, Stream};
use crate::traffic::TASK_BITS;
use crate::units::{Micros, Ratio, SimTime};

/// An application.
pub(super) struct AppState {
    /// The first lane of its first target among all, and those of its other targets.
    first_lane: u32,
    other_lanes: Vec<u32>,
    pub(super) client: Caller,
    pub(super) jitter: Stream,
    /// Attempts whose connection cannot be opened.
    unreachable: Option<Chance>,
    /// Ties of one instant go to the lower rank.
    pub(super) rank: u64,
    /// Its calls do more than be sent and be tried again: they are steps of tasks, or wait for a rate limiter.
    pub(super) is_managed: bool,
    /// Its first client object among all.
    pub(super) first_client: u32,
    /// The client object of a request is chosen by what stands above these bits of its number.
    client_bits: u32,
}

/// Who stops waiting for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quits {
    /// The client, after too long a silence.
    Silence,
    /// Something between the client and Bedrock.
    Idle,
    /// The client, which has waited for long enough in all.
    Deadline,
}

impl AppState {
    /// An application whose lanes and client objects begin there among all.
    pub(super) fn new(app: &App, first_lane: u32, first_client: u32, seed: u64) -> Self {
        let stream = |purpose: &str| Stream::new(seed, &format!("apps/{}/{purpose}", app.name));
        let client = &app.client;
        let unreachable =
            (client.unreachable != Ratio::ZERO).then(|| Chance::new(client.unreachable, stream("connect")));
        let works = app.works_in_tasks();
        let waits = client.policy.limiter.is_some() || client.total_timeout.is_some();
        Self {
            first_lane,
            other_lanes: app.targets.iter().skip(1).map(|target| first_lane + target.first_lane as u32).collect(),
            client: client.clone(),
            jitter: stream("retry"),
            rank: app.first().offer.tier.rank().into(),
            is_managed: works || waits || unreachable.is_some(),
            unreachable,
            first_client,
            client_bits: if works { TASK_BITS } else { 0 },
        }
    }

    /// The first lane of a target.
    #[inline]
    pub(super) fn lane_of(&self, target: u16) -> u32 {
        if target == 0 { self.first_lane } else { self.other_lanes[target as usize - 1] }
    }

    /// Which of its client objects sends a request.
    #[inline]
    pub(super) fn client_of(&self, request: u64) -> u16 {
        match self.client.clients {
            0 | 1 => 0,
            clients => ((request >> self.client_bits) % u64::from(clients)) as u16,
        }
    }

    /// The longest silence that everybody waits through.
    pub(super) fn patience(&self) -> Micros {
        let limits = [self.client.read_timeout, self.client.idle_timeout];
        limits.into_iter().flatten().min().unwrap_or(Micros(u64::MAX))
    }

    /// When a call that was first sent at an instant has used up the time that it is given in all.
    pub(super) fn deadline_of(&self, sent: SimTime) -> SimTime {
        self.client.total_timeout.map_or(SimTime(u64::MAX), |total| sent + total)
    }

    /// Whether the connection of an attempt cannot be opened.
    pub(super) fn is_unreachable(&self, request: u64, attempt: u8) -> bool {
        self.unreachable.is_some_and(|chance| chance.happens(request, attempt.into()))
    }

    /// Who stops waiting first, and when, for an answer of an attempt that is sent now: the first byte comes at
    /// `heard`, the last at `ends`. What comes at the instant itself is heard.
    pub(super) fn quits(&self, sent: SimTime, now: SimTime, heard: SimTime, ends: SimTime) -> Option<(SimTime, Quits)> {
        let silent = |limit: Option<Micros>, who| limit.map(|limit| (now + limit, who)).filter(|(at, _)| *at < heard);
        let deadline = Some((self.deadline_of(sent).max(now), Quits::Deadline)).filter(|(at, _)| *at < ends);
        let read = silent(self.client.read_timeout, Quits::Silence);
        let idle = silent(self.client.idle_timeout, Quits::Idle);
        [read, idle, deadline].into_iter().flatten().min()
    }
}
