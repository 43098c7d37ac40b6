//! Long series at the width of a screen, without losing a peak.

/// The points worth drawing: at most two per column - its lowest and its highest - and both ends.
pub(super) fn envelope(values: &[f64], columns: usize) -> Vec<(usize, f64)> {
    thinned(values, columns, extremes)
}

/// The upper edge of [`envelope`]: one point per column, and both ends.
pub(super) fn roof(values: &[f64], columns: usize) -> Vec<(usize, f64)> {
    thinned(values, columns, |values| [extremes(values)[1]])
}

fn thinned<const N: usize>(values: &[f64], columns: usize, pick: impl Fn(&[f64]) -> [usize; N]) -> Vec<(usize, f64)> {
    let Some(last) = values.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut kept: Vec<usize> = if values.len() <= N * columns {
        (0..=last).collect()
    } else {
        let column = |index: usize| index * values.len() / columns;
        let picked = (0..columns).flat_map(|index| {
            let from = column(index);
            let mut indices = pick(&values[from..column(index + 1)]).map(|offset| from + offset);
            indices.sort_unstable();
            indices
        });
        [0].into_iter().chain(picked).chain([last]).collect()
    };
    kept.dedup();
    kept.into_iter().map(|index| (index, values[index])).collect()
}

/// Where the lowest and the highest value are.
fn extremes(values: &[f64]) -> [usize; 2] {
    let (mut low, mut high) = (0, 0);
    for (index, value) in values.iter().enumerate() {
        if *value < values[low] {
            low = index;
        }
        if *value > values[high] {
            high = index;
        }
    }
    [low, high]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
        values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
    }

    proptest! {
        #[test]
        fn every_peak_survives(
            values in prop::collection::vec(0.0..1e7_f64, 1..3_000),
            columns in 1_usize..700,
        ) {
            let drawn = envelope(&values, columns);
            prop_assert_eq!(
                bounds(drawn.iter().map(|(_, value)| *value)),
                bounds(values.iter().copied())
            );
            let roof = roof(&values, columns);
            prop_assert_eq!(bounds(roof.into_iter().map(|(_, value)| value)).1, bounds(values.iter().copied()).1);
            prop_assert!(drawn.len() <= 2 * columns + 2);
            prop_assert!(drawn.is_sorted_by(|a, b| a.0 < b.0));
            prop_assert!(drawn.iter().all(|(index, value)| values[*index] == *value));
            prop_assert_eq!(drawn[drawn.len() - 1].0, values.len() - 1);
        }
    }
}
