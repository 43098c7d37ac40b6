//! Quotas: too small, not known, not confirmed, not used.

use super::Entry;

pub(super) const THROTTLED: Entry = Entry {
    title: "a limit refused attempts",
    about: &[
        "A call whose reservation does not fit into what is left of a quota is refused with ThrottlingException (429). \
         Nothing is billed, but the client waits and tries again, and the user waits with it or gets no answer.",
        "`tokencast why SCENARIO --throttled 1` tells who held the quota when the first attempt was refused, and the smallest \
         change that would have let it pass. In general: lower `max_tokens`, spread the peak, use a profile with a pool of \
         its own, or ask AWS for an increase.",
    ],
    causes: "quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 500k}]",
    cures: "quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 5M}]",
    source: "Amazon Bedrock User Guide, Quotas for Amazon Bedrock, read 2026-11-20",
};

pub(super) const RESERVATION_LARGER_THAN_QUOTA: Entry = Entry {
    title: "one call reserves more than the whole quota, so none can ever pass",
    about: &[
        "A call reserves its input plus `max_tokens` at once. When that is more than the limit, it is refused even by a \
         quota that nobody else uses, and every retry is refused as well. It happens in new accounts, whose quotas are \
         small, with `max_tokens` left out.",
        "Lower `max_tokens` below the limit, or have the limit raised.",
    ],
    causes: "tokens_per_minute: 50k\nmax_tokens: 64_000",
    cures: "tokens_per_minute: 50k\nmax_tokens: 1_000",
    source: "Amazon Bedrock User Guide, How tokens are counted in Amazon Bedrock, read 2026-11-20",
};

pub(super) const QUOTA_DEFAULT_UNVERIFIED: Entry = Entry {
    title: "a quota is AWS's default and nobody has confirmed that the account has it",
    about: &[
        "The price book knows the defaults that AWS publishes. New accounts often have much less, sometimes nothing, and old \
         ones may have been granted more. All throttling in the answer rests on that number.",
        "Read the quota of your account and Region in the Service Quotas console and write it into `account.quotas`, also \
         when it equals the default.",
    ],
    causes: "account: {}",
    cures: "account:\n  quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 5M}]",
    source: "Amazon Bedrock User Guide, Quotas for Amazon Bedrock, read 2026-11-20",
};

pub(super) const QUOTA_UNKNOWN: Entry = Entry {
    title: "no quota is known, so nothing is throttled",
    about: &[
        "Neither the scenario nor the price book has a limit on tokens per minute for this way of calling the model. The \
         simulation lets every call pass; AWS will not.",
        "Read the quota of your account and Region in the Service Quotas console and write it into `account.quotas`.",
    ],
    causes: "account: {}",
    cures: "account:\n  quotas: [{model: claude-opus-4-6, via: geo, region: us-east-1, tokens_per_minute: 1M}]",
    source: "Amazon Bedrock User Guide, Quotas for Amazon Bedrock, read 2026-11-20",
};

pub(super) const QUOTA_UNUSED: Entry = Entry {
    title: "a quota of the scenario is not used by any app",
    about: &[
        "A quota belongs to one model, called in one way (`on_demand`, `geo`, `global`) from one Region. This one matches no \
         app, so the apps run on other limits than you may think: most likely a slip of the pen.",
        "Compare its `model`, `via` and `region` with those of the apps.",
    ],
    causes: "quotas: [{model: claude-haiku-4-5, via: global, region: us-east-1, tokens_per_minute: 1M}]\nmodel: us.anthropic.claude-haiku-4-5-20251001-v1:0",
    cures: "quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 1M}]\nmodel: us.anthropic.claude-haiku-4-5-20251001-v1:0",
    source: "Amazon Bedrock User Guide, Quotas for Amazon Bedrock, read 2026-11-20",
};

pub(super) const WINDOW_DEPENDENT_ANSWER: Entry = Entry {
    title: "the answer depends on how AWS cuts a minute, which it does not document",
    about: &[
        "A quota per minute can mean minutes of the clock, the last sixty seconds, or a bucket that refills steadily. The \
         three differ most for bursts: the same calls pass under one and are refused under another. Under at least two of \
         them a limit of this scenario has another verdict, or throttling differs by more than one percentage point.",
        "Plan for the worst of the three, leave more room in the quota, or smooth the bursts.",
    ],
    causes: "account: {window: clock_minute}  # the quota is met exactly",
    cures: "account: {window: sliding_minute}  # or whichever of the three is the worst for your traffic",
    source: "Amazon Bedrock User Guide, How tokens are counted in Amazon Bedrock, read 2026-11-20: it says nothing of it",
};

pub(super) const WINDOW_ROBUST: Entry = Entry {
    title: "the answer does not depend on how AWS cuts a minute",
    about: &[
        "AWS does not document how it cuts a minute of a quota. Under all three ways that are modelled every limit has the \
         same verdict, and throttling differs by at most one percentage point.",
        "There is nothing to do; ask again with `tokencast run --windows` when traffic or quotas change.",
    ],
    causes: "tokencast run --windows scenario.yaml",
    cures: "tokencast run scenario.yaml",
    source: "Amazon Bedrock User Guide, How tokens are counted in Amazon Bedrock, read 2026-11-20: it says nothing of it",
};
