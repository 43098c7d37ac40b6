//! Answers under other readings of undocumented rules.

use super::Entry;

pub(super) const RULES_DEPENDENT_ANSWER: Entry = Entry {
    title: "the answer depends on rules that AWS does not document",
    about: &[
        "The User Guide does not say whether `max_tokens` is multiplied by the burndown rate when it is reserved, whether \
         cache reads are reserved, nor how often quota is given back while an answer is written; others who measured \
         disagree. Read one of these the other way, and a limit changes its verdict, or throttling moves by more than one \
         percentage point.",
        "Plan for the worst of them, or measure your own account and write what you found into `account.rules`.",
    ],
    causes: "tokencast run --rules scenario.yaml",
    cures: "account: {rules: {burndown_on_reservation: true}}",
    source: "Amazon Bedrock User Guide, How tokens are counted in Amazon Bedrock, read 2026-11-20: it says nothing of it",
};

pub(super) const RULES_ROBUST: Entry = Entry {
    title: "the answer does not depend on rules that AWS does not document",
    about: &[
        "With the undocumented rules read the other way, one at a time, every limit has the same verdict, and throttling \
         differs by at most one percentage point.",
        "There is nothing to do; ask again with `tokencast run --rules` when traffic or quotas change.",
    ],
    causes: "tokencast run --rules scenario.yaml",
    cures: "tokencast run scenario.yaml",
    source: "Amazon Bedrock User Guide, How tokens are counted in Amazon Bedrock, read 2026-11-20: it says nothing of it",
};
