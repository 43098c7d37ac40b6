//! Which SDK, in which version and mode, does what: read and run on 2026-11-20.

use super::{Backoff, Class, Classes, Costs, Header, Jitter, LimiterRules, Policy, QuotaRules};
use crate::document::{names, quantity};
use crate::units::Micros;
use std::fmt;

/// An SDK in one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sdk {
    /// botocore, which boto3 and the AWS CLI 1 are built on, by its minor version: `botocore-1.44`.
    Botocore(u32),
    /// The AWS SDK for JavaScript 3, by its minor version: `aws-sdk-js-3.1162`.
    Js(u32),
    /// The AWS SDK for Rust 1, `aws-sdk-rust-1`: aws-config 1.13.0, aws-smithy-runtime 1.16.2.
    Rust,
    /// The SDK of Anthropic, whose `AnthropicBedrock` does not go through botocore: `anthropic-2`, 2.11.0.
    Anthropic,
}

names! {
    /// How an SDK retries.
    pub enum Mode: "mode" {
        /// botocore's old one: backoff without a cap, no quota.
        Legacy = "legacy",
        /// Backoff and a retry quota.
        Standard = "standard",
        /// Standard, and a rate limiter before every attempt.
        Adaptive = "adaptive",
        /// Retries are off.
        Off = "none",
    }
}

/// How long an SDK waits when nobody says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Micros,
    /// For the next byte; nothing: for ever.
    pub read: Option<Micros>,
}

quantity!(Sdk, Sdk::parse, "Sdk", "an SDK such as `botocore-1.44`", {
    "description": "An SDK and its version: botocore-1.35 to botocore-1.44, aws-sdk-js-3.1048, aws-sdk-js-3.1162, \
                    aws-sdk-rust-1, anthropic-2.",
    "type": "string",
    "enum": ["botocore-1.35", "botocore-1.36", "botocore-1.37", "botocore-1.38", "botocore-1.39", "botocore-1.40",
             "botocore-1.41", "botocore-1.42", "botocore-1.43", "botocore-1.44", "aws-sdk-js-3.1048",
             "aws-sdk-js-3.1162", "aws-sdk-rust-1", "anthropic-2"]
});

impl Sdk {
    /// The newest botocore that is known, of 2026-11-10.
    pub const DEFAULT: Self = Self::Botocore(44);

    /// All that are known: botocore of which 1.35, 1.42, 1.43 and 1.44 were read; of JavaScript the first version that
    /// brings the rules of 2026, not yet as its default, and the one that was read.
    fn known() -> impl Iterator<Item = Self> {
        let botocore = (35..=44).map(Self::Botocore);
        botocore.chain([Self::Js(1048), Self::Js(1162), Self::Rust, Self::Anthropic])
    }

    fn parse(text: &str) -> Result<Self, String> {
        Self::known().find(|sdk| sdk.to_string() == text).ok_or_else(|| {
            let what = match Self::known().any(|sdk| name_of(&sdk.to_string()) == name_of(text)) {
                true => "version of an SDK",
                false => "SDK",
            };
            let known: Vec<String> = Self::known().map(|sdk| format!("`{sdk}`")).collect();
            format!("unknown {what} `{text}`; known: {}", known.join(", "))
        })
    }

    /// The mode when nobody says otherwise.
    #[must_use]
    pub fn default_mode(self) -> Mode {
        if matches!(self, Self::Botocore(..44)) { Mode::Legacy } else { Mode::Standard }
    }

    /// The modes that it has.
    #[must_use]
    pub fn modes(self) -> &'static [Mode] {
        match self {
            Self::Botocore(_) => &[Mode::Legacy, Mode::Standard, Mode::Adaptive, Mode::Off],
            Self::Js(_) | Self::Rust => &[Mode::Standard, Mode::Adaptive, Mode::Off],
            Self::Anthropic => &[Mode::Standard, Mode::Off],
        }
    }

    /// The timeouts when nobody says otherwise. The JavaScript SDK sets none: its HTTP/2 session closes after 300 s
    /// of silence, and 60 s for a connection are ours.
    #[must_use]
    pub fn timeouts(self) -> Timeouts {
        let seconds = |seconds: u64| Micros(seconds * 1_000_000);
        match self {
            Self::Botocore(_) => Timeouts { connect: seconds(60), read: Some(seconds(60)) },
            Self::Js(_) => Timeouts { connect: seconds(60), read: Some(seconds(300)) },
            Self::Rust => Timeouts { connect: Micros(3_100_000), read: None },
            Self::Anthropic => Timeouts { connect: seconds(5), read: Some(seconds(600)) },
        }
    }

    /// It follows AWS's retry rules of 2026, also called 2.1, unless told not to.
    fn follows_rules_of_2026(self) -> bool {
        matches!(self, Self::Botocore(44..) | Self::Js(1162..))
    }
}

