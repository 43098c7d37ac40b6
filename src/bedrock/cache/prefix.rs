//! The beginning of a prompt as a chain of blocks.

use super::{Split, Ttl};
use crate::rng::mix;
use std::sync::Arc;

/// A place where a prompt can be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// The hash of everything from the prompt's start to here.
    pub key: u64,
    /// Tokens from the prompt's start to here.
    pub tokens: u32,
    /// The caller asks to have everything up to here cached, and for how long.
    pub checkpoint: Option<Ttl>,
}

/// The beginning of one prompt. As large as a pointer, and shared when cloned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(Arc<Beginning>);

#[derive(Debug, PartialEq, Eq)]
enum Beginning {
    /// Its cuts, from its start on: what of it is cached turns out.
    Cuts(Vec<Cut>),
    /// What of it was cached is known.
    Counted(Split),
}

/// A prefix that is built block by block: a changed block changes the keys of all cuts behind it.
#[derive(Debug, Clone)]
pub struct Chain {
    key: u64,
    tokens: u32,
    cuts: Vec<Cut>,
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Prefix {
    /// Cuts in the order of the prompt: tokens ascend, and no checkpoint of one hour stands behind one of
    /// five minutes.
    #[must_use]
    pub fn new(cuts: Vec<Cut>) -> Self {
        debug_assert!(cuts.is_sorted_by(|a, b| a.tokens < b.tokens), "cuts ascend: {cuts:?}");
        debug_assert!(
            cuts.iter().filter_map(|cut| cut.checkpoint).is_sorted_by(|a, b| a >= b),
            "one hour comes before five minutes: {cuts:?}"
        );
        Self(Arc::new(Beginning::Cuts(cuts)))
    }

    /// What was read from a cache and written to it when the call was recorded: no cache has a say in it.
    #[must_use]
    pub fn counted(split: Split) -> Self {
        Self(Arc::new(Beginning::Counted(split)))
    }

    /// The cuts, from the prompt's start on; none where what was cached is known.
    #[inline]
    #[must_use]
    pub fn cuts(&self) -> &[Cut] {
        match &*self.0 {
            Beginning::Cuts(cuts) => cuts,
            Beginning::Counted(_) => &[],
        }
    }

    /// What was read and written, where it is known.
    #[inline]
    #[must_use]
    pub fn split(&self) -> Option<Split> {
        match *self.0 {
            Beginning::Cuts(_) => None,
            Beginning::Counted(split) => Some(split),
        }
    }
}

impl Chain {
    /// A chain without blocks. Chains of different labels have no key in common.
    #[must_use]
    pub fn new(label_key: u64) -> Self {
        Self { key: mix(label_key), tokens: 0, cuts: Vec::new() }
    }

    /// A chain that goes on behind a prefix.
    #[must_use]
    pub fn behind(prefix: &Prefix) -> Self {
        let cuts = prefix.cuts().to_vec();
        let (key, tokens) = cuts.last().map_or((0, 0), |cut| (cut.key, cut.tokens));
        Self { key, tokens, cuts }
    }

    /// Tokens of all blocks.
    #[must_use]
    pub fn tokens(&self) -> u32 {
        self.tokens
    }

    /// One block more, of so many tokens (at least one); the prompt can be cut behind it.
    #[must_use]
    pub fn then(mut self, block_content: u64, tokens: u32) -> Self {
        self.key = mix(mix(self.key.wrapping_add(GOLDEN) ^ block_content) ^ u64::from(tokens));
        self.tokens = self.tokens.saturating_add(tokens);
        self.cuts.push(Cut { key: self.key, tokens: self.tokens, checkpoint: None });
        self
    }

    /// A checkpoint behind the last block.
    #[must_use]
    pub fn checkpoint(mut self, ttl: Ttl) -> Self {
        if let Some(cut) = self.cuts.last_mut() {
            cut.checkpoint = Some(ttl);
        }
        self
    }

    /// The prefix of all blocks.
    #[must_use]
    pub fn prefix(self) -> Prefix {
        Prefix::new(self.cuts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(label: u64, contents: [u64; 3]) -> Vec<u64> {
        let chain = contents.iter().fold(Chain::new(label), |chain, content| chain.then(*content, 100));
        chain.prefix().cuts().iter().map(|cut| cut.key).collect()
    }

    #[test]
    fn a_changed_block_changes_its_key_and_all_behind_it_and_none_before() {
        let (one, other) = (keys(1, [7, 8, 9]), keys(1, [7, 5, 9]));
        assert_eq!(one[0], other[0]);
        assert!(one[1] != other[1] && one[2] != other[2]);
        assert_eq!(one, keys(1, [7, 8, 9]));
    }

    #[test]
    fn the_same_blocks_in_another_order_or_under_another_label_are_another_prefix() {
        let all = [keys(1, [7, 8, 9]), keys(1, [8, 7, 9]), keys(2, [7, 8, 9])];
        assert!(all[0][2] != all[1][2] && all[0][0] != all[2][0] && all[0][2] != all[2][2]);
    }

    #[test]
    fn tokens_add_up_from_the_start_and_a_checkpoint_stands_behind_the_last_block() {
        let prefix = Chain::new(1).then(7, 600).checkpoint(Ttl::OneHour).then(8, 1_800).prefix();
        let cuts: Vec<_> = prefix.cuts().iter().map(|cut| (cut.tokens, cut.checkpoint)).collect();
        assert_eq!(cuts, [(600, Some(Ttl::OneHour)), (2_400, None)]);
        assert_eq!(size_of::<Option<Prefix>>(), 8);
    }
}
