//! Changing one value of a tree by its dotted path: what a variant does.

use super::{Entry, Located, Node, Problems, Value};

/// Puts `value` at a dotted path such as `apps.triage.max_tokens`; `null` takes the key away.
///
/// The last key may be new; every key before it must exist. The patched node keeps the place where
/// the patch was written, so that later problems point at the variant.
pub fn patch(root: &mut Node, path: &Located<String>, value: &Node, problems: &mut Problems) {
    let mut keys: Vec<&str> = path.value.split('.').collect();
    let last = keys.pop().unwrap_or_default();
    let mut node = root;
    for key in keys {
        let Value::Mapping(entries) = &mut node.value else {
            problems.at(&path.place, format!("`{key}` of this path is not inside a section with keys"));
            return;
        };
        let known: Vec<String> = entries.iter().map(|entry| entry.key.value.clone()).collect();
        let Some(entry) = entries.iter_mut().find(|entry| entry.key.value == key) else {
            problems.unknown(
                &path.place,
                "step in this path:",
                key,
                &known.iter().map(String::as_str).collect::<Vec<_>>(),
            );
            return;
        };
        node = &mut entry.node;
    }
    let Value::Mapping(entries) = &mut node.value else {
        problems.at(&path.place, format!("`{last}` of this path is not inside a section with keys"));
        return;
    };
    entries.retain(|entry| entry.key.value != last);
    let key = Located { value: last.to_owned(), place: path.place.clone() };
    let mut node = value.clone();
    if node.is_nothing() {
        node.value = Value::Removed;
    }
    entries.push(Entry { key, node });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, parse};

    fn patched(text: &str, path: &str, value: &str) -> Result<Node, String> {
        let mut root = parse(&Source::new("base.yaml", text)).unwrap();
        let value = parse(&Source::new("patch.yaml", value)).unwrap();
        let path = Located { value: path.to_owned(), place: value.place.clone() };
        let mut problems = Problems::default();
        patch(&mut root, &path, &value, &mut problems);
        if problems.is_empty() { Ok(root) } else { Err(problems.render()) }
    }

    #[test]
    fn a_patch_replaces_adds_and_keeps_its_own_place() {
        let root = patched("a: {b: 1, c: 2}", "a.b", "7").unwrap();
        assert!(format!("{root:?}").contains("Scalar(\"7\")"));
        assert!(!format!("{root:?}").contains("Scalar(\"1\")"));
        assert!(patched("a: {b: 1}", "a.new", "7").is_ok());
    }

    #[test]
    fn a_path_through_nothing_is_refused_with_the_nearest_name() {
        assert!(patched("apps: {triage: {x: 1}}", "apps.triag.x", "7").unwrap_err().contains("did you mean `triage`?"));
        assert!(patched("a: 1", "a.b", "7").unwrap_err().contains("not inside a section"));
    }
}
