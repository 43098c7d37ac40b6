//! The AWS account: its quotas and how their minutes are counted.

use crate::bedrock::profile::Via;
use crate::bedrock::quota::Window;
use crate::document::{Located, Place, Problem, Whole, section};
use crate::units::Tokens;
use std::collections::BTreeMap;

/// A quota: from one to ten billion.
pub type Limit = Whole<1, { Tokens::MAX_QUOTA.0 }>;

section! {
    /// The AWS account that all apps share.
    pub struct Account {
        /// How a minute of a quota is counted; AWS does not say.
        pub window: Window = "clock_minute",
        /// Quotas that differ from the defaults of the price book.
        pub quotas: Vec<Located<Quota>> = [],
        /// Tokens per UTC day over all models of the account, in each region; left out: the default of the price book.
        pub tokens_per_day: Option<Limit>,
    }
    check each_pool_once
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
        /// Tokens per minute (TPM).
        pub tokens_per_minute: Option<Limit>,
        /// Requests per minute (RPM).
        pub requests_per_minute: Option<Limit>,
        /// Tokens per UTC day (TPD).
        pub tokens_per_day: Option<Limit>,
    }
    check limits_something
}

fn limits_something(quota: &Quota, place: &Place) -> Result<(), Problem> {
    if [quota.tokens_per_minute, quota.requests_per_minute, quota.tokens_per_day].iter().any(Option::is_some) {
        return Ok(());
    }
    let help = "give `tokens_per_minute`, `requests_per_minute` or `tokens_per_day`";
    Err(Problem::new(place.clone(), "this quota has no limit").help(help))
}

fn each_pool_once(account: &Account, _: &Place) -> Result<(), Problem> {
    let mut places = BTreeMap::new();
    for Located { value: quota, place } in &account.quotas {
        let pool = (&quota.model.value, quota.via, &quota.region.value);
        if let Some(first) = places.insert(pool, place) {
            let problem = Problem::new(quota.model.place.clone(), "these quotas stand here a second time");
            let line = first.line_column().0;
            return Err(problem.help(format!("they were first written in line {line}; keep one of the two")));
        }
    }
    Ok(())
}
