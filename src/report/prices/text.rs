//! Prices for people.

use super::view::{Difference, Differences, History, Linted, Listed, Row};
use crate::report::format::{count, counted, printable};
use crate::report::money::Money;
use crate::report::terminal::{Layout, left, right};
use crate::upkeep::Import;
use crate::upkeep::bounds::OLD_AFTER_DAYS;
use crate::upkeep::write::Written;
use std::collections::BTreeMap;

/// What stands where nothing is sold.
const NONE: &str = "-";

fn layout(columns: usize) -> Layout {
    Layout { columns, plain: false }
}

/// The prices of a day as a table.
#[must_use]
pub fn list(listed: &Listed, columns: usize) -> String {
    let layout = layout(columns);
    let head = [
        left("model"),
        left("via"),
        left("Regions").rank(2),
        left("tier"),
        right("input"),
        right("output"),
        right("read").rank(1),
        right("write 5m").rank(3),
        right("write 1h").rank(4),
        left("source").rank(5),
    ];
    let rows: Vec<_> = listed
        .prices
        .iter()
        .map(|row| {
            let model = if row.own { format!("{} (yours)", row.model) } else { row.model.clone() };
            let place = [model, row.via.clone(), row.regions.clone(), tier(row)];
            place.into_iter().chain(classes(row)).chain([source(row)]).collect()
        })
        .collect();
    let about = format!(
        "{} on {}, in USD per million tokens. `tokencast prices show NAME` tells the history and the sources of one model.",
        counted(listed.prices.len() as u64, "row"),
        listed.on
    );
    printable(&format!("{}\n{}", layout.table(&head, &rows), layout.paragraph(&about, 0)))
}

fn tier(row: &Row) -> String {
    match row.input_above {
        Some(tokens) => format!("{} above {}", row.tier, count(tokens)),
        None => row.tier.clone(),
    }
}

fn classes(row: &Row) -> [String; 5] {
    [Some(row.input), row.output, row.cache_read, row.cache_write_5m, row.cache_write_1h].map(usd)
}

fn usd(price: Option<Money>) -> String {
    price.map_or_else(|| NONE.to_owned(), |price| if price.is_zero() { "free".to_owned() } else { price.to_string() })
}

fn source(row: &Row) -> String {
    if row.own { format!("{} (your file)", row.source) } else { row.source.clone() }
}

/// The history of a model: a table for each way and Regions, then what the rows say.
#[must_use]
pub fn history(history: &History, columns: usize) -> String {
    let layout = layout(columns);
    let head = [
        left("from"),
        left("tier"),
        right("input"),
        right("output"),
        right("read"),
        right("write 5m"),
        right("write 1h"),
        left("source"),
        left("checked").rank(2),
        left("confidence").rank(1),
    ];
    let mut notes: Vec<String> = Vec::new();
    let place = |row: &Row| (row.via.clone(), row.regions.clone());
    let tables = history.prices.chunk_by(|one, next| place(one) == place(next)).map(|group| {
        let (via, regions) = place(&group[0]);
        let rows: Vec<_> = group.iter().map(|row| dated(row, &mut notes)).collect();
        layout.paragraph(&format!("{via}, {regions}"), 0) + &layout.table(&head, &rows)
    });
    let tables = tables.collect::<Vec<_>>().join("\n");
    let notes = notes.iter().enumerate().map(|(at, note)| layout.hanging(&format!("[{}]", at + 1), note, 6));
    let notes: String = notes.collect();
    let about = format!(
        "USD per million tokens. A star marks what holds on {}; the numbers in brackets point at sources, notes and conflicts.",
        history.on
    );
    let name = format!("{} ({})\n{}\n", history.name, history.model, history.id);
    printable(&[name, tables, layout.paragraph(&about, 0), notes].join("\n"))
}

fn dated(row: &Row, notes: &mut Vec<String>) -> Vec<String> {
    let conflicts = row.conflicts.iter().map(|conflict| format!("{} says: {}", conflict.source, conflict.says));
    let marks = std::iter::once(source(row)).chain(row.notes.iter().cloned()).chain(conflicts).map(|note| {
        let known = notes.iter().position(|known| *known == note);
        let at = known.unwrap_or_else(|| {
            notes.push(note);
            notes.len() - 1
        });
        format!("[{}]", at + 1)
    });
    let cited: Vec<String> = marks.collect();
    let from = if row.holds { format!("{} *", row.from) } else { row.from.clone() };
    let told = [from, tier(row)].into_iter().chain(classes(row));
    told.chain([cited.join(" "), row.checked.clone(), row.confidence.clone()]).collect()
}

