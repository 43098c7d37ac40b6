//! The quota pools that applications draw from.
//!
//! A model's limits are the scenario's where it gives them, the price book's defaults otherwise. Until
//! 2026-09-20 tokens per day are limited per model, by default tokens per minute x 1,440; since
//! 2026-09-21 one limit spans all models of an account and Region (User Guide, quotas; read 2026-11-20).

use super::Binding;
use super::account::Account;
use crate::bedrock::profile::Via;
use crate::bedrock::quota::{Change, Limit, Measure, Route};
use crate::bedrock::tier::Tier;
use crate::codes::Code;
use crate::plan::{Finding, Pool, Severity};
use crate::pricing::{Model, QuotaRow};
use crate::scenario::{Dated, Quota, QuotaPool};
use crate::units::{Micros, SimTime, Tokens};
use jiff::civil::{Date, date};

/// The first day of the limit across models.
const CROSS_MODEL_FROM: Date = date(2026, 9, 21);
/// Minutes of a day.
const DAY_MINUTES: u64 = 1_440;

/// What a pool belongs to: each combination has its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PoolKey {
    pub(super) account: Option<String>,
    pub(super) model: String,
    pub(super) via: Via,
    pub(super) region: String,
    /// Standard, which priority and flex share; or latency-optimised; or batch, which has no quota of minutes.
    pub(super) tier: Tier,
}

impl PoolKey {
    /// `claude-haiku-4-5 geo us-east-1`, and what makes it another pool than that.
    pub(super) fn id(&self) -> String {
        let tier = if self.tier == Tier::Standard { String::new() } else { format!(" {}", self.tier) };
        Pool::id_of(&self.model, self.via, &self.region) + &tier + &of_account(self.account.as_deref())
    }
}

/// ` in sandbox`, for the pools of a named account.
pub(super) fn of_account(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(" in {name}"))
}

/// The pools found so far, and which of them each model's calls also touch.
#[derive(Default)]
pub(super) struct Pools {
    pools: Vec<Pool>,
    keys: Vec<Option<PoolKey>>,
    /// The pool across models that each pool's calls also touch.
    across: Vec<Option<usize>>,
}

/// A limit as it is, and as it will be.
struct Granted {
    measure: Measure,
    period: Micros,
    amount: u64,
    later: Vec<(Date, u64)>,
}

