//! Every kind of bad row is refused with its line; good rows come through as written.

use super::*;
use crate::bedrock::usage::Usage;
use crate::trace::{BlockTokens, Columns, Outcome, Row, Rows, TimeFormat, TraceError};

fn columns() -> Columns {
    Columns {
        time: "t".to_owned(),
        time_format: TimeFormat::Seconds,
        input: "in".to_owned(),
        output: "out".to_owned(),
        ..Columns::default()
    }
}

fn read(text: &'static [u8], columns: &Columns) -> Result<Vec<Row>, TraceError> {
    let mut reader = Reader::new("t.csv", Box::new(text), columns)?;
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while reader.next_row(&mut row)? {
        rows.push(row.clone());
    }
    Ok(rows)
}

#[test]
fn bad_rows_are_refused_with_file_and_line() {
    for (text, expected) in [
        (&b"t,in,out\n1,2,3\n2,2\n"[..], "t.csv:3: error: this line has 2 columns, the header has 3"),
        (b"t,in,out\n1,-2,3\n", "t.csv:2: error: column `in`: `-2` is not a whole number of tokens"),
        (b"t,in,out\n1,2,3.5\n", "t.csv:2: error: column `out`: `3.5` is not a whole number of tokens"),
        (b"t,in,out\n1,\"2,000\",3\n", "t.csv:2: error: column `in`: `2,000` is not a whole number of tokens"),
        (b"t,in,out\n1,2147483648,3\n", "t.csv:2: error: column `in`: `2147483648` is not below 2^31"),
        (b"t,in,out\nnoon,1,1\n", "t.csv:2: error: column `t`: `noon` is not a number"),
        (b"", "t.csv:1: error: there is no column `t`; the columns are none: the file is empty"),
        (b"time,in,out\n", "t.csv:1: error: there is no column `t`; the columns are `time`, `in`, `out`"),
        (b"\x7fELF\x00\x01\xff\n", "t.csv:1: error: this is not a text file (UTF-8)"),
        (b"t,in,out,in\n", "t.csv:1: error: there are two columns `in`"),
        (b"t,in,out\n1,\"5\n6\",1\n", "t.csv:2: error: column `in`: `5\\n6` is not a whole number"),
        (b"t,in,out\n1,\xff,1\n", "t.csv:2: error: this line is not UTF-8 text"),
    ] {
        let message = read(text, &columns()).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn a_byte_order_mark_line_ends_of_windows_and_spaces_are_no_part_of_what_is_written() {
    let rows = read(b"\xef\xbb\xbft, in ,out\r\n5, 10,1\r\n\r\n6.5,20,2", &columns()).unwrap();
    let found: Vec<_> = rows.iter().map(|row| (row.at_us, row.usage.uncached_input, row.usage.output)).collect();
    assert_eq!(found, [(5_000_000, 10, 1), (6_500_000, 20, 2)]);
}

#[test]
fn input_that_was_cached_is_counted_once_however_the_file_counts() {
    let cached = Columns { cache_read: Some("r".to_owned()), cache_write_1h: Some("w".to_owned()), ..columns() };
    let includes = Columns { input_includes_cache: true, ..cached.clone() };
    let text = b"t,in,out,r,w\n1,100,5,60,30\n";
    let usage = Usage { cache_read: 60, cache_write_1h: 30, output: 5, ..Usage::default() };
    assert_eq!(read(text, &cached).unwrap()[0].usage, Usage { uncached_input: 100, ..usage });
    assert_eq!(read(text, &includes).unwrap()[0].usage, Usage { uncached_input: 10, ..usage });
    let wrong = read(b"t,in,out,r,w\n1,100,5,60,30\n1,89,5,60,30\n", &includes).unwrap_err().to_string();
    assert!(wrong.starts_with("t.csv:3: error: column `in`: 89 tokens, and 90 of them were read from"), "{wrong}");
    let much = read(b"t,in,out,r,w\n1,2147483647,5,1,\n", &cached).unwrap_err().to_string();
    assert!(much.contains("2147483648 tokens with what was cached; that is not below 2^31"), "{much}");
}

#[test]
fn an_empty_cell_of_an_optional_column_says_nothing() {
    let rows = read(b"t,in,out,m,a,o,x\n1,2,3,9,chat,throttled,true\n1,2,3,,,,\n", &optional()).unwrap();
    assert_eq!((rows[0].max_tokens, rows[0].app.as_deref(), rows[0].truncated), (Some(9), Some("chat"), true));
    assert_eq!(rows[0].outcome, Outcome::Throttled);
    assert_eq!((rows[1].max_tokens, &rows[1].app, rows[1].truncated), (None, &None, false));
    assert_eq!(rows[1].outcome, Outcome::Answered);
    for (text, expected) in [
        (&b"t,in,out,m,a,o,x\n1,2,3,,,gone,\n"[..], "column `o`: `gone` is none of `answered`, `throttled`"),
        (b"t,in,out,m,a,o,x\n1,2,3,,,,yes\n", "column `x`: `yes` is neither `true` nor `false`"),
        (b"t,in,out,m,a,o,x\n1,2,3,many,,,\n", "column `m`: `many` is not a whole number of tokens"),
    ] {
        let message = read(text, &optional()).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
}

fn optional() -> Columns {
    let some = |name: &str| Some(name.to_owned());
    Columns { max_tokens: some("m"), app: some("a"), outcome: some("o"), truncated: some("x"), ..columns() }
}

#[test]
fn blocks_have_the_size_that_the_file_or_the_row_says() {
    let fixed = Columns { blocks: Some("b".to_owned()), block_tokens: BlockTokens::Fixed(512), ..columns() };
    let of_column = Columns { block_tokens: BlockTokens::Column("size".to_owned()), ..fixed.clone() };
    let text = b"t,in,out,b,size\n1,900,3,7-8,500\n2,900,3,,\n";
    let sizes = |columns| read(text, columns).unwrap().into_iter().map(|row| (row.blocks.tokens, row.blocks.ids));
    assert_eq!(sizes(&fixed).collect::<Vec<_>>(), [(512, vec![7, 8]), (0, vec![])]);
    assert_eq!(sizes(&of_column).collect::<Vec<_>>(), [(500, vec![7, 8]), (0, vec![])]);
    let message = read(b"t,in,out,b,size\n1,900,3,7-9,\n", &fixed).unwrap_err().to_string();
    assert_eq!(message, "t.csv:2: error: column `b`: more blocks of 512 tokens than the input of 900 tokens has");
}
