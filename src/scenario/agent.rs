//! Tasks that are chains of calls.

use super::bounded::Counted;
use super::{Length, Spread};
use crate::document::{Located, Place, Problem, Whole, section};
use crate::units::{Micros, Percent};

const STEPS: Counted = Counted { whole: "an agent", parts: "steps", most: 200 };
const SUBAGENTS: Counted = Counted { whole: "an agent", parts: "sub-agents", most: 100 };
const STEPS_OF_A_SUBAGENT: Counted = Counted { whole: "a sub-agent", parts: "steps", most: 60 };

section! {
    /// A task is a chain of calls: each sends the prompt again, and everything that was said before it. All but the
    /// last use a tool; the last one writes the answer, which is the output of the traffic.
    pub struct Agent {
        /// The calls of a task, that with the answer included; with a `max` of 200 or less.
        pub steps: Located<Length>,
        /// Tokens that a call writes which uses a tool.
        pub tool_call: Length,
        /// Tokens that a tool gives back, which the next calls read.
        pub tool_result: Length,
        /// How long a tool takes.
        pub tool_time: Spread<Micros>,
        /// Tokens of input and output of all calls of a task: the call that would go beyond it has to answer. Left out:
        /// no budget. Calls of `subagents` do not count.
        pub budget_tokens: Option<Whole<1, 1_000_000_000>>,
        /// Tasks that a router finds simple and sends to one call.
        pub direct: Option<Direct>,
        /// Agents that the first call of a task starts, instead of using a tool; the second call reads what they hand
        /// back, so that there always is one.
        pub subagents: Option<Subagents>,
    }
    check is_bounded
}

section! {
    /// Tasks that are answered by one call.
    pub struct Direct {
        /// Their share of all tasks.
        pub share: Percent,
        /// The tokens of their prompt, which is not cached; left out: the app's.
        pub prompt_tokens: Option<Whole<0, 10_000_000>>,
    }
}

section! {
    /// Agents that work for a task, all at once, each with a context of its own.
    pub struct Subagents {
        /// How many there are; with a `max` of 100 or less.
        pub count: Located<Length>,
        /// The calls of each; with a `max` of 60 or less. Prompt and tools are those of the app.
        pub steps: Located<Length>,
        /// Tokens of the task that each is given.
        pub input: Length,
        /// Tokens that each hands back.
        pub result: Length,
    }
    check are_bounded
}

fn is_bounded(agent: &Agent, _: &Place) -> Result<(), Problem> {
    STEPS.check(&agent.steps)
}

fn are_bounded(subagents: &Subagents, _: &Place) -> Result<(), Problem> {
    SUBAGENTS.check(&subagents.count)?;
    STEPS_OF_A_SUBAGENT.check(&subagents.steps)
}
