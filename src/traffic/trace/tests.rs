//! What is refused is named with its line; good rows come through as written.

use super::recorded::Recording;
use super::*;
use crate::plan::Trace;
use crate::trace::{Columns, TimeFormat};
use crate::units::Micros;
use std::io;

struct Text(&'static [u8]);

impl TraceFiles for Text {
    fn open(&self, _: &str) -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(self.0))
    }
}

fn columns() -> Columns {
    let name = |name: &str| name.to_owned();
    Columns {
        time: name("t"),
        time_format: TimeFormat::Seconds,
        input: name("in"),
        output: name("out"),
        ..Columns::default()
    }
}

fn trace() -> Trace {
    Trace { file: "t.csv".to_owned(), columns: columns(), checkpoint: None, sort: false }
}

fn of_apps() -> Trace {
    Trace { columns: Columns { app: Some("app".to_owned()), ..columns() }, ..trace() }
}

/// When the calls of an application are sent, in microseconds.
fn times(text: &Text, trace: &Trace, app: &str) -> Vec<i64> {
    let mut recording = Recording::open(text, trace, app).unwrap();
    std::iter::from_fn(|| recording.next_call().unwrap()).map(|call| call.at_us).collect()
}

#[test]
fn a_good_trace_is_counted() {
    let found = survey(&Text(b"t,in,out\r\n5,10,1\r\n6.5,20,2"), &trace(), "a").unwrap();
    assert_eq!(
        found,
        Survey {
            calls: 2,
            input: 30,
            output: 3,
            span: Micros(1_500_000),
            without_max_tokens: 2,
            largest_max_tokens: 0
        }
    );
}

#[test]
fn bad_traces_are_refused_with_file_and_line() {
    for (text, expected) in [
        (&b"t,in,out\n2,1,1\n1,1,1\n"[..], "t.csv:3: error: the time goes backwards"),
        (b"t,in,out\n1,-2,3\n", "t.csv:2: error: column `in`: `-2` is not a whole number of tokens"),
        (b"t,in,out\n", "t.csv: error: the trace has no rows"),
    ] {
        let message = survey(&Text(text), &trace(), "a").unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn rows_of_other_applications_are_left_out() {
    let text = Text(b"t,app,in,out\n1,b,9,9\n3,a,1,1\n");
    assert_eq!(survey(&text, &of_apps(), "a").unwrap().calls, 1);
    assert_eq!(survey(&text, &of_apps(), "a").unwrap().span, Micros(2_000_000));
    assert!(survey(&text, &of_apps(), "c").unwrap_err().to_string().contains("no row has `c` in column `app`"));
}

#[test]
fn sorting_counts_from_the_earliest_row_of_the_file_whichever_applications_it_is() {
    let trace = Trace { sort: true, ..of_apps() };
    let text = Text(b"t,app,in,out\n5,b,9,9\n4,a,1,1\n1,b,9,9\n3,a,1,1\n");
    assert_eq!(survey(&text, &trace, "a").unwrap().span, Micros(3_000_000));
    assert_eq!(survey(&text, &trace, "b").unwrap().span, Micros(4_000_000));
    let in_order = Text(b"t,app,in,out\n1,b,9,9\n3,a,1,1\n4,a,1,1\n5,b,9,9\n");
    for app in ["a", "b"] {
        assert_eq!(times(&text, &trace, app), times(&in_order, &of_apps(), app), "{app}");
    }
}

#[test]
fn what_is_wrong_keeps_its_line_when_rows_are_sorted() {
    let of_sessions = Columns { session: Some("s".to_owned()), ..columns() };
    let trace = Trace { columns: of_sessions, sort: true, ..trace() };
    let message = survey(&Text(b"t,in,out,s\n5,1,1,x\n4,1,1,\n"), &trace, "a").unwrap_err().to_string();
    assert_eq!(message, "t.csv:3: error: column `s`: this call has no session");
}
