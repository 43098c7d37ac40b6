//! What an application calls, as it is written: its own model or models, and what takes over.

use super::Binding;
use super::pools::Pools;
use super::targets::Calls;
use crate::bedrock::tier::Tier;
use crate::document::Located;
use crate::plan::{Choice, Fallback};
use crate::scenario::{self, MaxTokens, Routing, Substitute, Trouble};
use crate::units::Ratio;

/// A model, and where and how it is called.
#[derive(Clone, Copy)]
pub(super) struct Called<'a> {
    pub(super) model: &'a Located<String>,
    pub(super) region: &'a Located<String>,
    pub(super) account: Option<&'a Located<String>>,
    pub(super) max_tokens: Option<&'a Located<MaxTokens>>,
    pub(super) tier: Tier,
    pub(super) routing: Option<&'a Located<Routing>>,
    pub(super) provisioned: Option<&'a Located<String>>,
    /// Its provisioned throughput has the model's quota behind it.
    pub(super) spills: bool,
}

impl<'a> Called<'a> {
    /// Another model than the app's one, called as the app calls. Capacity that was bought is of one model.
    pub(super) fn other(written: &'a scenario::App, model: &'a Located<String>) -> Self {
        let tier = match written.tier.value {
            shared @ (Tier::Priority | Tier::Flex) => shared,
            _ => Tier::Standard,
        };
        Self {
            model,
            region: &written.region,
            account: written.account.as_ref(),
            max_tokens: written.max_tokens.as_ref(),
            tier,
            routing: None,
            provisioned: None,
            spills: false,
        }
    }

    /// The one model of an app.
    fn only(written: &'a scenario::App, model: &'a Located<String>) -> Self {
        Self {
            tier: written.tier.value,
            routing: written.routing.as_ref(),
            provisioned: written.provisioned.as_ref(),
            spills: matches!(written.fallback.as_ref().map(|it| &it.value), Some(scenario::Fallback::OnDemand)),
            ..Self::other(written, model)
        }
    }

    /// Puts what an entry gives in the place of what is the app's.
    pub(super) fn with(
        self,
        region: Option<&'a Located<String>>,
        account: Option<&'a Located<String>>,
        max_tokens: Option<&'a Located<MaxTokens>>,
    ) -> Self {
        Self {
            region: region.unwrap_or(self.region),
            account: account.or(self.account),
            max_tokens: max_tokens.or(self.max_tokens),
            ..self
        }
    }

    /// Both are the same way to the same model.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let named = |name: Option<&'a Located<String>>| name.map(|name| name.value.as_str());
        let key = |one: &Self| {
            (one.model.value.as_str(), one.region.value.as_str(), named(one.account), named(one.provisioned))
        };
        key(self) == key(other)
    }
}

impl<'a> Binding<'a> {
    /// The targets that tasks are sent to, and how one is chosen.
    pub(super) fn own_targets(
        &mut self,
        name: &'a str,
        written: &'a scenario::App,
        pools: &mut Pools,
        calls: &mut Calls<'a>,
    ) -> Option<Choice> {
        self.belong_together(written)?;
        let (called, choice) = choice(written)?;
        let mut all = true;
        for one in called {
            if calls.called().any(|other| other.is_same(&one)) {
                let message = format!("`{}` stands here a second time", one.model.value);
                self.problems.with_help(&one.model.place, message, "list each model once");
                all = false;
            }
            all &= self.target(name, written, one, pools, calls).is_some();
        }
        all.then_some(choice)
    }

    /// The targets that take over.
    pub(super) fn fallback(
        &mut self,
        name: &'a str,
        written: &'a scenario::App,
        pools: &mut Pools,
        calls: &mut Calls<'a>,
    ) -> Option<Option<Fallback>> {
        let Some(Located { value: scenario::Fallback::Chain(chain), .. }) = &written.fallback else {
            return Some(None);
        };
        let to: Vec<_> = chain.to.iter().map(|entry| self.substitute(name, written, entry, pools, calls)).collect();
        Some(Some(Fallback {
            to: to.into_iter().collect::<Option<_>>()?,
            on_throttled: chain.on.contains(&Trouble::Throttled),
            on_failed: chain.on.contains(&Trouble::Failed),
            on_timeout: chain.on.contains(&Trouble::Timeout),
            cooldown: chain.cooldown,
        }))
    }

