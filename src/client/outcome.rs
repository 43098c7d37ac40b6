//! How an attempt ended, and what an SDK takes that for.

/// How an attempt ended, as its client sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered.
    Ok,
    /// 429 with a `ThrottlingException`.
    Throttled,
    /// 429 without a code, such as something between client and Bedrock may send.
    Bare429,
    /// 429 with a `ModelNotReadyException`, which is said to be worth a retry and no throttling.
    NotReady,
    /// 503 with a `ServiceUnavailableException`.
    Unavailable,
    /// 500 with an `InternalServerException`.
    ServerError,
    /// Nothing came for longer than the client waits.
    ReadTimeout,
    /// No connection was made within the time for that.
    ConnectTimeout,
    /// The connection was closed before the answer.
    ConnectionClosed,
    /// 4xx that nobody retries, such as a `ValidationException`.
    Refused,
    /// 408 with a `ModelTimeoutException`: the model took too long.
    ModelTimeout,
}

/// What a failure is taken for: how long to wait, and what a retry costs, depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The server has no room.
    Throttling,
    /// The server says that it is worth a retry.
    Server,
    /// It may be gone the next time: a status of 500, 502, 503 or 504, or a lost connection.
    Transient,
    /// Nobody answered in time.
    Timeout,
}

/// Where SDKs differ in what they take failures for; nothing: not retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classes {
    /// Of 429 without a code.
    pub bare_429: Option<Class>,
    /// Of `ModelNotReadyException`.
    pub not_ready: Option<Class>,
    /// Of `ModelTimeoutException`.
    pub model_timeout: Option<Class>,
}

impl Classes {
    /// What a failure is taken for; nothing: it is not retried.
    #[inline]
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> Option<Class> {
        match outcome {
            Outcome::Throttled => Some(Class::Throttling),
            Outcome::Unavailable | Outcome::ServerError | Outcome::ConnectionClosed => Some(Class::Transient),
            Outcome::ReadTimeout | Outcome::ConnectTimeout => Some(Class::Timeout),
            Outcome::Bare429 => self.bare_429,
            Outcome::NotReady => self.not_ready,
            Outcome::ModelTimeout => self.model_timeout,
            Outcome::Ok | Outcome::Refused => None,
        }
    }
}
