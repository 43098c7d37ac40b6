//! AWS accounts: quotas, purchased capacity, and how minutes are counted.

use super::{Dated, Provisioned, Reserved, Rules};
use crate::bedrock::profile::Via;
use crate::bedrock::quota::Window;
use crate::document::{Located, Named, Place, Problem, Whole, section};
use crate::units::Tokens;
use std::collections::BTreeMap;

/// A quota: from one to ten billion.
pub type Limit = Whole<1, { Tokens::MAX_QUOTA.0 }>;

section! {
    /// The AWS account of all apps that name no other.
    pub struct Account {
        /// How a minute of a quota is counted; AWS does not say.
        pub window: Window = "clock_minute",
        /// Other rules that AWS does not document, for all accounts.
        pub rules: Rules = {},
        /// Quotas that differ from the defaults of the price book.
        pub quotas: Vec<Located<Quota>> = [],
        /// Tokens per UTC day over all models of the account, in each region; left out: the default of the price book.
        pub tokens_per_day: Option<Dated>,
        /// Provisioned throughput that was bought, by name.
        pub provisioned: Named<Provisioned> = {},
        /// Capacity of the reserved tier that was bought.
        pub reserved: Vec<Located<Reserved>> = [],
    }
    check each_pool_once
}

section! {
    /// A further AWS account: it has quotas and capacity of its own.
    pub struct OtherAccount {
        /// Quotas that differ from the defaults of the price book.
        pub quotas: Vec<Located<Quota>> = [],
        /// Tokens per UTC day over all models of the account, in each region; left out: the default of the price book.
        pub tokens_per_day: Option<Dated>,
        /// Provisioned throughput that was bought, by name.
        pub provisioned: Named<Provisioned> = {},
        /// Capacity of the reserved tier that was bought.
        pub reserved: Vec<Located<Reserved>> = [],
    }
    check each_other_pool_once
}

section! {
    /// The limits of one pool: a model, called in one way, from one region. At least one limit.
    pub struct Quota {
        /// The model's name in the price book.
        pub model: Located<String>,
        /// The way in which the model is called.
        pub via: Via,
        /// The region that the calls are sent to.
        pub region: Located<String>,
        /// Whose quota it is: that of the standard tier, which priority and flex share, or the latency-optimized one.
        pub pool: QuotaPool = "standard",
        /// Tokens per minute (TPM).
        pub tokens_per_minute: Option<Dated>,
        /// Requests per minute (RPM).
        pub requests_per_minute: Option<Dated>,
        /// Requests per second (RPS): AWS publishes no such quota of a model; some accounts were given one.
        pub requests_per_second: Option<Dated>,
        /// Tokens per UTC day (TPD).
        pub tokens_per_day: Option<Dated>,
    }
    check limits_something
}

crate::document::names! {
    /// The quotas that a model has by one way.
    pub enum QuotaPool: "pool" {
        /// Standard, priority and flex.
        Standard = "standard",
        /// Latency-optimized inference.
        LatencyOptimized = "latency_optimized",
    }
}

fn limits_something(quota: &Quota, place: &Place) -> Result<(), Problem> {
    let requests = [&quota.requests_per_minute, &quota.requests_per_second];
    let tokens = [&quota.tokens_per_minute, &quota.tokens_per_day];
    if requests.into_iter().chain(tokens).any(|limit| limit.is_some()) {
        return Ok(());
    }
    let help = "give `tokens_per_minute`, `requests_per_minute`, `requests_per_second` or `tokens_per_day`";
    Err(Problem::new(place.clone(), "this quota has no limit").help(help))
}

fn each_pool_once(account: &Account, _: &Place) -> Result<(), Problem> {
    each_once_in(&account.quotas, &account.reserved)
}

fn each_other_pool_once(account: &OtherAccount, _: &Place) -> Result<(), Problem> {
    each_once_in(&account.quotas, &account.reserved)
}

fn each_once_in(quotas: &[Located<Quota>], reserved: &[Located<Reserved>]) -> Result<(), Problem> {
    each_once(quotas, "these quotas", |quota| {
        (&quota.model, quota.via, &quota.region.value, quota.pool == QuotaPool::Standard)
    })?;
    each_once(reserved, "this capacity", |held| (&held.model, held.via, &held.region.value, true))
}

/// What makes one entry of a list another than the next, beside the model.
type Key<'a> = (&'a Located<String>, Via, &'a String, bool);

fn each_once<T>(list: &[Located<T>], what: &str, key: impl Fn(&T) -> Key<'_>) -> Result<(), Problem> {
    let mut places = BTreeMap::new();
    for Located { value, place } in list {
        let (model, via, region, standard) = key(value);
        if let Some(first) = places.insert((&model.value, via, region, standard), place) {
            let stands = if what.starts_with("these") { "stand" } else { "stands" };
            let problem = Problem::new(model.place.clone(), format!("{what} {stands} here a second time"));
            let line = first.line_column().0;
            let pronoun = if what.starts_with("these") { "they were" } else { "it was" };
            return Err(problem.help(format!("{pronoun} first written in line {line}; keep one of the two")));
        }
    }
    Ok(())
}
