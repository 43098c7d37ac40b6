use super::*;
use crate::intake::{Options, Tally};

/// The rows of a text, and what was counted.
fn import(text: &str, options: &Options) -> (Vec<Row>, Tally) {
    let (rows, tally, result) = crate::intake::sample::import(read, text, options);
    result.unwrap();
    (rows, tally)
}

fn refused(text: &str) -> String {
    crate::intake::sample::refused(read, text)
}

#[test]
fn a_line_of_mooncake_is_a_prompt_of_blocks_of_512() {
    let text = "{\"timestamp\": 2999, \"input_length\": 1025, \"output_length\": 7, \"hash_ids\": [0, 9, 4]}\n\n";
    let options = Options { start_us: 60_000_000, model: Some("m".to_owned()), ..Options::default() };
    let (rows, tally) = import(text, &options);
    assert_eq!(tally.rows, 1);
    assert_eq!((rows[0].usage.uncached_input, rows[0].usage.output), (1_025, 7));
    assert_eq!(rows[0].blocks, Blocks { tokens: 512, ids: vec![0, 9, 4] });
    assert!((62_999_000..65_999_000).contains(&rows[0].at_us), "{}", rows[0].at_us);
    assert_eq!(rows[0].model.as_deref(), Some("m"));
}

#[test]
fn calls_of_a_bin_are_placed_inside_of_it_and_fine_stamps_stay() {
    let line = |ms: u64| format!("{{\"timestamp\":{ms},\"input_length\":5,\"output_length\":1}}\n");
    let stamps: Vec<u64> = (0..40).map(|n| n / 10 * 3_000).collect();
    let (rows, tally) = import(&stamps.iter().map(|ms| line(*ms)).collect::<String>(), &Options::default());
    let inside =
        |(row, ms): (&Row, &u64)| (row.at_us / 3_000_000, row.at_us < 12_000_000) == (*ms as i64 / 3_000, true);
    assert!(rows.iter().zip(&stamps).all(inside));
    assert!(rows.iter().collect::<Vec<_>>().windows(2).any(|pair| pair[0].at_us > pair[1].at_us));
    assert_eq!(tally.notes["time placed inside of its bin by the seed"], 40);
    let (rows, _) = import(&(0..9).map(|n| line(n * 7 % 10)).collect::<String>(), &Options::default());
    // The smallest step is three milliseconds.
    let near = |(row, n): (&Row, i64)| (0..3_000).contains(&(row.at_us - n * 7 % 10 * 1_000));
    assert!(rows.iter().skip(3).zip(3..).all(near), "{rows:?}");
}

#[test]
fn a_line_of_qwen_is_a_turn_of_a_chat() {
    let line = |chat: u64, before: i64, at: &str| {
        format!(
            "{{\"chat_id\":{chat},\"parent_chat_id\":{before},\"timestamp\":{at},\"input_length\":33,\
             \"output_length\":2,\"type\":\"search\",\"turn\":1,\"hash_ids\":[1,2,3]}}\n"
        )
    };
    let text = line(4, -1, "1.25") + &line(7, 4, "61.114");
    let (rows, _) = import(&text, &Options::default());
    assert_eq!(rows.iter().map(|row| row.at_us).collect::<Vec<_>>(), [1_250_000, 61_114_000]);
    assert!(rows.iter().all(|row| row.session.as_deref() == Some("4") && row.app.as_deref() == Some("search")));
    assert_eq!(rows[1].blocks, Blocks { tokens: 16, ids: vec![1, 2, 3] });
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let good = "{\"timestamp\":0,\"input_length\":5,\"output_length\":1,\"hash_ids\":[3]}\n";
    let place = |line: &str| refused(&format!("{good}{line}"));
    let message = place("{\"timestamp\":0,\"input_length\":512,\"output_length\":1,\"hash_ids\":[3,4]}");
    assert_eq!(message, "t:2: error: 2 blocks of 512 tokens are more than an input of 512 tokens has");
    assert!(place("{\"timestamp\":0,\"input_length\":-5,\"output_length\":1}").contains("t:2: error: not a record"));
    assert!(place("{\"timestamp\":0,\"input_length\":1.5,\"output_length\":1}").contains("`1.5`, expected a whole"));
    assert!(
        place("{\"timestamp\":\"0\",\"input_length\":1,\"output_length\":1}").contains("is not a number of seconds")
    );
    assert!(place("{\"timestamp\":0}").contains("missing field `input_length`"));
    assert!(place("{\"timestamp\":0").contains("t:2: error: not JSON"));
}
