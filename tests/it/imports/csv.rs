//! CSV files of published traces.

use super::{percentile, shared_rows, sum};
use tokencast::intake::{Format, Options};
use tokencast::trace::Row;

#[test]
fn azures_conversations_have_the_totals_and_quantiles_that_were_measured() {
    let path = "traces/AzureLLMInferenceTrace_conv.csv";
    let Some((rows, tally)) = shared_rows(path, Format::Csv, &Options::default()) else { return };
    let (input, output) = (|row: &Row| row.usage.total_input(), |row: &Row| row.usage.output);
    assert_eq!((tally.rows, tally.all_skipped()), (19_366, 0));
    assert_eq!((sum(&rows, input), sum(&rows, output)), (22_361_870, 4_088_665));
    assert_eq!([50, 95, 99, 100].map(|at| percentile(&rows, at, input)), [1_020, 4_083, 4_142, 14_050]);
    assert_eq!([50, 95, 99, 100].map(|at| percentile(&rows, at, output)), [129, 451, 601, 1_000]);
    assert_eq!(rows[0].at_us % 60_000_000, 46_680_590, "to the microsecond");
}

#[test]
fn burstgpts_first_rows_are_its_models_and_logs() {
    let Some((rows, _)) = shared_rows("samples/burstgpt_first_rows.csv", Format::Csv, &Options::default()) else {
        return;
    };
    let read = |row: &Row| (row.at_us / 1_000_000, row.usage.total_input(), row.usage.output);
    assert_eq!(rows.iter().map(read).collect::<Vec<_>>(), [(5, 472, 18), (45, 1_087, 230), (118, 417, 276)]);
    assert_eq!(rows[2].model.as_deref(), Some("GPT-4"));
    assert!(rows.iter().all(|row| row.app.as_deref() == Some("Conversation log")));
}
