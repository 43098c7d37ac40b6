//! What tasks consist of and who sends them: what is read, and what the schema says of it.

use super::*;
use crate::units::Micros;

const DRAWN: &str = "    traffic: {rate: 12/s, input: 42, output: 5}";
const USERS: &str = "    traffic: {users: 50, think: {median: 3s, p95: 1m}, input: 42, output: 5}";

fn first_app(text: &str) -> App {
    let file = parse(&Source::new("s.yaml", text)).map_err(crate::document::Problems::render).unwrap();
    file.base.apps.0[0].1.clone()
}

#[test]
fn every_way_to_work_is_read_and_the_schema_accepts_it() {
    for keys in [
        "conversation: {turns: {median: 4, p95: 9, max: 20}, think: {median: 20s, p95: 2m}, history_turns: 0}",
        "agent: {steps: 200, tool_call: 50, tool_result: 0, tool_time: 0s, direct: {share: 70%, prompt_tokens: 0}}",
        "agent: {steps: 4, tool_call: 50, tool_result: 5, tool_time: 1s, subagents: {count: 2, steps: 3, input: 9, \
         result: 9}}",
        "concurrency: {most: 20, queue: 0, patience: 30s}",
        "queue: {concurrency: 10, batch: 10, visibility_timeout: 6m, max_receives: 3, report_failures: true}",
    ] {
        let text = with(DRAWN, &format!("    {keys}\n{DRAWN}"));
        assert_eq!(problems_of(&text), []);
        let value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(schema::violations(&super::super::schema(), &value), Vec::<String>::new(), "{keys}");
    }
    let value = serde_yaml::from_str(&with(DRAWN, USERS)).unwrap();
    assert_eq!(schema::violations(&super::super::schema(), &value), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    for keys in ["concurrency: {most: 0}", "queue: {concurrency: 5}", "agent: {steps: 4}", "conversation: {turns: 4}"] {
        let text = with(DRAWN, &format!("    {keys}\n{DRAWN}"));
        assert!(!problems_of(&text).is_empty());
        let value = serde_yaml::from_str(&text).unwrap();
        assert!(!schema::violations(&super::super::schema(), &value).is_empty(), "{keys}");
    }
    for traffic in [USERS.replace("users: 50", "users: 0"), USERS.replace("users: 50", "users: 50, rate: 1/s")] {
        let text = with(DRAWN, &traffic);
        assert!(!problems_of(&text).is_empty());
        assert!(!schema::violations(&super::super::schema(), &serde_yaml::from_str(&text).unwrap()).is_empty());
    }
}

#[test]
fn what_is_left_out_is_what_sqs_and_lambda_do() {
    let queue = first_app(&with(DRAWN, &format!("    queue: {{concurrency: 5, max_receives: 3}}\n{DRAWN}"))).queue;
    let queue = queue.expect("a queue");
    assert_eq!(
        (queue.batch.get(), queue.visibility_timeout.value, queue.report_failures),
        (10, Micros(30_000_000), false)
    );
}

#[test]
fn a_variant_may_put_users_in_the_place_of_a_rate() {
    let variants = "variants:\n  users: {apps.triage.traffic.rate: null, apps.triage.traffic.users: 50, \
                    apps.triage.traffic.think: 3s}";
    let file = parse(&Source::new("s.yaml", and(variants))).map_err(crate::document::Problems::render).unwrap();
    let Traffic::Users(users) = &file.variants[0].1.apps.0[0].1.traffic else { panic!("not users") };
    assert_eq!((users.users.get(), users.ramp), (50, Micros(0)));
}
