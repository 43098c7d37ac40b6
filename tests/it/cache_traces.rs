//! The prompt cache against recorded traffic: what a provider said it read, what others computed, and what
//! a list of past prompts says.

use crate::shared;
use serde_json::Value;
use std::collections::BTreeMap;
use tokencast::bedrock::cache::{Chain, Cut, Prefix, PromptCache, Rules, Split, Ttl};
use tokencast::units::SimTime;

const CLAUDE: Rules = Rules { minimum: 1_024, checkpoints: 4, look_back: 20 };

fn lines(path: &str) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(shared::file(path)?).expect("the file is text");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect())
}

fn count(line: &Value, key: &str) -> u64 {
    line[key].as_u64().unwrap_or_else(|| panic!("no count {key} in {line}"))
}

/// A round of an agent's session as its provider counted it (TraceLab).
struct Round {
    at: SimTime,
    input: u32,
    uncached: u32,
    written: u32,
    read: u32,
}

fn rounds() -> Option<Vec<Round>> {
    let all = lines("samples/tracelab_round_trace_sanitized.jsonl")?;
    let of_claude = all.iter().filter(|line| line["provider"] == "claude");
    let round = |line: &Value| {
        let sent = line["timing_events"][0]["timestamp"].as_str().expect("a time");
        let tokens = |key: &str| count(line, key) as u32;
        Round {
            at: SimTime(sent.parse::<jiff::Timestamp>().expect("an instant").as_microsecond() as u64),
            input: tokens("input_tokens_total"),
            uncached: tokens("claude_uncached_input_tokens"),
            written: tokens("claude_cache_creation_input_tokens"),
            read: tokens("claude_cache_read_input_tokens"),
        }
    };
    Some(of_claude.map(round).collect())
}

#[test]
fn each_round_of_claude_reads_exactly_what_the_one_before_read_and_wrote() {
    let Some(rounds) = rounds() else { return };
    assert_eq!(rounds.len(), 10, "nine adjacent pairs");
    for pair in rounds.windows(2) {
        assert_eq!(pair[1].read, pair[0].read + pair[0].written);
        assert_eq!(pair[1].input, pair[1].read + pair[1].written + pair[1].uncached);
    }
}

#[test]
fn the_prompt_cache_splits_each_round_of_claude_as_its_provider_did() {
    let Some(rounds) = rounds() else { return };
    let mut cache = PromptCache::new(CLAUDE);
    // What the first round read was written before the recording began.
    let cut = |tokens: u32| Cut { key: tokens.into(), tokens, checkpoint: None };
    let mut cuts = vec![cut(rounds[0].read)];
    let ending_here = |cuts: &[Cut]| {
        let mut cuts = cuts.to_vec();
        cuts.last_mut().expect("a cut").checkpoint = Some(Ttl::FiveMinutes);
        Prefix::new(cuts)
    };
    cache.visit(rounds[0].at, 0, &ending_here(&cuts), rounds[0].at);
    for round in &rounds {
        cuts.push(cut(round.read + round.written));
        let split = cache.visit(round.at, 0, &ending_here(&cuts), round.at).split;
        assert_eq!((split.read, split.written()), (round.read, round.written));
        assert_eq!(split.uncached(round.input), round.uncached);
    }
}

/// Blocks of so many tokens, the last one what is left of the input; each holds an entry.
fn every_block(blocks: impl Iterator<Item = u64>, size: u32, input: u32, ttl: Ttl) -> Prefix {
    let mut left = input;
    let chain = blocks.fold(Chain::new(0), |chain, block| {
        let tokens = size.min(left);
        left -= tokens;
        chain.then(block, tokens).checkpoint(ttl)
    });
    chain.prefix()
}

/// Published with the trace (Mooncake, FAST 2025), for whole prefixes and a time to live that a hit refreshes.
#[test]
fn the_mooncake_conversations_could_read_29_3_percent_in_five_minutes_and_37_4_in_an_hour() {
    let Some(calls) = lines("traces/mooncake_conversation_trace.jsonl") else { return };
    let total: u64 = calls.iter().map(|call| count(call, "input_length")).sum();
    let thousandths = |ttl: Ttl| {
        let mut cache = PromptCache::new(Rules::EVERY_CUT);
        let reads = calls.iter().map(|call| {
            let at = SimTime(count(call, "timestamp") * 1_000);
            let blocks = call["hash_ids"].as_array().expect("blocks").iter().map(|id| id.as_u64().expect("an id"));
            let prefix = every_block(blocks, 512, count(call, "input_length") as u32, ttl);
            u64::from(cache.visit(at, 0, &prefix, at).split.read)
        });
        (reads.sum::<u64>() * 1_000 + total / 2) / total
    };
    assert_eq!((thousandths(Ttl::FiveMinutes), thousandths(Ttl::OneHour)), (293, 374));
}

/// One prompt of an agent's session.
struct Prompt {
    at: SimTime,
    input: u32,
    blocks: Vec<u64>,
}

const AGENT_BLOCK: u32 = 64;

