//! The targets of an application: each a model with its lanes.

use super::Binding;
use super::called::Called;
use super::lanes::Asked;
use super::pools::Pools;
use crate::plan::{Lane, Target};
use crate::scenario;

/// The targets found so far, and their lanes.
#[derive(Default)]
pub(super) struct Calls<'a> {
    lanes: Vec<Lane>,
    targets: Vec<(Called<'a>, Target)>,
}

impl<'a> Calls<'a> {
    /// What is called, as it is written.
    pub(super) fn called(&self) -> impl Iterator<Item = &Called<'a>> {
        self.targets.iter().map(|(called, _)| called)
    }

    /// `max_tokens` of the calls of the first.
    pub(super) fn max_tokens(&self) -> u32 {
        self.targets.first().map_or(0, |(_, target)| target.max_tokens)
    }

    /// All lanes, and the targets when there is more than one.
    pub(super) fn into_parts(self) -> (Vec<Lane>, Vec<Target>) {
        let several = self.targets.len() > 1;
        (self.lanes, self.targets.into_iter().filter(|_| several).map(|(_, target)| target).collect())
    }
}

impl<'a> Binding<'a> {
    /// The target of calls that are not the app's own: one that is there already, or one more.
    pub(super) fn extra_target(
        &mut self,
        name: &'a str,
        written: &'a scenario::App,
        called: Called<'a>,
        pools: &mut Pools,
        calls: &mut Calls<'a>,
    ) -> Option<usize> {
        let asks = |one: &Called<'a>| one.max_tokens.map(|asked| asked.value);
        let same = |one: &Called<'a>| one.is_same(&called) && one.tier == called.tier && asks(one) == asks(&called);
        let known = calls.called().position(same);
        known.or_else(|| self.target(name, written, called, pools, calls))
    }

    /// One more target.
    pub(super) fn target(
        &mut self,
        name: &'a str,
        written: &'a scenario::App,
        called: Called<'a>,
        pools: &mut Pools,
        calls: &mut Calls<'a>,
    ) -> Option<usize> {
        let resolved = self.model(called.model, &called.region.value)?;
        let model = resolved.model;
        self.alive(called.model, model);
        let (account, region) = (self.account(called.account), self.region(called.region));
        let max_tokens = self.max_tokens(&called, model);
        let (account, region, max_tokens) = (account?, region?, max_tokens?);
        let destinations = self.destinations(written, &called, resolved, &region)?;
        let asked = Asked { name, written, called, resolved, region, account, destinations };
        let mut lanes = self.lanes(&asked, pools)?;
        let cache = if model.max_output.is_some() { self.cache(written, model, &lanes)? } else { None };
        let burndown = self.burndown(model);
        for lane in &mut lanes {
            lane.account = account.name.map(str::to_owned);
            lane.context = Some(model.context.tokens);
            (lane.burndown, lane.cache) = (burndown.clone(), cache);
        }
        let target = Target { name: self::name(written, &called, calls), first_lane: calls.lanes.len(), max_tokens };
        calls.lanes.extend(lanes);
        calls.targets.push((called, target));
        Some(calls.targets.len() - 1)
    }
}

/// The model, and what is not the app's own.
fn name(written: &scenario::App, called: &Called<'_>, calls: &Calls<'_>) -> String {
    let mut name = called.model.value.clone();
    if called.region.value != written.region.value {
        name = format!("{name} in {}", called.region.value);
    }
    if let Some(account) =
        called.account.filter(|other| written.account.as_ref().map(|own| &own.value) != Some(&other.value))
    {
        name = format!("{name} of {}", account.value);
    }
    if let Some(provisioned) = called.provisioned {
        name = format!("{name} by {}", provisioned.value);
    }
    let same = calls.called().filter(|other| other.is_same(called)).count();
    if same == 0 { name } else { format!("{name} ({})", same + 1) }
}

#[cfg(test)]
mod tests;
