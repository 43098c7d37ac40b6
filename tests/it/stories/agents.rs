//! What tasks of several calls cost, and what of it the user sees.

use super::cost_of_a_day;
use crate::bundled::{pages, variant};
use std::sync::LazyLock;
use tokencast::report::model::{Pages, Share, Tasks, Variant};
use tokencast::report::money::Money;

/// Nearly a million tasks: once is enough.
static AGENT_BILL: LazyLock<Pages> = LazyLock::new(|| pages("agent-bill"));

fn micro_dollars(count: i128) -> Money {
    Money::from(count * 1_000_000_000)
}

/// The tasks of the only app.
fn tasks(variant: &Variant) -> &Tasks {
    let [app] = variant.apps.as_slice() else { panic!("{} has several apps", variant.name) };
    app.tasks.as_ref().expect("its tasks are more than calls")
}

/// What every answered task costs, in millionths of a dollar, where all cost the same.
fn each_costs(variant: &Variant) -> Money {
    let cost = tasks(variant).cost.expect("some are answered");
    assert_eq!(cost.mean, cost.max, "{}", variant.name);
    cost.max
}

/// Calls, tokens and millionths of a dollar of one task at $3 and $15 a million, whose calls send `prompt` tokens with
/// the question of 100, use a tool (50 tokens, and 175 that it gives back) until the last, and answer with 100.
fn agent_task(prompt: i128, calls: i128) -> (i128, i128, i128) {
    let input = calls * (prompt + 100) + calls * (calls - 1) / 2 * (50 + 175);
    let output = (calls - 1) * 50 + 100;
    (calls, input + output, input * 3 + output * 15)
}

/// 200 tokens of each task are visible. A task comes every 1.08 s and takes 8.3 s in four calls, and less than 21 s in
/// ten: at most 8 and 20 are open at the end. Each day but the first is like the one before it: 80,000 tasks.
#[test]
fn a_task_of_200_visible_tokens_takes_5600_and_2400_without_its_system_prompt() {
    let expected = [
        // 4 x 1,000 + 6 x 225 = 5,350 in, 250 out
        ("base", agent_task(900, 4), (4, 5_600, 19_800)),
        // 4 x 800 = 3,200 tokens less
        ("no_system_prompt", agent_task(100, 4), (4, 2_400, 10_200)),
        ("short_prompt", agent_task(250, 4), (4, 3_000, 12_000)),
        // The fourth call would bring it to 2,900 with its input: not beyond 3,000, and it is the last one anyway.
        ("budgeted", agent_task(250, 4), (4, 3_000, 12_000)),
        ("astray", agent_task(250, 10), (10, 14_175, 49_125)),
        // Four calls with a tool spend 1,400 + 6 x 225 + 4 x 50 = 2,950; the fifth would go beyond, and answers.
        ("astray_budgeted", agent_task(250, 5), (5, 4_300, 16_500)),
    ];
    for (name, by_rule, by_hand) in expected {
        assert_eq!(by_rule, by_hand, "{name}");
        let (calls, tokens, micros) = by_hand;
        let found = variant(&AGENT_BILL, name);
        let tasks = tasks(found);
        assert_eq!(each_costs(found), micro_dollars(micros), "{name}");
        let ended = tasks.calls.expect("some ended");
        assert_eq!((i128::from(ended.total), ended.tasks), (calls * i128::from(ended.tasks), tasks.done), "{name}");
        let seen = Share { part: 200 * tasks.done, whole: tokens as u64 * tasks.done };
        assert_eq!(tasks.visible_tokens, seen, "{name}");
        assert_eq!((tasks.begun, tasks.done + tasks.open), (240_000, 240_000), "{name}");
        assert!(tasks.open <= if calls == 4 { 8 } else { 20 }, "{name}: {}", tasks.open);
        for day in ["2026-12-02", "2026-12-03"] {
            assert_eq!(
                cost_of_a_day(&AGENT_BILL, name, day),
                micro_dollars(micros).times(80_000).to_string(),
                "{name}"
            );
        }
    }
}

