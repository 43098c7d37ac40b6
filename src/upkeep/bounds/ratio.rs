//! How two figures stand to each other, in whole numbers.

/// Bounds of a ratio in thousandths, both still allowed.
pub(super) struct Bounds {
    pub(super) least: i128,
    pub(super) most: i128,
}

/// A ratio outside its bounds.
pub(super) struct Broken {
    /// The ratio: `12.5 times`.
    pub(super) times: String,
    /// So far outside that no reason excuses it: a row that is unusual is not free to be anything.
    far: bool,
}

/// How much wider the bounds are of a row that says why it is unusual.
const WIDER: i128 = 3;

impl Bounds {
    /// `figure / base` when it is outside; nothing when it is inside, or one of them is free.
    pub(super) fn broken_by(&self, figure: i128, base: i128) -> Option<Broken> {
        if base == 0 || figure == 0 {
            return None;
        }
        let outside = |least: i128, most: i128| figure * 1_000 < least * base || figure * 1_000 > most * base;
        let far = outside(self.least / WIDER, self.most * WIDER);
        outside(self.least, self.most).then(|| Broken { times: times(figure * 1_000 / base), far })
    }
}

impl Broken {
    /// The reason that a row gives, as far as a reason helps.
    pub(super) fn excused(&self, unusual: Option<&String>) -> Option<String> {
        unusual.filter(|_| !self.far).cloned()
    }
}

/// Thousandths as a factor: `12.5 times`.
fn times(thousandths: i128) -> String {
    let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
    let fraction = format!("{rest:03}");
    match fraction.trim_end_matches('0') {
        "" => format!("{whole} times"),
        fraction => format!("{whole}.{fraction} times"),
    }
}

/// The larger over the smaller of two figures, when it is more than so many thousandths.
pub(super) fn apart(one: i128, other: i128, most: i128) -> Option<Broken> {
    let (low, high) = (one.min(other), one.max(other));
    Bounds { least: 0, most }.broken_by(high, low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_widens_bounds_and_does_not_lift_them() {
        let bounds = Bounds { least: 1_000, most: 2_000 };
        let reason = Some("so it is".to_owned());
        assert!(bounds.broken_by(2, 1).is_none());
        let near = bounds.broken_by(5, 2).unwrap();
        assert_eq!((near.times.as_str(), near.excused(reason.as_ref())), ("2.5 times", reason.clone()));
        assert_eq!(bounds.broken_by(20, 1).unwrap().excused(reason.as_ref()), None);
    }
}
