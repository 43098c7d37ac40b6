//! What checks the text before and after the model.

use super::Spread;
use crate::document::{Located, Place, Problem, names, quantity, section};
use crate::units::{Decimal, Micros, Percent};

section! {
    /// What checks every question before the model reads it, and every answer after it was written.
    pub struct Guardrails {
        /// The policies, each billed by the text units of 1,000 characters that it begins.
        pub policies: Vec<Located<Policy>>,
        /// Characters of a token, for the text units: about 4 in English.
        pub characters_per_token: CharactersPerToken = 4,
        /// How long a check takes, of the question and of the answer.
        pub check: Spread<Micros> = "200ms",
        /// The share of questions that are blocked: the model is not called.
        pub blocked_input: Percent = "0%",
        /// The share of answers that are blocked after they were written and billed.
        pub blocked_output: Percent = "0%",
    }
    check checks_something
}

names! {
    /// Policies of a guardrail.
    pub enum Policy: "guardrail policy" {
        /// Content filters: question and answer.
        Content = "content",
        /// Denied topics: question and answer.
        Topics = "topics",
        /// Sensitive information: question and answer.
        Pii = "pii",
        /// Word filters: question and answer, free.
        Words = "words",
        /// Contextual grounding: the answer.
        Grounding = "grounding",
        /// Automated reasoning, one policy: the answer.
        Reasoning = "reasoning",
    }
}

impl Policy {
    /// It checks the question; all of them check the answer.
    #[must_use]
    pub fn checks_input(self) -> bool {
        !matches!(self, Self::Grounding | Self::Reasoning)
    }

    /// Its name in the price book.
    #[must_use]
    pub fn sku(self) -> &'static str {
        match self {
            Self::Content => "guardrail-content-filters",
            Self::Topics => "guardrail-denied-topics",
            Self::Pii => "guardrail-sensitive-information",
            Self::Words => "guardrail-word-filters",
            Self::Grounding => "guardrail-contextual-grounding",
            Self::Reasoning => "guardrail-automated-reasoning",
        }
    }
}

/// Characters of a token, in hundredths: from 0.5 to 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharactersPerToken(pub u32);

impl CharactersPerToken {
    /// Reads `4` or `3.5`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let hundredths = Decimal::parse(text)?.shifted(2).and_then(|hundredths| u32::try_from(hundredths).ok());
        let plausible = hundredths.filter(|hundredths| (50..=2_000).contains(hundredths));
        plausible.map(Self).ok_or_else(|| format!("`{text}` is not from 0.5 to 20 characters with two decimals"))
    }
}

quantity!(CharactersPerToken, CharactersPerToken::parse, "CharactersPerToken", "a number such as `3.5`", {
    "description": "Characters of a token.",
    "type": "number", "minimum": 0.5, "maximum": 20
});

fn checks_something(guardrails: &Guardrails, place: &Place) -> Result<(), Problem> {
    if guardrails.policies.is_empty() {
        let problem = Problem::new(place.clone(), "guardrails without a policy");
        return Err(problem.help("list `policies`, as `[content, pii]`, or leave `guardrails` out"));
    }
    for (at, policy) in guardrails.policies.iter().enumerate() {
        if guardrails.policies[..at].iter().any(|other| other.value == policy.value) {
            let message = format!("the policy `{}` stands here a second time", policy.value.name());
            return Err(Problem::new(policy.place.clone(), message).help("keep one of the two"));
        }
    }
    Ok(())
}
