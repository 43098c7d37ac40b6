//! What can be typed.

mod changes;
mod prices;
mod traces;

pub(super) use changes::Changes;
pub(super) use prices::{ImportFrom, OfPrices, PricesCommand};
pub(super) use traces::{Convert, Head, OfTraces, Profile, Reading, Recordings, Stats, TraceCommand};

use crate::bedrock::term::Term;
use crate::pricing::{PROVISIONED_TERMS, UsdPerHour};
use crate::report::export::Percentile;
use crate::scenario::ScenarioFile;
use crate::units::{Tokens, Usd};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// What Amazon Bedrock traffic costs, when it throttles, and why - the same bytes every time.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 done, within limits; 1 a limit is broken (check); 2 the input is wrong; 3 the tool failed."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Simulate a scenario, print the answer and write its report.
    Run(Run),
    /// Hold scenarios to their budgets; exits with 1 when a limit is broken.
    Check(Check),
    /// Hold the traffic of a scenario against capacity that can be bought, and find the cheapest.
    Breakeven(Breakeven),
    /// Write the forecast bill of one run for other tools: FOCUS, rows like those of a CUR, or plain lines.
    Export(Export),
    /// Bill an earlier run with another price book, without simulating again, and show the difference line by line.
    Reprice(Reprice),
    /// Say why an attempt was refused, who held the quota then, and the smallest change that lets it pass.
    Why(Why),
    /// Run a scenario with each retry mode of an SDK, and compare what is served, how long it waits and what it costs.
    CompareClients(CompareClients),
    /// Hold the report of a run against what AWS billed: usage type by usage type, residual and what it is made of.
    Reconcile(Reconcile),
    /// Say what a finding or a refusal means and what to do about it; alone, list all of them.
    Explain(Explain),
    /// List the models of the price book, or show what is known of one, with sources.
    Models(Models),
    /// List prices, show their history, compare books and sources, lint a book, or import a source.
    Prices(OfPrices),
    /// Import recordings of traffic, and look at them: convert, head, stats, profile.
    Trace(OfTraces),
    /// Write a commented scenario to start from, or one made of recordings; never overwrites.
    Init(Init),
    /// Print the JSON Schema of a file format.
    Schema(Schema),
}

#[derive(Debug, Args)]
pub(super) struct Run {
    /// The scenario file.
    pub(super) scenario: PathBuf,
    /// What to print on stdout.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Run it under all three ways of cutting a minute of quota, and say whether the answer depends on it.
    #[arg(long)]
    pub(super) windows: bool,
    /// Run it with the undocumented rules of `account.rules` read the other way, and say whether the answer depends on them.
    #[arg(long)]
    pub(super) rules: bool,
    /// The folder of the report [default: reports/<scenario name>].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) prices: Prices,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The scenario files.
    #[arg(required = true, value_name = "FILE")]
    pub(super) scenarios: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) prices: Prices,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The scenario file.
    pub(super) scenario: PathBuf,
    /// What to write.
    #[arg(long, value_enum)]
    pub(super) to: To,
    /// The version of FOCUS [default: 1.2].
    #[arg(long, value_enum, value_name = "VERSION")]
    pub(super) focus_version: Option<FocusVersion>,
    /// The replication whose cost stands at a percentile (p50, p90, p95), in a file of its own, instead of the run under
    /// the scenario's own seed. May be repeated.
    #[arg(long, value_name = "PERCENTILE")]
    pub(super) percentile: Vec<Percentile>,
    /// The variant to run.
    #[arg(long, value_name = "NAME", default_value = ScenarioFile::BASE)]
    pub(super) variant: String,
    /// The folder of the files [default: reports/<scenario name>].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) prices: Prices,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum To {
    /// FinOps Open Cost and Usage Specification: one row a day, app and SKU, and the metadata beside it.
    Focus,
    /// Rows like those of a Cost and Usage Report 2.0.
    Cur,
    /// The lines of the bill by day.
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FocusVersion {
    /// What AWS Data Exports delivers.
    #[value(name = "1.2")]
    V1_2,
    /// The latest, as far as a forecast has something to say.
    #[value(name = "1.4")]
    V1_4,
}

#[derive(Debug, Args)]
pub(super) struct Reprice {
    /// The summary.json of a run, or the folder that it is in.
    pub(super) summary: PathBuf,
    /// The variant [default: the scenario as written].
    #[arg(long, value_name = "NAME")]
    pub(super) variant: Option<String>,
    /// What to print on stdout; JSON is not the report's.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) prices: Prices,
}

#[derive(Debug, Args)]
pub(super) struct Breakeven {
    /// The scenario file; its variants play no part.
    pub(super) scenario: PathBuf,
    /// One app, instead of all that share a pool.
    #[arg(long, value_name = "NAME")]
    pub(super) app: Option<String>,
    /// Input tokens per minute that one unit of provisioned throughput handles; AWS publishes no figure.
    #[arg(long, value_name = "TPM", value_parser = throughput, requires = "unit_output")]
    pub(super) unit_input: Option<Tokens>,
    /// Output tokens per minute that it handles.
    #[arg(long, value_name = "TPM", value_parser = throughput, requires = "unit_input")]
    pub(super) unit_output: Option<Tokens>,
    /// The price of a unit in USD by the hour under a term (none, 1_month, 6_months), instead of the price
    /// book's: `--unit-price 1_month=21.18`. May be repeated.
    #[arg(long, value_name = "TERM=USD", value_parser = unit_price)]
    pub(super) unit_price: Vec<(Term, Usd)>,
    /// What to print on stdout.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// The folder of the report [default: reports/<scenario name>].
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) prices: Prices,
}