impl Binding<'_> {
    /// The scenario's quotas are checked for names that nothing has.
    pub(super) fn check_quotas(&mut self) {
        let names: Vec<&str> = self.book.models().map(|model| model.key.as_str()).collect();
        for quota in self.accounts().iter().flat_map(|account| account.quotas) {
            let model = &quota.value.model;
            if self.book.model(&model.value).is_none() {
                self.problems.unknown(&model.place, "model", &model.value, &names);
            }
            let _ = self.region(&quota.value.region);
        }
    }

    fn limits_of(&mut self, account: Account<'_>, key: &PoolKey, model: &Model) -> Vec<Granted> {
        if key.tier == Tier::Batch {
            return Vec::new();
        }
        let pool = if key.tier == Tier::LatencyOptimized { QuotaPool::LatencyOptimized } else { QuotaPool::Standard };
        let same = |quota: &&Quota| {
            (quota.model.value.as_str(), quota.via, quota.region.value.as_str(), quota.pool)
                == (&key.model, key.via, &key.region, pool)
        };
        let written = account.quotas.iter().map(|quota| &quota.value).find(same);
        let default = model.quota_defaults(key.via, &key.region, key.tier);
        let minute = Micros::MINUTE;
        let tokens = self.granted(
            (Measure::Tokens, minute),
            written.and_then(|quota| quota.tokens_per_minute.as_ref()),
            default.and_then(|row| row.tokens_per_minute).map(|limit| limit.0),
        );
        let requests = self.granted(
            (Measure::Requests, minute),
            written.and_then(|quota| quota.requests_per_minute.as_ref()),
            default.and_then(|row| row.requests_per_minute),
        );
        let per_second = written.and_then(|quota| quota.requests_per_second.as_ref());
        let a_second = self.granted((Measure::Requests, Micros::SECOND), per_second, None);
        let per_day = written.and_then(|quota| quota.tokens_per_day.as_ref());
        let published = default.and_then(|row| row.tokens_per_day).map(|limit| limit.0);
        let per_minute = tokens.as_ref().map(|limit| limit.amount);
        let usual = published.or(per_minute.map(|limit| limit.saturating_mul(DAY_MINUTES)));
        let usual = usual.filter(|_| self.start < CROSS_MODEL_FROM);
        let mut per_day = self.granted((Measure::Tokens, Micros::DAY), per_day, usual);
        if let Some(limit) = per_day.as_mut().filter(|_| usual.is_some()) {
            limit.later.push((CROSS_MODEL_FROM, Limit::NONE));
        }
        self.note_quotas(account, key, written, default, per_minute);
        requests.into_iter().chain(a_second).chain(tokens).chain(per_day).collect()
    }

    fn granted(
        &mut self,
        (measure, period): (Measure, Micros),
        written: Option<&Dated>,
        default: Option<u64>,
    ) -> Option<Granted> {
        let later: Vec<_> = written.map(|limit| limit.after(self.start).collect()).unwrap_or_default();
        let amount = written.and_then(|limit| limit.on(self.start)).or(default);
        if let (None, Some((from, _))) = (amount, later.first()) {
            let message = format!("no limit is known for the days before {from}");
            let place = &self.scenario.apps.0.first()?.0.place;
            self.problems.with_help(place, message, "write an earlier one: `{from: ..., limit: ...}`");
        }
        amount.map(|amount| Granted { measure, period, amount, later })
    }

    fn note_quotas(
        &mut self,
        account: Account<'_>,
        key: &PoolKey,
        written: Option<&Quota>,
        default: Option<&QuotaRow>,
        tokens: Option<u64>,
    ) {
        let name = format!("quota of {}", key.id());
        match (tokens, written, default) {
            (None, ..) => self.find(Finding {
                code: Code::QuotaUnknown,
                severity: Severity::Warning,
                message: format!(
                    "no tokens-per-minute quota is known for {}: its calls are never throttled by one",
                    key.id()
                ),
                place: format!("{}.quotas", account.place()),
                advice: Some("add the quota that the Service Quotas console shows for your account".to_owned()),
            }),
            (Some(tokens), None, Some(row)) => {
                let note =
                    "a default of AWS; new accounts often have less. Add the quota of your account to account.quotas";
                let source = Some(row.provenance.to_string());
                self.assume(name, format!("{} tokens per minute", Tokens(tokens)), note, source);
                self.unverified.push(key.id());
            }
            _ => {}
        }
    }

    /// Tokens per day across models, when the simulated time reaches its first day and a figure is known.
    fn limit_across_models(&mut self, account: Account<'_>) -> Option<Granted> {
        let measure = (Measure::Tokens, Micros::DAY);
        if account.tokens_per_day.is_some() {
            return self.granted(measure, account.tokens_per_day, None);
        }
        let first = self.start.max(CROSS_MODEL_FROM);
        let reached =
            self.scenario.horizon.is_some_and(|horizon| self.until(first) < horizon.0.0) || first == self.start;
        let row = self.book.account_tokens_per_day(first).filter(|_| reached)?;
        let source = Some(row.provenance.to_string());
        let note =
            "one limit for all models of an account and Region; set account.tokens_per_day to that of your account";
        let value = format!("{} tokens", row.tokens_per_day);
        let amount = row.tokens_per_day.0;
        self.assume("tokens per day across models", value, note, source);
        let mut granted = self.granted(measure, None, Some(amount))?;
        if first > self.start {
            granted = Granted { amount: Limit::NONE, later: vec![(first, amount)], ..granted };
        }
        Some(granted)
    }

    fn pool(&self, id: String, granted: Vec<Granted>) -> Pool {
        let changes = granted.iter().enumerate().flat_map(|(limit, granted)| {
            let change =
                move |(day, amount): &(Date, u64)| Change { at: SimTime(self.until(*day)), limit, amount: *amount };
            granted.later.iter().map(change)
        });
        let changes = changes.collect();
        let limit =
            |granted: &Granted| Limit { measure: granted.measure, amount: granted.amount, period: granted.period };
        Pool { changes, ..Pool::quota(id, granted.iter().map(limit).collect()) }
    }
}

impl Pools {
    /// The pool of a model, made when it is first asked for.
    pub(super) fn of(
        &mut self,
        binding: &mut Binding<'_>,
        account: Account<'_>,
        key: &PoolKey,
        model: &Model,
    ) -> usize {
        if let Some(known) = self.keys.iter().position(|other| other.as_ref() == Some(key)) {
            return known;
        }
        let batch = key.tier == Tier::Batch;
        let across = if batch { None } else { self.across_models(binding, account, &key.region) };
        let granted = binding.limits_of(account, key, model);
        self.add(binding.pool(key.id(), granted), Some(key.clone()), across)
    }

    fn across_models(&mut self, binding: &mut Binding<'_>, account: Account<'_>, region: &str) -> Option<usize> {
        let id = format!("all models {region}{}", of_account(account.name));
        if let Some(known) = self.with_id(&id) {
            return Some(known);
        }
        let granted = binding.limit_across_models(account)?;
        if account.tokens_per_day.is_none() {
            binding.unverified.push(id.clone());
        }
        Some(self.add(binding.pool(id, vec![granted]), None, None))
    }

    /// The pool of that name, if there is one yet.
    pub(super) fn with_id(&self, id: &str) -> Option<usize> {
        self.pools.iter().position(|pool| pool.id == id)
    }

    /// Capacity that was bought.
    pub(super) fn bought(&mut self, pool: Pool) -> usize {
        self.add(pool, None, None)
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
