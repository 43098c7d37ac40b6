//! The beginnings of drawn prompts: which contents a call has is a function of its number and its moment.

use crate::bedrock::cache::{Chain, Prefix};
use crate::plan::PromptSection;
use crate::rng::Stream;
use crate::units::SimTime;

/// The prompts of one application.
#[derive(Debug, Clone)]
pub(super) struct Prompts {
    /// Tokens of all sections.
    tokens: u32,
    sections: Vec<PromptSection>,
    /// So many of them stand before the last checkpoint.
    cached: usize,
    /// Keeps the prompts of different applications apart.
    label: u64,
    stream: Stream,
    /// The contents of the call before, and what it began with.
    last: Option<Prefix>,
    contents: Vec<u64>,
}

impl Prompts {
    /// The prompts of a named application; no sections, no prompts.
    pub(super) fn new(app: &str, sections: &[PromptSection], stream: Stream) -> Self {
        let cached = sections.iter().rposition(|section| section.checkpoint.is_some()).map_or(0, |last| last + 1);
        Self {
            tokens: sections.iter().map(|section| section.tokens).sum(),
            sections: sections.to_vec(),
            cached,
            label: Stream::new(0, &format!("prompts of {app}")).draw(0, 0),
            stream,
            last: None,
            contents: vec![0; cached],
        }
    }

    /// The tokens that each prompt adds to the input.
    #[inline]
    pub(super) fn tokens(&self) -> u32 {
        self.tokens
    }

    /// There is anything at all.
    pub(super) fn has_sections(&self) -> bool {
        !self.sections.is_empty()
    }

    /// What the call of a number and a moment begins with; nothing when nothing is to be cached. Calls that begin
    /// like the one before share it.
    #[inline]
    pub(super) fn prefix(&mut self, request: u64, at: SimTime) -> Option<Prefix> {
        if self.cached == 0 { None } else { self.shared(request, at) }
    }

    /// The same, for calls that come in no order.
    pub(super) fn at(&self, request: u64, at: SimTime) -> Option<Prefix> {
        (self.cached > 0).then(|| self.linked(self.cached, |section, lane| self.content(section, lane, request, at)))
    }

    /// All sections, those behind the last checkpoint too: what is said is cached behind them.
    pub(super) fn chain(&self, request: u64, at: SimTime) -> Chain {
        self.chained(self.sections.len(), |section, lane| self.content(section, lane, request, at))
    }

    fn shared(&mut self, request: u64, at: SimTime) -> Option<Prefix> {
        let mut changed = self.last.is_none();
        for lane in 0..self.cached {
            let drawn = self.content(&self.sections[lane], lane, request, at);
            changed |= self.contents[lane] != drawn;
            self.contents[lane] = drawn;
        }
        if changed {
            self.last = Some(self.linked(self.cached, |_, lane| self.contents[lane]));
        }
        self.last.clone()
    }

    fn content(&self, section: &PromptSection, lane: usize, request: u64, at: SimTime) -> u64 {
        content_of(section, at, || self.stream.draw(request, lane as u64))
    }

    fn linked(&self, count: usize, content: impl Fn(&PromptSection, usize) -> u64) -> Prefix {
        self.chained(count, content).prefix()
    }

    fn chained(&self, count: usize, content: impl Fn(&PromptSection, usize) -> u64) -> Chain {
        let sections = self.sections[..count].iter().enumerate();
        sections.fold(Chain::new(self.label), |chain, (lane, section)| {
            let chain = chain.then(content(section, lane), section.tokens);
            section.checkpoint.into_iter().fold(chain, Chain::checkpoint)
        })
    }
}

/// One of the section's contents at that moment. A period of a second at least and a horizon of five years
/// at most keep the number of the period below 2^28.
fn content_of(section: &PromptSection, at: SimTime, draw: impl FnOnce() -> u64) -> u64 {
    let period = section.changes_every.map_or(0, |every| at.0 / every.0.max(1));
    let one = match section.distinct {
        0 | 1 => 0,
        distinct => ((u128::from(draw()) * u128::from(distinct)) >> 64) as u64,
    };
    period << 32 | one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::cache::Ttl;
    use crate::units::Micros;
    use std::collections::BTreeSet;

    const SECTION: PromptSection =
        PromptSection { tokens: 1_000, distinct: 1, changes_every: None, checkpoint: Some(Ttl::FiveMinutes) };

    fn prompts(app: &str, sections: &[PromptSection]) -> Prompts {
        Prompts::new(app, sections, Stream::new(7, "apps/a/prompt"))
    }

    fn key(prompts: &mut Prompts, request: u64, at: u64, cut: usize) -> u64 {
        prompts.prefix(request, SimTime(at)).unwrap().cuts()[cut].key
    }

    #[test]
    fn a_prompt_that_never_differs_is_one_prefix_and_other_applications_have_another() {
        let (mut own, mut others) = (prompts("a", &[SECTION]), prompts("b", &[SECTION]));
        assert_eq!(key(&mut own, 0, 0, 0), key(&mut own, 9, 1 << 50, 0));
        assert_ne!(key(&mut own, 0, 0, 0), key(&mut others, 0, 0, 0));
    }

    #[test]
    fn contents_are_drawn_evenly_and_by_the_number_of_the_call_alone() {
        let mut prompts = prompts("a", &[PromptSection { distinct: 4, ..SECTION }]);
        let keys: Vec<u64> = (0..4_000).map(|request| key(&mut prompts, request, request, 0)).collect();
        let again: Vec<u64> = (0..4_000).rev().map(|request| key(&mut prompts, request, 0, 0)).collect();
        assert_eq!(keys, again.into_iter().rev().collect::<Vec<_>>());
        let distinct: BTreeSet<u64> = keys.iter().copied().collect();
        assert_eq!(distinct.len(), 4);
        for key in distinct {
            // The standard deviation of each count is sqrt(4,000 x 1/4 x 3/4) = 27.
            let count = keys.iter().filter(|other| **other == key).count();
            assert!(count.abs_diff(1_000) < 4 * 27, "{count} of 4,000");
        }
    }

    #[test]
    fn a_section_that_changes_takes_those_behind_it_along_and_none_before() {
        let day = PromptSection { changes_every: Some(Micros::DAY), ..SECTION };
        let mut prompts = prompts("a", &[SECTION, day, SECTION]);
        let keys = |prompts: &mut Prompts, at: u64| [0, 1, 2].map(|cut| key(prompts, 0, at, cut));
        let (before, last, after) = (0, Micros::DAY.0 - 1, Micros::DAY.0);
        let (first, second, third) = (keys(&mut prompts, before), keys(&mut prompts, last), keys(&mut prompts, after));
        assert_eq!(first, second);
        assert_eq!(first[0], third[0]);
        assert!(first[1] != third[1] && first[2] != third[2]);
    }

    #[test]
    fn sections_behind_the_last_checkpoint_are_input_and_no_part_of_the_prefix() {
        let history = PromptSection { distinct: 1_000, checkpoint: None, ..SECTION };
        let mut prompts = prompts("a", &[SECTION, history]);
        assert_eq!(prompts.tokens(), 2_000);
        assert_eq!(prompts.prefix(0, SimTime(0)).unwrap().cuts().len(), 1);
        assert_eq!(self::prompts("a", &[history]).prefix(0, SimTime(0)), None, "nothing is to be cached");
    }
}
