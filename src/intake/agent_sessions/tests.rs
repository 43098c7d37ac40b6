use super::*;
use crate::intake::sample::{import, refused};
use crate::intake::{Options, Tally};

fn rows(text: &str) -> (Vec<Row>, Tally) {
    let (rows, tally, result) = import(read, text, &Options::default());
    result.unwrap();
    (rows, tally)
}

fn line(session: &str, t_s: &str, rest: &str) -> String {
    format!(
        "{{\"session\":\"{session}\",\"t_s\":{t_s},\"model\":\"m\",\"input_tokens\":130,\"output_tokens\":9{rest}}}\n"
    )
}

#[test]
fn a_call_is_its_tokens_its_latency_and_its_blocks() {
    let (rows, tally) = rows(&line("a", "51.0", ",\"api_s\":7.98,\"stop\":\"max_tokens\",\"blocks\":[[1,2],[9,1]]"));
    assert_eq!((rows[0].usage.uncached_input, rows[0].usage.output), (130, 9));
    assert_eq!((rows[0].latency_us, rows[0].truncated, rows[0].max_tokens), (Some(7_980_000), true, Some(9)));
    let ids = &rows[0].blocks.ids;
    assert_eq!((rows[0].blocks.tokens, ids.len(), ids[1] - ids[0], ids[2] - ids[1]), (64, 3, 1, 7));
    assert_eq!(tally.notes["answer cut at max_tokens"], 1);
}

#[test]
fn sessions_begin_in_one_working_day_wherever_they_are_in_the_file_and_share_no_block() {
    let text = |names: &[&str]| names.iter().map(|name| line(name, "0.5", ",\"blocks\":[[0,3]]")).collect::<String>();
    let (one, two) = (rows(&text(&["a", "b", "c"])).0, rows(&text(&["c", "a"])).0);
    assert_eq!((one[0].at_us, one[2].at_us), (two[1].at_us, two[0].at_us));
    assert!(one.iter().all(|row| (0..8 * 3_600_000_000).contains(&(row.at_us - 500_000))));
    assert_eq!(one[0].blocks, two[1].blocks);
    assert!(one[0].blocks.ids.iter().all(|id| !one[1].blocks.ids.contains(id)));
}

#[test]
fn calls_of_one_second_keep_their_order() {
    let text: String = (0..40).map(|n| line("a", if n < 20 { "3.0" } else { "4.0" }, "")).collect();
    let (rows, _) = rows(&text);
    assert!(rows.windows(2).all(|pair| pair[0].at_us <= pair[1].at_us));
    assert!(rows[39].at_us > rows[20].at_us && rows[19].at_us - rows[0].at_us < 1_000_000);
}

#[test]
fn runs_that_cannot_be_are_refused_before_they_are_made() {
    let wrong = |runs: &str| refused(read, &line("a", "0", &format!(",\"blocks\":{runs}")));
    assert!(wrong("[[0,4]]").contains("t:1: error: the runs have more blocks of 64 tokens than an input of 130"));
    assert!(wrong("[[0,1],[1,18446744073709551615]]").contains("more blocks"));
    assert!(wrong("[[18446744073709551615,2]]").contains("beyond what a session has"));
    assert!(wrong("[[1]]").contains("not a record of this format"));
    assert!(refused(read, &line("a", "\"x\"", "")).contains("is not a number of seconds"));
}
