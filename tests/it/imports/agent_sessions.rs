//! Sessions of coding agents, against what was measured on the file.

use super::{shared_rows, sum};
use std::collections::{BTreeMap, BTreeSet};
use tokencast::intake::{Format, Options};
use tokencast::trace::Row;

fn sessions() -> Option<Vec<Row>> {
    let options = Options { seed: 7, start_us: 1_000_000_000, ..Options::default() };
    let (rows, tally) = shared_rows("traces/claude_code_agentic_dev60.jsonl", Format::AgentSessions, &options)?;
    assert_eq!((tally.rows, tally.all_skipped()), (4_092, 0));
    assert_eq!(tally.notes["call of a subagent"], 33);
    Some(rows)
}

#[test]
fn every_call_and_token_of_sixty_sessions_survives() {
    let Some(rows) = sessions() else { return };
    let tokens = (sum(&rows, |row| row.usage.total_input()), sum(&rows, |row| row.usage.output));
    assert_eq!((rows.len(), tokens), (4_092, (521_870_585, 1_675_334)));
    let models: BTreeSet<_> = rows.iter().map(|row| row.model.clone()).collect();
    assert_eq!(models.len(), 6);
    // What is left behind the last whole block has none.
    assert!(rows.iter().all(|row| row.blocks.ids.len() as u64 == row.usage.total_input() / 64));
}

#[test]
fn sessions_begin_in_eight_hours_and_share_no_blocks() {
    let Some(rows) = sessions() else { return };
    let (mut begins, mut owners) = (BTreeMap::new(), BTreeMap::new());
    for row in &rows {
        begins.entry(row.session.clone()).or_insert(row.at_us);
        for block in &row.blocks.ids {
            assert_eq!(owners.entry(*block).or_insert(&row.session), &&row.session);
        }
    }
    assert_eq!(begins.len(), 60);
    assert!(begins.values().all(|at| (1_000_000_000..1_000_000_000 + 8 * 3_600_000_000).contains(at)), "{begins:?}");
}
