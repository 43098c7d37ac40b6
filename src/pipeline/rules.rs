//! Does the answer depend on rules that AWS does not document? Other readings side by side, and a verdict.

use super::Prepared;
use super::windows::named;
use crate::bedrock::rules::Rules;
use crate::codes::Code;
use crate::plan::{Finding, Plan, Severity};
use crate::report::compose::Evaluated;
use crate::units::Micros;

/// A reading other than the scenario's own: its name, and how it changes the rules.
type Reading = (&'static str, fn(Rules) -> Rules);

/// What else the User Guide can be read to say. Names hold a space, which no variant of a scenario does.
const READINGS: [Reading; 3] = [
    ("rule burndown_on_reservation", |rules| Rules {
        burndown_on_reservation: !rules.burndown_on_reservation,
        ..rules
    }),
    ("rule cache_reads_reserved", |rules| Rules { cache_reads_reserved: !rules.cache_reads_reserved, ..rules }),
    ("rule release_every", |rules| Rules {
        release_every: if rules.release_every.is_some() { None } else { Some(Micros::SECOND) },
        ..rules
    }),
];

impl Prepared {
    /// The same scenario with each rule of `account.rules` read the other way as further variants.
    #[must_use]
    pub fn under_all_rules(mut self) -> Self {
        let base = self.plans[0].1.clone();
        for (name, reading) in READINGS {
            self.plans.push((name.to_owned(), Plan { rules: reading(base.rules), ..base.clone() }));
        }
        self.all_rules = true;
        self
    }

    /// Robust when no verdict changes and the throttled share stays within one percentage point.
    pub(super) fn rules_finding(&self, variants: &[Evaluated<'_>]) -> Option<Finding> {
        let other = READINGS.iter().filter_map(|(name, _)| named(variants, name));
        let found: Vec<&Evaluated<'_>> = variants.first().into_iter().chain(other).collect();
        let (robust, shares) = self.agreement(&found);
        self.all_rules.then(|| finding(robust, &found, &shares))
    }
}

fn finding(robust: bool, found: &[&Evaluated<'_>], shares: &[f64]) -> Finding {
    let each = found.iter().zip(shares).map(|(one, share)| format!("{share:.2}% under {}", one.name));
    let each = each.collect::<Vec<_>>().join(", ");
    let (code, severity, verdict) = match robust {
        true => {
            (Code::RulesRobust, Severity::Info, "is robust: no limit changes its verdict, and throttling hardly moves")
        }
        false => (
            Code::RulesDependentAnswer,
            Severity::Warning,
            "depends on them: a limit changes its verdict, or throttling moves",
        ),
    };
    Finding {
        code,
        severity,
        message: format!(
            "AWS does not document what is reserved for burndown and cache reads, nor when quota is given back. The answer \
             {verdict}. Requests throttled: {each}"
        ),
        place: "account.rules".to_owned(),
        advice: (!robust).then(|| "plan for the worst of them, or measure which your account follows".to_owned()),
    }
}