/// The sessions by name, each in order of time.
fn sessions() -> Option<BTreeMap<String, Vec<Prompt>>> {
    let mut sessions: BTreeMap<String, Vec<Prompt>> = BTreeMap::new();
    for line in lines("traces/claude_code_agentic_dev60.jsonl")? {
        let runs = line["blocks"].as_array().expect("runs of blocks").iter();
        let ids = runs.flat_map(|run| {
            let (first, count) = (run[0].as_u64().expect("an id"), run[1].as_u64().expect("a count"));
            first..first + count
        });
        let prompt = Prompt {
            at: SimTime((line["t_s"].as_f64().expect("seconds") * 1e6) as u64),
            input: count(&line, "input_tokens") as u32,
            blocks: ids.collect(),
        };
        sessions.entry(line["session"].as_str().expect("a name").to_owned()).or_default().push(prompt);
    }
    sessions.values_mut().for_each(|prompts| prompts.sort_by_key(|prompt| prompt.at));
    Some(sessions)
}

impl Prompt {
    /// Tokens of its first blocks.
    fn tokens(&self, blocks: usize) -> u32 {
        (blocks as u32 * AGENT_BLOCK).min(self.input)
    }

    fn shared_blocks(&self, other: &Self) -> usize {
        self.blocks.iter().zip(&other.blocks).take_while(|(own, others)| own == others).count()
    }
}

fn is_over(ttl: Ttl, since: SimTime, now: SimTime) -> bool {
    now.0 - since.0 >= ttl.length().0
}

/// Where every block holds an entry, a prompt reads the most that it shares with any recent prompt.
fn shared_with_recent(past: &[Prompt], prompt: &Prompt, ttl: Ttl) -> u32 {
    let recent = past.iter().rev().take_while(|other| !is_over(ttl, other.at, prompt.at));
    prompt.tokens(recent.map(|other| prompt.shared_blocks(other)).max().unwrap_or(0))
}

#[test]
fn agent_sessions_read_what_they_share_with_any_recent_prompt() {
    let Some(sessions) = sessions() else { return };
    assert_eq!((sessions.len(), sessions.values().map(Vec::len).sum::<usize>()), (60, 4_092));
    for ttl in [Ttl::FiveMinutes, Ttl::OneHour] {
        for (name, prompts) in &sessions {
            let mut cache = PromptCache::new(Rules::EVERY_CUT);
            for (at, prompt) in prompts.iter().enumerate() {
                let blocks = prompt.blocks.iter().copied();
                let prefix = every_block(blocks, AGENT_BLOCK, prompt.input, ttl);
                let read = cache.visit(prompt.at, 0, &prefix, prompt.at).split.read;
                assert_eq!(read, shared_with_recent(&prompts[..at], prompt, ttl), "{name}, prompt {at}, {ttl:?}");
            }
        }
    }
}

/// An entry at the end of one prompt of a session.
struct Ending {
    prompt: usize,
    used: SimTime,
}

/// A list of all endings, scanned: one checkpoint a prompt, behind its last block.
fn scan(prompts: &[Prompt], number: usize, endings: &mut Vec<Ending>, rules: Rules, ttl: Ttl) -> Split {
    let prompt = &prompts[number];
    let (end, last) = (prompt.blocks.len(), prompt.tokens(prompt.blocks.len()));
    if last < rules.minimum || end == 0 {
        return Split::default();
    }
    let length = |ending: &Ending| prompts[ending.prompt].blocks.len();
    let holds = |ending: &Ending| prompt.blocks.starts_with(&prompts[ending.prompt].blocks);
    let alive = |ending: &Ending| !is_over(ttl, ending.used, prompt.at);
    let found = endings.iter().filter(|ending| holds(ending) && alive(ending));
    let read = found.map(length).filter(|length| end - length <= rules.look_back as usize).max();
    for ending in endings.iter_mut() {
        if read.is_some_and(|read| length(ending) <= read) && holds(ending) && alive(ending) {
            ending.used = prompt.at;
        }
    }
    if read != Some(end) {
        endings.push(Ending { prompt: number, used: prompt.at });
    }
    let read = read.map_or(0, |read| prompt.tokens(read));
    let written = last - read;
    match ttl {
        Ttl::FiveMinutes => Split { read, write_5m: written, write_1h: 0 },
        Ttl::OneHour => Split { read, write_5m: 0, write_1h: written },
    }
}

#[test]
fn agent_sessions_with_one_checkpoint_a_prompt_agree_with_a_scan_of_all_endings() {
    let Some(sessions) = sessions() else { return };
    let mut read = [0_u64; 2];
    for (at_ttl, ttl) in [Ttl::FiveMinutes, Ttl::OneHour].into_iter().enumerate() {
        for (name, prompts) in &sessions {
            let (mut cache, mut endings) = (PromptCache::new(CLAUDE), Vec::new());
            for (at, prompt) in prompts.iter().enumerate() {
                let mut left = prompt.input;
                let chain = prompt.blocks.iter().fold(Chain::new(0), |chain, block| {
                    let tokens = AGENT_BLOCK.min(left);
                    left -= tokens;
                    chain.then(*block, tokens)
                });
                let prefix = chain.checkpoint(ttl).prefix();
                let split = cache.visit(prompt.at, 0, &prefix, prompt.at).split;
                assert_eq!(split, scan(prompts, at, &mut endings, CLAUDE, ttl), "{name}, prompt {at}, {ttl:?}");
                read[at_ttl] += u64::from(split.read);
            }
        }
    }
    assert!(0 < read[0] && read[0] < read[1], "{read:?}");
}
