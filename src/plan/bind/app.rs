//! One application: its model, its prices, its limits.

use super::Binding;
use super::pools::{PoolKey, Pools};
use crate::bedrock::profile::Via;
use crate::bedrock::quota::Measure;
use crate::bedrock::region::is_region;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::client::Backoff;
use crate::document::Located;
use crate::plan::{Access, App, Burndown, Destination, Finding, Lane, Offer, Severity};
use crate::pricing::{Model, Resolved};
use crate::scenario;
use crate::units::{SimTime, Tokens};
use jiff::tz::TimeZone;

impl<'a> Binding<'a> {
    pub(super) fn app(&mut self, name: &Located<String>, written: &'a scenario::App, pools: &mut Pools) -> Option<App> {
        let Resolved { model, via, prefix } = self.model(&written.model)?;
        let region = self.region(&written.region, prefix);
        let offer = self.offer(written, model, via);
        let max_tokens = self.max_tokens(written, model);
        let (region, offer, max_tokens) = (region?, offer?, max_tokens?);
        let pool = pools.of(self, &PoolKey { model: model.key.clone(), via, region: region.clone() }, model);
        let traffic = self.traffic(&written.traffic);
        let app = App {
            name: name.value.clone(),
            lanes: vec![Lane {
                offer,
                tier: Tier::Standard,
                route: pools.route(pool),
                pool,
                access: Access::Quota,
                service: self.service(&name.value, &written.service),
                destinations: vec![Destination { region, weight: 1 }],
            }],
            max_tokens,
            max_tokens_unset: written.max_tokens.is_none() && max_tokens > 0 && !traffic.brings_max_tokens(),
            context: Some(model.context.tokens),
            burndown: self.burndown(model),
            backoff: Backoff {
                attempts: u32::try_from(written.client.attempts.get()).unwrap_or(u32::MAX),
                base: written.client.backoff.base,
                cap: written.client.backoff.cap,
            },
            traffic,
        };
        self.find_calls_that_never_fit(&app, pools);
        self.extend(name, &app);
        Some(app)
    }

    fn model(&mut self, id: &'a Located<String>) -> Option<Resolved<'a>> {
        let book = self.book;
        let unknown = match book.resolve(&id.value) {
            Ok(found) => return Some(found),
            Err(unknown) => unknown,
        };
        let by_key = book.model(&id.value).map(|model| format!("write its id, `{}`, or a profile's", model.id));
        let known: Vec<&str> = unknown.known.iter().map(String::as_str).collect();
        match by_key {
            Some(help) => self.problems.with_help(&id.place, format!("`{}` is not a model id", id.value), help),
            None => self.problems.unknown(&id.place, "model", &id.value, &known),
        }
        None
    }

    /// A Region, inside the geography of the profile that is called, if one is.
    pub(super) fn region(&mut self, region: &Located<String>, prefix: Option<&str>) -> Option<String> {
        if !is_region(&region.value) {
            let help = "write it as `us-east-1` or `eu-central-1`";
            self.problems.with_help(&region.place, format!("`{}` is not an AWS Region", region.value), help);
            return None;
        }
        let Some((_, sources)) = GEOGRAPHIES.iter().find(|(known, _)| Some(*known) == prefix) else {
            return Some(region.value.clone());
        };
        if sources.iter().any(|start| region.value.starts_with(start)) {
            return Some(region.value.clone());
        }
        let prefix = prefix.unwrap_or_default();
        let message = format!("a `{prefix}.` profile cannot be called from {}", region.value);
        let help =
            format!("call it from a Region that begins with {}, or choose another profile", sources.join(" or "));
        self.problems.with_help(&region.place, message, help);
        None
    }

    fn offer(&mut self, written: &scenario::App, model: &Model, via: Via) -> Option<Offer> {
        let place = &written.model.place;
        let offer = Offer::new(&written.model.value, model, via, &written.region.value, Tier::Standard, self.start)
            .map_err(|missing| {
                let help = "an unknown price is an error, never zero: add the rate with `--pricing DIR`, or choose another \
                            model, profile or start";
                self.problems.with_help(place, missing.to_string(), help);
            })
            .ok()?;
        let unpriced = offer.rates().find(|row| model.max_output.is_some() && row.rate(UsageClass::Output).is_none());
        if let Some(row) = unpriced {
            let sku = offer.sku(UsageClass::Output);
            self.problems.at(place, format!("no price for {sku} from {}; add it with `--pricing DIR`", row.from));
            return None;
        }
        Some(offer)
    }

    /// What calls ask for when they do not say: the model's maximum, as Bedrock does.
    fn max_tokens(&mut self, written: &scenario::App, model: &Model) -> Option<u32> {
        let most = model.max_output.as_ref().map_or(Tokens(0), |limit| limit.tokens);
        match &written.max_tokens {
            Some(asked) if asked.value.get() > most.0 => {
                let message = format!("{} writes at most {most} tokens", model.name);
                self.problems.with_help(&asked.place, message, format!("write `max_tokens: {}` or less", most.0));
                None
            }
            Some(asked) => u32::try_from(asked.value.get()).ok(),
            None => u32::try_from(most.0).ok(),
        }
    }

    /// The rate in effect at the start, then each later one from its UTC midnight on.
    fn burndown(&mut self, model: &Model) -> Burndown {
        let start_us = self.scenario.start.0.as_microsecond();
        let mut rates = vec![(SimTime(0), model.burndown_on(self.start).map_or(1, |row| row.times))];
        for row in model.burndown.iter().filter(|row| row.from > self.start) {
            let Ok(midnight) = row.from.to_zoned(TimeZone::UTC) else { continue };
            let after = midnight.timestamp().as_microsecond() - start_us;
            rates.push((SimTime(after.unsigned_abs()), row.times));
        }
        if let Some(row) = model.burndown_on(self.start) {
            let source = Some(row.provenance.title.clone());
            let note =
                "output tokens count so many times against the quota when a call settles; billing is not affected";
            self.assume(format!("burndown of {}", model.name), format!("{}x", row.times), note, source);
        }
        Burndown::new(rates)
    }

    /// Calls whose trace brings their `max_tokens` may ask for less than the application's.
    fn find_calls_that_never_fit(&mut self, app: &App, pools: &Pools) {
        if app.traffic.brings_max_tokens() {
            return;
        }
        let smallest = u64::from(app.max_tokens);
        let too_small =
            pools.limits(app.first().pool).find(|limit| limit.measure == Measure::Tokens && limit.amount <= smallest);
        if let Some(limit) = too_small {
            self.findings.push(Finding {
                code: "call-exceeds-quota",
                severity: Severity::Error,
                message: format!(
                    "no call of `{}` can ever be admitted: each reserves its input plus {} tokens, and the limit is {} {}",
                    app.name,
                    Tokens(smallest),
                    Tokens(limit.amount),
                    limit.name().replace('_', " ")
                ),
                place: format!("apps.{}.max_tokens", app.name),
                advice: Some("lower max_tokens".to_owned()),
            });
        }
    }
}

/// Which Regions a geographic profile can be called from (User Guide, inference profiles, 2025-11).
const GEOGRAPHIES: [(&str, &[&str]); 8] = [
    ("us", &["us-east-", "us-west-", "ca-"]),
    ("eu", &["eu-"]),
    ("apac", &["ap-", "me-"]),
    ("jp", &["ap-northeast-"]),
    ("au", &["ap-southeast-"]),
    ("ca", &["ca-"]),
    ("in", &["ap-south-"]),
    ("us-gov", &["us-gov-"]),
];
