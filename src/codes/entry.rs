//! What is said of one code.

/// The explanation of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The matter in one line, without a full stop.
    pub title: &'static str,
    /// What it means on Bedrock, why it costs money or breaks, and what to do: one paragraph each.
    pub about: &'static [&'static str],
    /// The lines of a scenario that cause it.
    pub causes: &'static str,
    /// The lines that cure it.
    pub cures: &'static str,
    /// Where the rule is from, and the day on which it was read.
    pub source: &'static str,
}
