//! What the columns of a CSV file mean.

/// The columns of a CSV file with one call a line, by the names in its header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// When a call was sent.
    pub time: String,
    /// How that is written.
    pub time_format: TimeFormat,
    /// The input: all of it, or what no cache took part in.
    pub input: String,
    /// `input` counts what was read from the cache and written to it, too.
    pub input_includes_cache: bool,
    /// What was read from the cache.
    pub cache_read: Option<String>,
    /// What was written to it for five minutes.
    pub cache_write_5m: Option<String>,
    /// What was written to it for one hour.
    pub cache_write_1h: Option<String>,
    /// What the model wrote.
    pub output: String,
    /// The `max_tokens` of each call; an empty cell says nothing.
    pub max_tokens: Option<String>,
    /// `true` or `false`: the answer was cut at `max_tokens`.
    pub truncated: Option<String>,
    /// See [`super::Row`], as all that follow; an empty cell says nothing.
    pub app: Option<String>,
    /// See there.
    pub account: Option<String>,
    /// See there.
    pub model: Option<String>,
    /// See there.
    pub region: Option<String>,
    /// See there.
    pub ran_in: Option<String>,
    /// See there.
    pub tier: Option<String>,
    /// See there.
    pub session: Option<String>,
    /// See there.
    pub request_id: Option<String>,
    /// The names of [`super::Outcome`]; without the column, and with an empty cell, it is `answered`.
    pub outcome: Option<String>,
    /// Whole microseconds.
    pub ttft_us: Option<String>,
    /// Whole microseconds.
    pub latency_us: Option<String>,
    /// The blocks of each prompt: whole numbers and ranges with spaces between them, `1-155 3789`.
    pub blocks: Option<String>,
    /// The tokens of a block.
    pub block_tokens: BlockTokens,
}

/// Where the size of blocks stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockTokens {
    /// All blocks have it.
    Fixed(u32),
    /// In a column.
    Column(String),
}

/// How times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeFormat {
    /// A date and a time of day, UTC unless an offset follows, up to nine fraction digits.
    #[default]
    WallClock,
    /// Seconds, with any fraction.
    Seconds,
    /// Milliseconds, with any fraction.
    Milliseconds,
}

impl Default for BlockTokens {
    fn default() -> Self {
        Self::Fixed(0)
    }
}

impl Columns {
    /// Reads `time=ts,time_format=seconds,input=prompt_tokens,output=answer_tokens` and so on, by the names of the fields.
    ///
    /// # Errors
    /// When a field is unknown or given twice, or one that every trace has is missing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut columns = Self { input_includes_cache: true, ..Self::default() };
        let mut seen = Vec::new();
        for pair in text.split(',') {
            let written = pair.trim();
            let (field, column) = written
                .split_once('=')
                .ok_or_else(|| format!("`{written}`: write a field and its column, as `input=prompt`"))?;
            if seen.contains(&field) {
                return Err(format!("`{field}` is given twice"));
            }
            seen.push(field);
            columns.set(field, column)?;
        }
        let needed = [("time", &columns.time), ("input", &columns.input), ("output", &columns.output)];
        let missing = needed.into_iter().find_map(|(field, column)| column.is_empty().then_some(field));
        match missing {
            Some(field) => Err(format!("the column of `{field}` is missing")),
            None => Ok(columns),
        }
    }

    fn set(&mut self, field: &str, column: &str) -> Result<(), String> {
        let name = column.to_owned();
        match field {
            "time" => self.time = name,
            "time_format" => self.time_format = TimeFormat::parse(column)?,
            "input" => self.input = name,
            "uncached_input" => (self.input, self.input_includes_cache) = (name, false),
            "output" => self.output = name,
            "block_tokens" => self.block_tokens = column.parse().map_or(BlockTokens::Column(name), BlockTokens::Fixed),
            "cache_read" => self.cache_read = Some(name),
            "cache_write_5m" => self.cache_write_5m = Some(name),
            "cache_write_1h" => self.cache_write_1h = Some(name),
            "max_tokens" => self.max_tokens = Some(name),
            "truncated" => self.truncated = Some(name),
            "app" => self.app = Some(name),
            "account" => self.account = Some(name),
            "model" => self.model = Some(name),
            "region" => self.region = Some(name),
            "ran_in" => self.ran_in = Some(name),
            "tier" => self.tier = Some(name),
            "session" => self.session = Some(name),
            "request_id" => self.request_id = Some(name),
            "outcome" => self.outcome = Some(name),
            "ttft_us" => self.ttft_us = Some(name),
            "latency_us" => self.latency_us = Some(name),
            "blocks" => self.blocks = Some(name),
            _ => return Err(format!("`{field}` is no field of a trace; there are {FIELDS}")),
        }
        Ok(())
    }
}

impl TimeFormat {
    /// The names on the command line, as in a scenario.
    const NAMES: [(&'static str, Self); 3] =
        [("wall_clock", Self::WallClock), ("seconds", Self::Seconds), ("milliseconds", Self::Milliseconds)];

    fn parse(name: &str) -> Result<Self, String> {
        let found = Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format);
        found.ok_or_else(|| format!("`{name}` is no time format; there are wall_clock, seconds and milliseconds"))
    }
}

const FIELDS: &str = "time, time_format, input or uncached_input, output, cache_read, cache_write_5m, cache_write_1h, \
    max_tokens, truncated, app, account, model, region, ran_in, tier, session, request_id, outcome, ttft_us, latency_us, \
    blocks and block_tokens";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_fields() {
        let read =
            Columns::parse("time=ts, time_format=seconds,input=prompt,output=answer,block_tokens=64,blocks=b").unwrap();
        assert_eq!(
            (read.time.as_str(), read.time_format, read.input_includes_cache),
            ("ts", TimeFormat::Seconds, true)
        );
        assert_eq!((read.block_tokens, read.blocks.as_deref()), (BlockTokens::Fixed(64), Some("b")));
        assert!(!Columns::parse("time=t,uncached_input=i,output=o").unwrap().input_includes_cache);
    }

    #[test]
    fn a_slip_is_named() {
        for (text, said) in [
            ("time=t,output=o", "`input` is missing"),
            ("time=t,time=u,input=i,output=o", "given twice"),
            ("time=t,input=i,output=o,colour=c", "no field of a trace"),
            ("time=t,time_format=minutes,input=i,output=o", "no time format"),
            ("ts", "as `input=prompt`"),
        ] {
            assert!(Columns::parse(text).unwrap_err().contains(said), "{text}");
        }
    }
}