#[test]
fn a_budget_of_tokens_cuts_off_only_who_goes_astray() {
    let cut = |name: &str| tasks(variant(&AGENT_BILL, name)).cut_by_budget;
    assert_eq!((cut("budgeted"), cut("astray")), (0, 0));
    // Those that are open at the end may have got to their last call.
    let astray = tasks(variant(&AGENT_BILL, "astray_budgeted"));
    assert!((astray.done..=240_000).contains(&astray.cut_by_budget));
}

/// Each task is direct with a probability of 0.7: of 240,000, 168,000 with a standard deviation of 224. A direct one is
/// 150 + 100 in and 100 out: $0.00225; the others are as before, $0.012. So a day costs $414 on average.
#[test]
fn seven_tasks_in_ten_by_one_call_cost_about_a_quarter_of_the_first_bill() {
    let routed = variant(&AGENT_BILL, "routed");
    let tasks = tasks(routed);
    assert!(tasks.direct.abs_diff(168_000) < 5 * 224, "{}", tasks.direct);
    let direct = i128::from(tasks.direct);
    let most = micro_dollars(direct * 2_250 + (240_000 - direct) * 12_000);
    let least = micro_dollars(direct * 2_250 + (240_000 - direct - i128::from(tasks.open)) * 12_000);
    assert!((least..=most).contains(&routed.totals.cost.total), "{}", routed.totals.cost.total);
    let cost = tasks.cost.expect("some are answered");
    assert_eq!((cost.p50.of_one().as_str(), cost.max), ("$0.00225", micro_dollars(12_000)));
    let limit = micro_dollars(1_500_000_000);
    assert!(micro_dollars(19_800).times(80_000) > limit);
    for cure in ["no_system_prompt", "short_prompt", "budgeted", "routed"] {
        assert!(variant(&AGENT_BILL, cure).totals.cost.total < limit.times(3), "{cure}");
    }
    let [base, routed] = ["base", "routed"].map(|name| variant(&AGENT_BILL, name).totals.cost.total);
    assert!(routed.times(3) < base && base < routed.times(4));
}

/// A question sends a prompt of 150, itself with 50, and the chunks; the answer is 200 tokens. Embedding the question
/// costs 50 x $0.02 a million: one millionth of a dollar. 4,000 a day are 4,000 x 730 / 24 a month, and 500 in
/// three hours.
#[test]
fn ten_chunks_on_sonnet_cost_2800_dollars_a_month_and_four_on_haiku_680() {
    let pages = pages("doc-search");
    let question = |per_million: i128, chunks: i128| per_million * (200 + chunks) + 5 * per_million * 200;
    let (sonnet, haiku) = (3, 1);
    // 2 x $0.24 x 730 + 10 GB x $0.024
    let store = 350_640_000;
    let expected = [
        ("base", question(sonnet, 5_500) + 1, store),
        ("haiku", question(haiku, 5_500) + 1, store),
        ("four_chunks", question(sonnet, 2_200) + 1, store),
        ("semantic", question(sonnet, 1_520) + 1, store),
        ("cured", question(haiku, 1_520) + 1, store),
        // $1 for 1,000 queries: 1,000 millionths a question
        ("cured_reranked", question(haiku, 1_520) + 1 + 1_000, store),
        // 2 x $0.24 x 730 more
        ("cured_two_zones", question(haiku, 1_520) + 1, store + 350_400_000),
        // $1 for 1,000 searches, 10 GB x $5, no embedding of its own
        ("cured_managed", question(haiku, 1_520) + 1_000, 50_000_000),
    ];
    for (name, question, standing) in expected {
        let found = variant(&pages, name);
        assert_eq!(tasks(found).done, 500, "{name}");
        assert_eq!(each_costs(found), micro_dollars(question), "{name}");
        let used = micro_dollars(question).times(4_000 * 730).shared_by(24).expect("24 hours");
        let month: Money = [used, micro_dollars(standing)].into_iter().sum();
        // What a month of storage costs is cut to hours.
        let off = found.totals.cost.month - month;
        assert!((micro_dollars(-1)..=micro_dollars(1)).contains(&off), "{name}: {}", found.totals.cost.month);
    }
    let month = |name: &str| variant(&pages, name).totals.cost.month;
    assert!((micro_dollars(2_795_000_000)..micro_dollars(2_805_000_000)).contains(&month("base")));
    assert!((micro_dollars(675_000_000)..micro_dollars(685_000_000)).contains(&month("cured")));
    // Half of what is left is the floor.
    assert!(micro_dollars(store).times(2) > month("cured") && micro_dollars(store) < month("cured"));
}

