//! What is looked up for a task and added to its input.

use super::{Length, Spread};
use crate::document::{Located, Place, Problem, Whole, names, section};
use crate::units::Micros;

section! {
    /// What is looked up for each task: chunks of documents that every call of the task reads.
    pub struct Retrieval {
        /// How many chunks are added to the input.
        pub chunks: Length,
        /// Tokens of a chunk.
        pub chunk_tokens: Length,
        /// The model that embeds the question, by its identifier: a call of its own. Left out: none is billed.
        pub embedding: Option<Located<String>>,
        /// How long the embedding call takes.
        pub embedding_time: Spread<Micros> = "100ms",
        /// The model that sorts what was found, billed by the query of 100 chunks. Left out: none.
        pub rerank: Option<Located<Reranker>>,
        /// The chunks that are found and sorted, before the best of them are kept; with `rerank` only.
        pub candidates: Option<Located<Candidates>>,
        /// How long the search takes, reranking included.
        pub search: Spread<Micros> = "200ms",
        /// The vector store that is paid for by the hour, used or not.
        pub store: Option<Store>,
        /// The managed knowledge base that does all this: embedding and reranking are in its price.
        pub knowledge_base: Option<Located<KnowledgeBase>>,
    }
    check is_one_or_the_other
}

/// Chunks that are sorted.
pub type Candidates = Whole<1, 1_000>;

names! {
    /// Models that sort chunks by how well they answer.
    pub enum Reranker: "reranker" {
        /// Amazon Rerank 1.0.
        Amazon = "amazon",
        /// Cohere Rerank 3.5.
        Cohere = "cohere",
    }
}

names! {
    /// Kinds of vector stores.
    pub enum StoreKind: "vector store" {
        /// A classic collection of Amazon OpenSearch Serverless.
        OpenSearchServerless = "opensearch_serverless",
    }
}

names! {
    /// How a managed knowledge base is asked.
    pub enum Retrieve: "way to retrieve" {
        /// One search for a question.
        Standard = "standard",
        /// An agent searches, several times where it has to.
        Agentic = "agentic",
    }
}

section! {
    /// A vector store that is paid for by the hour, used or not.
    pub struct Store {
        /// Which.
        pub kind: StoreKind,
        /// Its compute units (OCUs): 4 with a second zone, 2 without.
        pub ocus: Located<Whole<1, 10_000>> = 4,
        /// Gigabytes of its index.
        pub storage_gb: Whole<0, 10_000_000> = 0,
    }
}

section! {
    /// A managed knowledge base of Amazon Bedrock.
    pub struct KnowledgeBase {
        /// How it is asked.
        pub retrieve: Retrieve = "standard",
        /// The searches that an agentic retrieval makes, each billed as well; two in the example of the price page.
        pub searches: Whole<1, 100> = 2,
        /// Gigabytes of its index.
        pub storage_gb: Whole<0, 10_000_000> = 0,
    }
}

/// A managed knowledge base brings what is billed apart otherwise.
fn is_one_or_the_other(retrieval: &Retrieval, place: &Place) -> Result<(), Problem> {
    let Retrieval { embedding, rerank, candidates, store, knowledge_base, .. } = retrieval;
    if let (Some(candidates), None) = (candidates, rerank) {
        let problem = Problem::new(candidates.place.clone(), "`candidates` without `rerank`");
        return Err(problem.help("name the reranker, or leave `candidates` out"));
    }
    if knowledge_base.is_none() {
        return Ok(());
    }
    let given = [("embedding", embedding.is_some()), ("rerank", rerank.is_some()), ("store", store.is_some())];
    match given.iter().find(|(_, given)| *given) {
        Some((key, _)) => {
            let problem = Problem::new(place.clone(), format!("`{key}` beside `knowledge_base`"));
            Err(problem.help("it is in the price of the managed knowledge base: keep one of the two"))
        }
        None => Ok(()),
    }
}
