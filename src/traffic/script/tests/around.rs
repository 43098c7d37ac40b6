//! Retrieval and guardrails.

use super::*;
use crate::plan::{Guardrails, Retrieval};

fn retrieval(embedding: Option<usize>) -> Retrieval {
    Retrieval {
        chunks: Distribution::Constant(4),
        chunk_tokens: Distribution::Constant(500),
        embedding,
        search_ms: Distribution::Constant(30),
        meters: vec![(2, 1), (3, 5)],
    }
}

/// Four characters a token; a check takes 20 ms.
fn guardrails(blocked_before: Ratio, blocked_after: Ratio) -> Guardrails {
    Guardrails {
        before: vec![0, 1],
        after: vec![1],
        characters_per_token_hundredths: 400,
        check_ms: Distribution::Constant(20),
        blocked_before,
        blocked_after,
    }
}

fn played(work: Work, targets: usize) -> (Played, Task) {
    let app = app(work, 0, targets);
    let script = Script::new(&app, 0, 7);
    let mut task = script.begin(arrival(&app, 0));
    (play(&script, &mut task), task)
}

#[test]
fn what_is_found_belongs_to_every_call_of_the_task_and_not_to_the_history() {
    let work = Work { retrieval: Some(retrieval(Some(1))), agent: Some(agent(2)), ..Work::default() };
    let (played, task) = played(work, 2);
    assert_eq!(played.targets(), [1, 0, 0]);
    assert_eq!(played.inputs(), [100, 2_100, 2_450]);
    assert_eq!(played.outputs(), [0, 50, 200]);
    assert_eq!((played.calls[0].1.call.max_tokens, played.metered), (0, vec![(2, 1), (3, 5)]));
    assert_eq!(played.paused, [Micros(30_000), Micros::SECOND]);
    assert_eq!(task.visible_tokens(), 300);
    let work = Work { retrieval: Some(retrieval(None)), conversation: Some(conversation(2)), ..Work::default() };
    let turns = converse(&app(work, 0, 0), 0);
    assert_eq!(turns.iter().map(Played::inputs).collect::<Vec<_>>(), [[2_100], [2_400]]);
}

#[test]
fn a_history_is_cached_before_what_is_found_for_one_turn() {
    let work = Work { retrieval: Some(retrieval(None)), conversation: Some(conversation(3)), ..Work::default() };
    let turns = converse(&app(work, 800, 0), 0);
    let cached = |turn: &Played| {
        let cuts = turn.calls[0].1.call.prefix.clone().unwrap();
        let checkpoints = cuts.cuts().iter().filter(|cut| cut.checkpoint.is_some());
        checkpoints.map(|cut| cut.tokens).collect::<Vec<_>>()
    };
    assert_eq!(cached(&turns[0]), [800, 2_900]);
    assert_eq!(cached(&turns[1]), [800, 1_100, 3_200]);
    assert_eq!(cached(&turns[2]), [800, 1_400, 3_500]);
}

#[test]
fn guardrails_bill_text_units_begun_for_each_policy_on_both_sides() {
    let work = Work { guardrails: Some(guardrails(Ratio::ZERO, Ratio::ZERO)), ..Work::default() };
    let simple = app(work.clone(), 0, 0);
    let script = Script::new(&simple, 0, 7);
    // 251 tokens are 1,004 characters: two units. 200 tokens are one.
    let mut sent = arrival(&simple, 0);
    sent.call.input = 251;
    let played = play(&script, &mut script.begin(sent));
    assert_eq!(played.metered, [(0, 2), (1, 2), (1, 1)]);
    assert_eq!((played.calls.len(), played.paused), (1, vec![Micros(20_000); 2]));
    let work = Work { agent: Some(agent(3)), retrieval: Some(retrieval(None)), ..work };
    let (chain, _) = self::played(work, 0);
    assert_eq!(chain.metered, [(0, 1), (1, 1), (2, 1), (3, 5), (1, 1)], "once a task, and not what was found");
}

#[test]
fn what_is_blocked_before_the_model_calls_nothing() {
    let certain = Ratio::new(1, 1).unwrap();
    let blocked = |before, after| {
        let guardrails = Some(guardrails(before, after));
        played(Work { guardrails, retrieval: Some(retrieval(None)), ..Work::default() }, 0).0
    };
    let before = blocked(certain, Ratio::ZERO);
    assert_eq!((before.calls.len(), before.blocked, before.metered), (0, Some(true), vec![(0, 1), (1, 1)]));
    let after = blocked(Ratio::ZERO, certain);
    assert_eq!((after.calls.len(), after.blocked, after.metered.len()), (1, Some(false), 5));
}
