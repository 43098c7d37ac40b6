//! The token bucket alone: one caller with an exact clock, and many who wait.

use super::{assert_near, count, golden, list, micros, number, text};
use serde_json::Value;
use std::collections::BTreeMap;
use tokencast::client::{Bucket, LimiterRules, TokenQueue, Turn};

#[test]
fn one_caller_waits_for_its_tokens_as_in_botocore() {
    let Some(golden) = golden("bucket_waits") else { return };
    for sequence in list(&golden["sequences"]) {
        let mut clock = number(&sequence["t0"]);
        let mut bucket = Bucket::new(&LimiterRules::BOTOCORE, clock);
        for (row, number_of) in list(&sequence["rows"]).iter().zip(0..) {
            let what = format!("{} row {number_of}", text(&sequence["name"]));
            let near = |found, key: &str| assert_near(found, number(&row[key]), 1e-9, &format!("{what}: {key}"));
            clock = clock.max(number(&row["t"]));
            if text(&row["op"]) == "set_rate" {
                bucket.set_rate(number(&row["value"]), clock);
                near(bucket.fill_rate, "fill_rate");
                near(bucket.max_capacity, "max_capacity");
            } else {
                near(clock, "start");
                let start = clock;
                while let Err(short) = bucket.take(clock) {
                    clock = (clock + short).max(clock.next_up());
                }
                near(clock - start, "wait");
            }
            near(bucket.capacity, "capacity");
        }
    }
    assert_eq!(list(&golden["sequences"]).len(), 4);
}

#[test]
fn those_who_wait_together_are_served_in_the_order_of_botocore() {
    let Some(golden) = golden("multi_waiters") else { return };
    for sequence in list(&golden["sequences"]) {
        let ops = list(&sequence["ops"]);
        let found = Threads::new(sequence).run(ops);
        for (op, (at, capacity)) in ops.iter().zip(found) {
            let what = format!("{} {op}", text(&sequence["name"]));
            assert!(at.abs_diff(micros(&op["t_done"])) <= 100, "{what}: done at {at} us");
            assert_near(capacity, number(&op["capacity_after"]), 1e-3, &what);
        }
        assert_eq!(ops.len(), 60);
    }
    assert_eq!(list(&golden["sequences"]).len(), 4);
}

/// Threads on one bucket in virtual time; at one instant in the order in which they were scheduled.
struct Threads {
    queue: TokenQueue,
    /// What happens to an operation, by its instant and its place among all that were scheduled.
    agenda: BTreeMap<(u64, u64), (usize, bool)>,
    timers: BTreeMap<u64, (u64, u64)>,
    scheduled: u64,
}

impl Threads {
    fn new(sequence: &Value) -> Self {
        let queue = TokenQueue::new(&LimiterRules::BOTOCORE, micros(&sequence["t0"]));
        Self { queue, agenda: BTreeMap::new(), timers: BTreeMap::new(), scheduled: 0 }
    }

    fn schedule(&mut self, at: u64, op: usize, waited: bool) -> (u64, u64) {
        self.scheduled += 1;
        self.agenda.insert((at, self.scheduled), (op, waited));
        (at, self.scheduled)
    }

    /// When each operation was done, and what was left then.
    fn run(mut self, ops: &[Value]) -> Vec<(u64, f64)> {
        let mut done = vec![(0, 0.0); ops.len()];
        for (number, op) in ops.iter().enumerate() {
            assert_eq!(count(&op["id"]), number as u64);
            self.schedule(micros(&op["t"]), number, false);
        }
        while let Some(((now, _), (op, waited))) = self.agenda.pop_first() {
            if text(&ops[op]["op"]) == "set_rate" {
                if let Some(woken) = self.queue.set_rate(number(&ops[op]["value"]), now as f64 / 1e6) {
                    let timer = self.timers.remove(&woken).expect("a timer of the waiter");
                    self.agenda.remove(&timer);
                    self.schedule(now, woken as usize, true);
                }
            } else {
                let ticket = op as u64;
                let turn = if waited { self.queue.wake(now, ticket) } else { self.queue.acquire(now, ticket) };
                if let Turn::Wait(sleep) = turn {
                    let timer = self.schedule(now + sleep.0, op, true);
                    self.timers.insert(ticket, timer);
                    continue;
                }
            }
            done[op] = (now, self.queue.bucket.capacity);
        }
        done
    }
}
