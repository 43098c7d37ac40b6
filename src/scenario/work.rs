//! What the parts of an app that say how its tasks are done ask of each other, and of its traffic.

use crate::document::{Entry, Node, Problems, Value};

/// Two parts that one app cannot have, what is said at the second one, and the way out.
type Conflict = (&'static str, &'static str, &'static str, &'static str);

/// Paths of keys; `traffic.trace.session` stands three levels deep.
const CONFLICTS: [Conflict; 10] = [
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
const NOT_IN_BATCHES: [&str; 6] =
    ["conversation", "agent", "concurrency", "queue", "traffic.users", "traffic.trace.session"];

/// Reports every two parts that do not go together.
pub(super) fn check_work(app: &Node, problems: &mut Problems) {
    for (first, second, message, help) in CONFLICTS {
        if let (Some(_), Some(second)) = (written(app, first), written(app, second)) {
            problems.with_help(&second.key.place, message, help);
        }
    }
    let batch = app.get("tier").is_some_and(|tier| matches!(&tier.value, Value::Scalar(text) if text == "batch"));
    for part in NOT_IN_BATCHES.iter().filter_map(|path| written(app, path)).filter(|_| batch) {
        let message = format!("a batch is answered hours later: it has no `{}`", part.key.value);
        problems.with_help(&part.key.place, message, "leave it out, or choose another `tier`");
    }
}

/// What stands at a path of keys, unless it is nothing.
fn written<'a>(app: &'a Node, path: &str) -> Option<&'a Entry> {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let entry = app.entries().iter().find(|entry| entry.key.value == key && !entry.node.is_nothing())?;
    rest.map_or(Some(entry), |rest| written(&entry.node, rest))
}
