//! The list and the sheet for people.

use super::list::{Entry, List};
use super::sheet::{Cache, Life, Price, Profile, Quota, Service, Sheet};
use super::sources::Sources;
use crate::report::format::{count, duration, printable};
use crate::report::money::Money;
use crate::report::terminal::{Layout, left, right};

/// What stands where nothing is known or sold.
const NONE: &str = "-";

/// The list as a table.
#[must_use]
pub fn list(list: &List, columns: usize) -> String {
    let layout = Layout { columns, plain: false };
    let head = [
        left("model"),
        left("ways").rank(2),
        right("context"),
        right("max output"),
        right("burndown"),
        left("tiers beside standard").rank(3),
        left("state"),
        left("id").rank(1),
    ];
    let rows: Vec<_> = list.models.iter().map(listed).collect();
    let about = format!(
        "States and burndown on {}; `--on DATE` asks for another day, and without it the day stands here on which the price \
         book was last checked. `tokencast models show NAME` tells the prices, quotas and sources of one.",
        list.on
    );
    printable(&format!("{}\n{}", layout.table(&head, &rows), layout.paragraph(&about, 0)))
}

fn listed(entry: &Entry) -> Vec<String> {
    let beside: Vec<&str> = entry.tiers.iter().map(String::as_str).filter(|tier| *tier != "standard").collect();
    vec![
        entry.key.clone(),
        entry.ways.join(" "),
        count(entry.context),
        entry.max_output.map_or_else(|| NONE.to_owned(), count),
        entry.burndown.map_or_else(|| NONE.to_owned(), |times| format!("{times}x")),
        beside.join(" "),
        entry.state.clone(),
        entry.id.clone(),
    ]
}

/// The sheet of one model: facts, then tables, then the sources that the numbers in brackets name.
#[must_use]
pub fn show(sheet: &Sheet, columns: usize) -> String {
    let layout = Layout { columns, plain: false };
    let mut sources = Sources::default();
    let mut sections = vec![
        heading(sheet),
        facts(sheet, &layout, &mut sources),
        profiles(&sheet.profiles, &layout, &mut sources),
        prices(&sheet.prices, &layout, &mut sources),
        quotas(&sheet.quotas, &layout, &mut sources) + &across(sheet, &layout, &mut sources),
        provisioned(sheet, &layout, &mut sources),
        reserved(sheet, &layout, &mut sources),
        service(&sheet.service, &layout, &mut sources),
    ];
    sections.retain(|section| !section.is_empty());
    sections.push(format!("Sources\n{}", sources.list(&layout)));
    printable(&sections.join("\n"))
}

fn heading(sheet: &Sheet) -> String {
    let id = sheet.profile.as_ref().unwrap_or(&sheet.id);
    format!("{} ({})\n{id}\nOn {}: {}.\n", sheet.name, sheet.key, sheet.on, sheet.state)
}

/// How far the words of a fact stand from the margin.
const INDENT: usize = 16;

fn facts<'a>(sheet: &'a Sheet, layout: &Layout, sources: &mut Sources<'a>) -> String {
    let fact = |label: &str, words: String| layout.hanging(label, &words, INDENT);
    let context =
        format!("{} tokens of input and output {}", count(sheet.context.tokens), sources.mark(&sheet.context.source));
    let mut lines = vec![fact("Context", context)];
    let most = sheet.max_output.as_ref().map_or_else(
        || "none: it writes nothing".to_owned(),
        |limit| {
            format!("{} tokens, reserved when max_tokens is unset {}", count(limit.tokens), sources.mark(&limit.source))
        },
    );
    lines.push(fact("Output", most));
    let burndown =
        sheet.burndown.iter().map(|row| format!("{}x from {} {}", row.times, row.from, sources.mark(&row.source)));
    let burndown: Vec<String> = burndown.collect();
    lines.push(fact("Burndown", format!("an output token counts {}", burndown.join(", then "))));
    lines.push(fact(
        "Prompt cache",
        sheet.cache.as_ref().map_or_else(|| "none".to_owned(), |known| cache(known, sources)),
    ));
    lines.push(fact(
        "Life",
        sheet.lifecycle.as_ref().map_or_else(|| "no end announced".to_owned(), |life| lived(life, sources)),
    ));
    lines.push(fact("Bare id", bare(sheet)));
    lines.concat()
}

fn cache<'a>(cache: &'a Cache, sources: &mut Sources<'a>) -> String {
    let (ttls, mark) = (cache.ttls.join(" or "), sources.mark(&cache.source));
    let minimum = count(cache.minimum_tokens);
    format!(
        "from {minimum} tokens up to a checkpoint; lives {ttls}; at most {} checkpoints; looks back {} blocks {mark}",
        cache.checkpoints, cache.look_back_blocks
    )
}

fn lived<'a>(life: &'a Life, sources: &mut Sources<'a>) -> String {
    let states = [("legacy", &life.legacy), ("extended access", &life.extended_access), ("end", &life.end_of_life)];
    let told = states.iter().filter_map(|(state, day)| day.as_ref().map(|day| format!("{state} {day}")));
    format!("{} {}", told.collect::<Vec<_>>().join(", "), sources.mark(&life.source))
}

fn bare(sheet: &Sheet) -> String {
    match &sheet.regions_on_demand {
        None => "has a price in any Region".to_owned(),
        Some(regions) if regions.is_empty() => "cannot be called: the model needs a profile".to_owned(),
        Some(regions) => format!("has a price in {}", regions.join(", ")),
    }
}

