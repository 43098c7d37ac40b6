//! Chains of calls that agents make: how many, and what their tools do.

use super::address::{Address, MOST_STEPS};
use super::drawn::{Drawn, Source};
use super::subagents::Subagents;
use crate::plan::{Agent, Direct};
use crate::rng::Chance;
use crate::units::Micros;

#[derive(Debug, Clone)]
pub(super) struct Chains {
    steps: Drawn,
    tool_call: Drawn,
    tool_result: Drawn,
    tool_time: Drawn,
    budget_tokens: Option<u64>,
    direct: Option<(Direct, Chance)>,
    pub(super) subagents: Option<Subagents>,
}

impl Chains {
    pub(super) fn new(agent: &Agent, source: Source) -> Self {
        let direct = agent.direct.as_ref();
        Self {
            steps: source.drawn("agent/steps", &agent.steps),
            tool_call: source.drawn("agent/tool_call", &agent.tool_call),
            tool_result: source.drawn("agent/tool_result", &agent.tool_result),
            tool_time: source.drawn("agent/tool_time", &agent.tool_ms),
            budget_tokens: agent.budget_tokens,
            direct: direct.map(|direct| (direct.clone(), source.chance("agent/direct", direct.share))),
            subagents: agent.subagents.as_ref().map(|subagents| Subagents::new(subagents, source)),
        }
    }

    /// How many calls a task takes; who starts other agents has to read their results.
    pub(super) fn steps(&self, task: Address) -> u32 {
        let least = if self.subagents.is_some() { 2 } else { 1 };
        self.steps.at(task.task()).clamp(least, MOST_STEPS)
    }

    /// What answers the task by one call, when a router finds it simple.
    pub(super) fn direct(&self, task: Address) -> Option<&Direct> {
        self.direct.as_ref().filter(|(_, chance)| chance.happens(task.task(), 0)).map(|(direct, _)| direct)
    }

    /// How the calls of direct tasks are made.
    pub(super) fn direct_calls(&self) -> Option<&Direct> {
        self.direct.as_ref().map(|(direct, _)| direct)
    }

    /// What a call writes that uses a tool.
    pub(super) fn tool_call(&self, step: u64) -> u32 {
        self.tool_call.at(step)
    }

    /// How long the tool of a call takes, and what it gives back.
    pub(super) fn tool(&self, step: u64) -> (Micros, u32) {
        (self.tool_time.time_at(step), self.tool_result.at(step))
    }

    /// So many tokens are more than a task may spend.
    pub(super) fn is_over_budget(&self, tokens: u64) -> bool {
        self.budget_tokens.is_some_and(|budget| tokens > budget)
    }
}
