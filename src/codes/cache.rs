//! Prompt caching that does nothing.

use super::Entry;

pub(super) const CACHE_BELOW_MINIMUM: Entry = Entry {
    title: "the prefix is shorter than the model caches",
    about: &[
        "Each model has a least number of tokens before a checkpoint, counted from the beginning of the prompt: 4,096 for \
         Claude Haiku 4.5, 1,024 for Sonnet 4.6. Below it the call succeeds and nothing is cached, without an error: the \
         whole prefix is paid at the full price each time.",
        "Put the checkpoint behind more of what does not change, or choose a model with a lower minimum.",
    ],
    causes: "prompt: {system: 3_000, cache: {ttl: 5m}}  # on Claude Haiku 4.5",
    cures: "prompt: {system: 3_000, documents: 2_000, cache: {ttl: 5m}}",
    source: "Amazon Bedrock User Guide, Prompt caching for faster model inference, read 2026-11-20",
};

pub(super) const CACHE_NEVER_HIT: Entry = Entry {
    title: "the cache is written and never read in time",
    about: &[
        "Writing a prefix to the cache costs 1.25 times its input for Claude at five minutes, twice at one hour, and reading \
         it a tenth. An entry lives for its TTL after the last hit. When the next call comes later, the prefix is written \
         again: caching then costs more than none.",
        "Take the longer TTL when the calls come within an hour, or no cache when they do not. Profiles send calls to several \
         Regions, each with a cache of its own, so that fewer of them hit.",
    ],
    causes: "prompt: {system: 6_000, cache: {ttl: 5m}}\ntraffic: {rate: 2/h, input: 100, output: 200}",
    cures: "prompt: {system: 6_000}\ntraffic: {rate: 2/h, input: 100, output: 200}",
    source: "Amazon Bedrock User Guide, Prompt caching for faster model inference, read 2026-11-20",
};
