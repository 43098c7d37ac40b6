//! What `tokencast compare-clients` prints: a sentence and a table.

use super::{Client, Clients};
use crate::report::format::{amplification, count, duration, instant, printable};
use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::{left, right};

/// The answer in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(clients: &Clients, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let changed = clients.app.as_ref().map_or_else(|| "every app".to_owned(), |app| format!("app {app}"));
    let note = format!(
        "The modes are those of {} as shipped, for {changed}; timeouts and the number of clients stay as written. Amplification \
         is attempts per call; what retries cost includes answers that nobody waited for.",
        clients.sdk
    );
    let sections = [
        layout.paragraph(&clients.verdict, 0),
        table(&clients.clients, &layout) + &layout.paragraph(&note, 0),
        layout.paragraph(&clients.price_book.told(), 0),
    ];
    printable(&sections.join("\n"))
}

fn table(clients: &[Client], layout: &Layout) -> String {
    let columns = [
        left("client"),
        right("calls"),
        right("served"),
        right("gave up"),
        right("wait p50").rank(3),
        right("wait p95"),
        right("wait mean").rank(2),
        right("cost"),
        right("retries"),
        right("amplification").rank(1),
        right("worst minute").rank(4),
    ];
    let rows: Vec<Vec<String>> = clients.iter().map(cells).collect();
    layout.table(&columns, &rows)
}

fn cells(client: &Client) -> Vec<String> {
    let wait = |of: fn(&super::Waiting) -> u64| {
        client.waiting.as_ref().map_or("n/a".to_owned(), |waiting| duration(of(waiting)))
    };
    let worst = client.worst_minute.as_ref().map_or("none".to_owned(), |worst| {
        format!("{}\n{}", amplification(worst.attempts, worst.first_attempts), instant(&worst.minute))
    });
    vec![
        client.name.clone(),
        count(client.calls),
        count(client.served),
        count(client.gave_up),
        wait(|waiting| waiting.p50),
        wait(|waiting| waiting.p95),
        wait(|waiting| waiting.mean),
        client.cost.total.rounded(),
        client.retries_cost.rounded(),
        amplification(client.attempts, client.calls),
        worst,
    ]
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Waiting;
    use super::*;
    use crate::report::model::{Cost, Period, PriceBook, Scenario, Tool, WorstMinute};
    use crate::report::money::Money;

    pub(in super::super) fn client(name: &str, served: u64, cents: i128) -> Client {
        let total = Money::from(cents * 10_000_000_000_000);
        Client {
            name: name.to_owned(),
            calls: 100,
            served,
            gave_up: 100 - served,
            in_flight: 0,
            attempts: 180,
            throttled_attempts: 85,
            abandoned: 0,
            waiting: Some(Waiting { p50: 0, p95: 2_500_000, mean: 412_000 }),
            cost: Cost { total, month: total },
            retries_cost: Money::default(),
            worst_minute: Some(WorstMinute {
                minute: "2026-12-01T14:00:00Z".to_owned(),
                attempts: 35,
                first_attempts: 10,
            }),
        }
    }

    #[test]
    fn the_table_has_a_row_a_client_and_fits() {
        let quiet = Client { waiting: None, worst_minute: None, ..client("no retries", 80, 800) };
        let clients = Clients {
            tool: Tool::this(),
            scenario: Scenario { name: "x".to_owned(), about: None, sha256: String::new() },
            price_book: PriceBook { sha256: String::new(), as_of: String::new() },
            seed: 7,
            period: Period::default(),
            app: Some("bot".to_owned()),
            sdk: "botocore-1.44".to_owned(),
            clients: vec![client("as written", 95, 900), quiet],
            verdict: "No retries cost least.".to_owned(),
        };
        let text = render(&clients, 140, true);
        let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned();
        for shown in ["95", "5", "2.50 s", "412 ms", "$9.00", "1.80x", "3.50x"] {
            assert!(line("as written").contains(shown), "{shown}: {text}");
        }
        assert!(text.contains("2026-12-01 14:00 UTC") && line("no retries").contains("n/a"), "{text}");
        assert!(text.contains("botocore-1.44 as shipped, for app bot;"), "{text}");
        for columns in [72, 80, 100] {
            assert!(render(&clients, columns, true).lines().all(|line| line.len() <= columns), "{columns}");
        }
        assert!(super::super::json(&clients).contains("\"retries_cost\": \"0.00\""));
    }
}
