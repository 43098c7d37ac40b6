//! Capacity that is bought ahead.

use super::Entry;

pub(super) const PT_ON_PROFILE: Entry = Entry {
    title: "provisioned throughput cannot be used through an inference profile",
    about: &[
        "Model units serve one model in one Region. A call that names a profile (`us.`, `global.`) goes to the on-demand \
         pools of the profile and leaves the units idle, which are paid by the hour.",
        "Call the model by its bare id in the Region of the units, and use the profile as the fallback when they are full.",
    ],
    causes: "model: us.amazon.nova-pro-v1:0\nprovisioned: {units: 1}",
    cures: "model: amazon.nova-pro-v1:0\nprovisioned: {units: 1}",
    source: "Amazon Bedrock User Guide, Increase model invocation capacity with Provisioned Throughput, read 2026-11-20",
};

pub(super) const PT_HISTORY_TOO_SHORT: Entry = Entry {
    title: "the traffic is shorter than the commitment that is judged by it",
    about: &[
        "Units are bought for one or six months. Traffic of less than 30 days does not show the end of a month, a holiday or \
         a slow week, and the number of units that fits it best may idle for the rest of the term.",
        "Use a recording or a `horizon` of at least 30 days before committing, or buy without commitment first.",
    ],
    causes: "horizon: 7d",
    cures: "horizon: 30d",
    source: "a rule of thumb of this program, 2026-11-20: the shortest commitment is a month",
};
