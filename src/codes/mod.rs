//! The names of everything that the program finds or refuses, and what each means on Bedrock.
//!
//! One closed list: a finding or a problem cannot carry a name that `tokencast explain` does not know. Does
//! not know when a code is given, nor how it is shown.

mod answers;
mod cache;
mod callers;
mod capacity;
mod entry;
mod lifecycle;
mod models;
mod prices;
mod quotas;
mod rules;
mod timeouts;

pub use entry::Entry;
use std::fmt;

/// Declares the codes: the variant, its name, and its entry.
macro_rules! codes {
    ($($variant:ident = $name:literal: $entry:path,)*) => {
        /// A finding or a problem, by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable name: `max-tokens-unset`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it means, and what to do about it.
            #[must_use]
            pub const fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$variant => &$entry,)*
                }
            }
        }
    };
}

codes! {
    BareModelId = "bare-model-id": models::BARE_MODEL_ID,
    ModelNotInRegion = "model-not-in-region": models::MODEL_NOT_IN_REGION,
    UnknownProfilePrefix = "unknown-profile-prefix": models::UNKNOWN_PROFILE_PREFIX,
    ResidencyBroken = "residency-broken": models::RESIDENCY_BROKEN,
    LegacyModel = "legacy-model": lifecycle::LEGACY_MODEL,
    EndOfLife = "end-of-life": lifecycle::END_OF_LIFE,
    PricesStale = "prices-stale": prices::PRICES_STALE,
    MaxTokensUnset = "max-tokens-unset": answers::MAX_TOKENS_UNSET,
    MaxTokensFarAboveOutput = "max-tokens-far-above-output": answers::MAX_TOKENS_FAR_ABOVE_OUTPUT,
    AnswersTruncated = "answers-truncated": answers::ANSWERS_TRUNCATED,
    InputBeyondContext = "input-beyond-context": answers::INPUT_BEYOND_CONTEXT,
    Throttled = "throttled": quotas::THROTTLED,
    ReservationLargerThanQuota = "reservation-larger-than-quota": quotas::RESERVATION_LARGER_THAN_QUOTA,
    QuotaDefaultUnverified = "quota-default-unverified": quotas::QUOTA_DEFAULT_UNVERIFIED,
    QuotaUnknown = "quota-unknown": quotas::QUOTA_UNKNOWN,
    QuotaUnused = "quota-unused": quotas::QUOTA_UNUSED,
    WindowDependentAnswer = "window-dependent-answer": quotas::WINDOW_DEPENDENT_ANSWER,
    WindowRobust = "window-robust": quotas::WINDOW_ROBUST,
    RulesDependentAnswer = "rules-dependent-answer": rules::RULES_DEPENDENT_ANSWER,
    RulesRobust = "rules-robust": rules::RULES_ROBUST,
    PtOnProfile = "pt-on-profile": capacity::PT_ON_PROFILE,
    PtHistoryTooShort = "pt-history-too-short": capacity::PT_HISTORY_TOO_SHORT,
    CacheBelowMinimum = "cache-below-minimum": cache::CACHE_BELOW_MINIMUM,
    CacheNeverHit = "cache-never-hit": cache::CACHE_NEVER_HIT,
    IdleTimeoutShorterThanP99 = "idle-timeout-shorter-than-p99": timeouts::IDLE_TIMEOUT,
    ReadTimeoutShorterThanP99 = "read-timeout-shorter-than-p99": timeouts::READ_TIMEOUT,
    AbandonedGenerations = "abandoned-generations": callers::ABANDONED_GENERATIONS,
    RetryStorm = "retry-storm": callers::RETRY_STORM,
    RetriesCutByQuota = "retries-cut-by-quota": callers::RETRIES_CUT,
    LineGrows = "line-grows": callers::LINE_GROWS,
    DeadLetters = "dead-letters": callers::DEAD_LETTERS,
    HiddenTokens = "hidden-tokens": callers::HIDDEN_TOKENS,
}

impl Code {
    /// The code of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own_and_an_entry_of_its_own() {
        for (at, code) in Code::ALL.iter().enumerate() {
            assert_eq!(Code::named(code.name()), Some(*code));
            let later = || Code::ALL[at + 1..].iter();
            assert!(later().all(|other| other.entry().title != code.entry().title), "{code}");
        }
        assert_eq!(Code::named("Throttled"), None);
    }

    #[test]
    fn every_entry_says_what_to_do_and_where_it_is_from() {
        for code in Code::ALL {
            let Entry { title, about, causes, cures, source } = code.entry();
            assert!(!title.is_empty() && !title.ends_with('.'), "{code}");
            assert!((1..=3).contains(&about.len()) && about.iter().all(|paragraph| paragraph.ends_with('.')), "{code}");
            assert!(!causes.is_empty() && !cures.is_empty() && causes != cures, "{code}");
            let dated = source.split("20").skip(1).any(|rest| rest.bytes().take(2).all(|byte| byte.is_ascii_digit()));
            assert!(dated, "{code}: the source has no date");
        }
    }
}
