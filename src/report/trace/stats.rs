//! What `tokencast trace stats` says: calls, outcomes and tokens, by kind.

use super::compose::{counts, groups};
use super::model::{Counts, Group};
use super::section::{Table, joined};
use super::words::{name, outcomes, told, zero};
use crate::profile;
use crate::report::format::{count, printable};
use crate::report::json;
use crate::report::model::{SCHEMA_VERSION, Tool};
use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::{left, right};
use serde::Serialize;

/// Calls, outcomes and tokens of a trace, and its JSON contract (`schema_version` 1).
#[derive(Clone, Debug, Serialize)]
pub struct Stats {
    /// Version of this contract; it grows only when a field changes its meaning.
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// The trace as it was named.
    pub trace: String,
    /// All calls.
    pub total: Counts,
    /// Calls by app, model, Region and tier, by tokens.
    pub groups: Vec<Group>,
}

impl Stats {
    /// Those of a trace.
    #[must_use]
    pub fn of(trace: &str, groups_of: &profile::Groups) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool::this(),
            trace: trace.to_owned(),
            total: counts(&groups_of.all()),
            groups: groups(groups_of),
        }
    }

    /// Text in at most `columns` columns where words allow; `plain` draws with ASCII only.
    #[must_use]
    pub fn text(&self, columns: usize, plain: bool) -> String {
        let layout = Layout { columns, plain };
        let first =
            std::iter::once(format!("{}: {}", self.trace, told(&self.total))).chain(outcomes(&self.total.outcomes));
        let first = first.map(|sentence| layout.paragraph(&sentence, 0));
        printable(&joined(first.chain([table(&self.groups).text(&layout)])))
    }

    /// JSON with a final newline.
    #[must_use]
    pub fn json(&self) -> String {
        json::pretty(self)
    }
}

/// A row for each kind of calls.
pub(super) fn table(groups: &[Group]) -> Table {
    let columns = [
        left("app, model"),
        left("region").rank(6),
        left("tier").rank(7),
        right("calls"),
        right("not answered").rank(5),
        right("uncached"),
        right("read").rank(3),
        right("written").rank(4),
        right("output"),
        right("input P50 / P95").rank(8),
        right("output P50 / P95").rank(9),
    ];
    Table::new(&columns, groups.iter().map(row))
}

fn row(group: &Group) -> Vec<String> {
    let (counts, tokens) = (&group.counts, &group.counts.tokens);
    let written = tokens.cache_write_5m + tokens.cache_write_1h;
    let pair = |lengths: Option<[u64; 2]>| {
        lengths.map_or_else(String::new, |[p50, p95]| format!("{} / {}", count(p50), count(p95)))
    };
    let named = [group.app.as_deref(), group.model.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let who = if group.others { "(all others)".to_owned() } else { named };
    vec![
        who,
        name(group.region.as_ref()).to_owned(),
        group.tier.clone(),
        count(counts.calls),
        zero(counts.calls - counts.outcomes.answered),
        count(tokens.uncached_input),
        zero(tokens.cache_read),
        zero(written),
        count(tokens.output),
        pair(group.input),
        pair(group.output),
    ]
}
