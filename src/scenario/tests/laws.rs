//! No text whatsoever makes the reader panic.

use super::*;
use proptest::prelude::*;

/// Reads and draws every problem: neither may panic.
fn read(text: &str) {
    rendered(text);
}

const PROMPT: &str = "{tools: 600, system: {tokens: 5k, distinct: 4, changes_every: 1d}, \
    cache: {checkpoints: [{after: tools, ttl: 1h}, {after: system, ttl: 5m}]}}";

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,200}") {
        read(&text);
    }

    #[test]
    fn arbitrary_budgets_never_panic(budget in "[a-z._]{0,12}[{}=<>a-z0-9 %é]{0,20}") {
        read(&and(&format!("budgets: ['{budget}']")));
    }

    #[test]
    fn a_mutated_prompt_never_panics(
        from in 0..PROMPT.len(),
        length in 0..20_usize,
        put in prop_oneof!["\\PC{0,8}", "(null|-1|\\{\\}|\\[\\]|~|: |0|0s|1us|5000d|1h|tools|history|4294967296|'|\\.nan)"],
    ) {
        let mut bytes = PROMPT.as_bytes().to_vec();
        bytes.splice(from..(from + length).min(PROMPT.len()), put.into_bytes());
        let prompt = String::from_utf8_lossy(&bytes);
        read(&with("    traffic: {rate", &format!("    prompt: {prompt}\n    traffic: {{rate")));
    }

    #[test]
    fn a_mutated_starter_never_panics(
        from in 0..STARTER.len(),
        length in 0..40_usize,
        put in prop_oneof!["\\PC{0,8}", "(null|-1|é|\\{\\}|\\[\\]|&a|\\*a|~|: |\n|\n  |0|99999999999|'|\"|\\.nan)"],
    ) {
        let mut bytes = STARTER.as_bytes().to_vec();
        bytes.splice(from..(from + length).min(STARTER.len()), put.into_bytes());
        read(&String::from_utf8_lossy(&bytes));
    }
}
