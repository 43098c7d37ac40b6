//! The rules that AWS does not document, and what is said of them.

use super::Binding;
use crate::bedrock::rules::Rules;

impl Binding<'_> {
    /// The rules as the scenario has them; those that differ from the defaults are told.
    pub(super) fn rules(&mut self) -> Rules {
        let written = &self.scenario.account.rules;
        let rules = Rules {
            burndown_on_reservation: written.burndown_on_reservation,
            cache_reads_reserved: written.cache_reads_reserved,
            release_every: written.release_every,
            shared_throttled: written.shared_throttled.share(),
            unavailable: written.unavailable.share(),
            retry_after: written.retry_after,
        };
        if rules != Rules::default() {
            let note = "this scenario departs from the defaults, which follow the User Guide as far as it goes";
            self.assume("account.rules", told(&rules), note, None);
        }
        rules
    }
}

fn told(rules: &Rules) -> String {
    let default = Rules::default();
    let percent = |share: crate::units::Ratio| format!("{} %", share.to_f64() * 100.0);
    let mut told = Vec::new();
    if rules.burndown_on_reservation {
        told.push("max_tokens is reserved times the burndown rate".to_owned());
    }
    if !rules.cache_reads_reserved {
        told.push("cache reads are not reserved".to_owned());
    }
    if let Some(step) = rules.release_every {
        told.push(format!("quota is given back every {} ms of generation", step.0 / 1_000));
    }
    if rules.shared_throttled != default.shared_throttled {
        told.push(format!("{} of attempts get 429 below quota", percent(rules.shared_throttled)));
    }
    if rules.unavailable != default.unavailable {
        told.push(format!("{} of attempts get 503", percent(rules.unavailable)));
    }
    if let Some(after) = rules.retry_after {
        told.push(format!("refusals ask for {} ms in x-amz-retry-after", after.0 / 1_000));
    }
    told.join("; ")
}
