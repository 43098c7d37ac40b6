//! Does the answer depend on rules that AWS does not document? Other readings side by side, and a verdict.

use super::Prepared;
use super::readings::{Said, named};
use crate::bedrock::rules::Rules;
use crate::codes::Code;
use crate::plan::{Finding, Plan};
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

    /// Whether the answer depends on them, when all readings were run.
    pub(super) fn rules_finding(&self, variants: &[Evaluated<'_>]) -> Option<Finding> {
        let other = READINGS.iter().filter_map(|(name, _)| named(variants, name));
        let found: Vec<_> = variants.first().into_iter().chain(other).map(|one| (one, one.name)).collect();
        self.all_rules.then(|| self.verdict_on(&SAID, &found))
    }
}

const SAID: Said = Said {
    undocumented: "AWS does not document what is reserved for burndown and cache reads, nor when quota is given back",
    on: "them",
    robust: Code::RulesRobust,
    depends: Code::RulesDependentAnswer,
    place: "account.rules",
    advice: "plan for the worst of them, or measure which your account follows",
};
