//! The calls of one application, replayed from a trace.

use super::rows::{Row, Rows};
use super::sessions::Requests;
use super::{TraceError, TraceFiles};
use crate::plan::{App, Trace};
use crate::traffic::{Arrival, Call, Fate};
use crate::units::{Micros, SimTime};
use std::io::Read;

/// A trace at work. A row that cannot be read any more - the survey could - ends it and is kept.
pub(in crate::traffic) struct TraceCalls {
    app: u32,
    max_tokens: u32,
    horizon: Micros,
    rows: Order,
    /// Calls so far, all of them or those of each session.
    requests: Requests,
    pub(in crate::traffic) failure: Option<TraceError>,
}

enum Order {
    AsWritten(Box<Rows<Box<dyn Read + Send>>>),
    Sorted(std::vec::IntoIter<Row>),
    Unreadable,
}

impl TraceCalls {
    pub(in crate::traffic) fn new(
        app: &App,
        number: u32,
        trace: &Trace,
        files: &dyn TraceFiles,
        horizon: Micros,
    ) -> Self {
        let (rows, failure) = match open(files, trace, &app.name) {
            Ok(rows) => (rows, None),
            Err(error) => (Order::Unreadable, Some(error)),
        };
        Self { app: number, max_tokens: app.max_tokens, horizon, rows, requests: Requests::default(), failure }
    }
}

fn open(files: &dyn TraceFiles, trace: &Trace, app: &str) -> Result<Order, TraceError> {
    let opened = files.open(&trace.file).map_err(|error| TraceError {
        file: trace.file.clone(),
        line: None,
        message: format!("cannot be opened: {error}"),
    })?;
    let mut rows = Rows::new(opened, trace, app)?;
    if !trace.sort {
        return Ok(Order::AsWritten(Box::new(rows)));
    }
    let mut all = Vec::new();
    while let Some(row) = rows.next_row()? {
        all.push(row);
    }
    // Times are relative to the first row of the file: make them relative to the earliest, which may be
    // another application's, so that applications of one file stay in step.
    let shift = rows.first_after_earliest_us();
    all.iter_mut().for_each(|row| row.at_us += shift);
    all.sort_by_key(|row| row.at_us);
    Ok(Order::Sorted(all.into_iter()))
}

impl Order {
    fn next_row(&mut self) -> Result<Option<Row>, TraceError> {
        match self {
            Self::AsWritten(rows) => rows.next_row(),
            Self::Sorted(rows) => Ok(rows.next()),
            Self::Unreadable => Ok(None),
        }
    }
}

impl Iterator for TraceCalls {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        let row = match self.rows.next_row() {
            Ok(row) => row?,
            Err(error) => {
                self.failure = Some(error);
                self.rows = Order::Unreadable;
                return None;
            }
        };
        let at = SimTime(row.at_us.unsigned_abs());
        if at.0 >= self.horizon.0 {
            return None;
        }
        let request = self.requests.next(row.session);
        let call = Call { input: row.input, max_tokens: row.max_tokens.unwrap_or(self.max_tokens), prefix: row.prefix };
        Some(Arrival { at, app: self.app, request, call, fate: Fate { output: row.output } })
    }
}

/// When the calls of an application are sent, in microseconds.
#[cfg(test)]
pub(super) fn times(files: &dyn TraceFiles, trace: &Trace, app: &str) -> Vec<i64> {
    let mut order = open(files, trace, app).unwrap();
    std::iter::from_fn(|| order.next_row().unwrap()).map(|row| row.at_us).collect()
}
