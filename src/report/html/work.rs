//! What a page says of tasks and retries: by variant, where there is something to say.

use crate::report::format::{amplification, counted};
use crate::report::model::{App, CallsOfTask, Report, Tasks};

/// The apps of one variant that work in tasks.
pub struct AtWork<'a> {
    pub variant: &'a str,
    pub apps: Vec<(&'a App, &'a Tasks)>,
}

/// The apps of one variant whose calls were tried again, or abandoned.
pub struct Retried<'a> {
    pub variant: &'a str,
    pub apps: Vec<&'a App>,
}

/// Variants without tasks are left out.
pub fn tasks(report: &Report) -> Vec<AtWork<'_>> {
    let groups = report.variants.iter().map(|variant| {
        let working = variant.apps.iter().filter_map(|app| Some((app, app.tasks.as_ref()?)));
        AtWork { variant: &variant.name, apps: working.collect() }
    });
    groups.filter(|group| !group.apps.is_empty()).collect()
}

/// Variants without retries are left out.
pub fn retries(report: &Report) -> Vec<Retried<'_>> {
    let groups = report.variants.iter().map(|variant| Retried {
        variant: &variant.name,
        apps: variant.apps.iter().filter(|app| app.totals.retries.any()).collect(),
    });
    groups.filter(|group| !group.apps.is_empty()).collect()
}

/// What tasks were not answered for.
pub fn lost(tasks: &Tasks) -> Vec<(u64, &'static str)> {
    let lost = [
        (tasks.failed, "failed"),
        (tasks.blocked_before, "blocked before the model"),
        (tasks.blocked_after, "blocked after it"),
        (tasks.shed, "shed"),
        (tasks.dead, "dead letters"),
    ];
    lost.into_iter().filter(|(number, _)| *number > 0).collect()
}

/// What kinds of tasks there were, and what became of their calls.
pub fn kinds(tasks: &Tasks) -> Vec<String> {
    let told = [
        (tasks.conversations, "conversation"),
        (tasks.subagents, "sub-agent"),
        (tasks.direct, "direct answer"),
        (tasks.cut_by_budget, "cut by its budget"),
        (tasks.escalated, "escalated"),
        (tasks.fallen_back, "fell back"),
        (tasks.redelivered, "received again"),
    ];
    let nouns = ["conversation", "sub-agent", "direct answer"];
    let word = |number: u64, what: &str| match nouns.contains(&what) {
        true => counted(number, what),
        false => format!("{} {what}", super::super::format::count(number)),
    };
    told.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| word(number, what)).collect()
}

/// The mean number of calls of a task, to a tenth.
pub fn per_task(calls: &CallsOfTask) -> String {
    crate::report::format::per(calls.total, calls.tasks)
}

/// Attempts per call.
pub fn amplified(attempts: &u64, calls: &u64) -> String {
    amplification(*attempts, *calls)
}
