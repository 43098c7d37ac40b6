//! Chains of calls.

use super::*;
use crate::plan::{Direct, Subagents};

fn working(agent: Agent, prompt: u32) -> App {
    app(Work { agent: Some(agent), ..Work::default() }, prompt, 0)
}

fn played(app: &App) -> (Played, Task) {
    let script = Script::new(app, 0, 7);
    let mut task = script.begin(arrival(app, 0));
    (play(&script, &mut task), task)
}

#[test]
fn each_step_sends_again_the_calls_and_results_before_it() {
    let (played, task) = played(&working(agent(4), 0));
    assert_eq!(played.inputs(), [100, 450, 800, 1_150]);
    assert_eq!(played.outputs(), [50, 50, 50, 200]);
    assert_eq!(played.paused, [Micros::SECOND; 3]);
    assert_eq!((task.visible_tokens(), task.was_cut()), (300, false));
}

/// O23: an 800-token system prompt over four steps adds 3,200 tokens of input.
#[test]
fn a_system_prompt_is_sent_again_at_every_step() {
    let input = |prompt| played(&working(agent(4), prompt)).0.inputs().iter().sum::<u32>();
    assert_eq!(input(800) - input(0), 3_200);
}

#[test]
fn the_budget_makes_the_next_call_answer() {
    // 100 + 50, then 450 + 50, then 800: at the third call 1,450 tokens are reached.
    let limited = |budget| working(Agent { budget_tokens: Some(budget), ..agent(4) }, 0);
    let (within, task) = played(&limited(1_449));
    assert_eq!((within.outputs(), task.was_cut()), (vec![50, 50, 200], true));
    let (at, task) = played(&limited(1_450));
    assert_eq!((at.outputs(), task.was_cut()), (vec![50, 50, 50, 200], false), "the fourth answers anyway");
    let (last, task) = played(&working(Agent { budget_tokens: Some(1), ..agent(1) }, 0));
    assert_eq!((last.outputs(), task.was_cut()), (vec![200], false));
}

#[test]
fn a_direct_task_is_one_call_with_a_prompt_and_a_target_of_its_own() {
    let share = Ratio::new(7, 10).unwrap();
    let direct = Direct { share, target: Some(1), prompt_tokens: Some(150) };
    let work = Work { agent: Some(Agent { direct: Some(direct), ..agent(3) }), ..Work::default() };
    let app = app(work, 800, 2);
    let script = Script::new(&app, 0, 7);
    let mut simple = 0;
    for number in 0..2_000 {
        let mut task = script.begin(arrival(&app, number));
        let played = play(&script, &mut task);
        if task.was_direct() {
            simple += 1;
            assert_eq!((played.inputs(), played.targets()), (vec![250], vec![1]));
        } else {
            assert_eq!((played.inputs(), played.targets()), (vec![900, 1_250, 1_600], vec![0; 3]));
        }
    }
    // The standard deviation is sqrt(2,000 x 0.7 x 0.3) = 20.
    assert!(i32::abs(simple - 1_400) < 4 * 20, "{simple} of 2,000");
}

#[test]
fn only_the_answer_of_an_agent_enters_the_history() {
    let work = Work { agent: Some(agent(2)), conversation: Some(conversation(2)), ..Work::default() };
    let turns = converse(&app(work, 0, 0), 0);
    assert_eq!(turns.iter().flat_map(Played::inputs).collect::<Vec<_>>(), [100, 450, 400, 750]);
}

fn helped(steps: u32, count: u32) -> Agent {
    let subagents = Subagents {
        count: Distribution::Constant(count),
        steps: Distribution::Constant(3),
        input: Distribution::Constant(70),
        result: Distribution::Constant(90),
    };
    Agent { subagents: Some(subagents), ..agent(steps) }
}

#[test]
fn agents_that_a_task_starts_have_contexts_of_their_own_and_it_reads_their_results() {
    let (played, task) = played(&working(helped(2, 2), 800));
    let agent = [870, 1_220, 1_570];
    assert_eq!(played.inputs(), [&[900][..], &agent, &agent, &[900 + 50 + 180]].concat());
    assert_eq!(played.outputs(), [50, 50, 50, 90, 50, 50, 90, 200]);
    let requests: Vec<u64> = played.calls.iter().map(|(_, arrival)| arrival.request).collect();
    assert_eq!(requests, [0, 4_096, 4_097, 4_098, 4_160, 4_161, 4_162, 1]);
    assert_eq!(task.visible_tokens(), 300);
    let (alone, _) = self::played(&working(helped(1, 1), 0));
    assert_eq!(alone.calls.len(), 1 + 3 + 1, "somebody has to read the result");
}

#[test]
fn agents_that_a_task_starts_neither_search_nor_check_nor_escalate() {
    let certain = Ratio::new(1, 1).unwrap();
    let work = Work { agent: Some(helped(2, 1)), choice: Choice::Cascade(vec![certain]), ..Work::default() };
    let app = app(work, 0, 2);
    let script = Script::new(&app, 0, 7);
    let played = play(&script, &mut script.begin(arrival(&app, 0)));
    assert_eq!(played.targets(), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    let requests: Vec<u64> = played.calls.iter().map(|(_, arrival)| arrival.request).collect();
    assert_eq!(requests[5..9], [2, 10_496, 10_497, 10_498]);
}