    fn substitute(
        &mut self,
        name: &'a str,
        written: &'a scenario::App,
        entry: &'a Located<Substitute>,
        pools: &mut Pools,
        calls: &mut Calls<'a>,
    ) -> Option<usize> {
        let Substitute { model, region, account, max_tokens, provisioned } = &entry.value;
        let Some(model) = model.as_ref().or(written.model.as_ref()) else {
            let help = "the app has several models of its own: name the one that takes over";
            self.problems.with_help(&entry.place, "`model` is missing here", help);
            return None;
        };
        let called = Called::other(written, model).with(region.as_ref(), account.as_ref(), max_tokens.as_ref());
        let called = Called { provisioned: provisioned.as_ref(), ..called };
        if calls.called().any(|other| other.is_same(&called)) {
            let message = "this fallback goes back to a target that the call comes from";
            let help = "name a target that is not the app's own and not listed before it";
            self.problems.with_help(&entry.place, message, help);
            return None;
        }
        self.target(name, written, called, pools, calls)
    }

    /// What asks for calls that come one by one, or for one model.
    fn belong_together(&mut self, written: &scenario::App) -> Option<()> {
        let batch = written.tier.value == Tier::Batch;
        let several = written.split.is_some() || written.cascade.is_some();
        let chain = matches!(written.fallback.as_ref().map(|it| &it.value), Some(scenario::Fallback::Chain(_)));
        let split_up = "write an app for each model, or leave it out";
        let problem = match written {
            scenario::App { batch: Some(given), .. } if !batch => {
                Some((&given.place, "`batch` without the tier".to_owned(), "write `tier: batch`, or leave `batch` out"))
            }
            scenario::App { provisioned: Some(_), tier, .. } if tier.value != Tier::Standard => {
                let message = format!("provisioned throughput has no `{}` tier", tier.value);
                Some((&tier.place, message, "leave `tier` out"))
            }
            scenario::App { provisioned: Some(name), .. } if several => {
                let help = "name it in an entry of `fallback`, or write an app of its own for that model";
                Some((&name.place, "provisioned throughput is of one model, and this app has several".to_owned(), help))
            }
            scenario::App { tier, .. }
                if several && matches!(tier.value, Tier::Batch | Tier::Reserved | Tier::LatencyOptimized) =>
            {
                let message = format!("the `{}` tier with several models is not simulated", tier.value);
                Some((&tier.place, message, split_up))
            }
            scenario::App { routing: Some(routing), .. } if several => Some((
                &routing.place,
                "`routing` is of one profile, and this app has several models".to_owned(),
                split_up,
            )),
            scenario::App { fallback: Some(fallback), .. } if batch && chain => {
                Some((&fallback.place, "a batch has no fallback".to_owned(), "leave `fallback` out"))
            }
            scenario::App { fallback: Some(fallback), provisioned: None, .. } if !chain => {
                let help = "only `provisioned` throughput falls back to `on_demand`; the reserved tier overflows by itself, \
                            and other apps name targets: `fallback: {to: [{region: us-west-2}]}`";
                Some((&fallback.place, "a fallback from nothing".to_owned(), help))
            }
            _ => None,
        };
        let Some((place, message, help)) = problem else { return Some(()) };
        self.problems.with_help(place, message, help);
        None
    }
}

/// The app's own targets as they are written, and how one of them is chosen. A file that names none was refused.
fn choice<'a>(written: &'a scenario::App) -> Option<(Vec<Called<'a>>, Choice)> {
    if let Some(model) = &written.model {
        return Some((vec![Called::only(written, model)], Choice::First));
    }
    let entry = |model, region: &'a Option<_>, account: &'a Option<_>, max_tokens: &'a Option<_>| {
        Called::other(written, model).with(region.as_ref(), account.as_ref(), max_tokens.as_ref())
    };
    if let Some(split) = &written.split {
        let called = split.0.iter().map(|it| entry(&it.model, &it.region, &it.account, &it.max_tokens));
        let shares: Vec<Ratio> = split.0.iter().map(|part| part.share.value.share()).collect();
        return Some((called.collect(), Choice::Split(shares)));
    }
    let stages = &written.cascade.as_ref()?.0;
    let called = stages.iter().map(|it| entry(&it.model, &it.region, &it.account, &it.max_tokens));
    let escalate = stages.iter().filter_map(|stage| Some(stage.escalate.as_ref()?.value.share()));
    Some((called.collect(), Choice::Cascade(escalate.collect())))
}
