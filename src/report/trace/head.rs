//! What `tokencast trace head` says: the first rows as they are.

use super::compose::instant;
use super::section::Table;
use super::words::{name, zero};
use crate::report::format::{count, duration, printable};
use crate::report::json;
use crate::report::model::Tokens;
use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::{left, right};
use crate::trace::{Name, Outcome, Row};
use serde::Serialize;

/// The first rows of a trace, and their JSON contract: an array.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Head {
    /// The rows.
    pub rows: Vec<Call>,
}

/// One call as it was recorded; what the recording does not say is `null`.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// When it was sent.
    pub at: String,
    /// The application that sent it.
    pub app: Option<String>,
    /// The AWS account.
    pub account: Option<String>,
    /// The model or inference profile.
    pub model: Option<String>,
    /// The Region that was called.
    pub region: Option<String>,
    /// The Region that answered.
    pub ran_in: Option<String>,
    /// The service tier.
    pub tier: Option<String>,
    /// The session.
    pub session: Option<String>,
    /// What the provider called it.
    pub request_id: Option<String>,
    /// `answered`, `throttled`, `failed` or `blocked`.
    pub outcome: &'static str,
    /// Its tokens by class.
    pub tokens: Tokens,
    /// The `max_tokens` that it asked for.
    pub max_tokens: Option<u32>,
    /// The answer was cut there.
    pub truncated: bool,
    /// From sending it to the first token.
    pub ttft_us: Option<u64>,
    /// From sending it to the last token.
    pub latency_us: Option<u64>,
    /// How many blocks of its prompt are known.
    pub blocks: u64,
    /// Tokens of each of them.
    pub block_tokens: u32,
}

impl Head {
    /// Those rows.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        Self { rows: rows.iter().map(call).collect() }
    }

    /// A table in at most `columns` columns, which leaves out what does not fit; `plain` draws with ASCII only.
    #[must_use]
    pub fn text(&self, columns: usize, plain: bool) -> String {
        let layout = Layout { columns, plain };
        if self.rows.is_empty() {
            return layout.paragraph("No calls.", 0);
        }
        let headings = [
            left("sent, in UTC"),
            left("app").rank(1),
            left("model").rank(7),
            left("region").rank(5),
            left("tier").rank(4),
            left("session").rank(8),
            left("outcome").rank(2),
            right("uncached"),
            right("read").rank(1),
            right("written").rank(1),
            right("output"),
            right("max_tokens").rank(3),
            right("latency").rank(6),
            right("blocks").rank(9),
        ];
        printable(&Table::new(&headings, self.rows.iter().map(cells)).text(&layout))
    }

    /// JSON with a final newline.
    #[must_use]
    pub fn json(&self) -> String {
        json::pretty(self)
    }
}

fn call(row: &Row) -> Call {
    let text = |name: &Name| name.as_deref().map(str::to_owned);
    Call {
        at: instant(row.at_us),
        app: text(&row.app),
        account: text(&row.account),
        model: text(&row.model),
        region: text(&row.region),
        ran_in: text(&row.ran_in),
        tier: text(&row.tier),
        session: text(&row.session),
        request_id: text(&row.request_id),
        outcome: row.outcome.name(),
        tokens: Tokens::of(row.usage),
        max_tokens: row.max_tokens,
        truncated: row.truncated,
        ttft_us: row.ttft_us,
        latency_us: row.latency_us,
        blocks: row.blocks.ids.len() as u64,
        block_tokens: row.blocks.tokens,
    }
}

/// `2026-12-01T14:05:07.25Z` as `2026-12-01 14:05:07.25`, cut at a millisecond.
fn millisecond(rfc3339: &str) -> String {
    rfc3339.trim_end_matches('Z').chars().take(23).collect::<String>().replace('T', " ")
}

fn cells(call: &Call) -> Vec<String> {
    let tokens = &call.tokens;
    let cut = if call.truncated { " (cut)" } else { "" };
    vec![
        millisecond(&call.at),
        name(call.app.as_ref()).to_owned(),
        name(call.model.as_ref()).to_owned(),
        name(call.region.as_ref()).to_owned(),
        name(call.tier.as_ref()).to_owned(),
        name(call.session.as_ref()).to_owned(),
        if call.outcome == Outcome::Answered.name() { String::new() } else { call.outcome.to_owned() },
        count(tokens.uncached_input),
        zero(tokens.cache_read),
        zero(tokens.cache_write_5m + tokens.cache_write_1h),
        count(tokens.output) + cut,
        call.max_tokens.map_or_else(|| "-".to_owned(), |most| count(most.into())),
        call.latency_us.map_or_else(|| "-".to_owned(), duration),
        zero(call.blocks),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::usage::Usage;

    fn row() -> Row {
        let usage = Usage { uncached_input: 1_200, cache_read: 4_000, output: 100, ..Usage::default() };
        let model = Some("us.anthropic.claude-haiku-4-5-20251001-v1:0".into());
        let app = Some("\u{1b}[2Jtriage".into());
        Row { at_us: 1_500_000, app, model, usage, max_tokens: Some(100), truncated: true, ..Row::default() }
    }

    #[test]
    fn a_row_is_told_in_the_room_there_is_and_steers_no_terminal() {
        let text = Head::of(&[row()]).text(120, true);
        assert!(text.contains("1970-01-01 00:00:01.5"), "{text}");
        assert!(text.contains("1,200") && text.contains("100 (cut)") && !text.contains("region"), "{text}");
        assert!(!text.contains('\u{1b}') && text.is_ascii());
        let narrow = Head::of(&[row()]).text(60, true);
        assert!(narrow.lines().all(|line| line.len() <= 60), "{narrow}");
        assert_eq!(Head::of(&[]).text(60, true), "No calls.\n");
    }

    #[test]
    fn json_has_every_field_of_a_row() {
        let json: serde_json::Value = serde_json::from_str(&Head::of(&[row()]).json()).expect("JSON");
        assert_eq!(json[0]["tokens"]["cache_read"], 4_000);
        assert_eq!(json[0].as_object().map(serde_json::Map::len), Some(17));
        assert_eq!((&json[0]["at"], &json[0]["region"]), (&"1970-01-01T00:00:01.5Z".into(), &serde_json::Value::Null));
    }
}
