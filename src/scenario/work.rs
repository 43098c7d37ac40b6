//! What the parts of an app that say how its tasks are done ask of each other, and of its traffic.

use crate::document::{Node, Place, Problems, Value};

/// Two parts that one app cannot have, what is said at the second one, and the way out.
type Conflict = (&'static str, &'static str, &'static str, &'static str);

/// Paths of keys, or of words in a list; `traffic.trace.session` stands three levels deep.
const CONFLICTS: [Conflict; 13] = [
    (
        "concurrency",
        "queue",
        "a queue has a concurrency of its own",
        "keep `queue.concurrency`, and leave `concurrency` out",
    ),
    (
        "traffic.users",
        "queue",
        "users wait for their answers, and the messages of a queue have nobody who waits",
        "write `rate` instead of `users`, or `concurrency` instead of `queue`",
    ),
    ("conversation", "queue", "the turns of a conversation are no messages of a queue", "keep one of the two"),
    (
        "traffic.trace.session",
        "queue",
        "calls of a session follow each other, and the messages of a queue do not",
        "keep one of the two",
    ),
    (
        "traffic.trace.session",
        "agent",
        "a session is made of recorded calls, and an agent makes its own",
        "leave one of the two out",
    ),
    (
        "traffic.trace.recorded.session",
        "queue",
        "calls of a session follow each other, and the messages of a queue do not",
        "keep one of the two",
    ),
    (
        "traffic.trace.recorded.session",
        "agent",
        "a session is made of recorded calls, and an agent makes its own",
        "leave one of the two out",
    ),
    (
        "traffic.trace.recorded.cache",
        "agent",
        "what recorded calls read from the cache says nothing of the calls of an agent",
        "leave one of the two out",
    ),
    (
        "traffic.trace",
        "conversation",
        "recorded calls have their turns already",
        "name the column with the sessions in `traffic.trace.session`, and leave `conversation` out",
    ),
    ("traffic.users", "traffic.rate", "either users or a rate send the tasks", "keep one of the two"),
    ("traffic.users", "traffic.shape", "users send when they have thought, not by the hour", "leave `shape` out"),
    (
        "traffic.users",
        "traffic.burstiness",
        "users send when they have thought, not in bursts",
        "leave `burstiness` out",
    ),
    (
        "traffic.users",
        "traffic.growth",
        "users send when they have thought: their number does not grow",
        "leave `growth` out",
    ),
];

/// What calls that are answered hours later cannot be part of.
const NOT_IN_BATCHES: [&str; 9] = [
    "retrieval",
    "guardrails",
    "conversation",
    "agent",
    "concurrency",
    "queue",
    "traffic.users",
    "traffic.trace.session",
    "traffic.trace.recorded.session",
];

/// The most models of a cascade whose calls can be numbered.
const MOST_STAGES: usize = 9;

/// Reports every two parts that do not go together.
pub(super) fn check_work(app: &Node, problems: &mut Problems) {
    for (first, second, message, help) in CONFLICTS {
        if let (Some(_), Some(second)) = (written(app, first), written(app, second)) {
            problems.with_help(second.place, message, help);
        }
    }
    let stages = app.get("cascade").map(|cascade| (cascade, &cascade.value));
    if let Some((cascade, Value::Sequence(stages))) = stages
        && stages.len() > MOST_STAGES
    {
        problems.with_help(&cascade.place, "a cascade of more than nine models", "leave some of them out");
    }
    let batch = app.get("tier").is_some_and(|tier| matches!(&tier.value, Value::Scalar(text) if text == "batch"));
    for part in NOT_IN_BATCHES.iter().filter_map(|path| written(app, path)).filter(|_| batch) {
        let message = format!("a batch is answered hours later: it has no `{}`", part.name);
        problems.with_help(part.place, message, "leave it out, or choose another `tier`");
    }
}

/// A key, or a word in a list.
struct Written<'a> {
    name: &'a str,
    place: &'a Place,
}

/// What stands at a path, unless it is nothing.
fn written<'a>(node: &'a Node, path: &str) -> Option<Written<'a>> {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    if let Value::Sequence(items) = &node.value {
        return items.iter().find_map(|item| match &item.value {
            Value::Scalar(word) if word == key => Some(Written { name: word, place: &item.place }),
            _ => None,
        });
    }
    let entry = node.entries().iter().find(|entry| entry.key.value == key && !entry.node.is_nothing())?;
    let here = Written { name: &entry.key.value, place: &entry.key.place };
    rest.map_or(Some(here), |rest| written(&entry.node, rest))
}
