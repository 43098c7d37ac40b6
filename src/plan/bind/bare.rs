//! A bare id that works, beside a profile of the same model with more quota.

use super::Binding;
use super::pools::Pools;
use super::refuse::profiles_from;
use crate::bedrock::profile::{ProfileId, Via};
use crate::bedrock::quota::Limit;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::codes::Code;
use crate::plan::{App, Finding, Severity};
use crate::pricing::Model;
use crate::units::Tokens;

impl Binding<'_> {
    /// What a profile would change, where it has the larger pool.
    pub(super) fn find_larger_pool(&mut self, app: &App, model: &Model, pools: &Pools) {
        let region = app.first().offer.region.as_str();
        let Some(own) = pools.limits(app.first().pool).find(|limit| limit.is_tokens_of_a_minute()) else { return };
        if app.first().offer.via != Via::OnDemand {
            return;
        }
        let profiles = profiles_from(self.book, model, region).into_iter().filter_map(|id| {
            let via = ProfileId::parse(&id).via;
            let row = model.quota_defaults(via, region, Tier::Standard)?;
            Some((row.tokens_per_minute?, via, id))
        });
        let Some((tokens, via, id)) =
            profiles.max_by_key(|(tokens, ..)| *tokens).filter(|(tokens, ..)| tokens.0 > own.amount)
        else {
            return;
        };
        let finding = larger_pool(app, own, tokens, &id, self.price_change(app, model, via));
        self.findings.push(finding);
    }

    /// What input costs through a profile, in comparison.
    fn price_change(&self, app: &App, model: &Model, via: Via) -> &'static str {
        let input = |via| {
            model
                .rates(via, &app.first().offer.region, Tier::Standard, self.start)
                .ok()?
                .rate(UsageClass::UncachedInput)
        };
        match (input(Via::OnDemand), input(via)) {
            (Some(own), Some(other)) if own == other => "at the same price",
            (Some(own), Some(other)) if own > other => "at a lower price",
            (Some(_), Some(_)) => "at a higher price",
            _ => "at a price that the book does not have",
        }
    }
}

fn larger_pool(app: &App, own: &Limit, tokens: Tokens, id: &str, price: &str) -> Finding {
    Finding {
        code: Code::BareModelId,
        severity: Severity::Info,
        message: format!(
            "`{}` calls its model by the bare id and shares {} tokens per minute of one Region; the profile `{id}` has a pool \
             of its own, by default of {tokens}, {price}",
            app.name,
            Tokens(own.amount)
        ),
        place: format!("apps.{}.model", app.name),
        advice: Some("call it through the profile, if the data may be processed in its Regions".to_owned()),
    }
}
