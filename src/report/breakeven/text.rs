//! What `tokencast breakeven` prints: plain text without colour, the same everywhere.

use super::model::{Bought, Breakeven, Duration, Kind, Offer, Price, Purchase, Regret, Run, Subject, Term};
use super::verdict::under;
use crate::report::format::{count, percent, printable};
use crate::report::money::Money;
use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::{left, right};
use crate::report::terminal::warning;

/// The answer in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(breakeven: &Breakeven, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let mut sections: Vec<String> =
        breakeven.subjects.iter().flat_map(|one| subject(one, breakeven, &layout)).collect();
    if !breakeven.without_price.is_empty() {
        let words = format!("Nothing that can be bought has a price for {}.", breakeven.without_price.join(", "));
        sections.push(layout.paragraph(&words, 0));
    }
    sections.extend(breakeven.findings.iter().map(|finding| warning(finding, &layout)));
    sections.push(layout.paragraph(&breakeven.price_book.told(), 0));
    sections.retain(|section| !section.is_empty());
    printable(&sections.join("\n"))
}

fn subject(subject: &Subject, whole: &Breakeven, layout: &Layout) -> Vec<String> {
    let words = format!(
        "{} ({}): {} input and {} output tokens cost {} on demand for {}. Scaled to a month of 730 hours, that is {}. \
         Every call counts once, in the minute of its arrival.",
        subject.pool,
        subject.apps.join(", "),
        count(subject.input_tokens),
        count(subject.output_tokens),
        subject.on_demand.total.rounded(),
        crate::report::format::duration(whole.period.duration_us),
        subject.on_demand.month.rounded(),
    );
    let offers = subject.offers.iter().flat_map(|one| offer(one, layout));
    std::iter::once(layout.paragraph(&words, 0)).chain(offers).collect()
}

fn offer(offer: &Offer, layout: &Layout) -> Vec<String> {
    let demand: String = offer.demand.iter().map(|curve| layout.paragraph(&duration(curve), 0)).collect();
    let verdict = offer.verdict.iter().map(|sentence| layout.paragraph(sentence, 0)).collect();
    let terms = layout.paragraph(&title(offer), 0) + "\n" + &prices(offer, layout);
    let runs = runs(offer, layout);
    vec![terms, unknown(offer, layout), demand, purchases(offer, layout), verdict, runs, regrets(offer, layout)]
}

fn title(offer: &Offer) -> String {
    match (offer.kind, offer.unit) {
        (Kind::Provisioned, Some(unit)) => format!(
            "Provisioned throughput, in units of {} input and {} output tokens per minute. One pays from so much \
             traffic on, hour after hour:",
            count(unit.input),
            count(unit.output)
        ),
        (Kind::Provisioned, None) => {
            "Provisioned throughput. One unit pays from so much traffic on, hour after hour:".to_owned()
        }
        (Kind::Reserved, _) => "Reserved tier, input and output bought apart by 1,000 tokens per minute, at least \
                                100,000 and 10,000. A thousand pays from so much traffic on, hour after hour:"
            .to_owned(),
    }
}

fn prices(offer: &Offer, layout: &Layout) -> String {
    let columns = [
        left("term"),
        left("buys"),
        right("an hour"),
        right("pays at tokens/min"),
        right("tokens/h").rank(1),
        right("utilisation"),
    ];
    let row = |term: &Term, price: &Price| {
        let or_not = |found: Option<u64>| found.map_or_else(|| "-".to_owned(), count);
        let utilisation = price.pays_at_utilisation.map(|share| match share.part > share.whole {
            true => format!("{} (never)", percent(share)),
            false => percent(share),
        });
        vec![
            term.term.clone(),
            price.what.replace("tokens per minute", "TPM"),
            price.per_hour.aligned(price.per_hour.decimals()),
            or_not(price.pays_at_tokens_per_minute),
            or_not(price.pays_at_tokens_per_hour),
            utilisation.unwrap_or_else(|| "-".to_owned()),
        ]
    };
    let rows: Vec<_> = offer.terms.iter().flat_map(|term| term.prices.iter().map(|price| row(term, price))).collect();
    layout.table(&columns, &rows)
}

/// Said where demand cannot be counted in units.
fn unknown(offer: &Offer, layout: &Layout) -> String {
    if offer.kind == Kind::Reserved || offer.unit.is_some() {
        return String::new();
    }
    layout.paragraph(
        "AWS publishes no throughput of a unit, and none is invented here: how many units the traffic takes, and what \
         they would cost, takes your figures. Measure them or ask AWS, and give them in \
         `account.provisioned`, or with --unit-input and --unit-output.",
        0,
    )
}