fn profiles<'a>(profiles: &'a [Profile], layout: &Layout, sources: &mut Sources<'a>) -> String {
    let lines = profiles.iter().map(|profile| {
        let Some(source) = &profile.source else {
            return layout.hanging(&profile.prefix, "no list of Regions is known", INDENT);
        };
        let (from, to) = (profile.sources.join(", "), profile.destinations.join(", "));
        let words = match from == to {
            true => format!("called from, and runs in, {from} {}", sources.mark(source)),
            false => format!("called from {from}; runs in {to} {}", sources.mark(source)),
        };
        layout.hanging(&profile.prefix, &words, INDENT)
    });
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("Profiles\n{lines}") }
}

fn prices<'a>(prices: &'a [Price], layout: &Layout, sources: &mut Sources<'a>) -> String {
    let head = [
        left("USD per million"),
        right("input"),
        right("output"),
        right("read"),
        right("write 5m"),
        right("write 1h"),
        left("source"),
    ];
    let place = |price: &Price| (price.via.clone(), price.regions.clone(), price.from.clone());
    let groups = prices.chunk_by(|one, next| place(one) == place(next)).map(|group| {
        let rows: Vec<_> = group.iter().map(|price| priced(price, sources.mark(&price.source))).collect();
        let (via, regions, from) = place(&group[0]);
        let about = format!("Price by {via}, {}, from {from}", places(&regions));
        layout.paragraph(&about, 0) + &layout.table(&head, &rows)
    });
    groups.collect::<Vec<_>>().join("\n")
}

fn priced(price: &Price, mark: String) -> Vec<String> {
    let classes = [price.input, price.output, price.cache_read, price.cache_write_5m, price.cache_write_1h];
    let cells = classes.map(|rate| rate.as_ref().map_or_else(|| NONE.to_owned(), Money::to_string));
    let tier = match price.input_above {
        Some(tokens) => format!("{} above {} input", price.tier, count(tokens)),
        None => price.tier.clone(),
    };
    std::iter::once(tier).chain(cells).chain([mark]).collect()
}

fn places(regions: &str) -> String {
    if regions == "any" { "any Region".to_owned() } else { regions.to_owned() }
}

fn quotas<'a>(quotas: &'a [Quota], layout: &Layout, sources: &mut Sources<'a>) -> String {
    if quotas.is_empty() {
        return "No default quota is known.\n".to_owned();
    }
    let head = [left("default quota"), right("tokens/min"), right("requests/min"), right("tokens/day"), left("source")];
    let limit = |limit: Option<u64>| limit.map_or_else(|| NONE.to_owned(), count);
    let rows: Vec<_> = quotas
        .iter()
        .map(|row| {
            let pool = format!("{} {}, {}", row.via, row.tier, places(&row.regions));
            let limits = [row.tokens_per_minute, row.requests_per_minute, row.tokens_per_day].map(limit);
            std::iter::once(pool).chain(limits).chain([sources.mark(&row.source)]).collect()
        })
        .collect();
    layout.table(&head, &rows)
}

/// What stands beside the quotas of the model itself.
fn across<'a>(sheet: &'a Sheet, layout: &Layout, sources: &mut Sources<'a>) -> String {
    let Some(quota) = &sheet.account_quota else { return String::new() };
    let (tokens, mark) = (count(quota.tokens_per_day), sources.mark(&quota.source));
    let words = format!("All models of an account share {tokens} tokens a day in a Region, from {} {mark}", quota.from);
    layout.paragraph(&words, 0)
}

fn provisioned<'a>(sheet: &'a Sheet, layout: &Layout, sources: &mut Sources<'a>) -> String {
    if sheet.provisioned.is_empty() {
        return "Provisioned throughput: no price is published.\n".to_owned();
    }
    let head = [left("model unit"), left("term"), left("from"), right("USD per hour"), left("source")];
    let rows = sheet.provisioned.iter().map(|row| {
        let mark = sources.mark(&row.source);
        vec![places(&row.regions), row.term.clone(), row.from.clone(), row.per_hour.to_string(), mark]
    });
    layout.table(&head, &rows.collect::<Vec<_>>())
}

fn reserved<'a>(sheet: &'a Sheet, layout: &Layout, sources: &mut Sources<'a>) -> String {
    if sheet.reserved.is_empty() {
        return "Reserved tier: not sold, as far as a price is published.\n".to_owned();
    }
    let head = [
        left("reserved, USD per hour and 1,000 tokens/min"),
        left("term"),
        left("from"),
        right("input"),
        right("output"),
        left("source"),
    ];
    let rows = sheet.reserved.iter().map(|row| {
        let place = format!("{}, {}", row.via, places(&row.regions));
        let prices = [row.input, row.output].map(|price| price.to_string());
        let told = [place, row.term.clone(), row.from.clone()].into_iter().chain(prices);
        told.chain([sources.mark(&row.source)]).collect()
    });
    layout.table(&head, &rows.collect::<Vec<_>>())
}

fn service<'a>(rows: &'a [Service], layout: &Layout, sources: &mut Sources<'a>) -> String {
    if rows.is_empty() {
        return "Service time: no measurement is known.\n".to_owned();
    }
    let head = [left("measured"), right("ttft p50"), right("p90"), right("tokens/s p50"), right("p90"), left("source")];
    let rate = |thousandths: u64| format!("{}.{}", thousandths / 1_000, thousandths % 1_000 / 100);
    let rows = rows.iter().map(|row| {
        let times = [row.ttft_p50_us, row.ttft_p90_us].map(duration);
        let rates = [row.output_rate_p50_thousandths, row.output_rate_p90_thousandths].map(rate);
        let told = std::iter::once(row.tier.clone()).chain(times).chain(rates);
        told.chain([sources.mark(&row.source)]).collect()
    });
    layout.table(&head, &rows.collect::<Vec<_>>())
}
