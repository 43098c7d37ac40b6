//! A bare id that works, beside a profile of the same model with more quota.

use super::Binding;
use super::pools::Pools;
use super::refuse::profiles_from;
use crate::bedrock::profile::{ProfileId, Via};
use crate::bedrock::quota::Limit;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::codes::Code;
use crate::plan::{App, Finding, Severity, TargetView};
use crate::pricing::Model;
use crate::units::Tokens;

impl Binding<'_> {
    /// What a profile would change, where it has the larger pool.
    pub(super) fn find_larger_pools(&mut self, app: &App, pools: &Pools) {
        for target in app.targets() {
            let Some(model) = self.book.model(&target.first().offer.model) else { continue };
            let finding = self.larger_pool_than(app, &target, model, pools);
            self.findings.extend(finding);
        }
    }

    fn larger_pool_than(&self, app: &App, target: &TargetView<'_>, model: &Model, pools: &Pools) -> Option<Finding> {
        let offer = &target.first().offer;
        let region = offer.region.as_str();
        let own = pools.limits(target.first().pool).find(|limit| limit.is_tokens_of_a_minute())?;
        if offer.via != Via::OnDemand {
            return None;
        }
        let profiles = profiles_from(self.book, model, region).into_iter().filter_map(|id| {
            let via = ProfileId::parse(&id).via;
            let row = model.quota_defaults(via, region, Tier::Standard)?;
            Some((row.tokens_per_minute?, via, id))
        });
        let largest = profiles.max_by_key(|(tokens, ..)| *tokens);
        let (tokens, via, id) = largest.filter(|(tokens, ..)| tokens.0 > own.amount)?;
        let price = self.price_change(region, model, via);
        Some(larger_pool(app, target.place, own, tokens, &id, price))
    }

    /// What input costs through a profile, in comparison.
    fn price_change(&self, region: &str, model: &Model, via: Via) -> &'static str {
        let input = |via| model.rates(via, region, Tier::Standard, self.start).ok()?.rate(UsageClass::UncachedInput);
        match (input(Via::OnDemand), input(via)) {
            (Some(own), Some(other)) if own == other => "at the same price",
            (Some(own), Some(other)) if own > other => "at a lower price",
            (Some(_), Some(_)) => "at a higher price",
            _ => "at a price that the book does not have",
        }
    }
}

fn larger_pool(app: &App, place: &str, own: &Limit, tokens: Tokens, id: &str, price: &str) -> Finding {
    Finding {
        code: Code::BareModelId,
        severity: Severity::Info,
        message: format!(
            "`{}` calls its model by the bare id and shares {} tokens per minute of one Region; the profile `{id}` has a pool \
             of its own, by default of {tokens}, {price}",
            app.name,
            Tokens(own.amount)
        ),
        place: format!("apps.{}.{place}", app.name),
        advice: Some("call it through the profile, if the data may be processed in its Regions".to_owned()),
    }
}
