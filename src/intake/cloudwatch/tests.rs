use super::*;
use crate::intake::sample;
use crate::trace::Row;
use std::collections::BTreeMap;

/// The rows of several files, imported together.
fn import(files: &[&str], options: &Options) -> Result<(Vec<Row>, Tally), ImportError> {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    for text in files {
        let mut input = Input::new("t", Box::new(text.as_bytes()));
        read(&mut input, &mut Context::new(options, &mut tally, &mut rows))?;
    }
    finish(options, &mut tally, &mut rows)?;
    Ok((rows, tally))
}

fn import_all(files: &[&str]) -> (Vec<Row>, Tally) {
    import(files, &Options { seed: 7, ..Options::default() }).unwrap()
}

fn refused(text: &str) -> String {
    sample::refused(read, text)
}

/// A series of the minutes of an hour.
fn result(id: &str, label: &str, points: &[(u32, &str)]) -> String {
    let stamps: Vec<String> =
        points.iter().map(|(minute, _)| format!("\"2026-06-26T18:{minute:02}:00+00:00\"")).collect();
    let values: Vec<&str> = points.iter().map(|(_, value)| *value).collect();
    let (stamps, values) = (stamps.join(","), values.join(","));
    format!(
        "{{\"Id\":\"{id}\",\"Label\":\"{label}\",\"Timestamps\":[{stamps}],\"Values\":[{values}],\"StatusCode\":\"Complete\"}}"
    )
}

fn answer(results: &[String]) -> String {
    format!("{{\"Messages\":[],\"MetricDataResults\":[{}]}}", results.join(",\n"))
}

