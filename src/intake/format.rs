//! The kinds of recordings that can be read.

/// A kind of recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Model invocation logs of Amazon Bedrock: records a line, an export of CloudWatch Logs, or results of Logs Insights.
    InvocationLog,
    /// `aws cloudwatch get-metric-data` or `get-metric-statistics`, as JSON.
    CloudWatch,
    /// A CSV file with one call a line, in columns that are named or known.
    Csv,
    /// Mooncake's and Qwen's JSON lines with `hash_ids`.
    Mooncake,
    /// Sessions of agents as JSON lines with runs of blocks.
    AgentSessions,
    /// TraceLab's rounds of coding agents as JSON lines.
    TraceLab,
    /// LiteLLM's spend logs.
    LiteLlm,
    /// OpenTelemetry spans with `gen_ai` attributes, as OTLP/JSON.
    Otlp,
    /// A trace that tokencast wrote: Parquet.
    Store,
}

impl Format {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::InvocationLog,
        Self::CloudWatch,
        Self::Csv,
        Self::Mooncake,
        Self::AgentSessions,
        Self::TraceLab,
        Self::LiteLlm,
        Self::Otlp,
        Self::Store,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InvocationLog => "invocation-log",
            Self::CloudWatch => "cloudwatch",
            Self::Csv => "csv",
            Self::Mooncake => "mooncake",
            Self::AgentSessions => "agent-sessions",
            Self::TraceLab => "tracelab",
            Self::LiteLlm => "litellm",
            Self::Otlp => "otlp",
            Self::Store => "parquet",
        }
    }

    /// Calls are placed inside of coarse stamps or periods, or sessions begin at drawn times: the order of rows says
    /// nothing of the recording.
    #[must_use]
    pub fn places_calls(self) -> bool {
        matches!(self, Self::InvocationLog | Self::CloudWatch | Self::Mooncake | Self::AgentSessions)
    }

    /// What it is, for people.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::InvocationLog => "Bedrock model invocation logs",
            Self::CloudWatch => "CloudWatch metrics",
            Self::Csv => "CSV with one call a line",
            Self::Mooncake => "JSON lines with hash_ids",
            Self::AgentSessions => "agent sessions with blocks",
            Self::TraceLab => "TraceLab rounds",
            Self::LiteLlm => "LiteLLM spend logs",
            Self::Otlp => "OTLP spans",
            Self::Store => "tokencast trace",
        }
    }
}
