//! Who sends an application's calls, and how long they wait for an answer.

use crate::client::Policy;
use crate::units::{Micros, Ratio};

/// The clients of one application. A client that hangs up changes nothing for the model: the answer is written to
/// its end, settles and is billed.
#[derive(Debug, Clone, PartialEq)]
pub struct Caller {
    /// How each of them retries.
    pub policy: Policy,
    /// How many client objects there are, such as pods or processes; each has a retry quota and a rate limiter of
    /// its own. At least one.
    pub clients: u32,
    /// Tokens arrive as they are written, so that the silence ends with the first one, not with the last.
    pub streaming: bool,
    /// How long a client waits for a connection.
    pub connect_timeout: Micros,
    /// After how long without a byte it hangs up; without it, never.
    pub read_timeout: Option<Micros>,
    /// After how long it gives a call up, all attempts and the waits between them together; without it, never.
    pub total_timeout: Option<Micros>,
    /// After how long without a byte what stands between the client and Bedrock hangs up.
    pub idle_timeout: Option<Micros>,
    /// The share of attempts whose connection cannot be opened: they fail after the connect timeout.
    pub unreachable: Ratio,
}

impl Caller {
    /// One client that reaches Bedrock and never hangs up.
    #[must_use]
    pub fn patient(policy: Policy) -> Self {
        Self {
            policy,
            clients: 1,
            streaming: false,
            connect_timeout: Micros::MINUTE,
            read_timeout: None,
            total_timeout: None,
            idle_timeout: None,
            unreachable: Ratio::ZERO,
        }
    }
}
