//! `max_tokens` of an app: what its calls asked for, and what becomes of those that did not say.

use super::app::Sketch;
use super::calls;
use super::found::MaxTokens;
use super::replay::brings_max_tokens;
use super::yaml::Page;
use crate::units::Tokens;

pub(super) fn write(app: &Sketch<'_>, page: &mut Page) {
    let most = app.model.and_then(|model| model.max_output.as_ref()).map(|limit| limit.tokens);
    if app.model.is_some() && most.is_none() {
        page.comment(2, "The model writes no tokens, so that its calls have no max_tokens.");
        return;
    }
    page.comment(2, &format!("max_tokens as used, and by how many calls: {}.", used(&app.group.max_tokens)));
    let silent = match brings_max_tokens(app) {
        true => app.group.answered() - app.group.max_tokens.calls,
        false => app.group.answered(),
    };
    if silent > 0 {
        let maximum = most.map_or_else(String::new, |most| format!(" of {most}"));
        let about = format!(
            "What stands here is for {} that brought none. Left out, Bedrock reserves the model's maximum{maximum} for each; \
             write what the app sets:",
            calls(silent)
        );
        page.comment(2, &about);
        page.off(2, "max_tokens: 1_000");
    }
    if app.group.truncated > 0 {
        let cut = Tokens(app.group.truncated);
        let about = format!(
            "Cut at max_tokens: {cut}. With more room those answers would be longer, nobody knows by how much."
        );
        page.comment(2, &about);
    }
}

/// `100 (1,200), 4,096 (3)`; of many values, the least and the most.
fn used(asked: &MaxTokens) -> String {
    let tokens = |value: u32| Tokens(value.into());
    let values = asked.values.iter().map(|(value, calls)| format!("{} ({})", tokens(*value), Tokens(*calls)));
    match (asked.calls, asked.values.is_empty()) {
        (0, _) => "no call said what it asked for".to_owned(),
        (_, true) => format!("from {} to {}", tokens(asked.least), tokens(asked.most)),
        (_, false) => values.collect::<Vec<_>>().join(", "),
    }
}
