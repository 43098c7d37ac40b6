//! What is refused is named with its line; good rows come through as written.

use super::recorded::{Recorded, Replay};
use super::*;
use crate::bedrock::cache::Split;
use crate::bedrock::usage::Usage;
use crate::plan::{self, Trace};
use crate::trace::tools::{Filter, Tools};
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
    Trace::of_csv("t.csv", columns())
}

fn of_app(app: &str) -> Trace {
    let only = Filter { app: Some(app.to_owned()), ..Filter::default() };
    let columns = Columns { app: Some("app".to_owned()), ..columns() };
    Trace { tools: Tools { only, ..Tools::default() }, ..Trace::of_csv("t.csv", columns) }
}

fn calls(text: &Text, trace: &Trace) -> Vec<Recorded> {
    let mut replay = Replay::open(text, trace, &trace.tools, 0).unwrap();
    std::iter::from_fn(|| replay.next_call().unwrap()).collect()
}

/// When the calls of a trace are sent, in microseconds.
fn times(text: &Text, trace: &Trace) -> Vec<i64> {
    calls(text, trace).iter().map(|call| call.at_us).collect()
}

#[test]
fn a_good_trace_is_counted() {
    let found = survey(&Text(b"t,in,out\r\n5,10,1\r\n6.5,20,2"), &trace()).unwrap();
    let usage = Usage { uncached_input: 30, output: 3, ..Usage::default() };
    let span = Micros(1_500_000);
    let counted = Survey { calls: 2, usage, span, without_max_tokens: 2, largest_max_tokens: 0, cut: 0 };
    assert_eq!(found, counted);
}

#[test]
fn bad_traces_are_refused_with_file_and_line() {
    for (text, expected) in [
        (&b"t,in,out\n2,1,1\n1,1,1\n"[..], "t.csv:3: error: the time goes backwards"),
        (b"t,in,out\n1,-2,3\n", "t.csv:2: error: column `in`: `-2` is not a whole number of tokens"),
        (b"t,in,out\n", "t.csv: error: the trace has no rows"),
    ] {
        let message = survey(&Text(text), &trace()).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn rows_of_other_applications_are_left_out() {
    let text = Text(b"t,app,in,out\n1,b,9,9\n3,a,1,1\n");
    let found = survey(&text, &of_app("a")).unwrap();
    assert_eq!((found.calls, found.span), (1, Micros(2_000_000)));
    let none = survey(&text, &of_app("c")).unwrap_err().to_string();
    assert!(none.contains("no row has `c` in column `app`"), "{none}");
}

#[test]
fn sorting_counts_from_the_earliest_row_of_the_file_whichever_applications_it_is() {
    let text = Text(b"t,app,in,out\n5,b,9,9\n4,a,1,1\n1,b,9,9\n3,a,1,1\n");
    let in_order = Text(b"t,app,in,out\n1,b,9,9\n3,a,1,1\n4,a,1,1\n5,b,9,9\n");
    for (app, span) in [("a", 3_000_000), ("b", 4_000_000)] {
        let trace = Trace { sort: true, ..of_app(app) };
        assert_eq!(survey(&text, &trace).unwrap().span, Micros(span));
        assert_eq!(times(&text, &trace), times(&in_order, &of_app(app)), "{app}");
    }
}

#[test]
fn what_is_wrong_keeps_its_line_when_rows_are_sorted() {
    let of_sessions = Columns { session: Some("s".to_owned()), ..columns() };
    let trace = Trace { sort: true, ..Trace::of_csv("t.csv", of_sessions) };
    let message = survey(&Text(b"t,in,out,s\n5,1,1,x\n4,1,1,\n"), &trace).unwrap_err().to_string();
    assert_eq!(message, "t.csv:3: error: column `s`: this call has no session");
}

#[test]
fn an_answer_that_was_cut_may_have_been_longer_and_one_that_ended_before_its_max_tokens_was_not_cut() {
    let some = |name: &str| Some(name.to_owned());
    let of_cuts = Columns { max_tokens: some("m"), truncated: some("x"), ..columns() };
    let text = Text(b"t,in,out,m,x\n1,9,100,100,true\n2,9,100,100,\n3,9,98,100,true\n4,9,50,,true\n");
    let trace = Trace::of_csv("t.csv", of_cuts);
    assert_eq!(calls(&text, &trace).iter().map(|call| call.output).collect::<Vec<_>>(), [101, 100, 98, 51]);
    assert_eq!(survey(&text, &trace).unwrap().cut, 2);
}

#[test]
fn what_was_read_and_written_is_taken_as_it_was_only_when_asked() {
    let cached = Columns { cache_read: Some("r".to_owned()), cache_write_5m: Some("w".to_owned()), ..columns() };
    let text = Text(b"t,in,out,r,w\n1,10,1,60,30\n2,10,1,0,0\n");
    let simulated = Trace::of_csv("t.csv", cached);
    let recorded = Trace { recorded: plan::Recorded { cache: true, ..simulated.recorded }, ..simulated.clone() };
    let splits = |trace| -> Vec<_> {
        let calls = calls(&text, trace);
        calls.into_iter().map(|call| (call.input, call.prefix.and_then(|prefix| prefix.split()))).collect()
    };
    let split = Split { read: 60, write_5m: 30, write_1h: 0 };
    assert_eq!(splits(&recorded), [(100, Some(split)), (10, None)]);
    assert_eq!(splits(&simulated), [(100, None), (10, None)]);
}
