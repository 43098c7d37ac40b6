//! How long inputs and answers may be.

use super::Entry;

pub(super) const MAX_TOKENS_UNSET: Entry = Entry {
    title: "max_tokens is left out, so each call reserves the model's maximum",
    about: &[
        "When a call begins, Bedrock takes its input plus the whole of `max_tokens` from the quota, and gives back what was \
         not written only when the call ends. Left out, `max_tokens` is the most that the model can write: 64,000 for Claude \
         Haiku 4.5. The bill does not change, but a fraction of the calls fits into the same quota and the others are \
         throttled.",
        "Set `max_tokens` a little above the longest answer that you expect.",
    ],
    causes: "max_tokens: null",
    cures: "max_tokens: 100",
    source: "Amazon Bedrock User Guide, How tokens are counted in Amazon Bedrock, read 2026-11-20",
};

pub(super) const MAX_TOKENS_FAR_ABOVE_OUTPUT: Entry = Entry {
    title: "max_tokens is far above the longest answer",
    about: &[
        "Quota is reserved for `max_tokens` from the beginning of a call to its end, however short the answer is. A call \
         that reserves four times what its longest answer needs, or more, keeps three others out while it runs. The bill \
         does not change.",
        "Set `max_tokens` a little above the longest answer that you expect; answers that are cut are counted, so that a run \
         shows when it is too low.",
    ],
    causes: "max_tokens: 32_000\ntraffic: {rate: 90/min, input: 3_000, output: 1_000}",
    cures: "max_tokens: 1_250\ntraffic: {rate: 90/min, input: 3_000, output: 1_000}",
    source: "Amazon Bedrock User Guide, How tokens are counted in Amazon Bedrock, read 2026-11-20",
};

pub(super) const ANSWERS_TRUNCATED: Entry = Entry {
    title: "answers are cut at max_tokens",
    about: &[
        "A model that reaches `max_tokens` stops in the middle of a sentence, with the stop reason `max_tokens`. What it \
         wrote is billed, is often useless, and is often asked for again.",
        "Raise `max_tokens` above the longest answer, or ask for shorter ones in the prompt.",
    ],
    causes: "max_tokens: 100\ntraffic: {rate: 1/s, input: 900, output: {median: 200, p95: 700}}",
    cures: "max_tokens: 1_000\ntraffic: {rate: 1/s, input: 900, output: {median: 200, p95: 700}}",
    source: "Amazon Bedrock API Reference, Converse, read 2026-11-20",
};

pub(super) const INPUT_BEYOND_CONTEXT: Entry = Entry {
    title: "inputs are longer than the model takes",
    about: &[
        "Bedrock refuses an input that does not fit into the model's context with a ValidationException. The simulation \
         counts and bills such calls as if they were answered, so its numbers are too high.",
        "Shorten the inputs, give their lengths a `max`, or choose a model with a larger context.",
    ],
    causes: "traffic: {rate: 1/s, input: {median: 50k, p95: 300k}, output: 500}",
    cures: "traffic: {rate: 1/s, input: {median: 50k, p95: 300k, max: 190k}, output: 500}",
    source: "Amazon Bedrock API Reference, InvokeModel, errors, read 2026-11-20",
};
