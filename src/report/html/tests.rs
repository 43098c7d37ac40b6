use super::super::sample;
use super::*;

#[test]
fn a_hostile_name_stays_text() {
    let mut pages = sample::pages();
    let hostile = "<script>alert('x')</script>";
    let report = &mut pages.report;
    report.scenario.name = hostile.into();
    report.budgets[0].expr = hostile.into();
    report.findings[0].message = hostile.into();
    report.variants[0].name = hostile.into();
    report.variants[0].apps[0].name = hostile.into();
    report.variants[0].lines[0].app = hostile.into();
    report.variants[0].lines[0].source = format!("https://\"onclick=x {hostile}");
    pages.charts[0].title = hostile.into();
    let html = render(&pages);
    assert!(!html.contains("<script"), "a name became an element");
    assert!(!html.contains("\"onclick"), "a source left its attribute");
    assert!(html.matches("&#60;script&#62;").count() >= 8);
}

#[test]
fn the_page_is_offline_and_accessible() {
    let html = render(&sample::pages());
    for needed in [
        "<html lang=\"en\">",
        "name=\"viewport\"",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        "href=\"#main\"",
        "prefers-color-scheme: dark",
        "@media print",
    ] {
        assert!(html.contains(needed), "{needed} is missing");
    }
    for fetched in ["<script", "<link", "<img", "url(", "@import"] {
        assert!(!html.contains(fetched), "{fetched} would need the network or a script");
    }
}

#[test]
fn the_sections_come_in_reading_order() {
    let html = render(&sample::pages());
    let order = [
        "<h1>",
        "limits",
        "variants",
        "findings",
        "charts",
        "forecast",
        "bill",
        "pools",
        "latency",
        "assumptions",
        "provenance",
    ];
    let place = |id: &str| match id {
        "<h1>" => html.find(id),
        _ => html.find(&format!("<h2 id=\"{id}\"")),
    };
    let places = order.map(place);
    assert!(places.iter().all(Option::is_some), "{places:?}");
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn the_bill_shows_its_formula_and_adds_up_digit_for_digit() {
    let html = render(&sample::pages());
    for shown in ["304,819,200", "$1.10<a", "per million tokens", "$335.30112", "$534.88512"] {
        assert!(html.contains(shown), "{shown} is missing");
    }
}

#[test]
fn capacity_caching_and_routes_have_sections_where_there_is_something_to_say() {
    let mut pages = sample::pages();
    let plain = render(&pages);
    pages.report = sample::bought();
    let html = render(&pages);
    for id in ["bought", "caching", "routes"] {
        let heading = format!("<h2 id=\"{id}\"");
        assert!(html.contains(&heading) && !plain.contains(&heading), "{id}");
        assert!(html.contains(&format!("href=\"#{id}\"")), "{id} cannot be reached");
    }
    for shown in
        ["75.00%", "$360.00", "12<small>11 answered</small><small>for $0.77", "pays from 2 reads", "account sandbox"]
    {
        assert!(html.contains(shown), "{shown} is missing");
    }
    assert!(html.contains("no<small>input tokens per minute</small><small>from 2026-12-04 00:00 UTC"));
}

#[test]
fn tasks_and_retries_have_sections_where_there_are_any() {
    let mut pages = sample::pages();
    let plain = render(&pages);
    pages.report = sample::working();
    let html = render(&pages);
    for id in ["tasks", "retries"] {
        let heading = format!("<h2 id=\"{id}\"");
        assert!(html.contains(&heading) && !plain.contains(&heading), "{id}");
        assert!(html.contains(&format!("href=\"#{id}\"")), "{id} cannot be reached");
    }
    for shown in [
        "12,345<small>12,300 answered",
        "30<small>failed",
        "2,000 conversations",
        "4.2<small>P99 9",
        "$0.012<small>P99 $0.09",
        "8.33%<small>of 2,400",
        "3.40x<small>1,700 for 500",
        "$15.00<small>$11.00 retries</small><small>$4.00 abandoned",
        "of which retries and abandoned generations",
    ] {
        assert!(html.contains(shown), "{shown} is missing");
    }
}

#[test]
fn nobody_confuses_the_three_clocks() {
    assert!(render(&sample::pages()).contains("InvocationLatency would show 904 ms"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(render(&sample::pages()), render(&sample::pages()));
}

#[test]
fn an_empty_report_still_is_a_page() {
    let mut pages = sample::pages();
    let report = &mut pages.report;
    (report.variants, report.budgets, report.findings) = (vec![], vec![], vec![]);
    (report.forecast, report.assumptions, pages.charts) = (None, vec![], vec![]);
    let html = render(&pages);
    assert!(html.contains("No limits set"));
    assert!(html.ends_with("</html>"));
}

#[test]
fn the_bill_tells_idle_hours_discounts_and_what_is_free_apart() {
    let mut pages = sample::pages();
    let [tokens, output] = &mut pages.report.variants[0].lines[..] else { panic!("the sample has two lines") };
    tokens.unit = "millionth of model unit hour".into();
    tokens.usage_class = "idle".into();
    tokens.quantity = 7_250_000;
    tokens.list_rate = tokens.rate.times(2);
    (tokens.discount, tokens.overlay) = (Some("our-deal".into()), true);
    (output.rate, output.list_rate) = (crate::report::money::Money::from(0), crate::report::money::Money::from(0));
    let html = render(&pages);
    let row = html.lines().find(|line| line.contains("<small>idle</small>")).expect("a row of idle hours");
    for told in ["7.25", "model unit hour", "discount our-deal", "your price book", "list $2.20"] {
        assert!(row.contains(told), "{told} is missing: {row}");
    }
    assert!(html.contains("<td class=\"n\">free<a"), "a known price of nothing is told as free");
    assert!(html.contains("1 of 2 lines of the bill use your own price book."));
    assert!(html.contains("Free by the price list: "));
}

#[test]
fn who_pays_stands_beside_the_bill_only_where_apps_have_tags() {
    let mut pages = sample::pages();
    assert!(render(&pages).contains("<h2 id=\"chargeback\">Who pays</h2>"));
    pages.report.variants.iter_mut().for_each(|variant| variant.chargeback.clear());
    assert!(!render(&pages).contains("id=\"chargeback\""));
}
