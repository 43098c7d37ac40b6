//! What a call sends: the prompt, what was said before, what was found, the question, and what the chain said.

use super::task::{Said, Task, Voice};
use crate::bedrock::cache::{Chain, Prefix, Ttl};
use crate::plan::{App, Direct, Traffic};
use crate::rng::Stream;
use crate::traffic::prompts::Prompts;
use crate::units::{SimTime, Tokens};

/// The most checkpoints that any model takes in one call (User Guide, "Prompt caching", 2026-11-20).
const MOST_CHECKPOINTS: u32 = 4;

/// How the calls of one application begin.
#[derive(Debug, Clone)]
pub(super) struct Context {
    prompts: Prompts,
    /// Calls send again what was said: the cached beginning grows with it.
    grows: bool,
    /// The time to live of the last declared checkpoint; nothing when the application caches nothing.
    ttl: Option<Ttl>,
    /// By target: checkpoints that are left behind the declared ones.
    left: Vec<u32>,
}

impl Context {
    pub(super) fn new(app: &App, stream: Stream) -> Self {
        let sections = app.prompt.as_ref().map_or(&[][..], |prompt| &prompt.0);
        let declared = sections.iter().filter(|section| section.checkpoint.is_some()).count() as u32;
        let recorded = match &app.traffic {
            Traffic::Trace(trace) => trace.checkpoint,
            Traffic::Given | Traffic::Synthetic(_) | Traffic::Closed(_) => None,
        };
        let declared = declared + u32::from(recorded.is_some());
        let first_lanes = app.targets.iter().map(|target| target.first_lane);
        let first_lanes: Vec<usize> = if app.targets.is_empty() { vec![0] } else { first_lanes.collect() };
        let left = |lane: usize| {
            let most = app.lanes[lane].cache.map_or(0, |rules| rules.checkpoints.min(MOST_CHECKPOINTS));
            most.saturating_sub(declared)
        };
        Self {
            prompts: Prompts::new(&app.name, sections, stream),
            grows: app.work.as_ref().is_some_and(|work| work.conversation.is_some() || work.agent.is_some()),
            ttl: sections.iter().rev().find_map(|section| section.checkpoint).or(recorded),
            left: first_lanes.into_iter().map(left).collect(),
        }
    }

    /// Tokens of what the user says, of an input that holds the prompt as well.
    pub(super) fn question(&self, input: u32) -> u32 {
        input.saturating_sub(self.prompts.tokens())
    }

    /// Tokens of the input of a task's next call.
    pub(super) fn input(&self, task: &Task, direct: Option<&Direct>) -> u32 {
        let own_prompt = direct.and_then(|direct| direct.prompt_tokens);
        let before = u64::from(own_prompt.unwrap_or(self.prompts.tokens())) + task.history.tokens();
        let said: u64 = task.said.iter().map(|said| u64::from(said.tokens)).sum();
        let all = before + u64::from(task.found) + u64::from(task.question) + said;
        all.min(Tokens::MAX_PER_CALL.0 - 1) as u32
    }

    /// What of that input is to be cached. A direct call with a prompt of its own caches nothing.
    pub(super) fn prefix(&self, task: &Task, direct: Option<&Direct>, now: SimTime) -> Option<Prefix> {
        if direct.is_some_and(|direct| direct.prompt_tokens.is_some()) {
            return None;
        }
        let ttl = self.ttl.filter(|_| self.grows);
        let Some(ttl) = ttl else { return self.beginning(task, now) };
        let mut left = self.left.get(task.target).copied().unwrap_or(0);
        let mut checkpoint = |chain: Chain| {
            let may = left > 0;
            left = left.saturating_sub(1);
            if may { chain.checkpoint(ttl) } else { chain }
        };
        let chain = self.opening(task, now);
        let opening = chain.tokens();
        let mut chain = task.history.said().fold(chain, then);
        // The next turn does not hold what was found for this one: it reads up to here.
        let is_left_behind = task.found > 0 && chain.tokens() > opening && self.left[task.target] > 1;
        if is_left_behind {
            chain = checkpoint(chain);
        }
        let found = Said::new(Voice::Found, task.address.task(), task.found);
        let question = self.question_behind(task, opening);
        let behind = [found, question].into_iter().chain(task.said.iter().copied());
        Some(checkpoint(behind.fold(chain, then)).prefix())
    }

    /// What was drawn or recorded as the beginning of the prompt.
    fn beginning(&self, task: &Task, now: SimTime) -> Option<Prefix> {
        let recorded = task.arrival.call.prefix.clone();
        recorded.or_else(|| self.prompts.at(task.address.number(), now))
    }

    fn opening(&self, task: &Task, now: SimTime) -> Chain {
        match &task.arrival.call.prefix {
            Some(recorded) if !self.prompts.has_sections() => Chain::behind(recorded),
            _ => self.prompts.chain(task.address.number(), now),
        }
    }

    /// Recorded blocks are a part of what the user says.
    fn question_behind(&self, task: &Task, opening: u32) -> Said {
        let said = task.question_said();
        if self.prompts.has_sections() { said } else { Said { tokens: said.tokens.saturating_sub(opening), ..said } }
    }
}

/// One block more, unless it is empty.
fn then(chain: Chain, said: Said) -> Chain {
    if said.tokens == 0 { chain } else { chain.then(said.content, said.tokens) }
}
