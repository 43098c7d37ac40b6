//! Where tokens could go instead: every price and every app is found before anything runs.

use super::Binding;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::document::Located;
use crate::plan::{Access, Alternative, App, DirectRates, Elsewhere, Lane, SelfHosted, UnitRates};
use crate::pricing::Platform;
use crate::scenario;

impl<'a> Binding<'a> {
    /// Those that hold; of the others, what is wrong is reported.
    pub(super) fn elsewhere(&mut self, apps: &[App]) -> Vec<Elsewhere> {
        let scenario = self.scenario;
        scenario.elsewhere.0.iter().filter_map(|(name, written)| self.one_elsewhere(name, written, apps)).collect()
    }

    fn one_elsewhere(
        &mut self,
        name: &'a Located<String>,
        written: &'a scenario::Elsewhere,
        apps: &[App],
    ) -> Option<Elsewhere> {
        let chosen = self.chosen(written, apps);
        let to = match (&written.direct, &written.self_hosted) {
            (Some(direct), None) => self.direct_api(&direct.value, &chosen, apps),
            (None, Some(hosted)) => self.self_hosted(&hosted.value),
            _ => {
                let message = format!("`{}` is either `direct` or `self_hosted`", name.value);
                self.problems.with_help(&name.place, message, "write one of the two, under a name for each");
                None
            }
        };
        let bought = chosen.iter().map(|app| &apps[*app]).find(|app| app.lanes.iter().any(is_bought));
        if let Some(app) = bought {
            let message = format!("`{}` calls capacity that is paid for by the hour", app.name);
            let help = "only what is bought by the token is compared: leave the app out by `apps`";
            self.problems.with_help(&name.place, message, help);
            return None;
        }
        Some(Elsewhere { name: name.value.clone(), apps: chosen, to: to? })
    }

    /// The applications that are named; all where none is.
    fn chosen(&mut self, written: &scenario::Elsewhere, apps: &[App]) -> Vec<usize> {
        let Some(names) = &written.apps else { return (0..apps.len()).collect() };
        let known: Vec<&str> = apps.iter().map(|app| app.name.as_str()).collect();
        let mut chosen = Vec::new();
        for name in names {
            match known.iter().position(|known| *known == name.value) {
                None => self.problems.unknown(&name.place, "app", &name.value, &known),
                Some(at) if chosen.contains(&at) => {
                    self.problems.at(&name.place, format!("the app `{}` stands here a second time", name.value));
                }
                Some(at) => chosen.push(at),
            }
        }
        chosen
    }

    fn direct_api(&mut self, written: &scenario::DirectApi, chosen: &[usize], apps: &[App]) -> Option<Alternative> {
        let key = &written.platform;
        let Some(platform) = self.book.platform(&key.value) else {
            let known: Vec<&str> = self.book.platforms().map(|platform| platform.key.as_str()).collect();
            self.problems.unknown(&key.place, "platform", &key.value, &known);
            return None;
        };
        let of_app = |app: &usize| -> Option<Vec<DirectRates>> {
            apps[*app].lanes.iter().map(|lane| self.direct_rates(platform, lane, key)).collect()
        };
        let prices: Option<Vec<_>> = chosen.to_vec().iter().map(of_app).collect();
        Some(Alternative::Direct { platform: platform.name.clone(), prices: prices? })
    }

    /// Every class that Bedrock sells in a lane has to be sold there, on every day.
    fn direct_rates(&mut self, platform: &Platform, lane: &Lane, key: &Located<String>) -> Option<DirectRates> {
        let tier = if lane.offer.tier == Tier::Batch { Tier::Batch } else { Tier::Standard };
        let model = &lane.offer.model;
        let Some(first) = platform.rates(model, tier, self.start) else {
            let message = format!("{} has no price for {model} in the tier `{tier}` on {}", platform.name, self.start);
            let help = "leave the app out by `apps`, or add the price to `platforms` with `--pricing DIR`";
            self.problems.with_help(&key.place, message, help);
            return None;
        };
        let mut rates = vec![(self.start, first.clone())];
        let later = platform.models.get(model).into_iter().flatten();
        rates.extend(later.filter(|row| row.tier == tier && row.from > self.start).map(|row| (row.from, row.clone())));
        rates.sort_by_key(|(from, row)| (*from, row.provenance.overlay));
        let sold = |class: &UsageClass| lane.offer.rates().any(|row| row.rate(*class).is_some());
        let lacks = |class: &UsageClass| rates.iter().any(|(_, row)| row.per_million.of(*class).is_none());
        if let Some(class) = UsageClass::ALL.into_iter().filter(sold).find(lacks) {
            let message = format!("{} does not sell {class} tokens of {model} in the tier `{tier}`", platform.name);
            let help = "Bedrock does, and the app may use them: leave the app out by `apps`, or add the price";
            self.problems.with_help(&key.place, message, help);
            return None;
        }
        Some(DirectRates(rates))
    }

    fn self_hosted(&mut self, written: &scenario::SelfHosted) -> Option<Alternative> {
        let region = self.region(&written.region);
        let utilisation = written.utilisation.value.share();
        if utilisation.numerator() == 0 || utilisation.numerator() > utilisation.denominator() {
            let message = "instances are used above 0 % and up to 100 %";
            self.problems.with_help(&written.utilisation.place, message, "plan for some headroom, as `60%`");
            return None;
        }
        let instance = &written.instance;
        let per_hour = match &written.usd_per_hour {
            Some(price) => Some(UnitRates::fixed(price.value, None)),
            None => self.instance_price(instance, &written.region.value),
        };
        let tpm = (written.input_tpm.get(), written.output_tpm.get());
        Some(Alternative::SelfHosted(SelfHosted {
            instance: instance.value.clone(),
            region: region?,
            input_tpm: tpm.0,
            output_tpm: tpm.1,
            utilisation,
            size_for: written.size_for,
            count: written.count.map(|count| count.get()),
            per_hour: per_hour?,
        }))
    }

    fn instance_price(&mut self, instance: &Located<String>, region: &str) -> Option<UnitRates> {
        let sku = format!("instance-{}", instance.value.replace('.', "-"));
        let charge = self.book.charge(&sku);
        let rates = charge.and_then(|charge| UnitRates::of_service(charge, region, self.start));
        if rates.is_none() {
            let known = self.book.charges().filter_map(|charge| charge.key.strip_prefix("instance-"));
            let known: Vec<&str> = known.collect();
            let message = format!("no price for an hour of `{}` in {region} on {}", instance.value, self.start);
            let known = if known.is_empty() { "no instance".to_owned() } else { known.join(", ") };
            let help = format!("give it as `usd_per_hour: 32.77 USD`; the price book has {known}");
            self.problems.with_help(&instance.place, message, help);
        }
        rates
    }
}

fn is_bought(lane: &Lane) -> bool {
    lane.access == Access::Purchased
}