/// Tokens per minute above zero, and not beyond what any quota holds.
fn throughput(text: &str) -> Result<Tokens, String> {
    let tokens = Tokens::parse(text)?;
    match tokens.0 {
        0 => Err("a unit that handles nothing".to_owned()),
        _ if tokens > Tokens::MAX_QUOTA => {
            Err(format!("`{text}` is more than {} tokens per minute", Tokens::MAX_QUOTA))
        }
        _ => Ok(tokens),
    }
}

/// A term and a price, as `1_month=21.18`.
fn unit_price(text: &str) -> Result<(Term, Usd), String> {
    let (term, price) = text.split_once('=').ok_or("write a term and a price, as `1_month=21.18`")?;
    let found = PROVISIONED_TERMS.into_iter().find(|known| known.name() == term);
    let known = || PROVISIONED_TERMS.map(Term::name).join(", ");
    let found =
        found.ok_or_else(|| format!("`{term}` is not a term of provisioned throughput; there are {}", known()))?;
    Ok((found, UsdPerHour::parse(price)?.0))
}

#[derive(Debug, Args)]
pub(super) struct Prices {
    /// A folder of price files (*.yaml) to lay over the bundled ones.
    #[arg(long, value_name = "DIR")]
    pub(super) pricing: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Why {
    /// The scenario file.
    pub(super) scenario: PathBuf,
    /// The n-th throttled attempt of the run [default: 1].
    #[arg(long, value_name = "N", conflicts_with = "request")]
    pub(super) throttled: Option<u64>,
    /// A request of an app, counted from one, or a task of one that works in tasks: its first throttled attempt.
    #[arg(long, value_name = "APP/NUMBER")]
    pub(super) request: Option<String>,
    /// The variant to run.
    #[arg(long, value_name = "NAME", default_value = ScenarioFile::BASE)]
    pub(super) variant: String,
    /// What to print on stdout; JSON is not the report's.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) prices: Prices,
}

#[derive(Debug, Args)]
pub(super) struct CompareClients {
    /// The scenario file; its variants play no part.
    pub(super) scenario: PathBuf,
    /// The one app whose client is changed, instead of all.
    #[arg(long, value_name = "NAME")]
    pub(super) app: Option<String>,
    /// What to print on stdout; JSON is not the report's.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) prices: Prices,
}

#[derive(Debug, Args)]
pub(super) struct Reconcile {
    /// The report of a run: its folder, or its summary.json.
    pub(super) run: PathBuf,
    /// What AWS billed: a CSV of CUR 2.0, of FOCUS or of the Cost Explorer, grouped by usage type.
    #[arg(long, value_name = "FILE")]
    pub(super) actual: PathBuf,
    /// The variant of the run [default: the scenario as written].
    #[arg(long, value_name = "NAME")]
    pub(super) variant: Option<String>,
    /// What to print on stdout; JSON is not the report's.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) prices: Prices,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, as in `warning[max-tokens-unset]`.
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Models {
    #[command(subcommand)]
    pub(super) command: Option<ModelsCommand>,
    /// The day to tell states and burndown for [default: the day on which the price book was last checked].
    #[arg(long, value_name = "DATE", global = true)]
    pub(super) on: Option<Date>,
    /// What to print on stdout.
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    pub(super) format: Format,
    /// A folder of price files (*.yaml) to lay over the bundled ones.
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) pricing: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum ModelsCommand {
    /// Show prices, quotas, cache, tiers, profiles and life of one model, each with its source.
    Show {
        /// A short name, a model id or a profile id such as us.anthropic.claude-haiku-4-5-20251001-v1:0.
        id: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The file to write.
    #[arg(default_value = "scenario.yaml")]
    pub(super) file: PathBuf,
    /// Make it of recordings: files or folders, plain or packed, all of one kind. May be repeated. Their calls are
    /// written to a trace beside the scenario.
    #[arg(long, value_name = "RECORDING")]
    pub(super) from: Vec<PathBuf>,
    /// The account's quotas: the JSON of `aws service-quotas list-service-quotas --service-code bedrock`.
    #[arg(long, value_name = "FILE", requires = "from")]
    pub(super) quotas: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) prices: Prices,
}

impl Init {
    /// Something is said of recordings, and none is named.
    pub(super) fn names_no_recording(&self) -> bool {
        let nothing_said = Arguments::try_parse_from(["tokencast", "init"]).map(|arguments| arguments.command);
        let said = !matches!(nothing_said, Ok(Command::Init(plain))
            if (&plain.reading, &plain.changes) == (&self.reading, &self.changes));
        self.from.is_empty() && said
    }
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The format.
    #[arg(value_enum)]
    pub(super) format: Described,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A short text for people.
    Text,
    /// JSON; of a run, that of summary.json; of a break-even, that of breakeven.json.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Described {
    /// Scenario files.
    Scenario,
    /// Price files.
    Pricing,
    /// summary.json and `run --format json`.
    Report,
    /// breakeven.json and `breakeven --format json`.
    Breakeven,
}
