//! Ids, Regions and where a call may run.

use super::Entry;

pub(super) const BARE_MODEL_ID: Entry = Entry {
    title: "a model is called by its bare id",
    about: &[
        "Most models since 2025 (Claude 3.7 and later, Nova 2 Lite, Llama 4) have no on-demand capacity of their own: they \
         are called through an inference profile, whose id is the model's with a prefix such as `us.` or `global.`. \
         Bedrock answers a bare id with a ValidationException, so every call fails; such a scenario is refused.",
        "Where the bare id works, it draws from the on-demand quota of one Region. A geographic profile has a quota of its \
         own, by default often twice as large, and can use the capacity of other Regions.",
        "Write the id of a profile that can be called from your Region, after checking that the data may be processed where \
         the profile sends it.",
    ],
    causes: "model: anthropic.claude-haiku-4-5-20251001-v1:0",
    cures: "model: us.anthropic.claude-haiku-4-5-20251001-v1:0",
    source: "Amazon Bedrock User Guide, Supported Regions and models for inference profiles, read 2026-11-20",
};

pub(super) const MODEL_NOT_IN_REGION: Entry = Entry {
    title: "the model is not sold in that way in that Region",
    about: &[
        "Each model is offered in some Regions only, and by some ways of calling it only. A call from another Region fails; \
         no price is known for it, so the scenario is refused.",
        "Call the model from a Region that has it, or through a profile that can be called from yours.",
    ],
    causes: "model: meta.llama3-3-70b-instruct-v1:0\nregion: eu-west-1",
    cures: "model: meta.llama3-3-70b-instruct-v1:0\nregion: us-east-1",
    source: "Amazon Bedrock User Guide, Model support by AWS Region, read 2026-11-20; prices: `tokencast`'s price book",
};

pub(super) const UNKNOWN_PROFILE_PREFIX: Entry = Entry {
    title: "the model has no inference profile with that prefix",
    about: &[
        "The prefix of a profile's id names a geography: `us.`, `eu.`, `apac.`, `jp.`, `au.`, `ca.`, `in.`, `us-gov.`, or \
         `global.` for all of them. Others do not exist: the one for Asia and the Pacific is `apac.` and not `ap.`. Each \
         model has some of them only. Bedrock refuses an id that it does not have.",
        "Take one of the profiles that the model has and that can be called from your Region.",
    ],
    causes: "model: ap.anthropic.claude-haiku-4-5-20251001-v1:0\nregion: ap-southeast-1",
    cures: "model: apac.anthropic.claude-haiku-4-5-20251001-v1:0\nregion: ap-southeast-1",
    source: "Amazon Bedrock User Guide, Supported Regions and models for inference profiles, read 2026-11-20",
};

pub(super) const RESIDENCY_BROKEN: Entry = Entry {
    title: "the profile can process data outside the residency that is asked for",
    about: &[
        "A profile sends each call to one of its destination Regions, whichever has capacity. `global.` can choose any \
         commercial Region, a geographic profile any of its geography. The caller cannot pin a call to one of them, so one \
         destination outside the residency is enough to break it.",
        "Take a profile whose destinations all lie inside, or the bare id where the model has on-demand capacity in the \
         Region. Expect a smaller quota and, for Claude 4.5 and later, a geographic profile at 1.10 times the global price.",
    ],
    causes: "residency: eu\nmodel: global.anthropic.claude-sonnet-4-5-20250929-v1:0",
    cures: "residency: eu\nmodel: eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    source: "Amazon Bedrock User Guide, Increase throughput with cross-Region inference, read 2026-11-20",
};
