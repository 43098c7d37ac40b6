//! What tasks consist of, played by hand.

mod agents;
mod around;
mod caching;
mod conversations;

use super::*;
use crate::bedrock::cache::{Rules, Ttl};
use crate::plan::{Agent, Choice, Conversation, Lane, Prompt, PromptSection, Target};
use crate::rng::Distribution;
use crate::traffic::sample;
use crate::units::Ratio;

/// An application of that work, with a system prompt of so many tokens and so many targets.
pub(super) fn app(work: Work, prompt: u32, targets: usize) -> App {
    let plain = sample::app("a", 1_000);
    let cache = Some(Rules { minimum: 100, checkpoints: 4, look_back: 20 });
    let lane = Lane { cache, ..plain.lanes[0].clone() };
    let target = |number: usize| Target { name: number.to_string(), first_lane: number, max_tokens: 1_000 };
    let checkpoint = Some(Ttl::FiveMinutes);
    let section = PromptSection { tokens: prompt, distinct: 1, changes_every: None, checkpoint };
    App {
        lanes: vec![lane; targets.max(1)],
        targets: (0..targets).map(target).collect(),
        work: Some(Box::new(work)),
        prompt: (prompt > 0).then(|| Prompt(vec![section])),
        ..plain
    }
}

/// Exactly so many turns, a minute apart.
pub(super) fn conversation(turns: u32) -> Conversation {
    Conversation {
        turns: Distribution::Constant(turns),
        think_ms: Distribution::Constant(60_000),
        history_tokens: None,
        history_turns: None,
    }
}

/// Exactly so many steps, whose tools take a second; 50 tokens ask for one, and 300 come back.
pub(super) fn agent(steps: u32) -> Agent {
    Agent {
        steps: Distribution::Constant(steps),
        tool_call: Distribution::Constant(50),
        tool_result: Distribution::Constant(300),
        tool_ms: Distribution::Constant(1_000),
        budget_tokens: None,
        direct: None,
        subagents: None,
    }
}

/// A question of 100 tokens behind a prompt, and an answer of 200.
pub(super) fn arrival(app: &App, number: u64) -> Arrival {
    let input = 100 + app.prompt.as_ref().map_or(0, Prompt::tokens);
    let call = Call { input, max_tokens: app.max_tokens, prefix: None };
    Arrival { at: SimTime(0), app: 0, request: number, call, fate: Fate { output: 200 } }
}

/// What became of one task.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Played {
    /// Targets and calls, those of the agents that it started behind the call that did.
    pub(super) calls: Vec<(usize, Arrival)>,
    pub(super) paused: Vec<Micros>,
    pub(super) metered: Vec<(usize, u64)>,
    pub(super) blocked: Option<bool>,
}

impl Played {
    pub(super) fn inputs(&self) -> Vec<u32> {
        self.calls.iter().map(|(_, arrival)| arrival.call.input).collect()
    }

    pub(super) fn outputs(&self) -> Vec<u32> {
        self.calls.iter().map(|(_, arrival)| arrival.fate.output).collect()
    }

    pub(super) fn targets(&self) -> Vec<usize> {
        self.calls.iter().map(|(target, _)| *target).collect()
    }

    /// Tokens of all calls.
    pub(super) fn tokens(&self) -> u32 {
        self.inputs().iter().sum::<u32>() + self.outputs().iter().sum::<u32>()
    }
}

/// Plays a task to its end; every call is answered in full.
pub(super) fn play(script: &Script, task: &mut Task) -> Played {
    let mut played = Played::default();
    go_on(script, task, &mut played);
    played
}

fn go_on(script: &Script, task: &mut Task, played: &mut Played) {
    loop {
        let metered = &mut played.metered;
        match script.next(task, SimTime(0), &mut |meter, units| metered.push((meter, units))) {
            Step::Call { target, arrival } => {
                let output = arrival.output();
                played.calls.push((target, arrival));
                script.answered(task, output);
            }
            Step::Pause(time) => played.paused.push(time),
            Step::Spawn(tasks) => {
                tasks.into_iter().for_each(|mut task| go_on(script, &mut task, played));
                script.joined(task);
            }
            Step::Done => return,
            Step::Blocked { before } => {
                played.blocked = Some(before);
                return;
            }
        }
    }
}

/// Plays a whole conversation, turn by turn.
pub(super) fn converse(app: &App, number: u64) -> Vec<Played> {
    let script = Script::new(app, 0, 7);
    let mut task = script.begin(arrival(app, number));
    let mut turns = vec![play(&script, &mut task)];
    while let Some((_, mut next)) = script.next_turn(task) {
        turns.push(play(&script, &mut next));
        task = next;
    }
    turns
}
