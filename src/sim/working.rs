//! Tasks at work: who sends them, in which order they are started, and what each does next.

use super::desk::{Desk, Place};
use super::engine::{Engine, STARTS};
use super::log::Ending;
use super::observer::{Ended, Observer};
use super::queue::Spent;
use super::serving::{Event, TaskId, Turn, Waiting};
use crate::bedrock::usage::Usage;
use crate::traffic::{Arrival, Step, TASK_BITS, TURN_BITS, Task};
use crate::units::{Micros, SimTime};

/// A task, and what it used so far.
pub(super) struct AtWork {
    pub(super) app: u32,
    /// Nothing while its next step is looked up.
    pub(super) script: Option<Task>,
    pub(super) came: SimTime,
    pub(super) owner: Owner,
    pub(super) spent: Spent,
    /// Agents that it waits for, and whether one of them failed.
    pub(super) children: u32,
    pub(super) child_failed: bool,
    /// Added to the numbers of its requests: a message that is received again does not fare as it did before.
    pub(super) redelivered: u64,
}

/// Who waits for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Nobody,
    /// A user, who sends the task of the next number.
    User {
        user: u32,
        next: u32,
    },
    /// The batch of a message.
    Message {
        batch: u32,
        message: u32,
    },
    Session(u64),
    /// The task that started it.
    Task(u32),
}

/// Between the end of a user's task and the next: at least so long.
const SHORTEST_THINK: Micros = Micros(1_000);

impl AtWork {
    /// A task that has used nothing yet.
    pub(super) fn new(app: u32, script: Task, came: SimTime, owner: Owner, nothing: Spent) -> Self {
        let script = Some(script);
        Self { app, script, came, owner, spent: nothing, children: 0, child_failed: false, redelivered: 0 }
    }
}

impl<O: Observer> Engine<O> {
    /// Every user is told when to begin.
    pub(super) fn begin_users(&mut self) {
        for app in 0..self.desks.len() {
            let Some(users) = self.desks[app].as_deref().and_then(|desk| desk.users.as_ref()) else { continue };
            let begin = |user| (users.begins(user), Turn::User { app: app as u32, user, task: 0 });
            let turns: Vec<_> = (0..users.count()).map(begin).collect();
            turns.into_iter().for_each(|(at, turn)| self.turn_at(at, turn));
        }
    }

    /// Something happens to tasks, after everything else of that instant but what is filed later.
    pub(super) fn turn_at(&mut self, at: SimTime, turn: Turn) {
        let order = STARTS | self.turns;
        self.turns += 1;
        self.file(at, order, Event::Turn(turn));
    }

    /// A call of an application that does not simply send it.
    #[cold]
    pub(super) fn enter(&mut self, arrival: Arrival) {
        self.turn(arrival.at);
        let app = arrival.app as usize;
        let Some(desk) = self.desks[app].as_deref_mut() else {
            let number = self.arrive(&arrival);
            return self.submit(Waiting::new(arrival, number));
        };
        let session = arrival.request >> TASK_BITS;
        let owner = if desk.sessions.is_some() { Owner::Session(session) } else { Owner::Nobody };
        self.recorder.task_begun(app);
        if desk.queue.is_some() {
            self.moves_in_line(app, |desk| desk.send(arrival));
            return self.receive(app);
        }
        let free = match &mut desk.sessions {
            Some(sessions) => sessions.come(arrival),
            None => Some(arrival),
        };
        if let Some(work) = free.and_then(|arrival| self.made(arrival, owner)) {
            self.take_place(work);
        }
    }

    /// A task that an arrival asks for.
    fn made(&self, arrival: Arrival, owner: Owner) -> Option<AtWork> {
        let desk = self.desks[arrival.app as usize].as_deref()?;
        let (app, came) = (arrival.app, arrival.at);
        Some(AtWork::new(app, desk.script.begin(arrival), came, owner, desk.nothing()))
    }

    /// The place of a task that is to have its turn.
    pub(super) fn keep(&mut self, work: AtWork) -> TaskId {
        let (slot, tenant) = self.tasks.take(work);
        TaskId { slot, tenant }
    }

    /// A task is started, waits in line, or is shed.
    fn take_place(&mut self, work: AtWork) {
        let app = work.app as usize;
        let line = self.desks[app].as_deref().and_then(|desk| desk.line.as_ref());
        let place = line.map_or(Place::Started, super::desk::Line::place);
        let task = self.keep(work);
        match place {
            Place::Shed => self.conclude(task.slot, Ending::Shed),
            Place::Started => {
                if let Some(line) = self.line(app) {
                    line.start();
                    self.recorder.tasks_of(app).tasks.waited.add(Micros(0));
                }
                self.go(task.slot);
            }
            Place::Waits(patience) => {
                self.moves_in_line(app, |desk| desk.line.iter_mut().for_each(|line| line.wait(task)));
                if let Some(patience) = patience {
                    self.turn_at(self.now + patience, Turn::Leave(task));
                }
            }
        }
    }

    fn line(&mut self, app: usize) -> Option<&mut super::desk::Line> {
        self.desks[app].as_deref_mut()?.line.as_mut()
    }

