//! What holds for every chart.

use proptest::prelude::*;

use super::*;

fn line_chart(series: Vec<Series>, limits: Vec<Limit>) -> LineChart {
    LineChart {
        id: "demand".to_owned(),
        title: "Demand & <quota>".to_owned(),
        description: "Demand \"peaks\" at 1.5M.".to_owned(),
        start: "2026-12-01T00:00:00Z".parse().expect("a timestamp"),
        step_seconds: 60,
        unit: "tokens per minute".to_owned(),
        series,
        limits,
    }
}

fn series(name: &str, values: Vec<f64>) -> Series {
    Series { name: name.to_owned(), values, style: Style::Area }
}

fn limit(name: &str, value: f64) -> Limit {
    Limit { name: name.to_owned(), value, during: None }
}

fn during(name: &str, value: f64, steps: Range<usize>) -> Limit {
    Limit { during: Some(steps), ..limit(name, value) }
}

fn bar_chart(categories: usize, layers: usize) -> BarChart {
    let layer = |layer: usize| Layer {
        name: format!("layer <{layer}>"),
        values: (0..categories).map(|index| (index * 7 % 11 + layer) as f64).collect(),
    };
    BarChart {
        id: "cost".to_owned(),
        title: "Cost".to_owned(),
        description: "Cost per day.".to_owned(),
        unit: "USD".to_owned(),
        categories: (0..categories).map(|index| format!("day '{index}'")).collect(),
        layers: (0..layers).map(layer).collect(),
    }
}

/// A jagged week or month, one value per minute.
fn jagged(length: usize) -> Vec<f64> {
    let noise = |index: usize| (index * 7_919 % 1_009) as f64;
    (0..length).map(|index| 1_000.0 * noise(index)).collect()
}

fn line_charts() -> Vec<LineChart> {
    let week = || series("demand", jagged(10_080));
    vec![
        line_chart(vec![], vec![limit("quota", 5.0)]),
        line_chart(vec![series("empty", vec![])], vec![]),
        line_chart(vec![series("point", vec![3.0])], vec![]),
        line_chart(vec![series("zeros", vec![0.0; 90])], vec![limit("quota", 0.0)]),
        line_chart(vec![series("constant", vec![7.0; 10_080])], vec![]),
        line_chart(vec![series("below", vec![-3.0, 2.0])], vec![]),
        line_chart(vec![week(), series("short", vec![1.0, 2.0])], vec![limit("a<b", 9e5)]),
        line_chart(vec![week()], vec![limit("quota", 1e5); 20]),
        line_chart(
            vec![week()],
            vec![during("quota at first", 1e5, 0..4_000), during("from 9 Dec", 9e5, 4_000..20_000)],
        ),
        line_chart(vec![series("point", vec![3.0])], vec![during("not yet", 2.0, 5..9)]),
        line_chart((0..12).map(|_| series("one of many", jagged(44_640))).collect(), vec![]),
    ]
}

fn curve_chart(curves: Vec<Curve>, limits: Vec<Limit>, posts: Vec<(String, u64)>) -> CurveChart {
    CurveChart {
        id: "breakeven".to_owned(),
        title: "Cost by units of a <pool>".to_owned(),
        description: "A month costs \"least\" at 3.".to_owned(),
        counted: "units".to_owned(),
        unit: "USD a month".to_owned(),
        curves,
        limits,
        posts,
    }
}

fn curve(name: &str, points: Vec<(u64, f64)>) -> Curve {
    Curve { name: name.to_owned(), marked: points.first().map(|(count, _)| *count), points }
}

fn curve_charts() -> Vec<CurveChart> {
    let valley = |last: u64| (0..=last).map(|count| (count, 5.0 + (count as f64 - 3.0).abs())).collect::<Vec<_>>();
    let post = |count| ("P95 & more".to_owned(), count);
    vec![
        curve_chart(vec![], vec![limit("on demand", 5.0)], vec![post(3)]),
        curve_chart(vec![curve("empty", vec![])], vec![], vec![post(0)]),
        curve_chart(vec![curve("point", vec![(0, 3.0)])], vec![limit("on demand", 3.0)], vec![post(0)]),
        curve_chart(
            vec![curve("a<b", valley(9)), curve("short", valley(2))],
            vec![limit("on demand", 9.0)],
            vec![post(8)],
        ),
        curve_chart((0..9).map(|_| curve("one of many", valley(200))).collect(), vec![], vec![post(199), post(1)]),
        curve_chart(vec![curve("far", vec![(0, 0.0), (1_000_000_000, 1e300)])], vec![limit("on demand", 1.0)], vec![]),
    ]
}

fn heat_chart(rows: usize, columns: usize) -> HeatChart {
    HeatChart {
        id: "week".to_owned(),
        title: "Calls by <hour>".to_owned(),
        description: "Most \"calls\" come at 3.".to_owned(),
        unit: "calls".to_owned(),
        rows: (0..rows).map(|row| format!("day <{row}>")).collect(),
        columns: (0..columns).map(|column| format!("{column:02}:00")).collect(),
        values: (0..rows).map(|row| (0..columns).map(|column| (row * column % 7) as f64).collect()).collect(),
    }
}

fn all() -> Vec<String> {
    let heats = [(0, 0), (1, 1), (7, 24), (2, 1)].map(|(rows, columns)| heat(&heat_chart(rows, columns)));
    let bar_sizes = [(0, 0), (0, 2), (1, 1), (1, 3), (14, 3), (40, 8), (92, 6)];
    let bar_charts = bar_sizes.map(|(categories, layers)| bars(&bar_chart(categories, layers)));
    let drawn = line_charts().iter().map(lines).chain(bar_charts).collect::<Vec<_>>();
    drawn.into_iter().chain(curve_charts().iter().map(curves)).chain(heats).collect()
}

