//! The quota pools that applications draw from.
//!
//! A model's limits are the scenario's where it gives them, the price book's defaults otherwise. Until
//! 2026-09-20 tokens per day are limited per model, by default tokens per minute x 1,440; since
//! 2026-09-21 one limit spans all models of an account and Region (User Guide, quotas; read 2026-11-20).

use super::Binding;
use crate::bedrock::profile::Via;
use crate::bedrock::quota::{Limit, Measure, Route};
use crate::bedrock::tier::Tier;
use crate::plan::{Finding, Pool, Severity};
use crate::pricing::Model;
use crate::units::{Micros, Tokens};
use jiff::civil::{Date, date};

/// The first day of the limit across models.
const CROSS_MODEL_FROM: Date = date(2026, 9, 21);
/// Minutes of a day.
const DAY_MINUTES: u64 = 1_440;

/// What a pool belongs to: each combination has its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PoolKey {
    pub(super) model: String,
    pub(super) via: Via,
    pub(super) region: String,
}

impl PoolKey {
    fn id(&self) -> String {
        Pool::id_of(&self.model, self.via, &self.region)
    }
}

/// The pools found so far, and which of them each model's calls also touch.
pub(super) struct Pools {
    pools: Vec<Pool>,
    keys: Vec<Option<PoolKey>>,
    /// The pool across models that each pool's calls also touch.
    across: Vec<Option<usize>>,
}

impl Binding<'_> {
    /// No pools yet; the scenario's quotas are checked for names that nothing has.
    pub(super) fn pools(&mut self) -> Pools {
        let names: Vec<&str> = self.book.models().map(|model| model.key.as_str()).collect();
        for quota in &self.scenario.account.quotas {
            let model = &quota.value.model;
            if self.book.model(&model.value).is_none() {
                self.problems.unknown(&model.place, "model", &model.value, &names);
            }
            let _ = self.region(&quota.value.region, None);
        }
        Pools { pools: Vec::new(), keys: Vec::new(), across: Vec::new() }
    }

    fn limits_of(&mut self, key: &PoolKey, model: &Model) -> Vec<Limit> {
        let quotas = &self.scenario.account.quotas;
        let written = quotas
            .iter()
            .map(|quota| &quota.value)
            .find(|quota| quota.model.value == key.model && quota.via == key.via && quota.region.value == key.region);
        let default = model.quota_defaults(key.via, &key.region, Tier::Standard);
        let known = |own: Option<u64>, default: Option<u64>| own.or(default);
        let tokens = known(
            written.and_then(|quota| quota.tokens_per_minute).map(|limit| limit.get()),
            default.and_then(|row| row.tokens_per_minute).map(|limit| limit.0),
        );
        let requests = known(
            written.and_then(|quota| quota.requests_per_minute).map(|limit| limit.get()),
            default.and_then(|row| row.requests_per_minute),
        );
        let mut per_day = written.and_then(|quota| quota.tokens_per_day).map(|limit| limit.get());
        if self.start < CROSS_MODEL_FROM {
            let published = default.and_then(|row| row.tokens_per_day).map(|limit| limit.0);
            per_day = per_day.or(published).or(tokens.map(|limit| limit.saturating_mul(DAY_MINUTES)));
        }
        self.note_quotas(key, written.is_some(), default, tokens);
        let limit = |measure, period| move |amount| Limit { measure, amount, period };
        let minute = Micros::MINUTE;
        requests
            .map(limit(Measure::Requests, minute))
            .into_iter()
            .chain(tokens.map(limit(Measure::Tokens, minute)))
            .chain(per_day.map(limit(Measure::Tokens, Micros::DAY)))
            .collect()
    }

    fn note_quotas(
        &mut self,
        key: &PoolKey,
        written: bool,
        default: Option<&crate::pricing::QuotaRow>,
        tokens: Option<u64>,
    ) {
        let name = format!("quota of {}", key.id());
        match (tokens, written, default) {
            (None, ..) => self.findings.push(Finding {
                code: "quota-unknown",
                severity: Severity::Warning,
                message: format!(
                    "no tokens-per-minute quota is known for {}: its calls are never throttled by one",
                    key.id()
                ),
                place: "account.quotas".to_owned(),
                advice: Some("add the quota that the Service Quotas console shows for your account".to_owned()),
            }),
            (Some(tokens), false, Some(row)) => {
                let note =
                    "a default of AWS; new accounts often have less. Add the quota of your account to account.quotas";
                let source = Some(format!("{}, checked {}", row.provenance.title, row.provenance.checked));
                self.assume(name, format!("{} tokens per minute", Tokens(tokens)), note, source);
            }
            _ => {}
        }
    }

    /// Tokens per day across models, when the start is late enough and a figure is known.
    fn limit_across_models(&mut self) -> Option<Limit> {
        let limit = |amount| Limit { measure: Measure::Tokens, amount, period: Micros::DAY };
        if let Some(own) = self.scenario.account.tokens_per_day {
            return Some(limit(own.get()));
        }
        let row = self.book.account_tokens_per_day(self.start).filter(|_| self.start >= CROSS_MODEL_FROM)?;
        let source = Some(format!("{}, checked {}", row.provenance.title, row.provenance.checked));
        let note =
            "one limit for all models of an account and Region; set account.tokens_per_day to that of your account";
        let value = format!("{} tokens", row.tokens_per_day);
        let amount = row.tokens_per_day.0;
        self.assume("tokens per day across models", value, note, source);
        Some(limit(amount))
    }
}

impl Pools {
    /// The pool of a model, made when it is first asked for.
    pub(super) fn of(&mut self, binding: &mut Binding<'_>, key: &PoolKey, model: &Model) -> usize {
        if let Some(known) = self.keys.iter().position(|other| other.as_ref() == Some(key)) {
            return known;
        }
        let across = self.across_models(binding, &key.region);
        self.add(Pool::quota(key.id(), binding.limits_of(key, model)), Some(key.clone()), across)
    }

    fn across_models(&mut self, binding: &mut Binding<'_>, region: &str) -> Option<usize> {
        let id = format!("all models {region}");
        if let Some(known) = self.pools.iter().position(|pool| pool.id == id) {
            return Some(known);
        }
        let limit = binding.limit_across_models()?;
        Some(self.add(Pool::quota(id, vec![limit]), None, None))
    }

    fn add(&mut self, pool: Pool, key: Option<PoolKey>, across: Option<usize>) -> usize {
        self.pools.push(pool);
        self.keys.push(key);
        self.across.push(across);
        self.pools.len() - 1
    }

    /// The limits that the calls of a pool's model touch.
    pub(super) fn route(&self, pool: usize) -> Route {
        let mut route = Route::default();
        for pool in std::iter::once(pool).chain(self.across[pool]) {
            for (number, limit) in Pool::limits_among(&self.pools, pool).zip(&self.pools[pool].limits) {
                match limit.measure {
                    Measure::Requests => route.requests.push(number),
                    Measure::Tokens | Measure::InputTokens => route.tokens.push(number),
                    Measure::OutputTokens => route.output = Some(number),
                }
            }
        }
        route
    }

    /// The limits of one pool.
    pub(super) fn limits(&self, pool: usize) -> impl Iterator<Item = &Limit> {
        self.pools[pool].limits.iter()
    }

    pub(super) fn into_pools(self) -> Vec<Pool> {
        self.pools
    }
}
