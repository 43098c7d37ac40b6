//! What the id of a row says of way, Region and term.

use super::entry::Entry;
use crate::bedrock::profile::{ProfileId, Via};
use crate::bedrock::region::is_region;
use crate::bedrock::term::Term;
use crate::pricing::{PriceBook, Regions};

/// Where a row holds.
pub(super) struct Placed<'a> {
    pub(super) model_id: &'a str,
    pub(super) via: Via,
    pub(super) prefix: Option<&'a str>,
    pub(super) regions: Regions,
    /// Of a model unit, for how long it is bought.
    pub(super) term: Option<Term>,
}

/// The map prices bare ids as they are sold here.
const US: [&str; 3] = ["us-east-1", "us-east-2", "us-west-2"];

/// Where the row of an entry holds, or why it is not taken.
pub(super) fn of<'a>(entry: &'a Entry, book: &PriceBook) -> Result<Placed<'a>, String> {
    sold_by_the_token(entry)?;
    let id = entry.id.strip_prefix("bedrock_mantle/").unwrap_or(&entry.id);
    let id = id.strip_prefix("bedrock/").unwrap_or(id);
    let parts: Vec<&str> = id.split('/').collect();
    match parts.as_slice() {
        ["claude_platform", _] => Err("the Claude API, which is not Amazon Bedrock".to_owned()),
        ["invoke", _] => Err("another spelling of a row that stands beside it".to_owned()),
        [id] => profile(id, book),
        [region, id] if is_region(region) => Ok(within(id, region, None)),
        [region, term, id] if *region == "*" || is_region(region) => match commitment(term) {
            Some(term) if !entry.figures.is_empty() => Ok(within(id, region, Some(term))),
            Some(_) => Err("provisioned throughput without a figure".to_owned()),
            None => Err(format!("`{term}` is not a term of provisioned throughput")),
        },
        _ => Err("an id that says neither a Region nor a profile".to_owned()),
    }
}

fn sold_by_the_token(entry: &Entry) -> Result<(), String> {
    match entry.mode.as_str() {
        "chat" | "completion" | "responses" | "embedding" | "rerank" => Ok(()),
        "image_generation" | "image_edit" => Err("an image model: images are not simulated".to_owned()),
        "realtime" | "audio_speech" | "audio_transcription" => Err("speech is not simulated".to_owned()),
        "guardrail" => Err("guardrails are priced by policy, which the row does not hold".to_owned()),
        "video_generation" => Err("a video model: videos are not simulated".to_owned()),
        other => Err(format!("`{other}` is not simulated")),
    }
}

/// `us.anthropic...` holds where the profile can be called, a bare id in the Regions of the US.
fn profile<'a>(id: &'a str, book: &PriceBook) -> Result<Placed<'a>, String> {
    let ProfileId { prefix, via, model_id } = ProfileId::parse(id);
    let us = || Regions::Named(US.map(str::to_owned).into());
    let of_prefix = |prefix: &str| {
        let model = book.models().find(|model| model.id == model_id);
        let own = model.and_then(|model| book.profile(model, prefix)).or_else(|| book.profile_of_prefix(prefix));
        own.map(|profile| Regions::Named(profile.sources.clone()))
    };
    let regions = match prefix {
        None => us(),
        Some(prefix) => {
            of_prefix(prefix).ok_or_else(|| format!("the Regions of the `{prefix}` profile are not known"))?
        }
    };
    Ok(Placed { model_id, via, prefix, regions, term: None })
}

fn within<'a>(model_id: &'a str, region: &str, term: Option<Term>) -> Placed<'a> {
    let regions = match region {
        "*" => Regions::Any,
        region => Regions::Named([region.to_owned()].into()),
    };
    Placed { model_id, via: Via::OnDemand, prefix: None, regions, term }
}

fn commitment(text: &str) -> Option<Term> {
    match text {
        "1-month-commitment" => Some(Term::OneMonth),
        "6-month-commitment" => Some(Term::SixMonths),
        _ => None,
    }
}

/// The service that a reranker is in the price book.
pub(super) fn service(model_id: &str) -> Option<&'static str> {
    match model_id {
        "amazon.rerank-v1:0" => Some("rerank-amazon"),
        "cohere.rerank-v3-5:0" => Some("rerank-cohere-3-5"),
        _ => None,
    }
}
