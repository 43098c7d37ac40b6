use super::*;
use crate::intake::sample::{import, refused};
use crate::intake::{Options, Tally};
use crate::trace::Sink;
use crate::trace::csv::Writer;

fn rows(text: &str, options: &Options) -> (Vec<Row>, Tally) {
    let (rows, tally, result) = import(read, text, options);
    result.unwrap();
    (rows, tally)
}

fn usual(text: &str) -> (Vec<Row>, Tally) {
    rows(text, &Options::default())
}

#[test]
fn azures_traces_are_told_by_their_header() {
    let text = "TIMESTAMP,ContextTokens,GeneratedTokens\r\n1970-01-01 00:00:01.6805900,374,44\r\n\
                1970-01-01 00:00:02.5+00:00,3,4";
    let (rows, _) = usual(text);
    assert_eq!(rows.iter().map(|row| row.at_us).collect::<Vec<_>>(), [1_680_590, 2_500_000]);
    assert_eq!((rows[0].usage.uncached_input, rows[0].usage.output), (374, 44));
}

#[test]
fn answers_of_no_tokens_are_failures_of_burstgpt() {
    let text = "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n5,GPT-4,4,2,6,API log\n6,GPT-4,9,0,9,API log\n";
    let options = Options { start_us: 100_000_000, ..Options::default() };
    let (burst, tally) = rows(text, &options);
    assert_eq!(burst.iter().map(|row| row.at_us).collect::<Vec<_>>(), [105_000_000, 106_000_000]);
    assert_eq!(burst.iter().map(|row| row.outcome).collect::<Vec<_>>(), [Outcome::Answered, Outcome::Failed]);
    assert_eq!((burst[0].model.as_deref(), burst[0].app.as_deref()), (Some("GPT-4"), Some("API log")));
    assert_eq!(tally.notes["an answer of no tokens taken for a failure"], 1);
    let text = "Timestamp,Session ID,Model,Request tokens,Response tokens,Log Type\n5,7,GPT-4,4,2,API log\n";
    assert_eq!(usual(text).0[0].session.as_deref(), Some("7"));
}

#[test]
fn vidurs_traces_count_seconds() {
    let (rows, _) = usual("arrived_at,num_prefill_tokens,num_decode_tokens\n0.5,374,44\n");
    assert_eq!((rows[0].at_us, rows[0].usage.total_input()), (500_000, 374));
}

#[test]
fn files_of_our_own_come_back_as_they_were() {
    let row = Row { at_us: 5_000_000, app: Some("a".into()), truncated: true, max_tokens: Some(4), ..Row::default() };
    let mut text = Vec::new();
    let mut writer = Writer::new(&mut text).unwrap();
    writer.take(&row).unwrap();
    writer.finish().unwrap();
    let options = Options { start_us: 9, ..Options::default() };
    assert_eq!(rows(std::str::from_utf8(&text).unwrap(), &options).0, [row]);
}

#[test]
fn columns_can_be_named() {
    let columns = Columns::parse("time=t,time_format=seconds,input=in,output=out,cache_read=r").unwrap();
    let options = Options { columns: Some(columns), app: AppFrom::Fixed("x".to_owned()), ..Options::default() };
    let (named, _) = rows("t,in,out,r\n1,10,2,4\n", &options);
    assert_eq!((named[0].usage.uncached_input, named[0].usage.cache_read), (6, 4));
    assert_eq!(named[0].app.as_deref(), Some("x"));
    let options = Options { app: AppFrom::Metadata("who".to_owned()), ..Options::default() };
    let text = "arrived_at,num_prefill_tokens,num_decode_tokens,who\n1,10,2,me\n";
    assert_eq!(rows(text, &options).0[0].app.as_deref(), Some("me"));
}

#[test]
fn a_header_that_only_sounds_known_is_a_suggestion() {
    let message = refused(read, "Start Time,InputTokenCount,output_tokens,cost\n1,2,3,4\n");
    let expected = "--columns \"time=Start Time,input=InputTokenCount,output=output_tokens\"";
    assert!(message.starts_with("t:1: error: ") && message.contains(expected), "{message}");
    assert!(refused(read, "a,b\n1,2\n").contains("time=...,input=...,output=..."));
    let message = refused(read, "arrived_at,num_prefill_tokens,num_decode_tokens\n1,2.5,3\n");
    assert!(message.starts_with("t:2: error: column `num_prefill_tokens`"), "{message}");
}