/// The price of three days of a variant of the pilot, whose 3,600 conversations begin evenly, one in 72 s: between that
/// of all of them but those under way at the end, and that of all.
fn has_3600_conversations(variant: &Variant, each: i128, under_way: i128, standing: i128) {
    let cost = |conversations: i128| micro_dollars(conversations * each + standing);
    let (least, most) = (cost(3_600 - under_way), cost(3_600));
    let total = variant.totals.cost.total;
    assert!((least..=most).contains(&total), "{}: {total} is not from {least} to {most}", variant.name);
    assert_eq!(tasks(variant).conversations, 3_600);
}

#[test]
fn each_step_from_the_pilot_to_production_adds_what_its_arithmetic_says() {
    let pages = pages("pilot-to-production");
    // 800 x $3 + 300 x $15 = $0.0069 a question: 2,880 and 28,800 in three days, $201.48 and $2,014.80 a month.
    assert_eq!(variant(&pages, "base").totals.cost.total, micro_dollars(2_880 * 6_900));
    assert_eq!(variant(&pages, "base").totals.cost.month.rounded(), "$201.48");
    assert_eq!(variant(&pages, "users").totals.cost.total, micro_dollars(28_800 * 6_900));
    // Turn t of eight sends 600 tokens for each turn before it, 28 x 600 in all; 8 x 6 s and 7 x 30 s are 3.6 x 72 s.
    let context = (8 * 800 + 28 * 600) * 3 + 8 * 300 * 15;
    assert_eq!(context, 105_600);
    has_3600_conversations(variant(&pages, "context"), context, 4, 0);
    // Three calls a turn, 300 tokens of tools with each, 50 + 150 once in the second and twice in the third; 100 tokens
    // more are written. A turn takes two calls of 1.83 s, two tools of 0.5 s and 6 s: 295 s are 4.1 x 72 s.
    let agent = (3 * (8 * 1_100 + 28 * 600) + 8 * 3 * 200) * 3 + 8 * 400 * 15;
    assert_eq!(agent, 292_800);
    has_3600_conversations(variant(&pages, "agent"), agent, 5, 0);
    // Two text units of the question and two of the answer, for two policies: 0.4 s a turn more, 299 s.
    let guardrails = agent + 8 * (2 + 2) * (150 + 100);
    has_3600_conversations(variant(&pages, "guardrails"), guardrails, 5, 0);
    // 4 x 250 tokens with each of three calls; 300 tokens are embedded for 6 millionths; 0.3 s a turn, 301 s. The store
    // is 4 x 72 x $0.24.
    let knowledge_base = guardrails + 8 * (3 * 1_000 * 3 + 6);
    has_3600_conversations(variant(&pages, "knowledge_base"), knowledge_base, 5, 69_120_000);
}

/// One first token in twenty comes after the client hung up: of about 90,000 calls 5 %, with a standard deviation of
/// 0.07 points. Each is billed and sent again, one in twenty of them a third time: 1 / 0.95 as many calls. Calls are not
/// equally dear and slow ones end fewer conversations, so that their cost is held within a wider bound.
#[test]
fn retries_bring_the_production_to_15_000_dollars_a_month() {
    let pages = pages("pilot-to-production");
    let (before, retries) = (variant(&pages, "knowledge_base"), variant(&pages, "retries"));
    assert_eq!(before.totals.retries.abandoned, 0);
    // Each question is embedded by a call of its own, which is never late.
    let model_calls = retries.totals.attempts - tasks(retries).begun;
    let per_mille = retries.totals.retries.abandoned * 1_000 / model_calls;
    assert!((46..54).contains(&per_mille), "{per_mille}");
    let model = 3_600 * 364_800;
    let added = retries.totals.cost.total - before.totals.cost.total;
    assert!((micro_dollars(model * 40 / 1_000)..micro_dollars(model * 65 / 1_000)).contains(&added), "{added}");
    let month = retries.totals.cost.month;
    assert!((micro_dollars(14_500_000_000)..micro_dollars(15_500_000_000)).contains(&month), "{month}");
}
