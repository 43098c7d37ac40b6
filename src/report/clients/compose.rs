//! From five runs to the rows of the comparison.

use super::{Client, Clients, Waiting};
use crate::client::Sdk;
use crate::histogram::Histogram;
use crate::report::compose::{Evaluated, Question, totals_of};
use crate::report::format::{count, counted};
use crate::report::model::{Period, Tool};

/// What the first row is called.
pub const AS_WRITTEN: &str = "as written";

/// The rows in the order of the runs, of which the first is the scenario as written.
#[must_use]
pub fn compose(question: &Question<'_>, app: Option<&str>, sdk: Sdk, runs: &[Evaluated<'_>]) -> Clients {
    let clients: Vec<Client> = runs.iter().map(client).collect();
    Clients {
        tool: Tool::this(),
        scenario: question.scenario(),
        price_book: question.price_book(),
        seed: question.seed,
        period: runs.first().map_or_else(Period::default, |one| Period::of(one.plan.start, one.run.span())),
        app: app.map(str::to_owned),
        sdk: sdk.to_string(),
        verdict: verdict(&clients),
        clients,
    }
}

fn client(one: &Evaluated<'_>) -> Client {
    let totals = totals_of(one);
    Client {
        name: one.name.to_owned(),
        calls: totals.arrivals,
        served: totals.served,
        gave_up: totals.gave_up,
        in_flight: totals.in_flight,
        attempts: totals.attempts,
        throttled_attempts: totals.throttled_attempts,
        abandoned: totals.retries.abandoned,
        waiting: waiting(one),
        cost: totals.cost,
        retries_cost: totals.retries.all_cost(),
        worst_minute: totals.retries.worst_minute,
    }
}

fn waiting(one: &Evaluated<'_>) -> Option<Waiting> {
    let mut all = Histogram::default();
    one.plan.felt_by_users().for_each(|app| all.merge(&one.run.apps[app].wait));
    let at = |per_thousand| all.percentile(per_thousand).0;
    (all.count() > 0).then(|| Waiting { p50: at(500), p95: at(950), mean: all.mean().0 })
}

fn verdict(clients: &[Client]) -> String {
    let most = clients.iter().map(|client| client.served).max().unwrap_or(0);
    let least = clients.iter().map(|client| client.cost.total).min().unwrap_or_default();
    let serving = names(clients, |client| client.served == most);
    let cheap = names(clients, |client| client.cost.total == least);
    let mut calls = clients.iter().map(|client| client.calls);
    let first = calls.next().unwrap_or(0);
    let of = match calls.all(|calls| calls == first) {
        true => format!("{} of {}", count(most), counted(first, "call")),
        false => counted(most, "call"),
    };
    let serves = match serving.len() == clients.len() {
        true => format!("All serve the same number of calls, {of}"),
        false => format!("{} {} most, {of}", capital(&listed(&serving)), verb(&serving, "serve")),
    };
    let costs = match cheap.len() == clients.len() {
        true => format!("all cost the same, {}", least.rounded()),
        false => format!("{} {} least, {}", listed(&cheap), verb(&cheap, "cost"), least.rounded()),
    };
    format!("{serves}; {costs}.")
}

fn names(clients: &[Client], chosen: impl Fn(&Client) -> bool) -> Vec<&str> {
    clients.iter().filter(|client| chosen(client)).map(|client| client.name.as_str()).collect()
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn verb(subjects: &[&str], verb: &str) -> String {
    if subjects.len() == 1 && subjects != ["no retries"] { format!("{verb}s") } else { verb.to_owned() }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::text::tests::client;
    use super::*;

    #[test]
    fn the_verdict_names_who_serves_most_and_who_costs_least() {
        let told =
            |rows: [(&str, u64, i128); 3]| verdict(&rows.map(|(name, served, cents)| client(name, served, cents)));
        assert_eq!(
            told([(AS_WRITTEN, 90, 900), ("standard", 95, 950), ("no retries", 80, 800)]),
            "Standard serves most, 95 of 100 calls; no retries cost least, $8.00."
        );
        assert_eq!(
            told([(AS_WRITTEN, 95, 900), ("standard", 95, 950), ("legacy", 80, 800)]),
            "As written and standard serve most, 95 of 100 calls; legacy costs least, $8.00."
        );
        assert_eq!(
            told([(AS_WRITTEN, 95, 900), ("standard", 95, 900), ("legacy", 95, 900)]),
            "All serve the same number of calls, 95 of 100 calls; all cost the same, $9.00."
        );
        let eager = Client { calls: 400, ..client("legacy", 95, 950) };
        assert_eq!(
            verdict(&[client(AS_WRITTEN, 90, 900), eager]),
            "Legacy serves most, 95 calls; as written costs least, $9.00."
        );
    }
}
