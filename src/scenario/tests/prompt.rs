//! Prompts: what is read of them, and what is refused where it stands.

use super::*;

const DRAWN: &str = "    traffic: {rate: 12/s, input: 42, output: 5}";
const RECORDED: &str = "output: out}}";

/// The good file with a prompt in line 8, for the app whose calls are drawn.
fn with_prompt(prompt: &str) -> String {
    with(DRAWN, &format!("    prompt: {prompt}\n{DRAWN}"))
}

/// The same for the app whose calls were recorded; the prompt stands in line 13.
fn recorded(prompt: &str, blocks: &str) -> String {
    with(RECORDED, &format!("output: out{blocks}}}}}\n    prompt: {prompt}"))
}

const BLOCKS: &str = ", blocks: {column: hash_ids, tokens: 512}";

fn prompt_of(text: &str, app: usize) -> Prompt {
    let file = parse(&Source::new("s.yaml", text)).map_err(crate::document::Problems::render).unwrap();
    file.base.apps.0[app].1.prompt.clone().expect("a prompt")
}

#[test]
fn sections_are_read_in_the_order_of_the_prompt() {
    let prompt = prompt_of(&with_prompt("{history: 3k, tools: {tokens: 600, distinct: 4}, cache: 1h}"), 0);
    let sections: Vec<_> = prompt.sections().map(|(name, s)| (name.name(), s.tokens.get(), s.distinct)).collect();
    assert_eq!(sections, [("tools", 600, 4), ("history", 3_000, 1)]);
    assert!(matches!(prompt.cache.unwrap().value, Cache::All(ttl) if ttl.value.name() == "1h"));
}

#[test]
fn every_way_to_write_a_cache_is_read_and_the_schema_accepts_it() {
    for cache in ["5m", "{ttl: 1h}", "{checkpoints: [{after: system, ttl: 1h}, {after: history}]}"] {
        let text =
            with_prompt(&format!("{{system: 5_000, history: {{tokens: 9000, changes_every: 1d}}, cache: {cache}}}"));
        assert_eq!(problems_of(&text), []);
        let value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(schema::violations(&super::super::schema(), &value), Vec::<String>::new());
    }
    let text = recorded("{cache: 5m}", BLOCKS);
    assert_eq!(problems_of(&text), []);
    let value = serde_yaml::from_str(&text).unwrap();
    assert_eq!(schema::violations(&super::super::schema(), &value), Vec::<String>::new());
}

#[test]
fn checkpoints_are_sorted_as_their_sections_are() {
    let prompt = prompt_of(
        &with_prompt("{tools: 5k, system: 5k, cache: {checkpoints: [{after: system}, {after: tools, ttl: 1h}]}}"),
        0,
    );
    let Cache::Checkpoints(checkpoints) = prompt.cache.unwrap().value else { panic!("no checkpoints") };
    assert_eq!(
        checkpoints.iter().map(|it| it.after.value).collect::<Vec<_>>(),
        [SectionName::Tools, SectionName::System]
    );
}

#[test]
fn sections_that_cannot_be_are_refused_where_they_stand() {
    for (prompt, place, message) in [
        ("{system: 0}", "8:22", "`0` is not from 1"),
        ("{system: 99M}", "8:22", "is not from 1 to 10,000,000"),
        ("{system: {tokens: 9, distinct: 0}}", "8:44", "`0` is not from 1"),
        ("{system: {tokens: 9, changes_every: 500ms}}", "8:49", "once a second at most"),
        ("{system: {distinct: 4}}", "8:23", "`tokens` is missing"),
        ("{sistem: 9}", "8:14", "unknown key `sistem`"),
        ("{cache: 5m}", "8:14", "a prompt without sections"),
        ("{system: 9, cache: 10m}", "8:32", "unknown time to live `10m`"),
        ("{system: 9, cache: {tll: 5m}}", "8:33", "unknown key `tll`"),
        ("[system]", "8:13", "expected a section with keys"),
    ] {
        assert_refused(&with_prompt(prompt), place, message);
    }
}

#[test]
fn checkpoints_that_cannot_be_are_refused_where_they_stand() {
    let with_checkpoints =
        |list: &str| with_prompt(&format!("{{tools: 9, system: 9, cache: {{checkpoints: [{list}]}}}}"));
    for (list, place, message) in [
        ("", "8:43", "no checkpoints"),
        ("{after: histry}", "8:65", "unknown section of a prompt `histry`"),
        ("{after: history}", "8:65", "this prompt has no section `history`"),
        ("{after: tools}, {after: tools}", "8:81", "two checkpoints after `tools`"),
        ("{after: tools}, {after: system, ttl: 1h}", "8:81", "one hour behind one of five minutes (after `tools`)"),
        ("{after: system, ttl: 1h}, {after: tools}", "8:65", "one hour behind one of five minutes (after `tools`)"),
        ("{after: tools, ttl: 2h}", "8:77", "unknown time to live `2h`"),
    ] {
        assert_refused(&with_checkpoints(list), place, message);
    }
    let five =
        ["tools", "system", "documents", "history", "tools"].map(|after| format!("{{after: {after}}}")).join(", ");
    let text = with_checkpoints(&five);
    assert_refused(&text, "8:136", "more than four checkpoints");
    assert_refused(&text, "8:136", "two checkpoints after `tools`");
    assert_refused(&text, "8:98", "this prompt has no section `documents`");
}

#[test]
fn a_recorded_prompt_has_blocks_and_no_sections() {
    assert_refused(&recorded("{system: 9, cache: 5m}", BLOCKS), "13:14", "so that it has no sections");
    assert_refused(&recorded("{system: 9}", ""), "13:14", "so that it has no sections");
    assert_refused(&recorded("{cache: 5m}", ""), "13:14", "nothing tells what the recorded prompts have in common");
    let checkpoints = "{cache: {checkpoints: [{after: system}]}}";
    assert_refused(&recorded(checkpoints, BLOCKS), "13:35", "one checkpoint, behind its last block");
    assert_refused(&recorded("{cache: 5m}", ", blocks: {column: b, tokens: 0}"), "12:129", "`0` is not from 1");
}

#[test]
fn a_variant_changes_the_cache_also_where_the_prompt_was_left_out() {
    let variants = "variants: {hour: {apps.triage.prompt.cache: 1h}, none: {apps.triage.prompt.cache: null}}";
    let text = format!("{}{variants}\n", with_prompt("{system: 9k, cache: 5m}"));
    let file = parse(&Source::new("s.yaml", text)).map_err(crate::document::Problems::render).unwrap();
    let caches: Vec<_> = file.variants.iter().map(|(_, it)| it.apps.0.iter().find(|a| a.0.value == "triage")).collect();
    let cache = |at: usize| caches[at].unwrap().1.prompt.as_ref().unwrap().cache.clone().map(|cache| cache.value);
    assert!(matches!(cache(0), Some(Cache::All(ttl)) if ttl.value.name() == "1h"));
    assert!(cache(1).is_none());

    let blocks = with(RECORDED, &format!("output: out{BLOCKS}}}}}"));
    let text = format!("{blocks}variants: {{cached: {{apps.batch.prompt.cache: 5m}}}}\n");
    assert_eq!(problems_of(&text), []);
    let text = format!("{GOOD}variants: {{cached: {{apps.triage.prompt.cache: 5m}}}}\n");
    assert!(rendered(&text).contains("in the variant `cached`: a prompt without sections"), "{}", rendered(&text));
}