#[test]
fn every_chart_is_well_formed_and_small() {
    for svg in all() {
        well_formed(&svg);
        assert!(svg.len() < 40_000, "{} bytes", svg.len());
    }
}

#[test]
fn the_same_chart_is_the_same_bytes() {
    assert_eq!(all(), all());
}

#[test]
fn nothing_is_drawn_outside_the_picture() {
    for svg in all() {
        let view = &svg[svg.find("viewBox=\"-10 0 740 ").expect("a viewBox") + 19..];
        let height: f64 = view[..view.find('"').expect("a quote")].parse().expect("a height");
        for text in svg.split("<text ").skip(1) {
            let place = |name: &str| -> f64 {
                let from = text.find(name).expect("a coordinate") + name.len();
                text[from..].split('"').next().and_then(|x| x.parse().ok()).expect("a number")
            };
            assert!((0.0..=720.0).contains(&place(" x=\"")), "{text}");
            assert!((10.0..=height).contains(&place(" y=\"")), "{text}");
        }
    }
}

#[test]
fn tooltips_say_the_time_and_every_value() {
    let demand = series("demand", vec![1.0, 1_550_000.0]);
    let svg = lines(&line_chart(vec![demand], vec![limit("quota", 1e6)]));
    assert!(svg.contains("<title>2026-12-01 00:01 UTC: demand 1.55M, quota 1M</title>"));

    let hours = lines(&line_chart(vec![series("demand", vec![5.0; 240])], vec![]));
    assert!(hours.contains("<title>2026-12-01 00:00 to 00:02 UTC: demand up to 5<"));
}

#[test]
fn a_curve_has_a_dot_at_what_is_marked_and_a_post_its_name() {
    let found = curve("for 1 month", vec![(0, 9.0), (1, 7.0), (2, 8.5)]);
    let chart = curve_chart(
        vec![Curve { marked: Some(1), ..found }],
        vec![limit("on demand", 9.0)],
        vec![("P95 + 20%".to_owned(), 2)],
    );
    let svg = curves(&chart);
    assert_eq!(svg.matches("<circle").count(), 1);
    assert!(svg.contains(">P95 + 20%</text>") && svg.contains(">on demand 9</text>"));
    assert!(svg.contains("<title>1 units: for 1 month 7</title>"), "{svg}");
    let nowhere = Curve { marked: Some(5), ..curve("for 1 month", vec![(0, 9.0), (1, 7.0)]) };
    assert!(!curves(&curve_chart(vec![nowhere], vec![], vec![])).contains("<circle"));
}

#[test]
fn limits_are_dashed_and_labelled_or_off_the_chart() {
    let demand = || series("demand", vec![40_000.0, 50_000.0]);
    let near = lines(&line_chart(vec![demand()], vec![limit("quota", 60_000.0)]));
    assert!(near.contains("<path class=\"tc-limit\""));
    assert!(near.contains(">quota 60k</text>"));

    let far = lines(&line_chart(vec![demand()], vec![limit("quota", 5e6)]));
    assert!(!far.contains("<path class=\"tc-limit\""));
    assert!(far.contains(">↑ quota 5M is off the chart (1% used)</text>"));
    assert!(far.contains(">60k</text>"), "the axis follows the demand");
}

#[test]
fn the_fullest_cell_is_darkest_and_an_empty_one_has_no_shade() {
    let mut chart = heat_chart(1, 3);
    chart.values = vec![vec![0.0, 5.0, 1_000.0]];
    let svg = heat(&chart);
    let shades: Vec<&str> = svg.split("fill-opacity=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(shades, ["0", ".08", "1"]);
    assert!(svg.contains("<title>day &lt;0&gt; 02:00: 1k calls</title>") && svg.contains("darkest 1k"));
}

#[test]
fn ids_begin_with_the_id_of_the_chart() {
    let svg = bars(&bar_chart(3, 2));
    for id in svg.split(" id=\"").skip(1) {
        assert!(id.starts_with("cost"), "{id}");
    }
    assert!(svg.contains("aria-labelledby=\"cost-title cost-desc\""));
}

#[test]
#[should_panic(expected = "finite")]
fn a_value_that_is_not_a_number_is_a_defect() {
    lines(&line_chart(vec![series("demand", vec![f64::NAN])], vec![]));
}

proptest! {
    #[test]
    fn any_value_can_be_drawn(
        values in prop::collection::vec(prop_oneof![-1e300..1e300_f64, -9.0..9.0, Just(5e-324)], 0..9),
        quota in prop_oneof![-1e300..1e300_f64, 0.0..9.0_f64],
        start in -377705023201_i64..253402207200,
        step_seconds: u64,
    ) {
        let mut chart = line_chart(vec![series("demand", values.clone())], vec![limit("quota", quota)]);
        chart.start = Timestamp::from_second(start).expect("a timestamp");
        chart.step_seconds = step_seconds;
        well_formed(&lines(&chart));

        let mut chart = bar_chart(values.len(), 1);
        chart.layers[0].values = values;
        well_formed(&bars(&chart));
    }
}

/// Tags nest, attributes are quoted, and names from users' files are escaped.
fn well_formed(svg: &str) {
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').expect("tags are closed");
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).expect("a name");
        assert!(tag.matches('"').count() % 2 == 0, "{tag}");
        assert!(!text.contains(['"', '\'']) || open.last() == Some(&"style") || name == "style");
        for entity in tag.split('&').skip(1).chain(text.split('&').skip(1)) {
            let end = entity.find(';').expect("an entity");
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&&entity[..end]), "{entity}");
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
