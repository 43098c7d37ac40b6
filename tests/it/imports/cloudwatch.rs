//! CloudWatch's metrics, against their own numbers.

use super::shared_rows;
use std::collections::BTreeMap;
use tokencast::intake::{Format, Options};

#[test]
fn calls_of_a_document_of_the_shape_of_the_reference_add_up_to_it() {
    let options = Options { seed: 7, model: Some("nova".to_owned()), ..Options::default() };
    let path = "samples/cloudwatch_get_metric_data_SHAPE_ONLY.json";
    let Some((rows, tally)) = shared_rows(path, Format::CloudWatch, &options) else { return };
    let mut sums = BTreeMap::<i64, [u64; 3]>::new();
    for row in &rows {
        let counts = [1, row.usage.total_input(), row.usage.output];
        let sum = sums.entry(row.at_us.div_euclid(60_000_000) % 60).or_default();
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    assert_eq!(sums, [(0, [37, 98_211, 20_010]), (2, [40, 120_514, 24_100])].into());
    assert_eq!(tally.notes["metrics of periods of one minute"], 1);
    assert!(rows.iter().all(|row| row.model.as_deref() == Some("nova") && row.usage.output > 0));
    let observed: Vec<_> = tally.observed.iter().map(|one| (&*one.metric, &*one.model, one.value)).collect();
    assert_eq!(observed, [("InvocationThrottles", "nova", 15)]);
    assert_eq!(tally.all_skipped(), 0);
}
