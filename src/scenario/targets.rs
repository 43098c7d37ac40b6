//! The models that an app calls, when it calls several.

use super::MaxTokens;
use crate::document::{Decode, Entry, Located, Node, Place, Problem, Problems, Value, choice, names, section};
use crate::units::{Micros, Percent, Ratio};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Models that share the tasks: their shares sum to 100 %.
#[derive(Debug, Clone)]
pub struct Split(pub Vec<Part>);

/// Models that are asked one after the other, until an answer is good enough.
#[derive(Debug, Clone)]
pub struct Cascade(pub Vec<Stage>);

section! {
    /// One of the models that share the tasks. What is left out is the app's own.
    pub struct Part {
        /// The model or inference profile, by its identifier.
        pub model: Located<String>,
        /// The region that its calls are sent to.
        pub region: Option<Located<String>>,
        /// The account whose quotas its calls use.
        pub account: Option<Located<String>>,
        /// The `max_tokens` of its calls.
        pub max_tokens: Option<Located<MaxTokens>>,
        /// Its share of the tasks, drawn for each: `70%`.
        pub share: Located<Percent>,
    }
}

section! {
    /// One of the models that are asked one after the other. What is left out is the app's own.
    pub struct Stage {
        /// The model or inference profile, by its identifier.
        pub model: Located<String>,
        /// The region that its calls are sent to.
        pub region: Option<Located<String>>,
        /// The account whose quotas its calls use.
        pub account: Option<Located<String>>,
        /// The `max_tokens` of its calls.
        pub max_tokens: Option<Located<MaxTokens>>,
        /// The share of its answers that are not good enough, so that the next is asked too. The last has none.
        pub escalate: Option<Located<Percent>>,
    }
}

/// What takes over a call that found no answer.
#[derive(Debug, Clone)]
pub enum Fallback {
    /// From full provisioned throughput to the model's on-demand quota, as another attempt at the same instant.
    OnDemand,
    /// To other targets, when all attempts have failed.
    Chain(Chain),
}

section! {
    /// Targets that a call goes on to, in this order, when its own has not answered it after all attempts.
    pub struct Chain {
        /// The targets.
        pub to: Vec<Located<Substitute>>,
        /// After which ends of the last attempt a call goes on.
        pub on: Vec<Trouble> = ["throttled", "failed", "timeout"],
        /// A target that did not answer is left out for so long, unless no other is left.
        pub cooldown: Micros = "0s",
    }
    check goes_somewhere
}

section! {
    /// A target that takes over. What is left out is the app's own; without `provisioned` it is called on demand.
    pub struct Substitute {
        /// The model or inference profile, by its identifier.
        pub model: Option<Located<String>>,
        /// The region that its calls are sent to.
        pub region: Option<Located<String>>,
        /// The account whose quotas its calls use.
        pub account: Option<Located<String>>,
        /// The `max_tokens` of its calls.
        pub max_tokens: Option<Located<MaxTokens>>,
        /// The provisioned throughput of that account that it is.
        pub provisioned: Option<Located<String>>,
    }
}

names! {
    /// How an attempt ends without an answer.
    pub enum Trouble: "kind of failure" {
        /// It was refused with 429.
        Throttled = "throttled",
        /// The server failed, or there was no connection.
        Failed = "failed",
        /// The client no longer waited.
        Timeout = "timeout",
    }
}

fn goes_somewhere(chain: &Chain, place: &Place) -> Result<(), Problem> {
    let problem = |message: &str, help: &str| Err(Problem::new(place.clone(), message).help(help));
    match () {
        () if chain.to.is_empty() => problem(
            "a fallback to nothing",
            "list targets in `to`, as `[{region: us-west-2}]`, or leave `fallback` out",
        ),
        () if chain.on.is_empty() => problem("a fallback on nothing", "leave `on` out for all three"),
        () if chain.cooldown > Micros::DAY => problem("a cooldown of more than a day", "write it as `5s`"),
        () => Ok(()),
    }
}

