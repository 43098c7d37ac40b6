//! The tags by which the bill is told apart.

use super::Binding;
use crate::plan::Chargeback;
use crate::scenario::ShareBy;

impl Binding<'_> {
    /// The tags that were asked for, of which each is some app's, or else all that apps have, in their order.
    pub(super) fn chargeback(&mut self) -> Chargeback {
        let mut known: Vec<&str> = Vec::new();
        for (key, _) in self.scenario.apps.0.iter().flat_map(|(_, app)| &app.tags.0) {
            if !known.contains(&key.value.as_str()) {
                known.push(&key.value);
            }
        }
        let written = self.scenario.chargeback.as_ref();
        let share = written.map_or(ShareBy::Usage, |written| written.share);
        let Some(asked) = written.and_then(|written| written.by.as_ref()) else {
            return Chargeback { by: known.into_iter().map(str::to_owned).collect(), share };
        };
        for (at, tag) in asked.iter().enumerate() {
            if !known.contains(&tag.value.as_str()) {
                self.problems.unknown(&tag.place, "tag", &tag.value, &known);
            } else if asked[..at].iter().any(|earlier| earlier.value == tag.value) {
                self.problems.at(&tag.place, format!("the tag `{}` stands here a second time", tag.value));
            }
        }
        Chargeback { by: asked.iter().map(|tag| tag.value.clone()).collect(), share }
    }
}

#[cfg(test)]
mod tests;
