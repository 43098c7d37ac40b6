//! The blocks that a recorded prompt is made of.

use crate::bedrock::cache::{Chain, Prefix};
use crate::plan::Blocks;
use crate::rng::Stream;

/// What keeps the blocks of a file apart from all others. Applications that replay the same file share them.
pub(super) fn label(file: &str) -> u64 {
    Stream::new(0, &format!("blocks of {file}")).draw(0, 0)
}

/// Reads `12 57 3`: every block has the same number of tokens but the last, which ends where the input does.
/// Input behind the last block is never cached. Nothing when nothing is to be cached.
pub(super) fn prefix(text: &str, blocks: &Blocks, label: u64, input: u32) -> Result<Option<Prefix>, String> {
    let (mut chain, mut left, mut empty) = (Chain::new(label), input, true);
    for word in text.split_ascii_whitespace() {
        let content: u64 = word.parse().map_err(|_| format!("`{}` is not a whole number", word.escape_debug()))?;
        if left == 0 {
            let tokens = blocks.tokens;
            return Err(format!("more blocks of {tokens} tokens than the input of {input} tokens has"));
        }
        let tokens = blocks.tokens.min(left);
        (chain, left, empty) = (chain.then(content, tokens), left - tokens, false);
    }
    let checkpoint = blocks.checkpoint.filter(|_| !empty);
    Ok(checkpoint.map(|ttl| chain.checkpoint(ttl).prefix()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::cache::Ttl;

    fn read(text: &str, input: u32) -> Result<Option<Vec<u32>>, String> {
        let blocks = Blocks { column: "b".to_owned(), tokens: 512, checkpoint: Some(Ttl::OneHour) };
        let tokens = |prefix: Prefix| prefix.cuts().iter().map(|cut| cut.tokens).collect();
        prefix(text, &blocks, 1, input).map(|prefix| prefix.map(tokens))
    }

    #[test]
    fn every_block_is_whole_but_the_last() {
        assert_eq!(read("7 8 9", 1_100), Ok(Some(vec![512, 1_024, 1_100])));
        assert_eq!(read(" 7  8 ", 1_024), Ok(Some(vec![512, 1_024])));
        assert_eq!(read("7", 1_100), Ok(Some(vec![512])), "the rest is not cached");
        assert_eq!(read("", 1_100), Ok(None));
    }

    #[test]
    fn what_is_no_block_or_one_too_many_is_refused() {
        assert!(read("7 x", 1_100).unwrap_err().contains("`x` is not a whole number"));
        assert!(read("7 -8", 1_100).is_err() && read("7,8", 1_100).is_err());
        assert!(read("7 8 9", 1_024).unwrap_err().contains("more blocks of 512 tokens than the input of 1024"));
    }

    #[test]
    fn without_a_checkpoint_blocks_are_checked_and_nothing_is_cached() {
        let blocks = Blocks { column: "b".to_owned(), tokens: 512, checkpoint: None };
        assert_eq!(prefix("7 8", &blocks, 1, 1_000), Ok(None));
        assert!(prefix("7 x", &blocks, 1, 1_000).is_err());
    }

    #[test]
    fn the_checkpoint_stands_behind_the_last_block_and_files_are_kept_apart() {
        let blocks = Blocks { column: "b".to_owned(), tokens: 512, checkpoint: Some(Ttl::OneHour) };
        let cuts = |file| prefix("7 8", &blocks, label(file), 1_000).unwrap().unwrap().cuts().to_vec();
        let (one, other) = (cuts("a.csv"), cuts("b.csv"));
        assert_eq!(one.iter().map(|cut| cut.checkpoint).collect::<Vec<_>>(), [None, Some(Ttl::OneHour)]);
        assert_ne!(one[1].key, other[1].key);
    }
}
