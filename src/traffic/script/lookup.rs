//! What is looked up before a task's first call.

use super::address::Address;
use super::drawn::{Drawn, Source};
use crate::plan::Retrieval;
use crate::units::{Micros, Tokens};

/// The most chunks that are added up; a model's context holds far fewer.
const MOST_CHUNKS: u32 = 10_000;

#[derive(Debug, Clone)]
pub(super) struct Lookup {
    chunks: Drawn,
    chunk_tokens: Drawn,
    search: Drawn,
    /// The target that embeds the question.
    pub(super) embedding: Option<usize>,
    /// Meters and units of one search.
    pub(super) meters: Vec<(usize, u64)>,
}

impl Lookup {
    pub(super) fn new(retrieval: &Retrieval, source: Source) -> Self {
        Self {
            chunks: source.drawn("retrieval/chunks", &retrieval.chunks),
            chunk_tokens: source.drawn("retrieval/chunk_tokens", &retrieval.chunk_tokens),
            search: source.drawn("retrieval/search", &retrieval.search_ms),
            embedding: retrieval.embedding,
            meters: retrieval.meters.clone(),
        }
    }

    /// How long the search takes.
    pub(super) fn time(&self, task: Address) -> Micros {
        self.search.time_at(task.task())
    }

    /// Tokens of all chunks, each of a length of its own.
    pub(super) fn tokens(&self, task: Address) -> u32 {
        let chunks = self.chunks.at(task.task()).min(MOST_CHUNKS);
        let all: u64 = (0..chunks).map(|chunk| u64::from(self.chunk_tokens.nth(task.task(), chunk))).sum();
        all.min(Tokens::MAX_PER_CALL.0 - 1) as u32
    }
}
