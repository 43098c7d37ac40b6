//! The part of an application's record that belongs to one of its targets.

use crate::plan::{App, TargetView};
use crate::sim::AppRecord;
use std::borrow::Cow;

/// What one target of an application did: its minutes, what its prompts had in common, its largest calls. The
/// whole record where there is one target only.
#[must_use]
pub fn of_target<'a>(app: &App, record: &'a AppRecord, target: &TargetView<'_>) -> Cow<'a, AppRecord> {
    if app.targets.is_empty() {
        return Cow::Borrowed(record);
    }
    let lanes = || target.range.clone().map(|number| record.lane(number));
    let mut own = AppRecord { minutes: AppRecord::together(lanes()), ..AppRecord::default() };
    for lane in lanes() {
        own.reuse += lane.reuse;
        own.max_input = own.max_input.max(lane.max_input);
        own.max_output = own.max_output.max(lane.max_output);
    }
    Cow::Owned(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::plan::Plan;
    use crate::sim::MinuteRow;
    use crate::{plan, pricing, scenario};

    fn plan(app: &str) -> Plan {
        let text = format!(
            "name: t\nstart: 2026-12-01T00:00:00Z\nhorizon: 1h\napps:\n  a: {{{app}, region: us-east-1, max_tokens: 9, \
             traffic: {{rate: 1/s, input: 1, output: 1}}}}\n"
        );
        let file = scenario::parse(&Source::new("t.yaml", text)).expect("a good scenario");
        plan::bind(&file.base, &pricing::bundled().expect("a good book")).expect("known names")
    }

    fn lane(served: u32, max_input: u32) -> AppRecord {
        let minutes = vec![MinuteRow { served, ..MinuteRow::default() }];
        AppRecord { minutes, max_input, ..AppRecord::default() }
    }

    #[test]
    fn each_target_has_the_lanes_that_are_its_own() {
        let plan =
            plan("model: us.amazon.nova-pro-v1:0, tier: latency_optimized, fallback: {to: [{region: us-west-2}]}");
        let app = &plan.apps[0];
        let record = AppRecord { lanes: vec![lane(1, 10), lane(2, 30), lane(4, 20)], ..lane(7, 30) };
        let of = |number| {
            let own = of_target(app, &record, &app.target(number)).into_owned();
            (own.sum(|row| row.served.into()), own.max_input)
        };
        assert_eq!((of(0), of(1)), ((3, 30), (4, 20)));
    }

    #[test]
    fn one_target_has_all_of_it() {
        let plan = plan("model: us.anthropic.claude-sonnet-4-6");
        let record = lane(7, 30);
        assert!(matches!(of_target(&plan.apps[0], &record, &plan.apps[0].target(0)), Cow::Borrowed(_)));
    }
}
