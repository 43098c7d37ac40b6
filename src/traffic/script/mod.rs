//! What a task consists of: its calls one after the other, what happens between them, and the turn that follows.
//!
//! A script is pure: it draws, and keeps what was said. Who plays it sends the calls, waits, and tells what was
//! answered. Every draw is addressed by the task, its turn and its step.

mod address;
mod chains;
mod checks;
mod choosing;
mod context;
mod drawn;

mod history;
mod lookup;
mod moves;
mod subagents;
mod task;
mod turns;

pub use address::{TASK_BITS, TURN_BITS};
pub use task::Task;

use super::{Arrival, Fate};
use crate::plan::{App, Direct, Work};
use crate::units::{Micros, SimTime};
use address::Address;
use chains::Chains;
use checks::Checks;
use choosing::Choosing;
use context::Context;
use drawn::Source;
use lookup::Lookup;
use task::{Said, Stage, Voice};
use turns::Turns;

/// What the tasks of one application consist of.
#[derive(Debug, Clone)]
pub struct Script {
    app: u32,
    /// Recorded calls belong to sessions.
    sessions: bool,
    /// `max_tokens` by target, unless calls bring their own.
    max_tokens: Option<Vec<u32>>,
    context: Context,
    choosing: Choosing,
    turns: Option<Turns>,
    chains: Option<Chains>,
    lookup: Option<Lookup>,
    checks: Option<Checks>,
}

/// What comes next in a task.
#[derive(Debug)]
pub enum Step {
    /// A call of one of the application's targets. The number of its request is its task's, its turn's and its
    /// step's, so that no two calls of an application share it.
    Call {
        /// The target, as an index into those of the application; 0 when none is listed.
        target: usize,
        /// The call, sent now.
        arrival: Arrival,
    },
    /// Nothing is sent for so long: a tool runs, a guardrail checks, a search is made.
    Pause(Micros),
    /// These run at once; the task goes on when all of them have ended.
    Spawn(Vec<Task>),
    /// It is over.
    Done,
    /// A guardrail blocked it.
    Blocked {
        /// Its input, so that the model was not called; otherwise its answer.
        before: bool,
    },
}

impl Script {
    /// The script of an application, which is the plan's of that number, under a seed.
    #[must_use]
    pub fn new(app: &App, number: u32, seed: u64) -> Self {
        let simple = Work::default();
        let work = app.work.as_deref().unwrap_or(&simple);
        let source = Source::new(app, seed);
        let of_targets = || app.targets().map(|target| target.max_tokens).collect();
        Self {
            app: number,
            sessions: work.sessions,
            max_tokens: (!app.traffic.brings_max_tokens()).then(of_targets),
            context: Context::new(app, source.stream("prompt")),
            choosing: Choosing::new(&work.choice, source),
            turns: work.conversation.as_ref().map(|conversation| Turns::new(app, conversation, source)),
            chains: work.agent.as_ref().map(|agent| Chains::new(agent, source)),
            lookup: work.retrieval.as_ref().map(|retrieval| Lookup::new(retrieval, source)),
            checks: work.guardrails.as_ref().map(|guardrails| Checks::new(guardrails, source)),
        }
    }

    /// The task that an arrival asks for: its input, behind the prompt, is the user's question, and its output the
    /// answer that the user gets to see.
    #[must_use]
    pub fn begin(&self, arrival: Arrival) -> Task {
        let of = if self.sessions { Address::of_session } else { Address::of_task };
        let question = self.context.question(arrival.call.input);
        self.routed(Task::new(of(arrival.request), 0, arrival, question))
    }

    /// What comes next, at this instant. What guardrails and searches are billed for is told to `meter`: the meter of
    /// the application, and units.
    pub fn next(&self, task: &mut Task, now: SimTime, meter: &mut dyn FnMut(usize, u64)) -> Step {
        loop {
            let step = match task.stage {
                Stage::Begun => self.check(task, Stage::QuestionChecked, meter),
                Stage::QuestionChecked => self.admit(task, now),
                Stage::Search => self.search(task, meter),
                Stage::Asking => Some(self.ask(task, now)),
                Stage::Acting => self.act(task),
                Stage::Answering => self.weigh(task),
                Stage::Answered => self.check(task, Stage::AnswerChecked, meter),
                Stage::AnswerChecked => self.release(task),
                Stage::Over => Some(Step::Done),
            };
            if let Some(step) = step {
                return step;
            }
        }
    }

    /// The call of the last step has ended with so many tokens.
    pub fn answered(&self, task: &mut Task, output: u32) {
        match task.stage {
            Stage::Acting => {
                task.spent += u64::from(output);
                let said = Said::new(Voice::ToolCall, task.last_step(), output);
                task.said.push(said);
            }
            Stage::Answering => {
                task.spent += u64::from(output);
                task.answer = output;
            }
            _ => {}
        }
    }

    /// All tasks of the last `Spawn` have ended.
    pub fn joined(&self, task: &mut Task) {
        task.said.append(&mut task.awaited);
    }

    /// The turn that follows a task which is over, and how long the user thinks before it; the history has grown.
    #[must_use]
    pub fn next_turn(&self, task: Task) -> Option<(Micros, Task)> {
        let turns = self.turns.as_ref()?;
        let turn = task.turn + 1;
        let address = task.address.turn(turn);
        if !turns.has(address, turn) {
            return None;
        }
        let (question, output) = turns.lengths(address, (task.question, task.arrival.fate.output));
        let answer = Said::new(Voice::Answer, task.address.task(), task.answer);
        let said = task.question_said();
        let arrival = Arrival { fate: Fate { output }, ..task.arrival };
        let mut next = self.routed(Task::new(address, turn, arrival, question));
        next.history = task.history.grown(said, answer, &turns.limits);
        Some((turns.think(address), next))
    }

    /// A task that knows its target and the length of its chain.
    fn routed(&self, mut task: Task) -> Task {
        task.target = self.choosing.first(task.address.conversation());
        let Some(chains) = &self.chains else { return task };
        match chains.direct(task.address) {
            Some(direct) => {
                task.direct = true;
                task.target = direct.target.unwrap_or(task.target);
            }
            None => task.steps = chains.steps(task.address),
        }
        task
    }

    fn direct(&self, task: &Task) -> Option<&Direct> {
        self.chains.as_ref().and_then(Chains::direct_calls).filter(|_| task.direct)
    }
}

#[cfg(test)]
mod tests;
