//! Agents that work for another, each with a context of its own.

use super::address::{MOST_STEPS_OF_A_SUBAGENT, MOST_SUBAGENTS};
use super::drawn::{Drawn, Source};
use super::task::{Said, Task, Voice};
use crate::plan;
use crate::traffic::Fate;

#[derive(Debug, Clone)]
pub(super) struct Subagents {
    count: Drawn,
    steps: Drawn,
    input: Drawn,
    result: Drawn,
}

impl Subagents {
    pub(super) fn new(subagents: &plan::Subagents, source: Source) -> Self {
        Self {
            count: source.drawn("subagents/count", &subagents.count),
            steps: source.drawn("subagents/steps", &subagents.steps),
            input: source.drawn("subagents/input", &subagents.input),
            result: source.drawn("subagents/result", &subagents.result),
        }
    }

    /// The agents that a task starts behind its first call. The task will read what each of them writes, at most
    /// `max_tokens`.
    pub(super) fn start(&self, task: &mut Task, max_tokens: u32) -> Vec<Task> {
        let count = self.count.at(task.address.task()).min(MOST_SUBAGENTS);
        let tasks: Vec<Task> = (0..count).map(|agent| self.task(task, agent)).collect();
        let results = tasks
            .iter()
            .map(|agent| Said::new(Voice::ToolResult, agent.address.task(), agent.arrival.fate.output.min(max_tokens)));
        task.awaited = results.collect();
        tasks
    }

    fn task(&self, of: &Task, agent: u32) -> Task {
        let address = of.address.subagent(of.escalations, agent);
        let mut arrival = of.arrival.clone();
        arrival.call.prefix = None;
        arrival.fate = Fate { output: self.result.at(address.task()) };
        let agent = Task::new(address, of.turn, arrival, self.input.at(address.task()));
        let steps = self.steps.at(address.task()).clamp(1, MOST_STEPS_OF_A_SUBAGENT);
        Task { steps, target: of.target, subagent: true, ..agent }
    }
}
