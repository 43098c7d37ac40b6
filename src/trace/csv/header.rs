//! Where the columns of a file stand.

use crate::trace::{BlockTokens, Columns, TraceError};

/// Where the columns of a file stand.
pub(super) struct Header {
    /// All names, as they are written.
    names: Vec<String>,
    pub(super) time: usize,
    pub(super) input: usize,
    pub(super) cache_read: Option<usize>,
    pub(super) cache_write_5m: Option<usize>,
    pub(super) cache_write_1h: Option<usize>,
    pub(super) output: usize,
    pub(super) max_tokens: Option<usize>,
    pub(super) truncated: Option<usize>,
    pub(super) app: Option<usize>,
    pub(super) account: Option<usize>,
    pub(super) model: Option<usize>,
    pub(super) region: Option<usize>,
    pub(super) ran_in: Option<usize>,
    pub(super) tier: Option<usize>,
    pub(super) session: Option<usize>,
    pub(super) request_id: Option<usize>,
    pub(super) outcome: Option<usize>,
    pub(super) ttft_us: Option<usize>,
    pub(super) latency_us: Option<usize>,
    pub(super) blocks: Option<usize>,
    /// Where the size of blocks stands, if it has a column.
    pub(super) block_tokens: Option<usize>,
}

impl Header {
    /// Finds each column that is asked for.
    pub(super) fn find(header: &csv::ByteRecord, columns: &Columns, file: &str) -> Result<Self, TraceError> {
        let refused = |message: String| TraceError { file: file.to_owned(), line: Some(1), message };
        let names: Result<Vec<_>, _> = header.iter().map(std::str::from_utf8).collect();
        let names = names.map_err(|_| refused("this is not a text file (UTF-8); a trace is a CSV file".to_owned()))?;
        let find = |wanted: &str| {
            let mut found = names.iter().zip(0..).filter(|(name, _)| **name == wanted).map(|(_, at)| at);
            match (found.next(), found.next()) {
                (Some(at), None) => Ok(at),
                (Some(_), Some(_)) => Err(refused(format!("there are two columns `{wanted}`; rename one of them"))),
                (None, _) => Err(refused(format!("there is no column `{wanted}`; the columns are {}", list(&names)))),
            }
        };
        let optional = |wanted: &Option<String>| wanted.as_deref().map(find).transpose();
        let block_tokens = match &columns.block_tokens {
            BlockTokens::Column(column) if columns.blocks.is_some() => Some(find(column)?),
            _ => None,
        };
        Ok(Self {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            time: find(&columns.time)?,
            input: find(&columns.input)?,
            cache_read: optional(&columns.cache_read)?,
            cache_write_5m: optional(&columns.cache_write_5m)?,
            cache_write_1h: optional(&columns.cache_write_1h)?,
            output: find(&columns.output)?,
            max_tokens: optional(&columns.max_tokens)?,
            truncated: optional(&columns.truncated)?,
            app: optional(&columns.app)?,
            account: optional(&columns.account)?,
            model: optional(&columns.model)?,
            region: optional(&columns.region)?,
            ran_in: optional(&columns.ran_in)?,
            tier: optional(&columns.tier)?,
            session: optional(&columns.session)?,
            request_id: optional(&columns.request_id)?,
            outcome: optional(&columns.outcome)?,
            ttft_us: optional(&columns.ttft_us)?,
            latency_us: optional(&columns.latency_us)?,
            blocks: optional(&columns.blocks)?,
            block_tokens,
        })
    }

    /// What the header calls a column.
    pub(super) fn name(&self, column: usize) -> &str {
        &self.names[column]
    }
}

fn list(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(20).map(|name| format!("`{}`", name.escape_debug())).collect();
    if shown.is_empty() { "none: the file is empty".to_owned() } else { shown.join(", ") }
}
