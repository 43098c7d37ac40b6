//! Rows as a CSV file.

use super::blocks;
use super::own::HEADER;
use crate::trace::{ImportError, Name, Outcome, Row, Rows, Sink, time};
use std::io::{self, Write};

/// Writes rows as a CSV file in the columns of [`crate::trace::Columns::own`]: nothing of a row is lost.
pub struct Writer<W: Write> {
    writer: csv::Writer<W>,
}

/// Writes all rows, and tells how many they were.
///
/// # Errors
/// When a row cannot be read, or not be written.
pub fn write(rows: &mut dyn Rows, out: impl Write) -> Result<u64, ImportError> {
    let (mut writer, mut row, mut count) = (Writer::new(out)?, Row::default(), 0);
    while rows.next_row(&mut row)? {
        writer.take(&row)?;
        count += 1;
    }
    writer.finish()?;
    Ok(count)
}

impl<W: Write> Writer<W> {
    /// Begins with the header.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(HEADER)?;
        Ok(Self { writer })
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl<W: Write> Sink for Writer<W> {
    fn take(&mut self, row: &Row) -> io::Result<()> {
        let no_time = || io::Error::new(io::ErrorKind::InvalidData, format!("no calendar has the time {}", row.at_us));
        let at = time::written(row.at_us).ok_or_else(no_time)?;
        let name = |name: &'_ Name| name.as_deref().unwrap_or_default().to_owned();
        let (usage, blocks) = (row.usage, &row.blocks);
        let has_blocks = !blocks.ids.is_empty();
        self.writer.write_record([
            at,
            name(&row.app),
            name(&row.account),
            name(&row.model),
            name(&row.region),
            name(&row.ran_in),
            name(&row.tier),
            name(&row.session),
            name(&row.request_id),
            if row.outcome == Outcome::Answered { String::new() } else { row.outcome.name().to_owned() },
            usage.uncached_input.to_string(),
            usage.cache_read.to_string(),
            usage.cache_write_5m.to_string(),
            usage.cache_write_1h.to_string(),
            usage.output.to_string(),
            row.max_tokens.map_or_else(String::new, |tokens| tokens.to_string()),
            if row.truncated { "true".to_owned() } else { String::new() },
            row.ttft_us.map_or_else(String::new, |us| us.to_string()),
            row.latency_us.map_or_else(String::new, |us| us.to_string()),
            if has_blocks { blocks.tokens.to_string() } else { String::new() },
            if has_blocks { blocks::written(&blocks.ids) } else { String::new() },
        ])?;
        Ok(())
    }
}
