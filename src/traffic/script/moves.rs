//! The moves of a task: from each stage to the next, and what has to happen between them.

use super::chains::Chains;
use super::task::{Said, Stage, Task, Voice};
use super::{Script, Step};
use crate::traffic::{Arrival, Call, Fate};
use crate::units::{Micros, SimTime};

impl Script {
    /// Guardrails look at the question, or at the answer.
    pub(super) fn check(&self, task: &mut Task, next: Stage, meter: &mut dyn FnMut(usize, u64)) -> Option<Step> {
        let before = next == Stage::QuestionChecked;
        let tokens = if before { task.question } else { task.answer };
        let checks = self.checks.as_ref().filter(|_| !task.subagent);
        let time = checks.and_then(|checks| checks.check(before, task.address, tokens, meter));
        task.pauses(time.unwrap_or_default(), next)
    }

    fn is_blocked(&self, task: &Task, before: bool) -> bool {
        let checks = self.checks.as_ref().filter(|_| !task.subagent);
        checks.is_some_and(|checks| checks.blocks(before, task.address))
    }

    /// The question was checked: what is known of it is looked up.
    pub(super) fn admit(&self, task: &mut Task, now: SimTime) -> Option<Step> {
        if self.is_blocked(task, true) {
            task.stage = Stage::Over;
            return Some(Step::Blocked { before: true });
        }
        let lookup = self.lookup.as_ref().filter(|_| !task.subagent);
        let Some(lookup) = lookup else { return task.moves_to(Stage::Asking) };
        task.stage = Stage::Search;
        let target = lookup.embedding?;
        let call = Call { input: task.question, max_tokens: 0, prefix: None };
        let arrival = Arrival { at: now, app: self.app, request: task.next_step(), call, fate: Fate { output: 0 } };
        Some(Step::Call { target, arrival })
    }

    pub(super) fn search(&self, task: &mut Task, meter: &mut dyn FnMut(usize, u64)) -> Option<Step> {
        let lookup = self.lookup.as_ref()?;
        lookup.meters.iter().for_each(|(number, units)| meter(*number, *units));
        task.found = lookup.tokens(task.address);
        task.pauses(lookup.time(task.address), Stage::Asking)
    }

    /// The answer was checked.
    pub(super) fn release(&self, task: &mut Task) -> Option<Step> {
        task.stage = Stage::Over;
        self.is_blocked(task, false).then_some(Step::Blocked { before: false })
    }

    pub(super) fn ask(&self, task: &mut Task, now: SimTime) -> Step {
        let direct = self.direct(task);
        let input = self.context.input(task, direct);
        let prefix = self.context.prefix(task, direct, now);
        let chain = self.chains.as_ref().filter(|chains| !self.answers(chains, task, input));
        let step = task.next_step();
        let output = chain.map_or(task.arrival.fate.output, |chains| chains.tool_call(step));
        task.stage = if chain.is_some() { Stage::Acting } else { Stage::Answering };
        task.asked += 1;
        task.spent += u64::from(input);
        let call = Call { input, max_tokens: self.max_tokens(task), prefix };
        let arrival = Arrival { at: now, app: self.app, request: step, call, fate: Fate { output } };
        Step::Call { target: task.target, arrival }
    }

    /// The next call is the last of its chain.
    fn answers(&self, chains: &Chains, task: &mut Task, input: u32) -> bool {
        let is_last = task.asked + 1 >= task.steps;
        let is_cut = !is_last && !task.subagent && chains.is_over_budget(task.spent + u64::from(input));
        task.cut |= is_cut;
        is_last || is_cut
    }

    fn max_tokens(&self, task: &Task) -> u32 {
        let of_target = self.max_tokens.as_ref().and_then(|of_targets| of_targets.get(task.target));
        of_target.copied().unwrap_or(task.arrival.call.max_tokens)
    }

    /// The tool that the last call uses runs; the first call may start other agents instead.
    pub(super) fn act(&self, task: &mut Task) -> Option<Step> {
        let chains = self.chains.as_ref()?;
        let subagents = chains.subagents.as_ref().filter(|_| task.asked == 1 && !task.subagent);
        if let Some(subagents) = subagents {
            let tasks = subagents.start(task, self.max_tokens(task));
            task.stage = Stage::Asking;
            return (!tasks.is_empty()).then_some(Step::Spawn(tasks));
        }
        let (time, result) = chains.tool(task.last_step());
        task.said.push(Said::new(Voice::ToolResult, task.last_step(), result));
        task.pauses(time, Stage::Asking)
    }

    /// Whether the answer is good enough; otherwise the next target is asked the same, from the beginning.
    pub(super) fn weigh(&self, task: &mut Task) -> Option<Step> {
        let settled = task.subagent || self.direct(task).is_some_and(|direct| direct.target.is_some());
        if settled || !self.choosing.escalates(task.target, task.address.task()) {
            return task.moves_to(Stage::Answered);
        }
        task.escalations += 1;
        task.target += 1;
        task.asked = 0;
        task.said.clear();
        task.moves_to(Stage::Asking)
    }
}

impl Task {
    fn moves_to(&mut self, stage: Stage) -> Option<Step> {
        self.stage = stage;
        None
    }

    /// Goes on with a stage after so long.
    fn pauses(&mut self, time: Micros, stage: Stage) -> Option<Step> {
        self.stage = stage;
        (time.0 > 0).then_some(Step::Pause(time))
    }

    /// The number of the next call.
    fn next_step(&mut self) -> u64 {
        self.calls += 1;
        self.last_step()
    }

    pub(super) fn last_step(&self) -> u64 {
        self.address.step(self.calls.saturating_sub(1))
    }
}
