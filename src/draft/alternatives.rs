//! What could be asked of a drafted scenario next: other traffic, variants, limits.

use super::app::Sketch;
use super::runs::{Runs, every_class_has_a_price};
use super::yaml::Page;
use super::{Recording, count, trial};
use crate::bedrock::profile::GLOBAL_PREFIX;
use crate::pricing::PriceBook;
use crate::units::{Micros, Tokens};

/// Minutes of all apps and variants that are quickly run.
const MOST_MINUTES: u64 = 3_000_000;

/// The same calls with something changed: dotted paths, and what to put there.
struct Variant {
    name: &'static str,
    about: &'static str,
    changes: Vec<(String, String)>,
}

/// Behind the apps: variants that can be run, and limits to fill in.
pub(super) fn page(scenario: &Page, runs: &[Runs<'_>], recording: &Recording<'_>, book: &PriceBook) -> Page {
    let minutes = (recording.span().0 / Micros::MINUTE.0).saturating_mul(runs.len() as u64);
    let variants = [doubled(runs), global(runs, book), cached(runs, book)]
        .into_iter()
        .filter(|variant| !variant.changes.is_empty());
    let variants = variants.filter(|variant| minutes <= MOST_MINUTES && can_run(variant, scenario, runs, book));
    let mut page = Page::default();
    let mut variants = variants.peekable();
    if variants.peek().is_some() {
        page.blank();
        page.comment(
            0,
            "The same calls with a few values changed, side by side: dotted paths, and null to take one away.",
        );
        page.line(0, "variants:");
    }
    variants.for_each(|variant| variant.write(&mut page));
    budgets(&mut page);
    page
}

fn can_run(variant: &Variant, scenario: &Page, runs: &[Runs<'_>], book: &PriceBook) -> bool {
    let mut page = scenario.clone();
    page.line(0, "variants:");
    variant.write(&mut page);
    let Some(plan) = trial::bind_variant(&page, book) else { return false };
    plan.apps.iter().zip(runs).all(|(app, drafted)| every_class_has_a_price(drafted.group, app, &plan).is_ok())
}

/// Twice the traffic.
fn doubled(runs: &[Runs<'_>]) -> Variant {
    let change = |app: &Runs<'_>| (format!("apps.{}.traffic.trace.scale", app.name), "2".to_owned());
    Variant {
        name: "doubled",
        about: "Each call twice: what grows with the traffic?",
        changes: runs.iter().map(change).collect(),
    }
}

/// The global profile of each model that has one and is called otherwise.
fn global(runs: &[Runs<'_>], book: &PriceBook) -> Variant {
    let change = |app: &Runs<'_>| {
        let found = book.resolve(app.group.key.model.as_deref()?).ok()?;
        let other = found.prefix != Some(GLOBAL_PREFIX) && found.model.prefixes().any(|prefix| prefix == GLOBAL_PREFIX);
        other.then(|| (format!("apps.{}.model", app.name), format!("{GLOBAL_PREFIX}.{}", found.model.id)))
    };
    let about = "Global profiles have quotas of their own, and often lower prices; calls may run in any Region.";
    Variant { name: GLOBAL_PREFIX, about, changes: runs.iter().filter_map(change).collect() }
}

/// A prompt cache for calls that used none, where the recording tells what their prompts have in common.
fn cached(runs: &[Runs<'_>], book: &PriceBook) -> Variant {
    let could = |app: &&Runs<'_>| {
        let model = app.group.key.model.as_deref().and_then(|id| book.resolve(id).ok());
        let caches = model.is_some_and(|found| found.model.cache.is_some());
        caches && app.group.with_blocks > 0 && !app.group.uses_cache()
    };
    let change = |app: &Runs<'_>| {
        let recorded: Vec<&str> = app.recorded.iter().copied().chain(["blocks"]).collect();
        [
            (format!("apps.{}.prompt", app.name), "{cache: 5m}".to_owned()),
            (format!("apps.{}.traffic.trace.recorded", app.name), format!("[{}]", recorded.join(", "))),
        ]
    };
    Variant {
        name: "cached",
        about: "With a prompt cache of five minutes behind the last recorded block of each prompt.",
        changes: runs.iter().filter(could).flat_map(change).collect(),
    }
}

impl Variant {
    fn write(&self, page: &mut Page) {
        page.comment(1, self.about);
        page.line(1, &format!("{}:", self.name));
        self.changes.iter().for_each(|(path, value)| page.line(2, &format!("{path}: {value}")));
    }
}

fn budgets(page: &mut Page) {
    page.blank();
    page.comment(
        0,
        "Limits that `tokencast check` holds the scenario to. Run it once, then write yours: a metric, if you like of one \
         app, a comparison and a limit.",
    );
    for line in
        ["budgets:", "  - cost.month < 1_000 USD", "  - throttled.requests <= 0.1%", "  - latency.ttft.p95 < 2s"]
    {
        page.off(0, line);
    }
}

/// Behind an app whose calls used the prompt cache: how to let the simulator decide what is cached.
pub(super) fn of_cache(app: &Sketch<'_>, page: &mut Page) {
    let group = app.group;
    if !group.uses_cache() {
        return;
    }
    let lives = if group.usage.cache_write_1h > group.usage.cache_write_5m { "1h" } else { "5m" };
    if group.with_blocks > 0 {
        page.comment(2, "To let the simulator decide what is cached, write `blocks` instead of `cache` above, and:");
        page.off(2, &format!("prompt: {{cache: {lives}}}"));
        return;
    }
    let mean = |tokens: u64| (tokens / group.answered().max(1)).max(1);
    let written = group.usage.cache_write_5m + group.usage.cache_write_1h;
    let prompt = group.usage.cache_read.checked_div(group.cache_hits).unwrap_or_else(|| mean(written));
    page.comment(
        2,
        "To let the simulator decide what is cached, write these lines instead of `traffic` above, calls by rule with the \
         means of the recording, and `horizon: 1d` at the top:",
    );
    page.off(2, &format!("prompt: {{system: {}, cache: {lives}}}", count(Tokens(prompt.max(1)))));
    page.off(
        2,
        &format!(
            "traffic: {{rate: {}/min, input: {}, output: {}}}",
            per_minute(group.answered(), app.recording.span()),
            count(Tokens(mean(group.usage.uncached_input))),
            count(Tokens(mean(group.usage.output)))
        ),
    );
}

/// The mean rate with three decimals, at least a thousandth.
fn per_minute(calls: u64, span: Micros) -> String {
    let thousandths =
        u128::from(calls) * 1_000 * u128::from(Micros::MINUTE.0) / u128::from(span.0.max(Micros::MINUTE.0));
    let thousandths = thousandths.max(1);
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}
