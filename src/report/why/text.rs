//! The answer in words, then who held what, then the ways out.

use super::{Answer, Cap, Holder, Limit, Refusal};
use crate::report::format::{count, counted, duration, printable};
use crate::report::terminal::{Layout, left, right};

/// The answer in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(answer: &Answer, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let what = if answer.is_task { "a call of task" } else { "request" };
    let request = format!("{what} {} of `{}`", count(answer.request), answer.app);
    let variant = if answer.variant == "base" { String::new() } else { format!(" in variant {}", answer.variant) };
    let Some(refusal) = &answer.refused else {
        return printable(&layout.paragraph(&format!("No attempt of {request} was throttled{variant}."), 0));
    };
    let mut text = layout.paragraph(
        &format!("Attempt {} of {request} was refused{variant} at {}.", refusal.attempt, instant(&refusal.at)),
        0,
    );
    text += "\n";
    text += &layout.paragraph(&shortfall(refusal), 0);
    if !refusal.holders.is_empty() {
        text += "\n";
        text += &holders(refusal, &layout);
    }
    text += "\nIt would have passed\n";
    for way in [raised(refusal), capped(answer, refusal), waited(refusal)] {
        text += &layout.hanging("- ", &way, 2);
    }
    printable(&text)
}

fn shortfall(refusal: &Refusal) -> String {
    let Refusal { limit, asked, used, shortfall, .. } = refusal;
    format!(
        "The limit is {}. {} of it {} taken, and the attempt asked for {}: {} too many.",
        named(limit),
        count(*used),
        if *used == 1 { "was" } else { "were" },
        count(*asked),
        count(*shortfall)
    )
}

fn holders(refusal: &Refusal, layout: &Layout) -> String {
    let columns = [left("who had it"), right("reserved, call running"), right("charged, still counting"), right("sum")];
    let row = |name: &str, reserved: u64, charged: u64| {
        vec![name.to_owned(), count(reserved), count(charged), count(reserved + charged)]
    };
    let each = |holder: &Holder| row(&holder.app, holder.reserved, holder.charged);
    let sum = |part: fn(&Holder) -> u64| refusal.holders.iter().map(part).sum::<u64>();
    let mut rows: Vec<_> = refusal.holders.iter().map(each).collect();
    if rows.len() > 1 {
        rows.push(row("all", sum(|holder| holder.reserved), sum(|holder| holder.charged)));
    }
    layout.table(&columns, &rows)
}

fn raised(refusal: &Refusal) -> String {
    match refusal.raise.as_slice() {
        [] => "with no quota of this limit: tried up to the largest that there can be".to_owned(),
        [limit] => {
            let least = if refusal.raise_is_smallest { "; with one less it would not" } else { "" };
            format!("with {} instead of {}{least}", named(limit), count(refusal.limit.amount))
        }
        several => format!("with {}", several.iter().map(named).collect::<Vec<_>>().join(" and ")),
    }
}

fn capped(answer: &Answer, refusal: &Refusal) -> String {
    let app = &answer.app;
    match refusal.cap {
        Cap::Passes { max_tokens, cuts } => {
            let cost = match cuts {
                0 => "which would cut no answer short".to_owned(),
                cuts => format!("which would cut {} short", counted(cuts, "answer")),
            };
            format!("with max_tokens of at most {} for every call of `{app}`, {cost}", count(max_tokens.into()))
        }
        Cap::CutsTheAnswer { output } => format!(
            "not with a smaller max_tokens of `{app}`: the answer has {}, and what would fit is less",
            counted(output.into(), "token")
        ),
        Cap::NotTokens => format!("not with a smaller max_tokens of `{app}`: another limit than tokens refuses it"),
    }
}

fn waited(refusal: &Refusal) -> String {
    match (&refusal.fits_at, refusal.wait_us) {
        (Some(at), Some(wait)) => format!("at {}, {} later, had nothing else come", instant(at), duration(wait)),
        _ => "at no later time: it asks for more than a limit has".to_owned(),
    }
}

fn named(limit: &Limit) -> String {
    format!("{} {} of {}", count(limit.amount), limit.name.replace('_', " "), limit.pool)
}

/// `2026-12-01 15:03:12.345 UTC`, with as many decimals as there are.
fn instant(rfc3339: &str) -> String {
    rfc3339.replace('T', " ").replace('Z', " UTC")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(cap: Cap, raise: Vec<Limit>, fits_at: Option<&str>) -> Answer {
        let refusal = Refusal {
            attempt: 2,
            at: "2026-12-01T00:00:30.5Z".to_owned(),
            limit: limit("tokens_per_minute", 1_000),
            asked: 300,
            used: 800,
            shortfall: 100,
            unfilled: 0,
            holders: vec![],
            raise,
            raise_is_smallest: false,
            cap,
            fits_at: fits_at.map(str::to_owned),
            wait_us: fits_at.map(|_| 29_500_000),
        };
        Answer {
            variant: "trap".to_owned(),
            app: "a".to_owned(),
            request: 1_234,
            is_task: false,
            refused: Some(refusal),
        }
    }

    fn limit(name: &'static str, amount: u64) -> Limit {
        Limit { pool: "m geo r".to_owned(), name, amount }
    }

    fn text(answer: &Answer) -> String {
        render(answer, 200, true).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_answer_says_what_was_missing_and_when_it_would_have_fitted() {
        let cap = Cap::Passes { max_tokens: 50, cuts: 1 };
        let text = text(&answer(cap, vec![limit("tokens_per_minute", 1_100)], Some("2026-12-01T00:01:00Z")));
        let parts = [
            "Attempt 2 of request 1,234 of `a` was refused in variant trap at 2026-12-01 00:00:30.5 UTC.",
            "800 of it were taken, and the attempt asked for 300: 100 too many.",
            "- with 1,100 tokens per minute of m geo r instead of 1,000 -",
            "- with max_tokens of at most 50 for every call of `a`, which would cut 1 answer short -",
            "- at 2026-12-01 00:01:00 UTC, 29.50 s later, had nothing else come",
        ];
        assert!(parts.iter().all(|part| text.contains(part)), "{text}");
    }

    #[test]
    fn ways_that_do_not_lead_out_are_told_as_such() {
        let several = vec![limit("tokens_per_minute", 1_100), limit("requests_per_minute", 3)];
        let long = text(&answer(Cap::CutsTheAnswer { output: 700 }, several, None));
        assert!(
            long.contains("- with 1,100 tokens per minute of m geo r and 3 requests per minute of m geo r -"),
            "{long}"
        );
        assert!(long.contains("the answer has 700 tokens, and what would fit is less"), "{long}");
        assert!(long.contains("at no later time"), "{long}");
        let requests = text(&answer(Cap::NotTokens, vec![], None));
        assert!(
            requests.contains("another limit than tokens") && requests.contains("with no quota of this limit"),
            "{requests}"
        );
        let never = Answer { refused: None, ..answer(Cap::NotTokens, vec![], None) };
        assert_eq!(text(&never), "No attempt of request 1,234 of `a` was throttled in variant trap.");
    }
}
