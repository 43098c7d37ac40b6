//! The blocks that a recorded prompt is made of.

use crate::bedrock::cache::{Chain, Prefix, Ttl};
use crate::rng::Stream;
use crate::trace::Blocks;

/// What keeps the blocks of a file apart from all others. Applications that replay the same file share them.
pub(super) fn label(file: &str) -> u64 {
    Stream::new(0, &format!("blocks of {file}")).draw(0, 0)
}

/// What is cached of a prompt: every block has the same number of tokens but the last, which ends where the input
/// does. Input behind the last block is never cached. Nothing when there are no blocks.
pub(super) fn prefix(blocks: &Blocks, ttl: Ttl, label: u64, input: u32) -> Option<Prefix> {
    let (mut chain, mut left) = (Chain::new(label), input);
    for content in &blocks.ids {
        let tokens = blocks.tokens.min(left);
        (chain, left) = (chain.then(*content, tokens), left - tokens);
    }
    (!blocks.ids.is_empty()).then(|| chain.checkpoint(ttl).prefix())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &[u64], input: u32, file: &str) -> Option<Prefix> {
        prefix(&Blocks { tokens: 512, ids: ids.to_vec() }, Ttl::OneHour, label(file), input)
    }

    #[test]
    fn every_block_is_whole_but_the_last() {
        let tokens = |ids: &[u64], input| {
            of(ids, input, "a.csv").unwrap().cuts().iter().map(|cut| cut.tokens).collect::<Vec<_>>()
        };
        assert_eq!(tokens(&[7, 8, 9], 1_100), [512, 1_024, 1_100]);
        assert_eq!(tokens(&[7, 8], 1_024), [512, 1_024]);
        assert_eq!(tokens(&[7], 1_100), [512], "the rest is not cached");
        assert_eq!(of(&[], 1_100, "a.csv"), None);
    }

    #[test]
    fn the_checkpoint_stands_behind_the_last_block_and_files_are_kept_apart() {
        let cuts = |file| of(&[7, 8], 1_000, file).unwrap().cuts().to_vec();
        let (one, other) = (cuts("a.csv"), cuts("b.csv"));
        assert_eq!(one.iter().map(|cut| cut.checkpoint).collect::<Vec<_>>(), [None, Some(Ttl::OneHour)]);
        assert_ne!(one[1].key, other[1].key);
    }
}