fn duration(curve: &Duration) -> String {
    let thousandths = curve.of == "units";
    let told = [(500, "half of the minutes"), (900, "90%"), (950, "95%"), (990, "99%"), (1_000, "all")];
    let at = |per_thousand| curve.points.iter().find(|point| point.minutes_per_thousand == per_thousand);
    let points = told.into_iter().filter_map(|(per_thousand, name)| {
        let demand = at(per_thousand)?.demand;
        let demand =
            if thousandths { format!("{}.{:03}", count(demand / 1_000), demand % 1_000) } else { count(demand) };
        Some(format!("{name} up to {demand}"))
    });
    format!("Demand in {}: {}.", curve.of, points.collect::<Vec<_>>().join(", "))
}

fn purchases(offer: &Offer, layout: &Layout) -> String {
    let columns = [
        left("purchase"),
        right(bought_heading(offer)),
        right("month (730 h)"),
        right("capacity").rank(2),
        right("spill").rank(1),
        right("minutes above"),
        right("committed"),
    ];
    let row = |name: String, bought: &Purchase| {
        vec![
            name,
            amount(bought.bought),
            bought.cost.month.brief(),
            bought.capacity.brief(),
            bought.spill.brief(),
            percent(bought.minutes_above),
            bought.committed.brief(),
        ]
    };
    let Some(on_demand) = &offer.on_demand else { return String::new() };
    let rows = offer.terms.iter().flat_map(|term| {
        let named = [("least", &term.least), ("cheapest", &term.cheapest), ("P95 + 20%", &term.rule_of_thumb)];
        named.into_iter().filter_map(|(name, bought)| Some(row(format!("{}, {name}", term.term), bought.as_ref()?)))
    });
    let rows = std::iter::once(row("on demand".to_owned(), on_demand)).chain(rows);
    layout.table(&columns, &rows.collect::<Vec<_>>())
}

/// Whether the quota takes what each purchase leaves over.
fn runs(offer: &Offer, layout: &Layout) -> String {
    if offer.runs.is_empty() {
        return String::new();
    }
    let columns = [
        left("simulated"),
        right(bought_heading(offer)),
        right("requests throttled"),
        right("gave up"),
        right("spill"),
        left("what is left over"),
    ];
    let row = |run: &Run| {
        let fate = match (run.requests_throttled.part, run.gave_up) {
            (0, _) => "absorbed by the quota",
            (_, 0) => "throttled, then answered",
            _ => "more than the quota holds",
        };
        let name = if nothing(run.bought) { "on demand" } else { "bought first" }.to_owned();
        let throttled = percent(run.requests_throttled);
        vec![name, amount(run.bought), throttled, count(run.gave_up), run.spill.brief(), fate.to_owned()]
    };
    layout.table(&columns, &offer.runs.iter().map(row).collect::<Vec<_>>())
}

fn nothing(bought: Bought) -> bool {
    matches!(bought, Bought::Units(0)) || amount(bought) == "0/0"
}

fn bought_heading(offer: &Offer) -> &'static str {
    if offer.kind == Kind::Reserved { "in/out TPM" } else { "units" }
}

fn amount(bought: Bought) -> String {
    match bought {
        Bought::Units(units) => count(units),
        Bought::TokensPerMinute(tokens) => format!("{}/{}", count(tokens.input), count(tokens.output)),
    }
}

fn regrets(offer: &Offer, layout: &Layout) -> String {
    if offer.regrets.len() < 2 {
        return String::new();
    }
    let columns = [
        left("bought"),
        right(bought_heading(offer)),
        right("0.7x traffic"),
        right("1x"),
        right("1.3x"),
        right("dropped after 1 week"),
    ];
    let row = |regret: &Regret| {
        let name = if nothing(regret.bought) { "on demand".to_owned() } else { under(&regret.term) };
        let cells = regret.futures.iter().map(|found| match found.regret == Money::default() {
            true => format!("{}\nbest", found.cost.brief()),
            false => format!("{}\n{}", found.cost.brief(), found.regret.brief_change()),
        });
        [name, amount(regret.bought)].into_iter().chain(cells).collect()
    };
    let rows: Vec<Vec<String>> = offer.regrets.iter().map(row).collect();
    let note = "What each costs, and below it the regret: how much more that is than the best of its column. A month \
                of 730 hours; in the last column, all that is paid until the commitment ends.";
    layout.table(&columns, &rows) + &layout.paragraph(note, 0)
}
