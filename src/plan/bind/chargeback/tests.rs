use crate::document::{Problems, Source};
use crate::plan::{Chargeback, Plan, bind};
use crate::scenario::ShareBy;

fn bound(chargeback: &str) -> Result<Plan, Problems> {
    let app = |tags: &str| {
        format!(
            "{{model: meta.llama3-3-70b-instruct-v1:0, region: us-west-2, max_tokens: 9, {tags} traffic: {{rate: 1/s, input: 1, \
             output: 1}}}}"
        )
    };
    let text = format!(
        "name: t\nstart: 2026-12-01T00:00:00Z\nhorizon: 1h\n{chargeback}apps:\n  a: {}\n  b: {}\n  c: {}\n",
        app("tags: {team: x, cost-centre: '7'},"),
        app(""),
        app("tags: {stage: prod, team: y},")
    );
    let file = crate::scenario::parse(&Source::new("t.yaml", text)).unwrap();
    bind(&file.base, &crate::pricing::bundled().unwrap())
}

#[test]
fn what_is_left_out_is_every_tag_and_usage() {
    let expected =
        Chargeback { by: ["team", "cost-centre", "stage"].map(str::to_owned).to_vec(), share: ShareBy::Usage };
    assert_eq!(bound("").unwrap().chargeback, expected);
    let asked = bound("chargeback: {by: [stage], share: peak}\n").unwrap().chargeback;
    assert_eq!((asked.by, asked.share), (vec!["stage".to_owned()], ShareBy::Peak));
}

#[test]
fn a_tag_that_no_app_has_and_one_that_is_named_twice_are_refused() {
    let problems = bound("chargeback: {by: [taem, team, team]}\n").unwrap_err().render();
    assert!(problems.contains("t.yaml:4:19: error: unknown tag `taem`"), "{problems}");
    assert!(problems.contains("did you mean `team`?"), "{problems}");
    assert!(problems.contains("t.yaml:4:31: error: the tag `team` stands here a second time"), "{problems}");
}
