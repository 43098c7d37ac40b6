//! What holds for the calls of any task.

use crate::world::{self, cases};
use proptest::prelude::*;
use tokencast::bedrock::cache::{Rules, Ttl};
use tokencast::plan::{Agent, App, Conversation, Prompt, PromptSection, Subagents, Work};
use tokencast::rng::Distribution;
use tokencast::traffic::{Arrival, Script, Step, Task};
use tokencast::units::SimTime;

/// A number that is drawn anew for each use.
fn spread(most: u32) -> impl Strategy<Value = Distribution> {
    let constant = (1..=most).prop_map(Distribution::Constant);
    let drawn = (1..=most).prop_map(move |median| Distribution::LogNormal { median, p95: median * 3, max: most });
    prop_oneof![constant, drawn]
}

prop_compose! {
    fn conversations()(
        turns in 1..6_u32, tokens in prop::option::of(0..3_000_u32), count in prop::option::of(0..4_u32),
    ) -> Conversation {
        let (turns, think_ms) = (Distribution::Constant(turns), Distribution::Constant(1));
        Conversation { turns, think_ms, history_tokens: tokens, history_turns: count }
    }
}

prop_compose! {
    fn agents()(
        steps in spread(5), tool_call in spread(90), tool_result in spread(400),
        budget_tokens in prop::option::of(0..9_000_u64), helped in any::<bool>(), part in spread(3),
    ) -> Agent {
        let subagents = Subagents { count: part, steps: part, input: tool_call, result: tool_result };
        let subagents = helped.then_some(subagents);
        Agent { steps, tool_call, tool_result, tool_ms: Distribution::Constant(0), budget_tokens, direct: None, subagents }
    }
}

prop_compose! {
    fn works()(conversation in conversations(), agent in prop::option::of(agents())) -> Work {
        Work { conversation: Some(conversation), agent, ..Work::default() }
    }
}

/// An application with a prompt of so many tokens, which it caches.
fn app(work: &Work, prompt: u32) -> App {
    let checkpoint = Some(Ttl::FiveMinutes);
    let section = PromptSection { tokens: prompt, distinct: 3, changes_every: None, checkpoint };
    let rules = Rules { minimum: 0, checkpoints: 4, look_back: 20 };
    let app = world::caching(world::app("a", 0), Some(rules));
    let prompt = (prompt > 0).then(|| Prompt(vec![section]));
    App { max_tokens: 500, prompt, work: Some(Box::new(work.clone())), ..app }
}

fn with_turns(work: &Work, turns: u32) -> Work {
    let conversation = work
        .conversation
        .clone()
        .map(|conversation| Conversation { turns: Distribution::Constant(turns), ..conversation });
    Work { conversation, ..work.clone() }
}

/// One chain of calls: those of a task itself, or of an agent that it started.
type ChainOfCalls = Vec<Arrival>;

/// All chains of a conversation turn by turn, the task's own first; answers are cut to `written` tokens.
fn converse(app: &App, number: u64, written: u32) -> Vec<Vec<ChainOfCalls>> {
    let script = Script::new(app, 0, 7);
    let mut arrival = world::arrival(0, 0, 120, app.max_tokens, 200);
    arrival.call.input += app.prompt.as_ref().map_or(0, Prompt::tokens);
    arrival.request = number;
    let mut task = script.begin(arrival);
    let mut turns = Vec::new();
    loop {
        let mut chains = vec![Vec::new()];
        play(&script, &mut task, 0, written, &mut chains);
        turns.push(chains);
        match script.next_turn(task) {
            Some((_, next)) => task = next,
            None => return turns,
        }
    }
}

fn play(script: &Script, task: &mut Task, chain: usize, written: u32, chains: &mut Vec<ChainOfCalls>) {
    loop {
        match script.next(task, SimTime(0), &mut |_, _| {}) {
            Step::Call { arrival, .. } => {
                script.answered(task, arrival.output().min(written));
                chains[chain].push(arrival);
            }
            Step::Pause(_) => {}
            Step::Spawn(tasks) => {
                for mut task in tasks {
                    chains.push(Vec::new());
                    let own = chains.len() - 1;
                    play(script, &mut task, own, written, chains);
                }
                script.joined(task);
            }
            Step::Done | Step::Blocked { .. } => return,
        }
    }
}

