//! Turns, histories and the choice among targets.

use super::*;

fn talk(conversation: Conversation) -> App {
    app(Work { conversation: Some(conversation), ..Work::default() }, 0, 0)
}

fn inputs(turns: &[Played]) -> Vec<u32> {
    turns.iter().flat_map(Played::inputs).collect()
}

#[test]
fn each_turn_sends_again_what_was_said_before() {
    assert_eq!(inputs(&converse(&talk(conversation(4)), 0)), [100, 400, 700, 1_000]);
}

#[test]
fn more_turns_cost_more_tokens() {
    let tokens = |turns| converse(&talk(conversation(turns)), 0).iter().map(Played::tokens).sum::<u32>();
    assert_eq!([1, 2, 3].map(tokens), [300, 900, 1_800]);
}

#[test]
fn what_was_written_enters_the_history_and_not_what_would_have_been() {
    let app = App { max_tokens: 30, ..talk(conversation(3)) };
    assert_eq!(inputs(&converse(&app, 0)), [100, 230, 360]);
}

#[test]
fn a_full_history_drops_its_oldest_turns_whole() {
    let by_turns = Conversation { history_turns: Some(2), ..conversation(5) };
    assert_eq!(inputs(&converse(&talk(by_turns), 0)), [100, 400, 700, 700, 700]);
    let by_tokens = Conversation { history_tokens: Some(599), ..conversation(4) };
    assert_eq!(inputs(&converse(&talk(by_tokens), 0)), [100, 400, 400, 400]);
    let nothing = Conversation { history_turns: Some(0), ..conversation(3) };
    assert_eq!(inputs(&converse(&talk(nothing), 0)), [100, 100, 100]);
}

#[test]
fn users_think_between_turns_and_a_conversation_has_its_number_of_them() {
    let app = talk(conversation(2));
    let script = Script::new(&app, 0, 7);
    let mut task = script.begin(arrival(&app, 3));
    play(&script, &mut task);
    assert!(task.is_first_turn() && task.visible_tokens() == 300);
    let (think, mut second) = script.next_turn(task).unwrap();
    assert_eq!(think, Micros::MINUTE);
    let played = play(&script, &mut second);
    assert!(!second.is_first_turn() && second.visible_tokens() == 300);
    assert_eq!(played.calls[0].1.request, 3 << 28 | 1 << 16);
    assert!(script.next_turn(second).is_none());
}

#[test]
fn draws_do_not_depend_on_what_was_answered_or_on_other_tasks() {
    let turns = Distribution::LogNormal { median: 4, p95: 9, max: 20 };
    let drawn = || Conversation { turns, think_ms: Distribution::Exponential { mean: 9, max: 99 }, ..conversation(1) };
    let long = talk(drawn());
    let short = App { max_tokens: 1, ..talk(drawn()) };
    let counts = |app: &App| (0..200).map(|number| converse(app, number).len()).collect::<Vec<_>>();
    let backwards: Vec<usize> = (0..200).rev().map(|number| converse(&short, number).len()).collect();
    assert_eq!(counts(&long), backwards.into_iter().rev().collect::<Vec<_>>());
    assert!(counts(&long).iter().any(|count| *count > 6) && counts(&long).contains(&1));
}

#[test]
fn a_split_gives_each_target_its_share_and_keeps_a_conversation_together() {
    let shares = [(7, 10), (3, 10)].map(|(of, all)| Ratio::new(of, all).unwrap());
    let choice = Choice::Split(shares.to_vec());
    let app = app(Work { choice, conversation: Some(conversation(3)), ..Work::default() }, 0, 2);
    let targets = |number| converse(&app, number).iter().flat_map(Played::targets).collect::<Vec<_>>();
    let all: Vec<Vec<usize>> = (0..4_000).map(targets).collect();
    assert!(all.iter().all(|of_one| *of_one == [of_one[0]; 3]));
    // The standard deviation is sqrt(4,000 x 0.7 x 0.3) = 29.
    let first = all.iter().filter(|of_one| of_one[0] == 0).count();
    assert!(first.abs_diff(2_800) < 4 * 29, "{first} of 4,000");
}

#[test]
fn a_cascade_asks_the_next_target_the_same_and_its_answer_counts() {
    let certain = Ratio::new(1, 1).unwrap();
    let choice = Choice::Cascade(vec![certain, Ratio::ZERO]);
    let app = app(Work { choice, agent: Some(agent(2)), ..Work::default() }, 0, 3);
    let script = Script::new(&app, 0, 7);
    let mut task = script.begin(arrival(&app, 0));
    let played = play(&script, &mut task);
    assert_eq!(played.targets(), [0, 0, 1, 1]);
    assert_eq!(played.inputs(), [100, 450, 100, 450]);
    let requests: Vec<u64> = played.calls.iter().map(|(_, arrival)| arrival.request).collect();
    assert_eq!(requests, [0, 1, 2, 3]);
    assert_eq!((task.escalations(), task.visible_tokens()), (1, 300));
}

#[test]
fn recorded_calls_of_a_session_keep_their_numbers() {
    let app = app(Work { sessions: true, ..Work::default() }, 0, 0);
    let script = Script::new(&app, 0, 7);
    let recorded = 5 << 28 | 3 << 8;
    let mut task = script.begin(arrival(&app, recorded));
    assert_eq!(play(&script, &mut task).calls[0].1.request, recorded);
}
