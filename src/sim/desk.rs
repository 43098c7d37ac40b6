//! Who sends the tasks of an application, who waits in line, and which targets are left out for a while.

use super::queue::{Queue, Spent};
use super::serving::TaskId;
use crate::plan::{App, Concurrency, Fallback, Traffic};
use crate::traffic::{Arrival, Script, TASK_BITS, Users};
use crate::units::{Micros, SimTime};
use std::collections::{BTreeMap, VecDeque};

/// What an application does that works in tasks.
pub(super) struct Desk {
    pub(super) script: Script,
    /// Its tasks are turns of conversations.
    pub(super) converses: bool,
    pub(super) users: Option<Users>,
    pub(super) queue: Option<Queue>,
    pub(super) line: Option<Line>,
    pub(super) sessions: Option<Sessions>,
    pub(super) fallback: Option<Cooling>,
    /// `max_tokens` by target, and whether calls bring their own.
    pub(super) max_tokens: Vec<u32>,
    pub(super) brings_max_tokens: bool,
    lanes: usize,
    /// All of them when long inputs have prices of their own on some, else none.
    long_lanes: usize,
    meters: usize,
}

/// Tasks that run, and those that wait in the order in which they came.
pub(super) struct Line {
    rules: Concurrency,
    running: u32,
    waiting: VecDeque<TaskId>,
}

/// Recorded calls that wait for those before them in their session.
#[derive(Default)]
pub(super) struct Sessions(BTreeMap<u64, VecDeque<Arrival>>);

/// Where calls go on, and until when each target is left out.
pub(super) struct Cooling {
    pub(super) rules: Fallback,
    until: Vec<SimTime>,
}

/// What becomes of a task that comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is started.
    Started,
    /// It waits, for so long at most.
    Waits(Option<Micros>),
    /// The line is full.
    Shed,
}

impl Desk {
    /// The desk of an application; nothing when each of its tasks is one call, sent once it comes to one target.
    pub(super) fn of(app: &App, number: u32, seed: u64) -> Option<Self> {
        let users = match &app.traffic {
            Traffic::Closed(closed) => Some(Users::new(app, number, closed, seed)),
            _ => None,
        };
        if !app.works_in_tasks() {
            return None;
        }
        let work = app.work.as_deref().cloned().unwrap_or_default();
        let max_tokens: Vec<u32> = app.targets().map(|target| target.max_tokens).collect();
        Some(Self {
            script: Script::new(app, number, seed),
            users,
            converses: work.conversation.is_some(),
            queue: work.consumer.map(Queue::new),
            line: work.concurrency.map(Line::new),
            sessions: work.sessions.then(Sessions::default),
            fallback: work.fallback.map(|rules| Cooling { rules, until: vec![SimTime(0); max_tokens.len()] }),
            max_tokens,
            brings_max_tokens: app.traffic.brings_max_tokens(),
            lanes: app.lanes.len(),
            long_lanes: if app.lanes.iter().any(|lane| lane.long_input_above.is_some()) { app.lanes.len() } else { 0 },
            meters: app.meters.len(),
        })
    }

    /// What a task has used that has not begun.
    pub(super) fn nothing(&self) -> Spent {
        Spent::nothing(self.lanes, self.long_lanes, self.meters)
    }

    /// A message is sent to its queue.
    pub(super) fn send(&mut self, arrival: Arrival) {
        let nothing = self.nothing();
        if let Some(queue) = &mut self.queue {
            queue.send(arrival, nothing);
        }
    }

    /// Tasks that wait in line.
    pub(super) fn waiting(&self) -> usize {
        let in_line = self.line.as_ref().map_or(0, |line| line.waiting.len());
        in_line + self.queue.as_ref().map_or(0, Queue::waiting)
    }
}

impl Line {
    fn new(rules: Concurrency) -> Self {
        Self { rules, running: 0, waiting: VecDeque::new() }
    }

    /// Where a task goes that comes now.
    pub(super) fn place(&self) -> Place {
        match () {
            () if self.running < self.rules.most && self.waiting.is_empty() => Place::Started,
            () if self.waiting.len() as u64 >= u64::from(self.rules.queue) => Place::Shed,
            () => Place::Waits(self.rules.patience),
        }
    }

    pub(super) fn start(&mut self) {
        self.running += 1;
    }

    pub(super) fn wait(&mut self, task: TaskId) {
        self.waiting.push_back(task);
    }

    /// A task does not wait any longer; whether it still did.
    pub(super) fn leave(&mut self, task: TaskId) -> bool {
        let place = self.waiting.iter().position(|other| *other == task);
        place.and_then(|place| self.waiting.remove(place)).is_some()
    }

    /// A task has ended; the one that takes its turn.
    pub(super) fn end(&mut self) -> Option<TaskId> {
        self.running -= 1;
        self.waiting.pop_front().inspect(|_| self.running += 1)
    }
}

impl Sessions {
    /// A call of a session comes: it is given back when no other of the session is under way.
    pub(super) fn come(&mut self, arrival: Arrival) -> Option<Arrival> {
        match self.0.entry(arrival.request >> TASK_BITS) {
            std::collections::btree_map::Entry::Occupied(mut open) => {
                open.get_mut().push_back(arrival);
                None
            }
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(VecDeque::new());
                Some(arrival)
            }
        }
    }

    /// A call of a session has ended; the one that waited for it.
    pub(super) fn end(&mut self, session: u64) -> Option<Arrival> {
        let next = self.0.get_mut(&session)?.pop_front();
        if next.is_none() {
            self.0.remove(&session);
        }
        next
    }
}

impl Cooling {
    /// A target did not answer.
    pub(super) fn cool(&mut self, target: u16, now: SimTime) {
        self.until[target as usize] = now + self.rules.cooldown;
    }

    /// The target that a call begins with: its own, or the next that is not left out.
    pub(super) fn first(&self, own: u16, now: SimTime) -> u16 {
        if self.is_open(own, now) { own } else { self.after(own, now).unwrap_or(own) }
    }

    /// The target after one that did not answer.
    pub(super) fn after(&self, target: u16, now: SimTime) -> Option<u16> {
        let tried = self.rules.to.iter().position(|to| *to == target as usize).map_or(0, |place| place + 1);
        let rest = self.rules.to[tried..].iter().map(|to| *to as u16);
        rest.into_iter().find(|to| self.is_open(*to, now))
    }

    fn is_open(&self, target: u16, now: SimTime) -> bool {
        self.until[target as usize] <= now
    }
}
