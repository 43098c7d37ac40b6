//! One app of a drafted scenario: the calls of a group, as they were made.

use super::found::{Group, Key};
use super::yaml::{Page, scalar};
use super::{Recording, alternatives, calls, share};
use crate::bedrock::tier::Tier;
use crate::client::Sdk;
use crate::pricing::{Model, PriceBook};
use crate::trace::{Name, Outcome};
use crate::units::Tokens;

/// What is known of a group before it is written.
pub(super) struct Sketch<'a> {
    pub(super) name: &'a str,
    pub(super) group: &'a Group,
    /// The name of its account, where the scenario has more than one.
    pub(super) account: Option<&'a str>,
    pub(super) recording: &'a Recording<'a>,
}

impl Sketch<'_> {
    /// The app as YAML, one level deep.
    pub(super) fn page(&self, book: &PriceBook) -> Page {
        let mut page = Page::default();
        let model = self.model(book);
        page.comment(1, &self.about());
        page.line(1, &format!("{}:", scalar(self.name)));
        self.called(&mut page, model);
        self.max_tokens(&mut page, model);
        let sdk = Sdk::DEFAULT;
        page.comment(2, "What the app does when a call fails; left out, the newest botocore as it is shipped:");
        page.off(2, &format!("client: {{sdk: {sdk}, mode: {}}}", sdk.default_mode().name()));
        self.service(&mut page);
        self.traffic(&mut page, model);
        alternatives::of_cache(self, &mut page);
        page
    }

    fn model<'a>(&'a self, book: &'a PriceBook) -> Option<&'a Model> {
        Some(book.resolve(self.group.key.model.as_deref()?).ok()?.model)
    }

    fn about(&self) -> String {
        let group = self.group;
        let app = group.key.app.as_deref().map_or_else(String::new, |app| format!("`{app}`: "));
        let usage = group.usage;
        let mut about = format!(
            "{app}{} answered calls, {} input and {} output tokens.",
            Tokens(group.answered()),
            Tokens(usage.total_input()),
            Tokens(usage.output)
        );
        let others =
            [Outcome::Throttled, Outcome::Failed, Outcome::Blocked].map(|outcome| (group.of(outcome), outcome));
        let others = others.iter().filter(|(calls, _)| *calls > 0);
        let others: Vec<String> = others.map(|(calls, what)| format!("{} {}", Tokens(*calls), what.name())).collect();
        if !others.is_empty() {
            about.push_str(&format!(" Also recorded and not replayed: {}.", others.join(", ")));
        }
        about
    }

    fn called(&self, page: &mut Page, model: Option<&Model>) {
        let key = &self.group.key;
        if let Some(model) = model {
            page.comment(2, &format!("{}, as it was called.", model.name));
        }
        page.line(2, &format!("model: {}", scalar(key.model.as_deref().unwrap_or_default())));
        page.line(2, &format!("region: {}", scalar(key.region.as_deref().unwrap_or_default())));
        if let Some(tier) = &key.tier {
            page.line(2, &format!("tier: {}", scalar(tier)));
        }
        if let Some(account) = self.account {
            page.line(2, &format!("account: {}", scalar(account)));
        }
    }

    fn max_tokens(&self, page: &mut Page, model: Option<&Model>) {
        let (asked, answered) = (&self.group.max_tokens, self.group.answered());
        let most = model.and_then(|model| model.max_output.as_ref()).map(|limit| limit.tokens);
        if model.is_some() && most.is_none() {
            return;
        }
        let values: Vec<String> = asked
            .values
            .iter()
            .map(|(value, calls)| format!("{} ({})", Tokens((*value).into()), Tokens(*calls)))
            .collect();
        let used = match values.as_slice() {
            [] if asked.calls == 0 => "no call said what it asked for".to_owned(),
            [] => format!("from {} to {}", Tokens(asked.least.into()), Tokens(asked.most.into())),
            _ => values.join(", "),
        };
        page.comment(2, &format!("max_tokens as used, and by how many calls: {used}."));
        let takes_own = if self.recorded(model).contains(&"max_tokens") { answered - asked.calls } else { answered };
        if takes_own > 0 {
            let maximum = most.map_or_else(String::new, |most| format!(" of {most}"));
            page.comment(
                2,
                &format!(
                    "What stands here is for {} that brought none. Left out, Bedrock reserves the model's maximum{maximum} for \
                     each; write what the app sets:",
                    calls(takes_own)
                ),
            );
            page.off(2, "max_tokens: 1_000");
        }
        if self.group.truncated > 0 {
            page.comment(
                2,
                &format!(
                    "{} answers were cut at max_tokens: with more room they would be longer, nobody knows by how much.",
                    Tokens(self.group.truncated)
                ),
            );
        }
    }

    fn service(&self, page: &mut Page) {
        match self.group.timing.service() {
            Some(service) => {
                page.comment(2, &format!("How fast the model answered: {}.", service.from));
                page.line(2, &format!("service: {{ttft: {}, output_rate: {}}}", service.ttft, service.output_rate));
            }
            None => {
                page.comment(
                    2,
                    "How fast the model answers: too little of it was recorded. Left out, what the price book has measured, \
                     else 500 ms and 50 tokens a second; write what you know:",
                );
                page.off(2, "service: {ttft: {median: 600ms, p95: 1500ms}, output_rate: 80/s}");
            }
        }
    }

    fn traffic(&self, page: &mut Page, model: Option<&Model>) {
        let group = self.group;
        page.line(2, "traffic:");
        page.line(3, "trace:");
        page.line(4, &format!("file: {}", scalar(self.recording.file)));
        page.line(4, &format!("where: {{{}}}", self.filter().join(", ")));
        let recorded = self.recorded(model);
        page.comment(4, "What is taken as it was recorded; what is not listed is the app's, or the simulator's.");
        if group.in_sessions > 0 {
            page.comment(4, "A call waits until the one before it in its session has ended.");
        }
        if group.uses_cache() {
            page.comment(
                4,
                &format!(
                    "Of the input, {} was read from the prompt cache, by {} of the calls: `cache` bills it as it was.",
                    share(group.usage.cache_read, group.usage.total_input()),
                    share(group.cache_hits, group.answered())
                ),
            );
        }
        page.line(4, &format!("recorded: [{}]", recorded.join(", ")));
    }

    /// What tells the rows of this app from others; an empty text is that of rows without a name.
    fn filter(&self) -> Vec<String> {
        let (key, groups) = (&self.group.key, &self.recording.found.groups);
        let told = |part: fn(&Key) -> &Name| {
            let somewhere = groups.iter().any(|group| part(&group.key).is_some());
            part(key).as_deref().or(somewhere.then_some(""))
        };
        let parts = [
            ("app", told(|key| &key.app)),
            ("model", told(|key| &key.model)),
            ("region", told(|key| &key.region)),
            ("tier", Some(key.tier.as_deref().unwrap_or(Tier::Standard.name()))),
            ("account", told(|key| &key.account).filter(|_| self.recording.accounts > 1)),
        ];
        parts.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", scalar(value?)))).collect()
    }

    /// What a replay takes from the recording.
    fn recorded(&self, model: Option<&Model>) -> Vec<&'static str> {
        let group = self.group;
        let room = model.map_or(0, |model| if model.max_output.is_some() { model.context.tokens.0 } else { 0 });
        let asked = group.max_tokens.calls > 0 && u64::from(group.max_tokens.most) <= room;
        let parts = [("max_tokens", asked), ("session", group.in_sessions > 0), ("cache", group.uses_cache())];
        parts.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
    }
}
