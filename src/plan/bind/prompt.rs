//! What calls begin with, and whether their model caches it.

use super::Binding;
use crate::bedrock::cache::{Rules, Ttl};
use crate::bedrock::usage::UsageClass;
use crate::document::{Located, Place};
use crate::plan::{Access, Lane, Offer, Prompt, PromptSection, Traffic};
use crate::pricing::{CacheFacts, Model};
use crate::scenario::{self, Cache};

impl Binding<'_> {
    /// The prompt of an application; a recorded one is told how long it is cached.
    pub(super) fn prompt(&self, written: &scenario::App, traffic: &mut Traffic) -> Option<Prompt> {
        let prompt = written.prompt.as_ref()?;
        if let (Traffic::Trace(trace), Some(cache)) = (traffic, &prompt.cache) {
            trace.checkpoint = last_ttl(&cache.value);
        }
        let sections = sections(prompt);
        (!sections.is_empty()).then_some(Prompt(sections))
    }

    /// The rules of a model's cache when there is something to cache.
    pub(super) fn cache(&mut self, written: &scenario::App, model: &Model, lanes: &[Lane]) -> Option<Option<Rules>> {
        let Some(cache) = written.prompt.as_ref().and_then(|prompt| prompt.cache.as_ref()) else { return Some(None) };
        let rules = self.cache_rules(cache, model, lanes)?;
        let batch = lanes.iter().any(|lane| matches!(lane.access, Access::Batch(_)));
        Some((!batch).then_some(rules))
    }

    /// What the model caches; a problem for everything that it does not.
    fn cache_rules(&mut self, cache: &Located<Cache>, model: &Model, lanes: &[Lane]) -> Option<Rules> {
        let Some(facts) = &model.cache else {
            let help = "leave `cache` out, or choose another model";
            self.problems.with_help(&cache.place, format!("{} does not cache prompts", model.name), help);
            return None;
        };
        let mut lives = self.lives(cache, facts, &model.name);
        // What the model lacks has no price either: one problem is enough.
        let priced = if lives { lanes } else { &[] };
        for lane in priced.iter().filter(|lane| lane.access == Access::Quota) {
            lives &= self.is_priced(cache, &lane.offer);
        }
        let count = checkpoints(&cache.value).count();
        let fits = count <= facts.checkpoints as usize;
        if !fits {
            let most = facts.checkpoints;
            let message = format!("{count} checkpoints; {} takes {most}", model.name);
            self.problems.with_help(&cache.place, message, "keep those behind which the prompt differs least");
        }
        let minimum = u32::try_from(facts.minimum.0).unwrap_or(u32::MAX);
        self.assume(
            format!("prompt cache of {}", model.name),
            format!(
                "from {} tokens, {} checkpoints, {} blocks back",
                facts.minimum, facts.checkpoints, facts.look_back
            ),
            "the k-th checkpoint needs k times as many tokens before it; an entry is readable from the first token of \
             the call that writes it, and in the Region that executed that call only",
            Some(facts.provenance.title.clone()),
        );
        let rules = Rules { minimum, checkpoints: facts.checkpoints, look_back: facts.look_back };
        (lives && fits).then_some(rules)
    }

    /// Reads and writes have a price from the start on; an unknown one is an error, never zero.
    fn is_priced(&mut self, cache: &Located<Cache>, offer: &Offer) -> bool {
        let writes = checkpoints(&cache.value).map(|(ttl, _)| match ttl {
            Ttl::FiveMinutes => UsageClass::CacheWrite5m,
            Ttl::OneHour => UsageClass::CacheWrite1h,
        });
        let mut all = true;
        for class in std::iter::once(UsageClass::CacheRead).chain(writes) {
            let Some(row) = offer.rates().find(|row| row.rate(class).is_none()) else { continue };
            let message = format!("no price for {} from {}", offer.sku(class, row.input_above), row.from);
            self.problems.with_help(&cache.place, message, "add it with `--pricing DIR`, or leave `cache` out");
            all = false;
        }
        all
    }

    /// Every time to live is one that the model has. Bedrock ignores the others without a word; a plan that
    /// counts on them is wrong.
    fn lives(&mut self, cache: &Located<Cache>, facts: &CacheFacts, model: &str) -> bool {
        let known: Vec<&str> = facts.ttls.iter().map(|ttl| ttl.name()).collect();
        let mut all = true;
        for (ttl, place) in checkpoints(&cache.value).filter(|(ttl, _)| !facts.ttls.contains(ttl)) {
            let message = format!("{model} caches for {}, not for {}", known.join(" or "), ttl.name());
            self.problems.with_help(place, message, format!("write {}, or choose another model", known.join(" or ")));
            all = false;
        }
        all
    }
}

/// The times to live that are asked for, and where.
fn checkpoints(cache: &Cache) -> impl Iterator<Item = (Ttl, &Place)> {
    let (all, chosen) = match cache {
        Cache::All(ttl) => (Some(ttl), None),
        Cache::Checkpoints(checkpoints) => (None, Some(checkpoints)),
    };
    let chosen = chosen.into_iter().flatten().map(|checkpoint| &checkpoint.ttl);
    all.into_iter().chain(chosen).map(|ttl| (ttl.value, &ttl.place))
}

fn last_ttl(cache: &Cache) -> Option<Ttl> {
    checkpoints(cache).last().map(|(ttl, _)| ttl)
}

fn sections(prompt: &scenario::Prompt) -> Vec<PromptSection> {
    let last = prompt.sections().last().map(|(name, _)| name);
    let bound = prompt.sections().map(|(name, section)| PromptSection {
        tokens: section.tokens.get() as u32,
        distinct: section.distinct,
        changes_every: section.changes_every,
        checkpoint: match prompt.cache.as_ref().map(|cache| &cache.value) {
            Some(Cache::All(ttl)) => (Some(name) == last).then_some(ttl.value),
            Some(Cache::Checkpoints(all)) => all.iter().find(|it| it.after.value == name).map(|it| it.ttl.value),
            None => None,
        },
    });
    bound.collect()
}

#[cfg(test)]
mod tests;