fn name_of(text: &str) -> &str {
    text.rsplit_once('-').map_or(text, |(name, _)| name)
}

impl fmt::Display for Sdk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Botocore(minor) => write!(f, "botocore-1.{minor}"),
            Self::Js(minor) => write!(f, "aws-sdk-js-3.{minor}"),
            Self::Rust => f.write_str("aws-sdk-rust-1"),
            Self::Anthropic => f.write_str("anthropic-2"),
        }
    }
}

/// The cap of all AWS SDKs, before jitter.
const CAP: Micros = Micros(20_000_000);

impl Policy {
    /// What an SDK does in one of its modes, with the attempts that this version ships for it.
    #[must_use]
    pub fn of(sdk: Sdk, mode: Mode) -> Self {
        match (sdk, mode) {
            (_, Mode::Off) => Self::once(),
            (Sdk::Botocore(_), Mode::Legacy) => Self::legacy(),
            (Sdk::Anthropic, _) => Self::anthropic(),
            _ => Self {
                attempts: 3,
                classes: classes(sdk),
                backoff: backoff(sdk),
                quota: Some(quota(sdk)),
                limiter: (mode == Mode::Adaptive).then(|| limiter(sdk)),
            },
        }
    }

    /// botocore `_retry.json`, `__default__`: statuses 429, 500, 502, 503, 504 and socket errors.
    fn legacy() -> Self {
        Self::own(5, Micros::SECOND, Backoff::UNCAPPED)
    }

    /// anthropic 2.11.0: `max_retries` 2; 408, 409, 429, 500 and above, timeouts and connections.
    fn anthropic() -> Self {
        let base = Backoff::uniform(Micros(500_000), Micros(8_000_000));
        let own = Self::own(3, base.throttling, base.cap);
        Self {
            classes: Classes { model_timeout: Some(Class::Timeout), ..own.classes },
            backoff: Backoff { jitter: Jitter::LastQuarter, header: Header::Instead(Backoff::UNCAPPED), ..base },
            ..own
        }
    }
}

/// A 429 without a code is no throttling under the rules before 2026. JavaScript takes every 429 for throttling.
fn classes(sdk: Sdk) -> Classes {
    let is_js = matches!(sdk, Sdk::Js(_));
    Classes {
        bare_429: (is_js || sdk.follows_rules_of_2026()).then_some(Class::Throttling),
        not_ready: Some(if is_js { Class::Throttling } else { Class::Server }),
        model_timeout: None,
    }
}

fn backoff(sdk: Sdk) -> Backoff {
    let standard = Backoff::uniform(Micros::SECOND, CAP);
    let tick = if matches!(sdk, Sdk::Js(_)) { Micros(1_000) } else { Micros(1) };
    let lengthens = Header::Lengthens(Micros(5_000_000));
    match sdk {
        _ if sdk.follows_rules_of_2026() => Backoff { other: Micros(50_000), header: lengthens, tick, ..standard },
        Sdk::Js(_) => {
            Backoff { throttling: Micros(500_000), other: Micros(100_000), header: lengthens, tick, ..standard }
        }
        Sdk::Rust => Backoff { header: Header::Instead(CAP), ..standard },
        _ => standard,
    }
}

fn quota(sdk: Sdk) -> QuotaRules {
    let costs = |server, transient, timeout| Costs { throttling: 5, server, transient, timeout };
    let costs = match sdk {
        _ if sdk.follows_rules_of_2026() => costs(14, 14, 14),
        Sdk::Botocore(_) => costs(5, 5, 10),
        _ => costs(5, 10, 10),
    };
    QuotaRules { capacity: 500, costs, credit: 1, one_slot: sdk == Sdk::Rust }
}

fn limiter(sdk: Sdk) -> LimiterRules {
    match sdk {
        Sdk::Js(_) => LimiterRules::JS,
        Sdk::Rust => LimiterRules::RUST,
        _ => LimiterRules::BOTOCORE,
    }
}
