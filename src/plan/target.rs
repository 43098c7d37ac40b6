//! The targets of an application, one by one.

use super::{App, Choice, Lane, Work};
use std::ops::Range;

/// One of an application's targets, with its lanes; of an application with one model, all of it.
#[derive(Debug, Clone)]
pub struct TargetView<'a> {
    /// What reports call it.
    pub name: &'a str,
    /// `max_tokens` of its calls that do not bring their own.
    pub max_tokens: u32,
    /// The key of the application that names it.
    pub place: &'static str,
    /// Where its lanes stand among the application's; never empty.
    pub range: Range<usize>,
    lanes: &'a [Lane],
}

impl<'a> TargetView<'a> {
    /// Its lanes in order; never empty.
    #[must_use]
    pub fn lanes(&self) -> &'a [Lane] {
        self.lanes
    }

    /// Where its calls go first.
    #[must_use]
    pub fn first(&self) -> &'a Lane {
        &self.lanes[0]
    }

    /// Where its calls go when nothing else has room.
    #[must_use]
    pub fn last(&self) -> &'a Lane {
        &self.lanes[self.lanes.len() - 1]
    }

    /// Its calls have an answer of tokens; those of an embedding do not.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.place != EMBEDDING
    }
}

/// The key of the model that embeds questions.
const EMBEDDING: &str = "retrieval.embedding";

impl App {
    /// Its targets in order; never none.
    pub fn targets(&self) -> impl Iterator<Item = TargetView<'_>> {
        (0..self.targets.len().max(1)).map(|number| self.target(number))
    }

    /// The targets that its tasks are sent to: not those that take over, embed or answer for others.
    pub fn own_targets(&self) -> impl Iterator<Item = TargetView<'_>> {
        (0..self.own_target_count()).map(|number| self.target(number))
    }

    /// One of its targets.
    #[must_use]
    pub fn target(&self, number: usize) -> TargetView<'_> {
        let Some(target) = self.targets.get(number) else {
            let (name, max_tokens) = (self.lanes[0].offer.model_id.as_str(), self.max_tokens);
            return TargetView { name, max_tokens, place: "model", range: 0..self.lanes.len(), lanes: &self.lanes };
        };
        let end = self.targets.get(number + 1).map_or(self.lanes.len(), |next| next.first_lane);
        let range = target.first_lane..end;
        let (name, place) = (target.name.as_str(), self.place_of(number));
        TargetView { name, max_tokens: target.max_tokens, place, lanes: &self.lanes[range.clone()], range }
    }

    /// The target that a lane belongs to.
    #[must_use]
    pub fn target_of_lane(&self, lane: usize) -> usize {
        self.targets.iter().rposition(|target| target.first_lane <= lane).unwrap_or(0)
    }

    fn own_target_count(&self) -> usize {
        match self.work.as_deref().map(|work| &work.choice) {
            None | Some(Choice::First) => 1,
            Some(Choice::Split(shares)) => shares.len(),
            Some(Choice::Cascade(escalate)) => escalate.len() + 1,
        }
    }

    /// The key of the scenario that names a target.
    fn place_of(&self, number: usize) -> &'static str {
        let Some(Work { choice, fallback, retrieval, .. }) = self.work.as_deref() else { return "model" };
        match choice {
            _ if fallback.as_ref().is_some_and(|fallback| fallback.to.contains(&number)) => "fallback",
            _ if retrieval.as_ref().is_some_and(|retrieval| retrieval.embedding == Some(number)) => EMBEDDING,
            _ if number >= self.own_target_count() => "agent",
            Choice::First => "model",
            Choice::Split(_) => "split",
            Choice::Cascade(_) => "cascade",
        }
    }
}
