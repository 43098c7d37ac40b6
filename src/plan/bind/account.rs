//! The AWS accounts of a scenario: what each holds.

use super::Binding;
use crate::document::{Located, Named};
use crate::plan::Finding;
use crate::scenario::{Dated, Provisioned, Quota, Reserved};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What one account holds.
#[derive(Clone, Copy)]
pub(super) struct Account<'a> {
    /// Its name; nothing for the one of apps that name none.
    pub(super) name: Option<&'a str>,
    pub(super) quotas: &'a [Located<Quota>],
    pub(super) tokens_per_day: Option<&'a Dated>,
    pub(super) provisioned: &'a Named<Provisioned>,
    pub(super) reserved: &'a [Located<Reserved>],
}

impl Account<'_> {
    /// Where it stands in the scenario.
    pub(super) fn place(&self) -> String {
        self.name.map_or_else(|| "account".to_owned(), |name| format!("accounts.{name}"))
    }
}

impl<'a> Binding<'a> {
    /// Every account, the nameless one first.
    pub(super) fn accounts(&self) -> Vec<Account<'a>> {
        let own = &self.scenario.account;
        let nameless = Account {
            name: None,
            quotas: &own.quotas,
            tokens_per_day: own.tokens_per_day.as_ref(),
            provisioned: &own.provisioned,
            reserved: &own.reserved,
        };
        let named = self.scenario.accounts.0.iter().map(|(name, other)| Account {
            name: Some(&name.value),
            quotas: &other.quotas,
            tokens_per_day: other.tokens_per_day.as_ref(),
            provisioned: &other.provisioned,
            reserved: &other.reserved,
        });
        std::iter::once(nameless).chain(named).collect()
    }

    /// The account that an app names.
    pub(super) fn account(&mut self, written: Option<&Located<String>>) -> Option<Account<'a>> {
        let accounts = self.accounts();
        let Some(name) = written else { return accounts.first().copied() };
        let found = accounts.iter().find(|account| account.name == Some(name.value.as_str())).copied();
        if found.is_none() {
            let known: Vec<&str> = accounts.iter().filter_map(|account| account.name).collect();
            self.problems.unknown(&name.place, "account", &name.value, &known);
        }
        found
    }

    /// How long after the scenario's start a UTC day begins, in microseconds; zero for one that has begun.
    pub(super) fn until(&self, day: Date) -> u64 {
        let midnight = day.to_zoned(TimeZone::UTC).map_or(i64::MAX, |day| day.timestamp().as_microsecond());
        u64::try_from(midnight.saturating_sub(self.scenario.start.0.as_microsecond())).unwrap_or(0)
    }

    pub(super) fn find(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}
