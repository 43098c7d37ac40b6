//! Recorded traffic: which rows, and what of them is as it was.

use crate::document::Located;
use crate::plan::{Recorded, Trace};
use crate::scenario::{self, Kept};
use crate::trace::tools::{Filter, Tools};
use crate::trace::{BlockTokens, Columns, Outcome, TimeFormat};

/// The recorded calls of an application.
pub(super) fn recorded(app: &str, written: &scenario::Trace) -> Trace {
    Trace {
        file: written.file.value.clone(),
        then: written.then.iter().map(|file| file.value.clone()).collect(),
        columns: (!written.is_store()).then(|| columns(written)),
        sort: written.sort,
        tools: Tools {
            only: filter(app, written),
            between: written.between.as_ref().map(|time| (time.value.from_us, time.value.until_us)),
            sample_weeks: written.sample_weeks.map(|weeks| weeks.get() as u32),
            thin: written.thin.as_ref().map(|share| share.value.share()),
            scale: written.scale.map(scenario::Scale::ratio),
            shift_us: written.shift.micros(),
        },
        recorded: Recorded {
            max_tokens: written.keeps(Kept::MaxTokens),
            session: written.keeps(Kept::Session),
            cache: written.keeps(Kept::Cache),
        },
        checkpoint: None,
    }
}

fn name(written: &Option<Located<String>>) -> Option<String> {
    written.as_ref().map(|name| name.value.clone())
}

/// A column with the application asks for this one; only what was answered is replayed unless something else is asked for.
fn filter(app: &str, written: &scenario::Trace) -> Filter {
    let only = &written.r#where;
    let own = written.app.as_ref().map(|_| app.to_owned());
    let outcome = only.outcome.as_ref().map_or(scenario::Outcome::Answered, |outcome| outcome.value);
    Filter {
        app: name(&only.app).or(own),
        account: name(&only.account),
        model: name(&only.model),
        region: name(&only.region),
        ran_in: name(&only.ran_in),
        tier: name(&only.tier),
        session: name(&only.session),
        outcome: Some(match outcome {
            scenario::Outcome::Answered => Outcome::Answered,
            scenario::Outcome::Throttled => Outcome::Throttled,
            scenario::Outcome::Failed => Outcome::Failed,
            scenario::Outcome::Blocked => Outcome::Blocked,
        }),
    }
}

fn columns(written: &scenario::Trace) -> Columns {
    let time = written.time.as_ref();
    Columns {
        time: time.map(|time| time.column.value.clone()).unwrap_or_default(),
        time_format: match time.map(|time| time.format) {
            Some(scenario::TimeFormat::Seconds) => TimeFormat::Seconds,
            Some(scenario::TimeFormat::Milliseconds) => TimeFormat::Milliseconds,
            Some(scenario::TimeFormat::WallClock) | None => TimeFormat::WallClock,
        },
        input: name(&written.input).unwrap_or_default(),
        input_includes_cache: written.input_includes_cache.unwrap_or(false),
        cache_read: name(&written.cache_read),
        cache_write_5m: name(&written.cache_write_5m),
        cache_write_1h: name(&written.cache_write_1h),
        output: name(&written.output).unwrap_or_default(),
        max_tokens: name(&written.max_tokens),
        truncated: name(&written.truncated),
        app: name(&written.app),
        account: name(&written.account),
        model: name(&written.model),
        region: name(&written.region),
        ran_in: name(&written.ran_in),
        tier: name(&written.tier),
        session: name(&written.session),
        outcome: name(&written.outcome),
        blocks: written.blocks.as_ref().map(|blocks| blocks.column.value.clone()),
        block_tokens: BlockTokens::Fixed(written.blocks.as_ref().map_or(0, |blocks| blocks.tokens.get() as u32)),
        ..Columns::default()
    }
}