impl Decode for Fallback {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match node.value {
            Value::Mapping(_) => Chain::decode(node, problems).map(Self::Chain),
            _ => choice(node, problems, "fallback", &[("on_demand", ())]).map(|()| Self::OnDemand),
        }
    }
}

impl Decode for Split {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let parts: Vec<Part> = several(node, "split", problems)?;
        let before = problems.len();
        for part in parts.iter().filter(|part| part.share.value.share() == Ratio::ZERO) {
            problems.with_help(&part.share.place, "a share of nothing", "leave this model out");
        }
        let sum = parts.iter().try_fold(Ratio::ZERO, |sum, part| sum.checked_add(part.share.value.share()));
        if sum != Ratio::new(1, 1) {
            let told = sum.map_or_else(|| "something that is not 100%".to_owned(), Percent::told);
            let message = format!("the shares of `split` sum to {told}");
            problems.with_help(&parts[0].share.place, message, "they have to sum to 100%");
        }
        (problems.len() == before).then_some(Self(parts))
    }
}

impl Decode for Cascade {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let stages: Vec<Stage> = several(node, "cascade", problems)?;
        let before = problems.len();
        let (last, others) = stages.split_last()?;
        if let Some(escalate) = &last.escalate {
            let help = "leave it out: after the last model nothing is asked";
            problems.with_help(&escalate.place, "the last model of a cascade has no `escalate`", help);
        }
        for stage in others {
            match &stage.escalate {
                None => {
                    let help = "write the share of its answers that are not good enough, as `escalate: 20%`";
                    problems.with_help(&stage.model.place, "`escalate` is missing here", help);
                }
                Some(share) if share.value.share() == Ratio::ZERO => {
                    problems.with_help(&share.place, "what follows is never asked", "leave the later models out");
                }
                Some(_) => {}
            }
        }
        (problems.len() == before).then_some(Self(stages))
    }
}

/// A list of two models or more.
fn several<T: Decode>(node: &Node, key: &str, problems: &mut Problems) -> Option<Vec<T>> {
    let listed: Vec<T> = Decode::decode(node, problems)?;
    if listed.len() < 2 {
        problems.with_help(
            &node.place,
            format!("a `{key}` of {} models", listed.len()),
            "list two or more, or write `model`",
        );
        return None;
    }
    Some(listed)
}

/// An app says once what it calls.
pub(super) fn check_targets(app: &Node, problems: &mut Problems) {
    let entries = app.entries();
    let Some(first) = entries.first() else { return };
    let ways = |entry: &&Entry| ["model", "split", "cascade"].contains(&entry.key.value.as_str());
    let given: Vec<&Entry> = entries.iter().filter(ways).filter(|entry| !entry.node.is_nothing()).collect();
    match given.as_slice() {
        [] => {
            let empty = entries.iter().find(|entry| entry.key.value == "model").unwrap_or(first);
            let help = "name the model that the app calls, or several in `split` or `cascade`";
            problems.with_help(&empty.key.place, "`model` is missing here", help);
        }
        [one, other, ..] if one.key.value != other.key.value => {
            let message = format!("`{}` and `{}` in one app", one.key.value, other.key.value);
            problems.with_help(&other.key.place, message, "keep the one that says which models the app calls");
        }
        _ => {}
    }
}

/// Lists with a schema of their own.
macro_rules! list_schema {
    ($($list:ident of $item:ident: $about:literal),*) => {$(
        impl JsonSchema for $list {
            fn schema_name() -> Cow<'static, str> {
                stringify!($list).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let item = generator.subschema_for::<$item>();
                json_schema!({ "description": $about, "type": "array", "items": item, "minItems": 2 })
            }
        }
    )*};
}

list_schema! {
    Split of Part: "Models that share the tasks: their shares sum to 100 %.",
    Cascade of Stage: "Models that are asked one after the other, until an answer is good enough."
}

impl JsonSchema for Fallback {
    fn schema_name() -> Cow<'static, str> {
        "Fallback".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let chain = generator.subschema_for::<Chain>();
        json_schema!({
            "description": "What takes over a call: `on_demand` for provisioned throughput that is full, or a chain of targets.",
            "anyOf": [{ "const": "on_demand" }, chain],
        })
    }
}
