//! The cached beginning of calls.

use super::*;
use crate::bedrock::cache::{Cut, PromptCache};

fn talking(turns: u32, agent: Option<Agent>, history_turns: Option<u32>) -> App {
    let conversation = Some(Conversation { history_turns, ..conversation(turns) });
    app(Work { conversation, agent, ..Work::default() }, 800, 0)
}

fn cuts(arrival: &Arrival) -> Vec<Cut> {
    arrival.call.prefix.as_ref().unwrap().cuts().to_vec()
}

fn keys(arrival: &Arrival) -> Vec<u64> {
    cuts(arrival).iter().map(|cut| cut.key).collect()
}

fn calls(app: &App) -> Vec<Arrival> {
    converse(app, 0).into_iter().flat_map(|turn| turn.calls).map(|(_, arrival)| arrival).collect()
}

#[test]
fn the_beginning_grows_by_what_was_said_and_ends_with_a_checkpoint() {
    let calls = calls(&talking(3, None, None));
    for (call, count) in calls.iter().zip([2, 4, 6]) {
        let cuts = cuts(call);
        assert_eq!((cuts.len(), cuts.last().unwrap().tokens), (count, call.call.input));
        let checkpoints: Vec<usize> = (0..count).filter(|at| cuts[*at].checkpoint.is_some()).collect();
        assert_eq!(checkpoints, [0, count - 1], "behind the prompt, and behind what was said last");
    }
    for pair in calls.windows(2) {
        assert!(keys(&pair[1]).starts_with(&keys(&pair[0])));
    }
}

#[test]
fn a_call_reads_what_the_one_before_it_wrote() {
    let calls = calls(&talking(2, Some(agent(2)), None));
    let mut cache = PromptCache::new(Rules { minimum: 100, checkpoints: 4, look_back: 20 });
    let visits = calls.iter().zip(0..).map(|(call, at)| {
        let prefix = call.call.prefix.as_ref().unwrap();
        cache.visit(SimTime(at), 0, prefix, SimTime(at)).split.read
    });
    // The second turn does not hold what the tool of the first one said: it reads up to the question.
    assert_eq!(visits.collect::<Vec<_>>(), [0, 900, 900, 1_200]);
}

#[test]
fn what_follows_a_dropped_turn_is_new() {
    let calls = calls(&talking(3, None, Some(1)));
    let (second, third) = (keys(&calls[1]), keys(&calls[2]));
    assert_eq!(second[0], third[0]);
    assert!(second[1..].iter().all(|key| !third.contains(key)));
}

#[test]
fn declared_checkpoints_leave_room_or_nothing_is_added() {
    let mut app = talking(2, None, None);
    app.lanes[0].cache = Some(Rules { minimum: 100, checkpoints: 1, look_back: 20 });
    for call in calls(&app) {
        assert_eq!(cuts(&call).iter().filter(|cut| cut.checkpoint.is_some()).count(), 1);
    }
}

#[test]
fn an_application_that_caches_nothing_sends_no_prefix() {
    let mut app = talking(2, None, None);
    let prompt = app.prompt.as_mut().unwrap();
    prompt.0[0].checkpoint = None;
    assert!(calls(&app).iter().all(|call| call.call.prefix.is_none()));
}

#[test]
fn tasks_of_one_call_begin_as_they_were_drawn() {
    let app = app(Work::default(), 800, 0);
    let script = Script::new(&app, 0, 7);
    let calls = play(&script, &mut script.begin(arrival(&app, 0))).calls;
    assert_eq!(cuts(&calls[0].1).len(), 1);
}
