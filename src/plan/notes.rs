//! What binding a scenario has to say: what it assumed, and what it noticed.

use crate::codes::Code;

/// Something taken as given because the scenario does not say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// What is assumed.
    pub name: String,
    /// The value that is used.
    pub value: String,
    /// Why, and how to change it.
    pub note: String,
    /// Where it is published, when it is.
    pub source: Option<String>,
}

/// A named, explained warning about a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its name, which `tokencast explain` explains.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What was found, and why it matters.
    pub message: String,
    /// Where in the scenario: `apps.triage.max_tokens`.
    pub place: String,
    /// What to do about it.
    pub advice: Option<String>,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Costs money or capacity.
    Warning,
    /// Breaks the service or the answer.
    Error,
}
