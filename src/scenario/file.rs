//! The whole file: a scenario and its variants.

use super::check::check;
use super::variant;
use super::{Account, App, Budget, Chargeback, Elsewhere, Horizon, OtherAccount, Residency, Slug, Start, Zone};
use crate::document::{self, Decode, Located, Named, Problems, Source, Whole, section};
use schemars::generate::SchemaSettings;
use std::sync::Arc;

section! {
    /// One scenario: traffic on an AWS account over some time, and the limits that it must keep.
    pub struct Scenario {
        /// The name; also that of the folder of its reports.
        pub name: Slug,
        /// What the scenario is about, in a sentence or two; shown in the reports.
        pub about: Option<String>,
        /// The seed of all random draws: the same seed, the same bytes.
        pub seed: u64 = 1,
        /// The instant at which the simulated time starts, in UTC.
        pub start: Start,
        /// How long calls arrive. Needed by synthetic traffic; with traces only, left out, until the last row.
        pub horizon: Option<Horizon>,
        /// The time zone of the hours and weekdays of traffic shapes.
        pub timezone: Zone = "UTC",
        /// How many times the scenario is run, each time with its own seed, for P50 and P90.
        pub replications: Whole<1, 10_000> = 1,
        /// The AWS account of all apps that name no other.
        pub account: Account = {},
        /// Further AWS accounts by name, each with quotas of its own.
        pub accounts: Named<OtherAccount> = {},
        /// Where all calls may run: a profile that can leave it is refused. Left out: anywhere.
        pub residency: Option<Located<Residency>>,
        /// The apps by name; names are of lowercase letters, digits, `-` and `_`.
        #[schemars(extend("minProperties" = 1, "propertyNames" = { "pattern": "^[a-z0-9_-]+$" }))]
        pub apps: Named<App>,
        /// How the bill is told apart by the tags of apps. Left out: by every tag, shared capacity by usage.
        pub chargeback: Option<Chargeback>,
        /// Where the tokens could go instead, by name: compared with the scenario as written.
        pub elsewhere: Named<Elsewhere> = {},
        /// The limits that the scenario must keep.
        pub budgets: Vec<Budget> = [],
    }
    also "variants"
}

/// A scenario file, read.
#[derive(Debug, Clone)]
pub struct ScenarioFile {
    /// The scenario as it is written.
    pub base: Scenario,
    /// The variants in the order of the file, each a whole scenario.
    pub variants: Vec<(Located<String>, Scenario)>,
}

impl ScenarioFile {
    /// The name of the scenario without any variant, where variants are listed.
    pub const BASE: &'static str = "base";
}

/// Reads a scenario file.
///
/// # Errors
/// Every problem of the file.
pub fn parse(source: &Arc<Source>) -> Result<ScenarioFile, Problems> {
    match read(source) {
        (Some(file), problems) if problems.is_empty() => Ok(file),
        (_, problems) => Err(problems),
    }
}

/// Reads what can be read of a scenario file, and every problem of it: with problems, the scenario is
/// good for finding more of them and for nothing else.
#[must_use]
pub fn read(source: &Arc<Source>) -> (Option<ScenarioFile>, Problems) {
    let root = match document::parse(source) {
        Ok(root) => root,
        Err(problem) => return (None, problem.into()),
    };
    let mut problems = Problems::default();
    check(&root, &mut problems);
    let base = Scenario::decode(&root, &mut problems);
    let variants = variant::decode_all(&root, &mut problems);
    (base.map(|base| ScenarioFile { base, variants }), problems)
}

/// The JSON Schema (draft 7) of a scenario file.
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Scenario>();
    schema.insert("title".to_owned(), "tokencast scenario".into());
    if let Some(properties) = schema.get_mut("properties").and_then(serde_json::Value::as_object_mut) {
        properties.insert("variants".to_owned(), variant::schema().into());
    }
    schema.into()
}
