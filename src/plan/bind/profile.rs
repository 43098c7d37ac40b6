//! Where calls may be made, and where they run.

use super::Binding;
use super::called::Called;
use crate::bedrock::region::is_region;
use crate::codes::Code;
use crate::document::{Located, Place, Problem};
use crate::plan::Destination;
use crate::pricing::{Profile, Resolved};
use crate::scenario::{self, Residency};
use std::collections::BTreeSet;

impl<'a> Binding<'a> {
    /// A Region that is spelled like one.
    pub(super) fn region(&mut self, region: &Located<String>) -> Option<String> {
        if is_region(&region.value) {
            return Some(region.value.clone());
        }
        let help = "write it as `us-east-1` or `eu-central-1`";
        self.problems.with_help(&region.place, format!("`{}` is not an AWS Region", region.value), help);
        None
    }

    /// The Regions in which an app's calls run, inside the residency that it has to keep.
    pub(super) fn destinations(
        &mut self,
        written: &'a scenario::App,
        called: &Called<'a>,
        resolved: Resolved<'a>,
        region: &str,
    ) -> Option<Vec<Destination>> {
        let profile = resolved.prefix.and_then(|prefix| self.book.profile(resolved.model, prefix));
        if let Some(profile) = profile {
            self.routes_from(called.region, profile)?;
        }
        let everywhere = match profile {
            Some(profile) => profile.destinations.clone(),
            None => BTreeSet::from([region.to_owned()]),
        };
        if let (Some(prefix), None) = (resolved.prefix, profile) {
            return self.unknown_profile(written, called, prefix, region);
        }
        self.keeps_residency(written, called, &everywhere)?;
        match (called.routing, profile) {
            (Some(routing), Some(profile)) => self.routed(&routing.value, profile),
            (Some(routing), None) => {
                let help = "call a cross-region profile, or leave `routing` out";
                self.problems.with_help(&routing.place, "a bare model id runs in its own Region only", help);
                None
            }
            (None, Some(profile)) => Some(self.usually_routed(profile, region)),
            (None, None) => Some(vec![Destination { region: region.to_owned(), weight: 1 }]),
        }
    }

    /// A profile that the book names and whose Regions it does not list.
    fn unknown_profile(
        &mut self,
        written: &scenario::App,
        called: &Called<'_>,
        prefix: &str,
        region: &str,
    ) -> Option<Vec<Destination>> {
        let unknown = format!("where calls of `{prefix}.` profiles of this model run is not in the price book");
        let asked = called.routing.map(|routing| &routing.place);
        let asked = asked.or(written.residency.as_ref().or(self.scenario.residency.as_ref()).map(|asked| &asked.place));
        if let Some(place) = asked.cloned() {
            self.problems.with_help(&place, unknown, "add the profile with `--pricing DIR`");
            return None;
        }
        self.assume(format!("where calls of `{prefix}.` profiles run"), format!("in {region}"), &unknown, None);
        Some(vec![Destination { region: region.to_owned(), weight: 1 }])
    }

    fn routes_from(&mut self, region: &Located<String>, profile: &Profile) -> Option<()> {
        if profile.sources.contains(&region.value) {
            return Some(());
        }
        let message = format!("the `{}.` profile of this model cannot be called from {}", profile.prefix, region.value);
        let sources: Vec<&str> = profile.sources.iter().map(String::as_str).collect();
        self.problems.with_help(&region.place, message, format!("it routes from {}", sources.join(", ")));
        None
    }

    fn keeps_residency(
        &mut self,
        written: &scenario::App,
        called: &Called<'_>,
        everywhere: &BTreeSet<String>,
    ) -> Option<()> {
        let Some(Located { value: residency, .. }) = written.residency.as_ref().or(self.scenario.residency.as_ref())
        else {
            return Some(());
        };
        let outside: Vec<&str> =
            everywhere.iter().map(String::as_str).filter(|region| !residency.allows(region)).collect();
        if outside.is_empty() {
            return Some(());
        }
        self.leaves(&called.model.place, residency, &outside);
        None
    }

    fn leaves(&mut self, place: &Place, residency: &Residency, outside: &[&str]) {
        let message =
            format!("these calls can run outside of the residency `{}`: in {}", residency.text, outside.join(", "));
        let help = "call a profile, or a bare model id, that stays inside";
        self.problems.add(Problem::new(place.clone(), message).help(help).code(Code::ResidencyBroken));
    }

    fn routed(&mut self, routing: &scenario::Routing, profile: &Profile) -> Option<Vec<Destination>> {
        let known: Vec<&str> = profile.destinations.iter().map(String::as_str).collect();
        let strange: Vec<_> = routing.0.iter().filter(|(region, _)| !known.contains(&region.value.as_str())).collect();
        for (region, _) in &strange {
            let message = format!("the `{}.` profile of this model runs no calls in {}", profile.prefix, region.value);
            self.problems.with_help(&region.place, message, format!("it runs them in {}", known.join(", ")));
        }
        let to =
            |(region, weight): &(Located<String>, u32)| Destination { region: region.value.clone(), weight: *weight };
        strange.is_empty().then(|| routing.0.iter().map(to).collect())
    }

    /// AWS says that a profile prefers the Region that it is called from (recalled from its launch announcement
    /// of 2024, not read again); how it routes under load is not documented.
    fn usually_routed(&mut self, profile: &Profile, region: &str) -> Vec<Destination> {
        let one = |region: &str| Destination { region: region.to_owned(), weight: 1 };
        let at_home = profile.destinations.contains(region);
        let value = if at_home { format!("in {region}") } else { "evenly in all of its Regions".to_owned() };
        let note = "AWS prefers the Region that is called and does not document how it routes under load; spread calls with \
                    `routing` to see what fewer cache hits cost";
        let source = Some(profile.provenance.to_string());
        self.assume(format!("where calls of `{}.` profiles run", profile.prefix), value, note, source);
        if at_home { vec![one(region)] } else { profile.destinations.iter().map(|region| one(region)).collect() }
    }
}
