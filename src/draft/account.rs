//! The accounts of a drafted scenario and their quotas.

use super::count;
use super::found::Found;
use super::names::{distinct, slug};
use super::quotas::{AccountQuotas, Limits, Wanted};
use super::runs::Runs;
use super::yaml::{Page, scalar};
use crate::pricing::{PriceBook, QuotaRow};
use crate::trace::Name;
use crate::units::Tokens;
use std::collections::{BTreeMap, BTreeSet};

/// The accounts of a recording, by their names in the scenario; with one only, there are no names.
pub(super) struct Accounts(BTreeMap<Name, Option<String>>);

impl Accounts {
    pub(super) fn of(found: &Found) -> Self {
        let all: BTreeSet<&Name> = found.groups.iter().map(|group| &group.key.account).collect();
        let (several, mut taken) = (all.len() > 1, BTreeSet::new());
        let mut name = |account: &Name| {
            let account = account.as_deref().filter(|_| several)?;
            Some(distinct(slug(account, "account"), &mut taken))
        };
        Self(all.into_iter().map(|account| (account.clone(), name(account))).collect())
    }

    /// How many there are; calls without one count as another.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The name that apps call an account by.
    pub(super) fn name(&self, account: &Name) -> Option<&str> {
        self.0.get(account)?.as_deref()
    }

    /// The sections without any quota: what is needed to try an app alone.
    pub(super) fn bare(&self, page: &mut Page) {
        let named: Vec<&String> = self.0.values().flatten().collect();
        if !named.is_empty() {
            page.line(0, "accounts:");
            named.iter().for_each(|name| page.line(1, &format!("{}: {{}}", scalar(name))));
        }
    }

    /// The sections with the quotas that calls draw from.
    pub(super) fn page(&self, runs: &[Runs<'_>], quotas: Option<&AccountQuotas>, book: &PriceBook) -> Page {
        let mut page = Page::default();
        let nameless = self.0.iter().find(|(_, name)| name.is_none()).map(|(account, _)| account);
        match nameless.and_then(|account| account.as_deref()) {
            Some(id) => page.comment(0, &format!("AWS account {id}.")),
            None => page.comment(0, "The AWS account of all apps that name no other."),
        }
        page.line(0, "account:");
        page.comment(
            1,
            "How a quota's minute is counted; AWS does not say: clock_minute, sliding_minute or token_bucket.",
        );
        page.line(1, "window: clock_minute");
        if let Some(account) = nameless {
            Section { account, runs, quotas, book }.write(&mut page, 1);
        }
        let mut named = self.0.iter().filter_map(|(account, name)| Some((account, name.as_deref()?))).peekable();
        if named.peek().is_some() {
            page.blank();
            page.comment(0, "The other accounts of the recording, each with quotas of its own.");
            page.line(0, "accounts:");
        }
        for (account, name) in named {
            let mut section = Page::default();
            Section { account, runs, quotas, book }.write(&mut section, 2);
            match section.says_nothing() {
                true => {
                    page.line(1, &format!("{}: {{}} # take the braces away when a line below is used", scalar(name)))
                }
                false => page.line(1, &format!("{}:", scalar(name))),
            }
            page.add(&section);
        }
        page
    }
}

/// One account.
struct Section<'a> {
    account: &'a Name,
    runs: &'a [Runs<'a>],
    quotas: Option<&'a AccountQuotas>,
    book: &'a PriceBook,
}

impl Section<'_> {
    fn write(&self, page: &mut Page, depth: usize) {
        let mut wanted: Vec<Wanted<'_>> = Vec::new();
        for runs in self.runs.iter().filter(|runs| runs.group.key.account == *self.account) {
            if let Some(pool) = runs.draws_from(self.book).filter(|pool| !wanted.iter().any(|one| one.is_same(pool))) {
                wanted.push(pool);
            }
        }
        let (mut listed, mut defaults) = (Page::default(), Page::default());
        for pool in &wanted {
            let limits = self.quotas.map(|quotas| quotas.limits(*pool, self.book)).filter(|limits| limits.is_some());
            match limits {
                Some(limits) => self.listed(&mut listed, depth + 1, pool, limits),
                None => self.default(&mut defaults, depth + 1, pool),
            }
        }
        let key = match listed.text.is_empty() {
            true => "# quotas:",
            false => "quotas:",
        };
        if !listed.text.is_empty() || !defaults.text.is_empty() {
            page.comment(
                depth,
                "Quotas that differ from the defaults of the price book. A default is written as a comment: it holds, and the \
                 report says that nobody has confirmed it, until its mark is taken away.",
            );
            page.line(depth, key);
        }
        page.add(&listed);
        page.add(&defaults);
        self.across(page, depth, &wanted);
    }

    fn listed(&self, page: &mut Page, depth: usize, pool: &Wanted<'_>, limits: Limits) {
        page.comment(depth, &format!("{}: from the list of service quotas.", pool.model.name));
        if limits.has_zero() {
            let what = "The list has a limit of zero among these, with which every call is refused: it is not written.";
            page.comment(depth, what);
        }
        let limits = limits.without_zeros();
        if limits.is_some() {
            page.line(depth, &entry(pool, limits));
        }
    }

    fn default(&self, page: &mut Page, depth: usize, pool: &Wanted<'_>) {
        let row = pool.model.quota_defaults(pool.via, pool.region, pool.tier());
        let limits = row.map(of_row).filter(|limits| limits.is_some());
        let (Some(row), Some(limits)) = (row, limits) else {
            let known = format!("{} by {} in {}", pool.model.name, pool.via, pool.region);
            let what = format!(
                "{known}: no default is known, so that nothing throttles its calls; write that of your account:"
            );
            page.comment(depth, &what);
            page.off(depth, &entry(pool, Limits { tokens_per_minute: Some(1_000_000), ..Limits::default() }));
            return;
        };
        let what = "a default of AWS; new accounts often have less";
        page.comment(depth, &format!("{}: {what} ({}).", pool.model.name, row.provenance));
        page.off(depth, &entry(pool, limits));
    }

    /// Tokens per day across models.
    fn across(&self, page: &mut Page, depth: usize, wanted: &[Wanted<'_>]) {
        let regions: Vec<&str> = wanted.iter().map(|pool| pool.region).collect();
        let listed = self.quotas.and_then(|quotas| quotas.across_models(&regions, self.account.as_deref()));
        if let Some(limit) = listed.filter(|limit| *limit > 0) {
            page.comment(depth, "Tokens per UTC day over all models, in each Region: from the list of service quotas.");
            page.line(depth, &format!("tokens_per_day: {}", count(Tokens(limit))));
        }
    }
}

fn of_row(row: &QuotaRow) -> Limits {
    Limits {
        tokens_per_minute: row.tokens_per_minute.map(|limit| limit.0),
        requests_per_minute: row.requests_per_minute,
        tokens_per_day: None,
    }
}

/// `- {model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 5_000_000}`
fn entry(pool: &Wanted<'_>, limits: Limits) -> String {
    let mut entry = format!("- {{model: {}, via: {}, region: {}", pool.model.key, pool.via, pool.region);
    if pool.pool != crate::scenario::QuotaPool::Standard {
        entry.push_str(&format!(", pool: {}", pool.pool.name()));
    }
    let all = [
        ("tokens_per_minute", limits.tokens_per_minute),
        ("requests_per_minute", limits.requests_per_minute),
        ("tokens_per_day", limits.tokens_per_day),
    ];
    for (name, limit) in all {
        entry.extend(limit.map(|limit| format!(", {name}: {}", count(Tokens(limit)))));
    }
    entry + "}"
}
