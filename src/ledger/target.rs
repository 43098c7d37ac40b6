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