    /// Changes who waits in line, and records how many do.
    pub(super) fn moves_in_line<T>(&mut self, app: usize, change: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        let desk = self.desks[app].as_deref_mut()?;
        let before = desk.waiting();
        let changed = change(desk);
        self.recorder.line_is(app, before, desk.waiting());
        Some(changed)
    }

    pub(super) fn take_turn(&mut self, turn: Turn) {
        match turn {
            Turn::Step(task) if self.tasks.is_of(task.slot, task.tenant) => self.go(task.slot),
            Turn::Step(_) => {}
            Turn::Begin(task) => self.make_way(task),
            Turn::Again(task) => self.next_turn(task),
            Turn::User { app, user, task } => self.send_of_user(app, user, task),
            Turn::Leave(task) => self.lose_patience(task),
            Turn::Visible { app, message } => self.reappear(app as usize, message),
        }
    }

    fn send_of_user(&mut self, app: u32, user: u32, task: u32) {
        let desk = self.desks[app as usize].as_deref();
        let Some(users) = desk.and_then(|desk| desk.users.as_ref()) else { return };
        let arrival = users.task(user, task.into(), self.now);
        self.recorder.task_begun(app as usize);
        if let Some(work) = self.made(arrival, Owner::User { user, next: task + 1 }) {
            self.take_place(work);
        }
    }

    /// The next turn of a conversation.
    fn next_turn(&mut self, task: TaskId) {
        if let Some(work) = self.tasks.get(task.slot) {
            self.recorder.task_begun(work.app as usize);
            self.make_way(task);
        }
    }

    fn make_way(&mut self, task: TaskId) {
        if let Some(work) = self.tasks.leave(task.slot) {
            self.take_place(work);
        }
    }

    fn lose_patience(&mut self, task: TaskId) {
        let Some(app) = self.tasks.get(task.slot).map(|work| work.app as usize) else { return };
        let left = self.moves_in_line(app, |desk| desk.line.as_mut().is_some_and(|line| line.leave(task)));
        if left == Some(true) {
            self.conclude(task.slot, Ending::Shed);
        }
    }

    /// The next step of a task, until something has to be waited for.
    pub(super) fn go(&mut self, slot: u32) {
        loop {
            let Some(work) = self.tasks.get_mut(slot) else { return };
            let (app, Some(mut task)) = (work.app as usize, work.script.take()) else { return };
            let Some(desk) = self.desks[app].as_deref() else { return };
            let (recorder, metered) = (&mut self.recorder, &mut work.spent.metered);
            let mut meter = |meter: usize, units: u64| {
                metered[meter] += units;
                recorder.metered(app, meter, units);
            };
            let step = desk.script.next(&mut task, self.now, &mut meter);
            work.script = Some(task);
            match step {
                Step::Call { target, arrival } => return self.call(slot, target, arrival),
                Step::Pause(Micros(0)) => {}
                Step::Pause(time) => {
                    let tenant = self.tasks.tenant(slot);
                    return self.turn_at(self.now + time, Turn::Step(TaskId { slot, tenant }));
                }
                Step::Spawn(agents) if agents.is_empty() => self.join(slot),
                Step::Spawn(agents) => return self.spawn(slot, agents),
                Step::Done => return self.conclude(slot, Ending::Done),
                Step::Blocked { before: true } => return self.conclude(slot, Ending::BlockedBefore),
                Step::Blocked { before: false } => return self.conclude(slot, Ending::BlockedAfter),
            }
        }
    }

    /// A model call of a task.
    fn call(&mut self, slot: u32, target: usize, mut arrival: Arrival) {
        let Some(work) = self.tasks.get_mut(slot) else { return };
        work.spent.calls += 1;
        // The turn of its number: messages have no turns of their own.
        arrival.request += work.redelivered << TURN_BITS;
        let desk = self.desks[arrival.app as usize].as_deref();
        let cooling = desk.and_then(|desk| desk.fallback.as_ref());
        let target = cooling.map_or(target as u16, |cooling| cooling.first(target as u16, self.now));
        if let Some(desk) = desk.filter(|desk| !desk.brings_max_tokens) {
            arrival.call.max_tokens = desk.max_tokens[target as usize];
        }
        let number = self.arrive_at(&arrival, target);
        self.submit(Waiting { task: slot, target, ..Waiting::new(arrival, number) });
    }

    fn spawn(&mut self, slot: u32, agents: Vec<Task>) {
        let Some(work) = self.tasks.get_mut(slot) else { return };
        work.children = agents.len() as u32;
        let (app, redelivered) = (work.app, work.redelivered);
        let Some(nothing) = self.desks[app as usize].as_deref().map(Desk::nothing) else { return };
        let made = agents.into_iter().map(|task| {
            let agent = AtWork::new(app, task, self.now, Owner::Task(slot), nothing.clone());
            self.tasks.take(AtWork { redelivered, ..agent }).0
        });
        let agents: Vec<u32> = made.collect();
        self.recorder.tasks_of(app as usize).tasks.subagents += agents.len() as u64;
        agents.into_iter().for_each(|agent| self.go(agent));
    }

