//! What calls begin with.

use crate::bedrock::cache::Ttl;
use crate::units::Micros;

/// The sections that every call of an application begins with, in the order of the prompt. They are part of
/// its input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt(pub Vec<PromptSection>);

/// One section of a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromptSection {
    /// Its tokens.
    pub tokens: u32,
    /// Each call has one of so many contents, drawn evenly; at least one.
    pub distinct: u32,
    /// All contents are new at each multiple of it; at least a second.
    pub changes_every: Option<Micros>,
    /// Everything up to its end is to be cached.
    pub checkpoint: Option<Ttl>,
}

impl Prompt {
    /// The tokens of all sections.
    #[must_use]
    pub fn tokens(&self) -> u32 {
        self.0.iter().map(|section| section.tokens).sum()
    }
}
