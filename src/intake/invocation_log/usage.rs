//! The tokens of a record: what its head counts, and what only the body of the answer says.

use super::counted::Counted;
use super::fold::Maybe;
use super::record::Record;
use crate::bedrock::usage::{Usage, UsageClass};
use crate::intake::Tally;
use crate::units::Tokens;

/// Why a record's tokens cannot be told.
pub(super) type Reason = &'static str;

/// What the head of a record counts. The input is without what a cache took part in: Amazon Bedrock User Guide,
/// "Prompt caching", and every record that was seen.
struct Head {
    input: Option<u64>,
    cache_read: Option<u64>,
    cache_write: Option<u64>,
    output: Option<u64>,
}

/// The tokens of a record; nothing where neither head nor body counts its input. What counts no output has none, as
/// embeddings.
pub(super) fn usage(record: &Record<'_>, tally: &mut Tally) -> Result<Option<Usage>, Reason> {
    let head = Head::of(record)?;
    let body = record.output.output_body_json.counted;
    if head.contradicts(&body) {
        tally.note("usage in the body differs from the record's counts, which were taken");
    }
    if head.input.is_none() && body.input.is_some() {
        tally.note("counts taken from the body of the answer");
    }
    let Some(input) = head.input.or(body.input) else { return Ok(None) };
    let write = head.cache_write.or(body.cache_write).unwrap_or(0);
    let write_1h = written_for_an_hour(write, &body, tally);
    let usage = Usage {
        uncached_input: input,
        cache_read: head.cache_read.or(body.cache_read).unwrap_or(0),
        cache_write_5m: write - write_1h,
        cache_write_1h: write_1h,
        output: head.output.or(body.output).unwrap_or(0),
    };
    if UsageClass::ALL.iter().any(|class| usage.of(*class) >= Tokens::MAX_PER_CALL.0) {
        return Err("a count of tokens is 2^31 or more");
    }
    Ok(Some(usage))
}

/// Of what was written, the part for one hour: only bodies say it, and only where it adds up.
fn written_for_an_hour(write: u64, body: &Counted, tally: &mut Tally) -> u64 {
    let (five_minutes, one_hour) = (body.cache_write_5m, body.cache_write_1h);
    let said = five_minutes.is_some() || one_hour.is_some();
    let (five_minutes, one_hour) = (five_minutes.unwrap_or(0), one_hour.unwrap_or(0));
    if said && five_minutes.checked_add(one_hour) == Some(write) {
        return one_hour;
    }
    if said {
        tally.note("times to live of cache writes do not add up: taken for five minutes");
    } else if write > 0 {
        tally.note("cache writes without a time to live: taken for five minutes");
    }
    0
}

impl Head {
    fn of(record: &Record<'_>) -> Result<Self, Reason> {
        let (sent, received) = (&record.input, &record.output);
        Ok(Self {
            input: count(&sent.input_token_count)?,
            cache_read: count(&sent.cache_read_input_token_count)?,
            cache_write: count(&sent.cache_write_input_token_count)?,
            output: count(&received.output_token_count)?,
        })
    }

    fn contradicts(&self, body: &Counted) -> bool {
        let differ = |head: Option<u64>, body: Option<u64>| head.zip(body).is_some_and(|(head, body)| head != body);
        differ(self.input, body.input)
            || differ(self.cache_read, body.cache_read)
            || differ(self.cache_write, body.cache_write)
            || differ(self.output, body.output)
    }
}

fn count(field: &Option<Maybe<u64>>) -> Result<Option<u64>, Reason> {
    match field {
        None => Ok(None),
        Some(Maybe(None)) => Err("a count of tokens is not a whole number"),
        Some(Maybe(count)) => Ok(*count),
    }
}
