//! The short names that models get which the book does not have.

/// The short name that a new model gets by its id: `mistral.mistral-large-2402-v1:0` becomes `mistral-large-2402`.
pub(super) fn key_of_id(id: &str) -> String {
    let (vendor, model) = id.split_once('.').unwrap_or(("", id));
    let model = model.split(':').next().unwrap_or(model);
    let parts: Vec<&str> = model.split(['-', '.']).collect();
    let version = |part: &&str| part.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let dated = |part: &&str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit());
    // A version such as `v3.2` is all that some ids say, so that only the last part may go.
    let versioned = parts.len() > 1 && parts.last().is_some_and(version);
    let kept = &parts[..parts.len() - usize::from(versioned)];
    let kept: Vec<&str> = kept.iter().copied().filter(|part| !dated(part)).collect();
    let alone = kept.len() < 2 || kept[0].starts_with('v');
    let words = vendor.split(['-', '.']).filter(|_| alone).chain(kept);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-").to_lowercase()
}

/// The short name that a new model gets by its name in prose.
pub(super) fn key_of_name(name: &str) -> String {
    let words = name.to_lowercase();
    words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_leaves_vendor_date_and_version_away() {
        let cases = [
            ("anthropic.claude-opus-4-20250514-v1:0", "claude-opus-4"),
            ("mistral.mistral-large-2402-v1:0", "mistral-large-2402"),
            ("deepseek.v3.2", "deepseek-v3-2"),
            ("minimax.minimax-m2.1", "minimax-m2-1"),
            ("openai.gpt-5.6-sol", "gpt-5-6-sol"),
            ("qwen.qwen3-235b-a22b-2507-v1:0", "qwen3-235b-a22b-2507"),
        ];
        for (id, key) in cases {
            assert_eq!(key_of_id(id), key);
        }
        assert_eq!(key_of_name("Qwen3 VL 235B A22B"), "qwen3-vl-235b-a22b");
    }
}
