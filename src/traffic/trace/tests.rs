//! Every kind of bad row is refused with its line; good rows come through as written.

use super::*;
use crate::plan::{TimeFormat, Trace};
use crate::units::Micros;
use std::io;

struct Text(&'static [u8]);

impl TraceFiles for Text {
    fn open(&self, _: &str) -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(self.0))
    }
}

fn trace() -> Trace {
    Trace {
        file: "t.csv".to_owned(),
        time: "t".to_owned(),
        time_format: TimeFormat::Seconds,
        input: "in".to_owned(),
        output: "out".to_owned(),
        max_tokens: None,
        app: None,
        session: None,
        blocks: None,
        sort: false,
    }
}

fn refused(text: &'static [u8]) -> String {
    survey(&Text(text), &trace(), "a").unwrap_err().to_string()
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
fn bad_rows_are_refused_with_file_and_line() {
    for (text, expected) in [
        (&b"t,in,out\n1,2,3\n2,2\n"[..], "t.csv:3: error: this line has 2 columns, the header has 3"),
        (b"t,in,out\n1,-2,3\n", "t.csv:2: error: column `in`: `-2` is not a whole number of tokens"),
        (b"t,in,out\n1,2,3.5\n", "t.csv:2: error: column `out`: `3.5` is not a whole number of tokens"),
        (b"t,in,out\n1,2147483648,3\n", "t.csv:2: error: column `in`: `2147483648` is not below 2^31"),
        (b"t,in,out\n2,1,1\n1,1,1\n", "t.csv:3: error: the time goes backwards"),
        (b"t,in,out\nnoon,1,1\n", "t.csv:2: error: column `t`: `noon` is not a number"),
        (b"t,in,out\n", "t.csv: error: the trace has no rows"),
        (b"", "t.csv:1: error: there is no column `t`; the columns are none: the file is empty"),
        (b"time,in,out\n", "t.csv:1: error: there is no column `t`; the columns are `time`, `in`, `out`"),
        (b"\x7fELF\x00\x01\xff\n", "t.csv:1: error: this is not a text file (UTF-8)"),
        (b"t,in,out,in\n", "t.csv:1: error: there are two columns `in`"),
        (b"t,in,out\n1,\"5\n6\",1\n", "t.csv:2: error: column `in`: `5\\n6` is not a whole number"),
        (b"t,in,out\n1,\xff,1\n", "t.csv:2: error: this line is not UTF-8 text"),
    ] {
        let message = refused(text);
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn rows_of_other_applications_are_left_out() {
    let trace = Trace { app: Some("app".to_owned()), ..trace() };
    let text = Text(b"t,app,in,out\n1,b,9,9\n3,a,1,1\n");
    assert_eq!(survey(&text, &trace, "a").unwrap().calls, 1);
    assert_eq!(survey(&text, &trace, "a").unwrap().span, Micros(2_000_000));
    assert!(survey(&text, &trace, "c").unwrap_err().to_string().contains("no row has `c` in column `app`"));
}

#[test]
fn sorting_counts_from_the_earliest_row_of_the_file_whichever_applications_it_is() {
    let trace = Trace { app: Some("app".to_owned()), sort: true, ..trace() };
    let text = Text(b"t,app,in,out\n5,b,9,9\n4,a,1,1\n1,b,9,9\n3,a,1,1\n");
    assert_eq!(survey(&text, &trace, "a").unwrap().span, Micros(3_000_000));
    assert_eq!(survey(&text, &trace, "b").unwrap().span, Micros(4_000_000));
    let as_written = Trace { sort: false, ..trace.clone() };
    let in_order = Text(b"t,app,in,out\n1,b,9,9\n3,a,1,1\n4,a,1,1\n5,b,9,9\n");
    for app in ["a", "b"] {
        let times = |text: &Text, trace: &Trace| calls::times(text, trace, app);
        assert_eq!(times(&text, &trace), times(&in_order, &as_written), "{app}");
    }
}
