//! What the calls of an app begin with.

use super::Cache;
use super::caching::check_checkpoints;
use super::traffic::{has_blocks, has_splits};
use crate::document::{Decode, Entry, Located, Node, Place, Problem, Problems, Value, Whole, names, section};
use crate::units::Micros;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Tokens of one section of a prompt.
pub type SectionTokens = Whole<1, 10_000_000>;

names! {
    /// A section of a prompt; they stand in this order, whatever the order in the file.
    pub enum SectionName: "section of a prompt" {
        /// The tools that the model may call.
        Tools = "tools",
        /// The system prompt.
        System = "system",
        /// Documents or examples.
        Documents = "documents",
        /// Earlier turns.
        History = "history",
    }
}

section! {
    /// The beginning of every call of an app; the input of its traffic follows. What is cached of it is a
    /// beginning, too: a section that changes takes those behind it along.
    pub struct Prompt {
        /// The tools that the model may call: the first section.
        pub tools: Option<PromptSection>,
        /// The system prompt: the second section.
        pub system: Option<PromptSection>,
        /// Documents or examples: the third section.
        pub documents: Option<PromptSection>,
        /// Earlier turns: the last section.
        pub history: Option<PromptSection>,
        /// How long the beginning is cached, and up to where. Left out: not at all.
        pub cache: Option<Located<Cache>>,
    }
}

/// One section: how long it is, and how often it differs.
#[derive(Debug, Clone)]
pub struct PromptSection {
    /// Its tokens, the same for every call.
    pub tokens: SectionTokens,
    /// Each call has one of so many contents, evenly.
    pub distinct: u32,
    /// All contents are new at each multiple of it from the scenario's start on.
    pub changes_every: Option<Micros>,
}

section! {
    /// A section that is not the same for all calls.
    pub struct VaryingSection {
        /// Its tokens, the same for every call.
        pub tokens: SectionTokens,
        /// How many contents there are; each call has one of them, evenly.
        pub distinct: Whole<1, 1_000_000_000> = 1,
        /// All contents are new at each multiple of this time from the scenario's start on.
        pub changes_every: Option<Located<Micros>>,
    }
    check changes_slowly_enough
}

impl Prompt {
    /// The declared sections in the order of the prompt.
    pub fn sections(&self) -> impl Iterator<Item = (SectionName, &PromptSection)> {
        let all = [
            (SectionName::Tools, &self.tools),
            (SectionName::System, &self.system),
            (SectionName::Documents, &self.documents),
            (SectionName::History, &self.history),
        ];
        all.into_iter().filter_map(|(name, section)| Some((name, section.as_ref()?)))
    }
}

fn changes_slowly_enough(section: &VaryingSection, _: &Place) -> Result<(), Problem> {
    match &section.changes_every {
        Some(every) if every.value < Micros::SECOND => {
            let help = "to have a content for every call, give a large `distinct` instead";
            Err(Problem::new(every.place.clone(), "a section changes once a second at most").help(help))
        }
        _ => Ok(()),
    }
}

impl Decode for PromptSection {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        if !matches!(node.value, Value::Mapping(_)) {
            let tokens = SectionTokens::decode(node, problems)?;
            return Some(Self { tokens, distinct: 1, changes_every: None });
        }
        let VaryingSection { tokens, distinct, changes_every } = VaryingSection::decode(node, problems)?;
        let changes_every = changes_every.map(|every| every.value);
        Some(Self { tokens, distinct: distinct.get() as u32, changes_every })
    }
}

/// What the prompt and the traffic of an app ask of each other.
pub(super) fn check_prompt(app: &Node, problems: &mut Problems) {
    let Some(prompt) = app.get("prompt") else { return };
    let place = prompt.entries().first().map_or(&prompt.place, |entry| &entry.key.place);
    let trace = app.get("traffic").and_then(|traffic| traffic.get("trace"));
    if prompt.entries().iter().all(|entry| entry.node.is_nothing()) {
        return;
    }
    if trace.is_some_and(has_splits) {
        let help = "leave `prompt` out, or leave `cache` out of `traffic.trace.recorded`";
        problems.with_help(place, "what was cached of the recorded calls is taken as it was", help);
        return;
    }
    let first = section_entries(prompt).next().map(|entry| &entry.key.place);
    match (trace, first) {
        (Some(trace), Some(first)) => {
            let message = "the input of a recorded call holds its whole prompt, so that it has no sections";
            let help = if has_blocks(trace) {
                "keep `cache` only: the checkpoint stands behind the last of the trace's blocks"
            } else {
                "name the column with the prompts' blocks in `traffic.trace.blocks`, and keep `cache` only"
            };
            problems.with_help(first, message, help);
        }
        (Some(trace), None) if !has_blocks(trace) => {
            let help = "name the column with the prompts' blocks in `traffic.trace.blocks`, or list `blocks` in \
                        `traffic.trace.recorded`";
            problems.with_help(place, "nothing tells what the recorded prompts have in common", help);
        }
        (None, None) => {
            let help = "give the tokens of `tools`, `system`, `documents` or `history`";
            problems.with_help(place, "a prompt without sections", help);
        }
        _ => {}
    }
    check_checkpoints(prompt, trace.is_some(), problems);
}

/// The sections that are declared.
pub(super) fn section_entries(prompt: &Node) -> impl Iterator<Item = &Entry> {
    let is_section = |key: &str| ["tools", "system", "documents", "history"].contains(&key);
    prompt.entries().iter().filter(move |entry| is_section(&entry.key.value) && !entry.node.is_nothing())
}

impl JsonSchema for PromptSection {
    fn schema_name() -> Cow<'static, str> {
        "PromptSection".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let tokens = generator.subschema_for::<SectionTokens>();
        let varying = generator.subschema_for::<VaryingSection>();
        json_schema!({
            "description": "A section of a prompt: its tokens, or how often its contents differ too.",
            "anyOf": [tokens, varying],
        })
    }
}
