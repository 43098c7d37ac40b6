//! Models that are going, and models that are gone.

use super::Entry;

pub(super) const LEGACY_MODEL: Entry = Entry {
    title: "the model is in its legacy period",
    about: &[
        "A model stays for at least twelve months and is legacy for at least six before its end of life. A legacy model \
         takes no new customers and no new provisioned throughput, accounts that did not use it lately lose access, and \
         quota increases are not to be expected. After three months of it the provider may raise the price.",
        "Plan the move to a successor now: its answers differ in length, so `max_tokens`, quota and cost have to be looked \
         at again. A variant with the other model shows them side by side.",
    ],
    causes: "model: us.anthropic.claude-sonnet-4-20250514-v1:0  # legacy since 2026-04-14",
    cures: "model: us.anthropic.claude-sonnet-4-6",
    source: "Amazon Bedrock User Guide, Model lifecycle, read 2026-11-20",
};

pub(super) const END_OF_LIFE: Entry = Entry {
    title: "the model ends before the simulated time does",
    about: &[
        "After its end of life a model is not there any more: every call fails with ResourceNotFoundException, whatever \
         quota or purchased capacity the account has.",
        "Choose a successor, or let the simulated time end before that day.",
    ],
    causes: "start: 2026-12-01T00:00:00Z\nmodel: us.anthropic.claude-sonnet-4-20250514-v1:0  # gone since 2026-10-14",
    cures: "start: 2026-12-01T00:00:00Z\nmodel: us.anthropic.claude-sonnet-4-6",
    source: "Amazon Bedrock User Guide, Model lifecycle, read 2026-11-20",
};
