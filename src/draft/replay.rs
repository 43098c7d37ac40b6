//! The traffic of an app: which rows of the recording are its own, and what of them is taken as it was.

use super::app::Sketch;
use super::found::Key;
use super::share;
use super::yaml::{Page, scalar};
use crate::bedrock::tier::Tier;
use crate::trace::Name;

pub(super) fn write(app: &Sketch<'_>, page: &mut Page) {
    let group = app.group;
    page.line(2, "traffic:");
    page.line(3, "trace:");
    page.line(4, &format!("file: {}", scalar(app.recording.file)));
    page.line(4, &format!("where: {{{}}}", filter(app).join(", ")));
    page.comment(4, "What is taken as it was recorded; what is not listed is the app's, or the simulator's.");
    if group.in_sessions > 0 {
        page.comment(4, "`session`: a call waits until the one before it in its session has ended.");
    }
    if group.uses_cache() {
        let of_input = |tokens: u64| share(tokens, group.usage.total_input());
        let about = format!(
            "`cache`: of the input, {} was read from the prompt cache and {} written to it; it is billed as it was then.",
            of_input(group.usage.cache_read),
            of_input(group.usage.cache_write_5m + group.usage.cache_write_1h)
        );
        page.comment(4, &about);
    }
    page.line(4, &format!("recorded: [{}]", recorded(app).join(", ")));
}

/// What is taken as it was recorded.
pub(super) fn recorded(app: &Sketch<'_>) -> Vec<&'static str> {
    let group = app.group;
    let all =
        [("max_tokens", brings_max_tokens(app)), ("session", group.in_sessions > 0), ("cache", group.uses_cache())];
    all.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
}

/// Calls say what they ask for, and the model takes it.
pub(super) fn brings_max_tokens(app: &Sketch<'_>) -> bool {
    let asked = &app.group.max_tokens;
    let writes = app.model.filter(|model| model.max_output.is_some());
    asked.calls > 0 && writes.is_some_and(|model| u64::from(asked.most) <= model.context.tokens.0)
}

/// What tells the rows of this app from others; an empty text is that of rows without a name.
fn filter(app: &Sketch<'_>) -> Vec<String> {
    let (key, groups) = (&app.group.key, &app.recording.found.groups);
    let told = |part: fn(&Key) -> &Name| {
        let somewhere = groups.iter().any(|group| part(&group.key).is_some());
        part(key).as_deref().or(somewhere.then_some(""))
    };
    let parts = [
        ("app", told(|key| &key.app)),
        ("model", told(|key| &key.model)),
        ("region", told(|key| &key.region)),
        ("tier", Some(key.tier.as_deref().unwrap_or(Tier::Standard.name()))),
        ("account", told(|key| &key.account).filter(|_| app.recording.accounts > 1)),
    ];
    parts.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", scalar(value?)))).collect()
}