fn calls(turns: &[Vec<ChainOfCalls>]) -> impl Iterator<Item = &Arrival> {
    turns.iter().flatten().flatten()
}

fn tokens(turns: &[Vec<ChainOfCalls>]) -> u64 {
    calls(turns).map(|arrival| u64::from(arrival.call.input) + u64::from(arrival.output())).sum()
}

fn keys(arrival: &Arrival) -> Vec<u64> {
    let prefix = arrival.call.prefix.as_ref().expect("the application caches its prompt");
    prefix.cuts().iter().map(|cut| cut.key).collect()
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn conversation_cost_is_monotone_in_turns(work in works(), prompt in 0..900_u32, number in 0..999_u64) {
        let turns = |turns| converse(&app(&with_turns(&work, turns), prompt), number, u32::MAX);
        for count in 1..5 {
            let (fewer, more) = (turns(count), turns(count + 1));
            prop_assert_eq!(&fewer[..], &more[..count as usize], "another turn changes none before it");
            prop_assert!(tokens(&fewer) < tokens(&more));
        }
    }

    #[test]
    fn a_step_sends_again_what_the_one_before_it_sent(work in works(), prompt in 1..900_u32, number in 0..999_u64) {
        for chain in converse(&app(&work, prompt), number, u32::MAX).iter().flatten() {
            for pair in chain.windows(2) {
                prop_assert!(pair[1].call.input >= pair[0].call.input);
                prop_assert!(keys(&pair[1]).starts_with(&keys(&pair[0])));
            }
        }
    }

    #[test]
    fn a_turn_begins_with_the_one_before_it_unless_its_history_is_full(
        work in works(), prompt in 1..900_u32, number in 0..999_u64,
    ) {
        let unlimited = work.conversation.clone().map(|conversation| Conversation {
            history_tokens: None, history_turns: None, ..conversation
        });
        let turns = converse(&app(&Work { conversation: unlimited, ..work }, prompt), number, u32::MAX);
        for pair in turns.windows(2) {
            prop_assert!(keys(&pair[1][0][0]).starts_with(&keys(&pair[0][0][0])));
        }
    }

    #[test]
    fn the_cached_beginning_is_a_part_of_the_input(work in works(), prompt in 1..900_u32, number in 0..999_u64) {
        for arrival in calls(&converse(&app(&work, prompt), number, 40)) {
            let cuts = arrival.call.prefix.as_ref().expect("a prefix").cuts();
            prop_assert_eq!(cuts.last().map(|cut| cut.tokens), Some(arrival.call.input));
            prop_assert!(cuts.iter().filter(|cut| cut.checkpoint.is_some()).count() <= 4);
        }
    }

    /// O23: an 800-token system prompt over four steps adds 3,200 tokens of input.
    #[test]
    fn a_prompt_adds_its_tokens_to_every_call(work in works(), prompt in 1..900_u32, number in 0..999_u64) {
        let unbudgeted = work.agent.clone().map(|agent| Agent { budget_tokens: None, ..agent });
        let work = Work { agent: unbudgeted, ..work };
        let [without, with] = [0, prompt].map(|prompt| converse(&app(&work, prompt), number, u32::MAX));
        prop_assert_eq!(tokens(&with) - tokens(&without), u64::from(prompt) * calls(&with).count() as u64);
    }

    #[test]
    fn what_is_drawn_does_not_depend_on_what_was_answered(work in works(), number in 0..999_u64) {
        let unbudgeted = work.agent.clone().map(|agent| Agent { budget_tokens: None, ..agent });
        let app = app(&Work { agent: unbudgeted, ..work }, 100);
        let drawn = |written| -> Vec<_> {
            let turns = converse(&app, number, written);
            calls(&turns).map(|arrival| (arrival.request, arrival.fate)).collect()
        };
        prop_assert_eq!(drawn(u32::MAX), drawn(7));
    }

    #[test]
    fn no_two_calls_have_one_number(work in works(), number in 0..999_u64) {
        let app = app(&work, 100);
        let both: Vec<_> = [number, number + 1].map(|number| converse(&app, number, u32::MAX)).concat();
        let mut requests: Vec<u64> = calls(&both).map(|arrival| arrival.request).collect();
        let count = requests.len();
        requests.sort_unstable();
        requests.dedup();
        prop_assert_eq!(requests.len(), count);
    }
}
