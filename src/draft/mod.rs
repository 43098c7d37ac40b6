//! A complete scenario out of a recording: an app for each group of calls, as they were made, that runs as it is.
//!
//! Every default and every decision stands in it as a comment. Whether an app can run is found by binding it, and one
//! that cannot is written as a comment, with the reason. Does not open files, and does not know how recordings are
//! written.

mod account;
mod alternatives;
mod app;
mod asked;
mod found;
mod head;
mod names;
mod quotas;
mod replay;
mod runs;
mod timing;
mod trial;
mod yaml;

pub use found::{Found, Group, Key, MOST_GROUPS, MaxTokens};
pub use quotas::AccountQuotas;
pub use timing::Timing;

use crate::pricing::PriceBook;
use crate::units::{Micros, Tokens};
use account::Accounts;
use app::Sketch;
use head::Head;
use runs::Apps;

/// A drafted scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The scenario's file.
    pub yaml: String,
    /// What its reader should hear of, a sentence each.
    pub told: Vec<String>,
}

/// No call of a recording can be run, for these reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NothingRuns(pub Vec<String>);

/// A recording that a scenario is drafted from.
pub(crate) struct Recording<'a> {
    found: &'a Found,
    /// The trace, as the scenario is to name it.
    file: &'a str,
    /// How many accounts called.
    accounts: usize,
}

impl Recording<'_> {
    /// From its first call to its last.
    fn span(&self) -> Micros {
        Micros(self.found.last_us.abs_diff(self.found.first_us))
    }
}

/// A scenario that replays a trace: `name` becomes its name, `trace_file` is the trace as the scenario is to name it.
///
/// # Errors
/// When no call could be run.
pub fn scenario(
    found: &Found,
    trace_file: &str,
    name: &str,
    quotas: Option<&AccountQuotas>,
    book: &PriceBook,
) -> Result<Draft, NothingRuns> {
    if found.calls == 0 {
        return Err(NothingRuns(vec!["the recording holds no call".to_owned()]));
    }
    let accounts = Accounts::of(found);
    let recording = Recording { found, file: trace_file, accounts: accounts.count() };
    let names = names::of_groups(&found.groups.iter().map(|group| &group.key).collect::<Vec<_>>(), book);
    let sketches: Vec<_> = names
        .iter()
        .zip(&found.groups)
        .map(|(name, group)| {
            let model = group.key.model.as_deref().and_then(|id| Some(book.resolve(id).ok()?.model));
            Sketch { name, group, account: accounts.name(&group.key.account), recording: &recording, model }
        })
        .collect();
    let mut reasons = None;
    for head in Head::possible(&recording, book) {
        let apps = Apps::tried(&sketches, &head, &accounts, book);
        if apps.runs.is_empty() {
            reasons.get_or_insert(apps.told);
            continue;
        }
        let mut page = head.page(name, &recording, &apps.runs);
        page.add(&accounts.page(&apps.runs, quotas, book));
        page.add(&apps.page());
        page.add(&alternatives::page(&page, &apps.runs, &recording, book));
        let of_quotas = quotas.into_iter().flat_map(|quotas| quotas.told(book));
        let told =
            std::iter::once(runs::all(&apps.runs)).chain(head.told(&recording)).chain(apps.told).chain(of_quotas);
        return Ok(Draft { yaml: page.text, told: told.collect() });
    }
    Err(NothingRuns(reasons.unwrap_or_default()))
}

/// A count as scenarios write it: `1_800`.
fn count(tokens: Tokens) -> String {
    tokens.to_string().replace(',', "_")
}

/// `1 call`, `1,800 calls`.
fn calls(count: u64) -> String {
    format!("{} {}", Tokens(count), if count == 1 { "call" } else { "calls" })
}

/// A part of a whole in percent, with one decimal.
fn share(part: u64, whole: u64) -> String {
    let thousandths = u128::from(part) * 1_000 / u128::from(whole.max(1));
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests;
