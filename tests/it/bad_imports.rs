//! Every recording that is broken: refused with its file and line, and without filling the memory.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Cursor, Read, Write};
use tokencast::intake::{Options, Tally, import};
use tokencast::trace::{ImportError, Row};

const RECORD: &str = r#"{"schemaType": "ModelInvocationLog", "timestamp": "2026-11-02T09:00:00Z", "requestId": "r",
    "modelId": "amazon.nova-lite-v1:0", "input": {"inputTokenCount": 10}, "output": {"outputTokenCount": 5}}"#;

fn record() -> String {
    RECORD.replace('\n', "")
}

/// What becomes of a file: its rows and counts, or what is wrong.
fn imported(reader: impl Read + Send + 'static) -> Result<(Vec<Row>, Tally), String> {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    match import("logs/a.json.gz", Box::new(reader), None, &Options::default(), &mut tally, &mut rows) {
        Ok(()) => Ok((rows, tally)),
        Err(ImportError::Input(error)) => Err(error.to_string()),
        Err(ImportError::Keeping(error)) => panic!("{error}"),
    }
}

#[track_caller]
fn refused(file: impl AsRef<[u8]>, expected: &str) {
    let error = imported(Cursor::new(file.as_ref().to_vec())).expect_err("it is broken");
    assert!(error.starts_with(&format!("logs/a.json.gz{expected}")), "no {expected:?} in {error}");
}

fn gzip(write: impl Fn(&mut GzEncoder<Vec<u8>>) -> io::Result<()>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    write(&mut encoder).and_then(|()| encoder.finish()).expect("it is in memory")
}

#[test]
fn a_gzip_file_that_was_not_copied_whole_is_refused_behind_its_last_line() {
    let lines = |n: u32| record().replace("\"r\"", &format!("\"r{}\"", n.wrapping_mul(2_654_435_761)));
    let whole = gzip(|encoder| (0..20_000).try_for_each(|n| writeln!(encoder, "{}", lines(n))));
    let error = imported(Cursor::new(whole[..whole.len() / 2].to_vec())).expect_err("it ends early");
    assert!(error.contains("the archive ends early") && error.starts_with("logs/a.json.gz:"), "{error}");
    let line: u64 = error.split(':').nth(1).and_then(|line| line.parse().ok()).expect("a line");
    assert!((5_000..20_000).contains(&line), "{error}");
}

#[test]
fn a_bomb_is_refused() {
    let bomb = gzip(|encoder| {
        writeln!(encoder, "{}", record())?;
        let line = [vec![b'x'; (1 << 20) - 1], vec![b'\n']].concat();
        (0..300).try_for_each(|_| encoder.write_all(&line))
    });
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let error = imported(Cursor::new(bomb)).expect_err("it is a bomb");
    assert!(error.contains("more than 256 MiB and 500 times its size"), "{error}");
}

#[test]
fn a_line_of_two_hundred_megabytes_is_refused_before_it_is_read_whole() {
    let begin = |text: &'static str| Cursor::new(text.as_bytes()).chain(io::repeat(b'x').take(200 << 20));
    let error = imported(begin("{\"schemaType\":\"ModelInvocationLog\",\"modelId\":\"")).expect_err("it is too long");
    assert!(error.starts_with("logs/a.json.gz:1: error: this line is longer than 16 MiB"), "{error}");
    let events = begin("{\"events\":[\n{\"message\":\"ModelInvocationLog");
    let error = imported(events).expect_err("it is too long");
    assert!(error.starts_with("logs/a.json.gz:2: error: a value is longer than 16 MiB"), "{error}");
}

#[test]
fn a_line_that_is_no_text_is_named() {
    let mut file = format!("{0}\n{0}\n", record()).into_bytes();
    let last = file.len() - 30;
    file[last] = 0xff;
    refused(file, ":2: error: this line is not UTF-8 text");
}

#[test]
fn a_file_of_two_formats_is_refused_where_the_second_begins() {
    let spans = r#"{"resourceSpans": []}"#;
    refused(format!("{}\n\n{spans}\n", record()), ":3: error: mixed schemas: the file began with Bedrock model");
}

#[test]
fn an_empty_file_is_noted_and_no_error() {
    for file in [Vec::new(), gzip(|_| Ok(()))] {
        let (rows, tally) = imported(Cursor::new(file)).expect("there is nothing wrong with it");
        assert_eq!((rows.len(), tally.notes.get("empty file"), tally.files.len()), (0, Some(&1), 0));
    }
}

#[test]
fn a_document_that_ends_early_is_refused_with_the_line_of_what_is_open() {
    let events = format!("{{\"events\": [\n{{\"message\": {:?}}},\n{{\"message\": \"{{\\\"a\\\"", record());
    refused(&events, ":3: error: the file ends inside of a value");
    refused(&events[..events.len() - 10], ":3: error: the file ends inside of a value");
    refused(&events[..events.len() - 20], ":2: error: the file ends inside of a document");
}

#[test]
fn what_is_no_recording_is_told_with_the_way_to_go() {
    for (file, expected) in [
        ("lineItem/UsageType,lineItem/UnblendedCost\n", "`tokencast reconcile` reads bills"),
        ("\"BilledCost\",\"ChargePeriodStart\"\n", "`tokencast reconcile` reads bills"),
        ("{\"Records\": [{\"eventSource\": \"bedrock.amazonaws.com\"}]}", "CloudTrail, which have no counts of tokens"),
        ("{\"offerCode\": \"AmazonBedrock\", \"products\": {}}", "a price list of AWS"),
        ("<!DOCTYPE html><title>Access denied</title>", "a page of HTML"),
        ("event: message_start\ndata: {}\n", "the stream of one answer"),
        ("{\"messages\": [], \"max_tokens\": 5}", "the body of one call without its record"),
        ("PK\u{3}\u{4}rest", "a ZIP archive"),
        ("once upon a time\n", "none of the formats that can be imported"),
    ] {
        let error = imported(Cursor::new(file.as_bytes().to_vec())).expect_err("it is no recording");
        assert!(error.starts_with("logs/a.json.gz: error: ") && error.contains(expected), "{expected}: {error}");
    }
}

#[test]
fn a_body_beside_its_log_is_counted_and_no_error() {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    let body = Box::new(Cursor::new(br#"{"messages": [], "max_tokens": 5}"#));
    let file = "2026/11/02/09/data/a_input.json.gz";
    import(file, body, None, &Options::default(), &mut tally, &mut rows).expect("it may be there");
    assert_eq!((rows.len(), tally.skipped["a body beside its log"].count), (0, 1));
}

#[test]
fn a_trace_of_our_own_is_not_imported() {
    refused(b"PAR1\x15\x04", ": error: this is a trace of tokencast");
}