/// Calls and tokens by minute of the hour.
fn by_minute(rows: &[Row]) -> BTreeMap<i64, [u64; 5]> {
    let mut minutes = BTreeMap::<i64, [u64; 5]>::new();
    for row in rows {
        let usage = row.usage;
        let counts = [1, usage.uncached_input, usage.output, usage.cache_read, usage.cache_write_5m];
        let minute = minutes.entry(row.at_us / 60_000_000 % 60).or_default();
        minute.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    minutes
}

#[test]
fn calls_add_up_to_what_each_period_counted() {
    let text = answer(&[
        result("a", "nova Invocations", &[(4, "40.0"), (0, "3.0"), (1, "2")]),
        result("b", "nova InputTokenCount", &[(4, "120514.0"), (0, "2.0"), (1, "2")]),
        result("c", "OutputTokenCount nova", &[(0, "9.0"), (4, "24100.0")]),
        result("d", "nova CacheReadInputTokens", &[(4, "77.0")]),
        result("e", "nova CacheWriteInputTokenCount", &[(4, "1000000.0")]),
    ]);
    let (rows, tally) = import_all(&[&text]);
    let sums = by_minute(&rows);
    assert_eq!(sums[&4], [40, 120_514, 24_100, 77, 1_000_000]);
    assert_eq!((sums[&0], sums[&1]), ([3, 2, 9, 0, 0], [2, 2, 0, 0, 0]));
    assert!(rows.iter().all(|row| row.model.as_deref() == Some("nova")));
    assert_eq!(tally.rows, 45);
    assert_eq!(tally.notes["metrics of periods of one minute"], 1);
    let in_full = rows.iter().filter(|row| row.at_us / 60_000_000 % 60 == 4);
    assert!(in_full.clone().all(|row| row.usage.uncached_input > 0 && row.usage.output > 0));
}

#[test]
fn one_file_may_have_the_calls_and_another_the_tokens() {
    let statistics = |label: &str, sum: &str| {
        format!(
            "{{\"Datapoints\":[{{\"Timestamp\":\"2026-06-26T18:05:00Z\",\"Sum\":{sum},\"Unit\":\"Count\"}},\
             {{\"Timestamp\":\"2026-06-26T18:00:00Z\",\"Sum\":{sum}}}],\"Label\":\"{label}\"}}\n"
        )
    };
    let calls = statistics("Invocations", "3.0");
    let tokens = statistics("InputTokenCount", "700.0") + &statistics("OutputTokenCount", "30.0");
    let (rows, tally) = import_all(&[&calls, &tokens]);
    assert_eq!(rows.len(), 6);
    assert_eq!(rows.iter().map(|row| row.usage.uncached_input).sum::<u64>(), 1_400);
    assert_eq!(tally.notes["metrics of periods of five minutes"], 1);
    assert_eq!(import_all(&[&(calls + &tokens)]).0, rows, "one file of three documents");
}

#[test]
fn the_order_of_series_and_stamps_changes_nothing() {
    let calls = |points: &[(u32, &str)]| result("a", "Invocations", points);
    let tokens = |points: &[(u32, &str)]| result("b", "InputTokenCount", points);
    let one = answer(&[calls(&[(0, "4"), (1, "5")]), tokens(&[(1, "99"), (0, "88")])]);
    let other = answer(&[tokens(&[(0, "88"), (1, "99")]), calls(&[(1, "5"), (0, "4")])]);
    assert_eq!(import_all(&[&one]).0, import_all(&[&other]).0);
}

#[test]
fn what_is_no_call_is_kept_to_compare_with() {
    let text = answer(&[
        result("a", "nova Invocations", &[(0, "4"), (1, "5")]),
        result("b", "nova InputTokenCount", &[(0, "88"), (2, "11")]),
        result("c", "nova InvocationThrottles", &[(1, "15.0")]),
        result("d", "nova InvocationLatency", &[(1, "15.5")]),
        result("e", "something", &[(1, "1")]),
    ]);
    let (rows, tally) = import_all(&[&text]);
    assert_eq!(rows.len(), 4);
    let observed: Vec<_> = tally.observed.iter().map(|one| (&*one.metric, one.value, one.period_s)).collect();
    assert_eq!(observed, [("InvocationThrottles", 15, 60), ("Invocations", 5, 60), ("InputTokenCount", 11, 60)]);
    for reason in [
        "period with tokens and without invocations",
        "period with invocations and without input tokens",
        "a series of durations",
        "a series whose label names no metric of Bedrock",
    ] {
        assert_eq!(tally.skipped[reason].count, 1, "{reason}");
    }
}

#[test]
fn series_over_all_models_do_not_count_twice() {
    let text = answer(&[
        result("a", "nova Invocations", &[(0, "4")]),
        result("b", "nova InputTokenCount", &[(0, "88")]),
        result("c", "Invocations", &[(0, "9")]),
        result("d", "InputTokenCount", &[(0, "188")]),
    ]);
    let (rows, tally) = import_all(&[&text, &text]);
    assert_eq!((rows.len(), tally.skipped["series over all models, beside series by model"].count), (4, 1));
    assert_eq!(tally.skipped["a value that was read before"].count, 4);
}

#[test]
fn pages_that_are_missing_are_noted() {
    let text = "{\"MetricDataResults\":[{\"Id\":\"a\",\"Label\":\"Invocations\",\"Timestamps\":[],\"Values\":[],\
                \"StatusCode\":\"PartialData\"}],\"NextToken\":\"x\"}";
    let (_, tally) = import_all(&[text]);
    assert_eq!(tally.notes["a series with partial data: there are further pages"], 1);
    assert_eq!(tally.notes["an answer with a NextToken: there are further pages"], 1);
}

#[test]
fn what_cannot_be_a_total_is_refused_with_its_line() {
    let wrong = |value: &str| refused(&format!("\n{}", answer(&[result("a", "Invocations", &[(0, value)])])));
    for value in ["1.5", "-1.0", "-1", "1e30", "18446744073709551615"] {
        assert!(wrong(value).contains("ask for the statistic Sum"), "{}", wrong(value));
    }
    assert!(wrong("1.5").starts_with("t:2: error: "), "{}", wrong("1.5"));
    let average =
        "{\"Label\":\"Invocations\",\"Datapoints\":[{\"Timestamp\":\"2026-06-26T18:05:00Z\",\"Average\":1.0}]}";
    assert!(refused(average).contains("--statistics Sum"));
    assert!(
        refused("{\"MetricDataResults\":[{\"Label\":\"Invocations\",\"Timestamps\":[],\"Values\":[1]}]}")
            .contains("0 time stamps")
    );
    assert!(refused("{\"MetricDataResults\":").contains("t:1: error: the file ends"));
    assert!(refused("{\"MetricDataResults\":[{]}").contains("t:1: error: not JSON"));
}

#[test]
fn two_numbers_of_one_period_are_refused_wherever_they_are() {
    let file = |value: &str| answer(&[result("a", "nova Invocations", &[(0, value)])]);
    let message = |files: &[&str]| match import(files, &Options::default()) {
        Err(ImportError::Input(error)) => error.to_string(),
        other => panic!("it was read: {other:?}"),
    };
    let expected = "t: error: Invocations of nova is both 1 and 2 at the same time: say the model in the labels";
    assert!(message(&[&file("1"), &file("2")]).starts_with(expected), "{}", message(&[&file("1"), &file("2")]));
    assert!(message(&[&(file("1") + &file("2"))]).starts_with(expected));
}

#[test]
fn files_read_apart_are_the_same_as_files_read_together() {
    let calls = answer(&[result("a", "Invocations", &[(0, "4"), (1, "3")])]);
    let tokens = answer(&[result("b", "InputTokenCount", &[(0, "88"), (1, "9")]), result("c", "x", &[])]);
    let mut together = (Vec::new(), Tally::default());
    for text in [&calls, &tokens, &calls] {
        let mut tally = Tally::default();
        let mut input = Input::new("t", Box::new(text.as_bytes()));
        read(&mut input, &mut Context::new(&Options::default(), &mut tally, &mut together.0)).unwrap();
        together.1.absorb(tally);
    }
    finish(&Options::default(), &mut together.1, &mut together.0).unwrap();
    assert_eq!(together, import(&[&calls, &tokens, &calls], &Options::default()).unwrap());
    assert_eq!(together.1.skipped["a value that was read before"].count, 2);
}

#[test]
fn more_calls_than_can_be_are_refused() {
    let text =
        answer(&[result("a", "Invocations", &[(0, "9000000")]), result("b", "InputTokenCount", &[(0, "9000000")])]);
    assert!(matches!(import(&[&text], &Options::default()), Err(ImportError::Input(_))));
    let text = answer(&[result("a", "Invocations", &[(0, "2")]), result("b", "InputTokenCount", &[(0, "4000000000")])]);
    assert!(matches!(import(&[&text], &Options::default()), Err(ImportError::Input(_))));
}
