//! One app of a drafted scenario: the calls of a group, as they were made.

use super::found::Group;
use super::yaml::{Page, scalar};
use super::{Recording, alternatives, asked, calls, replay};
use crate::client::Sdk;
use crate::pricing::Model;
use crate::trace::Outcome;
use crate::units::Tokens;

/// What is known of a group before it is written.
pub(super) struct Sketch<'a> {
    pub(super) name: &'a str,
    pub(super) group: &'a Group,
    /// The name of its account, where the scenario has more than one.
    pub(super) account: Option<&'a str>,
    pub(super) recording: &'a Recording<'a>,
    /// What the price book knows of its model.
    pub(super) model: Option<&'a Model>,
}

impl Sketch<'_> {
    /// The app as YAML, one level deep.
    pub(super) fn page(&self) -> Page {
        let mut page = Page::default();
        page.comment(1, &self.about());
        page.line(1, &format!("{}:", scalar(self.name)));
        self.called(&mut page);
        asked::write(self, &mut page);
        let sdk = Sdk::DEFAULT;
        page.comment(2, "What the app does when a call fails; left out, the newest botocore as it is shipped:");
        page.off(2, &format!("client: {{sdk: {sdk}, mode: {}}}", sdk.default_mode().name()));
        self.service(&mut page);
        replay::write(self, &mut page);
        alternatives::of_cache(self, &mut page);
        page
    }

    fn about(&self) -> String {
        let group = self.group;
        let app = group.key.app.as_deref().map_or_else(String::new, |app| format!("`{app}`: "));
        let usage = group.usage;
        let mut about = format!(
            "{app}{} with an answer, {} input and {} output tokens.",
            calls(group.answered()),
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

    fn called(&self, page: &mut Page) {
        let key = &self.group.key;
        if let Some(model) = self.model {
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

    fn service(&self, page: &mut Page) {
        match self.group.timing.service() {
            Some(service) => {
                page.comment(2, &format!("How fast the model answered: {}.", service.from));
                let saves = if self.group.uses_cache() { ", cached_saves: 0%" } else { "" };
                if !saves.is_empty() {
                    page.comment(2, "What the prompt cache saved is part of these times: nothing more is taken off.");
                }
                let (ttft, rate) = (service.ttft, service.output_rate);
                page.line(2, &format!("service: {{ttft: {ttft}, output_rate: {rate}{saves}}}"));
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
}