    fn join(&mut self, slot: u32) {
        let Some(work) = self.tasks.get_mut(slot) else { return };
        if let (Some(desk), Some(task)) = (self.desks[work.app as usize].as_deref(), &mut work.script) {
            desk.script.joined(task);
        }
    }

    /// What an attempt of a task will be billed for, whoever waits for it.
    pub(super) fn spends(&mut self, slot: u32, lane: u32, usage: Usage, is_long: bool) {
        if let Some(work) = self.tasks.get_mut(slot) {
            work.spent.usage[lane as usize] += usage;
            if is_long {
                work.spent.long[lane as usize] += usage;
            }
        }
    }

    /// A call of a task was answered.
    pub(super) fn call_answered(&mut self, slot: u32, output: u32) {
        let Some(work) = self.tasks.get_mut(slot) else { return };
        if let (Some(desk), Some(task)) = (self.desks[work.app as usize].as_deref(), &mut work.script) {
            desk.script.answered(task, output);
        }
        self.go(slot);
    }

    /// A call of a task was given up.
    pub(super) fn call_failed(&mut self, slot: u32) {
        self.conclude(slot, Ending::Failed);
    }

    /// A task is over.
    fn conclude(&mut self, slot: u32, ending: Ending) {
        let Some(mut work) = self.tasks.leave(slot) else { return };
        if let Some(task) = &work.script {
            work.spent.visible = task.visible_tokens();
        }
        if let Owner::Task(parent) = work.owner {
            return self.agent_ended(parent, &work, ending);
        }
        if let Owner::Message { batch, message } = work.owner {
            return self.delivered(work, batch, message, ending);
        }
        self.task_ended(work.app, ending, self.now - work.came, &work.spent);
        self.note_script(&work);
        if ending != Ending::Shed {
            self.start_next(work.app as usize);
        }
        self.owner_goes_on(work, ending);
    }

    pub(super) fn task_ended(&mut self, app: u32, ending: Ending, took: Micros, spent: &Spent) {
        self.recorder.task_ended(app as usize, ending, took, spent);
        let done = ending == Ending::Done;
        let Spent { usage, long, metered, .. } = spent;
        self.observer.ended(self.now, Ended { app, done, usage, long, metered });
    }

    pub(super) fn note_script(&mut self, work: &AtWork) {
        let Some(task) = &work.script else { return };
        let converses = self.desks[work.app as usize].as_deref().is_some_and(|desk| desk.converses);
        let tasks = &mut self.recorder.tasks_of(work.app as usize).tasks;
        tasks.conversations += u64::from(converses && task.is_first_turn());
        tasks.direct += u64::from(task.was_direct());
        tasks.cut_by_budget += u64::from(task.was_cut());
        tasks.escalated += u64::from(task.escalations());
    }

    /// The task that has waited longest takes the turn of one that has ended.
    fn start_next(&mut self, app: usize) {
        let next = self.moves_in_line(app, |desk| desk.line.as_mut().and_then(super::desk::Line::end)).flatten();
        let Some(task) = next else { return };
        if let Some(came) = self.tasks.get(task.slot).map(|work| work.came) {
            self.recorder.tasks_of(app).tasks.waited.add(self.now - came);
        }
        self.turn_at(self.now, Turn::Step(task));
    }

    /// Whoever waited for a task goes on: the next turn of the conversation, or what comes after it.
    fn owner_goes_on(&mut self, mut work: AtWork, ending: Ending) {
        let app = work.app as usize;
        let Some(desk) = self.desks[app].as_deref() else { return };
        if let (Ending::Done, Some(task)) = (ending, work.script.take())
            && let Some((think, task)) = desk.script.next_turn(task)
        {
            let next = AtWork { script: Some(task), came: self.now + think, spent: desk.nothing(), ..work };
            let task = self.keep(next);
            return self.turn_at(self.now + think, Turn::Again(task));
        }
        match work.owner {
            Owner::User { user, next } => {
                let think = desk.users.as_ref().map_or(SHORTEST_THINK, |users| users.think(user, next.into()));
                let turn = Turn::User { app: work.app, user, task: next };
                self.turn_at(self.now + think.max(SHORTEST_THINK), turn);
            }
            Owner::Session(session) => {
                let sessions = self.desks[app].as_deref_mut().and_then(|desk| desk.sessions.as_mut());
                let next = sessions.and_then(|sessions| sessions.end(session));
                if let Some(next) = next.and_then(|arrival| self.made(arrival, work.owner)) {
                    let task = self.keep(next);
                    self.turn_at(self.now, Turn::Begin(task));
                }
            }
            _ => {}
        }
    }

    fn agent_ended(&mut self, parent: u32, agent: &AtWork, ending: Ending) {
        let Some(work) = self.tasks.get_mut(parent) else { return };
        work.spent.add(&agent.spent);
        work.children -= 1;
        work.child_failed |= ending != Ending::Done;
        match (work.children, work.child_failed) {
            (0, true) => self.conclude(parent, Ending::Failed),
            (0, false) => {
                self.join(parent);
                self.go(parent);
            }
            _ => {}
        }
    }
}