/// What is different, and why as far as the book says.
#[must_use]
pub fn differences(found: &Differences, columns: usize) -> String {
    let layout = layout(columns);
    let head =
        [left("price"), right(" before"), right("after"), right("change").rank(1), left("row of the source").rank(2)];
    let table = |of: &[&Difference]| {
        let rows: Vec<_> = of.iter().map(|difference| differs(difference)).collect();
        layout.table(&head, &rows)
    };
    let mut by_reason: BTreeMap<Option<&str>, Vec<&Difference>> = BTreeMap::new();
    for difference in &found.differences {
        by_reason.entry(difference.explained.as_deref()).or_default().push(difference);
    }
    let tables = by_reason.iter().map(|(reason, of)| {
        let heading = reason.map_or_else(|| "Not explained".to_owned(), |reason| format!("Explained: {reason}"));
        layout.paragraph(&heading, 0) + &table(of)
    });
    let about = format!(
        "{} the same in {} and {}; {} explained in the price book, {} not.",
        counted(found.agreed as u64, "price"),
        found.before,
        found.after,
        counted(found.explained as u64, "difference"),
        count(found.unexplained as u64)
    );
    let hidden = found.differences.len() < found.explained + found.unexplained;
    let more = if hidden { " `--all` tells the explained ones." } else { "" };
    let tables: Vec<String> = tables.chain([layout.paragraph(&(about + more), 0)]).collect();
    printable(&tables.join("\n"))
}

fn differs(difference: &Difference) -> Vec<String> {
    let change = difference.per_mille.map_or_else(
        || if difference.before.is_some() { "gone".to_owned() } else { "new".to_owned() },
        |share| format!("{}{}.{} %", if share < 0 { "-" } else { "+" }, share.abs() / 10, share.abs() % 10),
    );
    vec![
        format!("{} {} per {}", difference.subject, difference.what, difference.per),
        usd(difference.before),
        usd(difference.after),
        change,
        difference.place.clone().unwrap_or_default(),
    ]
}

/// What a lint found, and for which day.
#[must_use]
pub fn linted(found: &Linted, columns: usize) -> String {
    let layout = layout(columns);
    let mut lines = Vec::new();
    for odd in found.odd.iter().filter(|odd| odd.unusual.is_none()) {
        let message = format!("{} {}: {}", odd.model, odd.row, odd.message);
        lines.push(layout.hanging("odd", &message, 6));
    }
    let mut unusual: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for odd in &found.odd {
        if let Some(reason) = &odd.unusual {
            *unusual.entry((&odd.model, reason)).or_default() += 1;
        }
    }
    for ((model, reason), bounds) in unusual {
        let message = format!("{model}: {reason} ({} broken)", counted(bounds, "bound"));
        lines.push(layout.hanging("unusual", &message, 10));
    }
    for old in &found.old {
        let figures = counted(old.figures as u64, "figure");
        let message = format!("{figures} of {} were last checked on {} or later", old.source, old.checked);
        lines.push(layout.hanging("old", &message, 6));
    }
    let day = match found.asked {
        true => found.on.clone(),
        false => format!("{}, the day on which the book was last checked; `--on DATE` asks for another", found.on),
    };
    let verdict = if found.clean { "Clean" } else { "Not clean" };
    lines.push(layout.paragraph(&format!("{verdict}. Older than {OLD_AFTER_DAYS} days is old; ages on {day}."), 0));
    printable(&lines.concat())
}

/// What an import read and wrote: for stderr.
#[must_use]
pub fn imported(import: &Import, written: &Written) -> String {
    let mut lines = vec![format!(
        "{}: {} of tokens, {} by the hour, {} of services; {} skipped",
        import.title,
        counted(import.stated.len() as u64, "price"),
        count(import.capacity.len() as u64),
        count(import.services.len() as u64),
        counted(import.skipped.len() as u64, "row")
    )];
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for skipped in &import.skipped {
        *reasons.entry(&skipped.why).or_default() += 1;
    }
    lines.extend(reasons.iter().map(|(why, rows)| format!("  skipped {rows}: {why}")));
    let known = counted(written.known as u64, "price");
    lines.push(format!("{known} in the price book already, {} explained there", count(written.explained as u64)));
    if written.unplaced > 0 {
        let prices = counted(written.unplaced as u64, "price");
        let lack = "without way, Region, tier or price of input: no row can hold them; `prices diff` compares them";
        lines.push(format!("{prices} {lack}"));
    }
    if written.contradicted > 0 {
        let prices = counted(written.contradicted as u64, "price");
        lines.push(format!("{prices} stated a second time and differently: the first is written"));
    }
    lines.push(match &written.yaml {
        Some(_) => format!("{} written", counted(written.rows as u64, "row")),
        None => "nothing is new: nothing is written".to_owned(),
    });
    if !written.new_models.is_empty() {
        lines.push(format!("new models, whose burndown is to be looked up: {}", written.new_models.join(", ")));
    }
    if !written.unfinished.is_empty() {
        lines.push(format!("written as comments, to be completed: {}", written.unfinished.join(", ")));
    }
    printable(&(lines.join("\n") + "\n"))
}
