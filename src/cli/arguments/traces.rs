//! What can be typed after `tokencast trace`, and of recordings after `tokencast init --from`.

use super::{Changes, Format};
use crate::intake::{self, AppFrom};
use crate::trace::Columns;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct OfTraces {
    #[command(subcommand)]
    pub(in crate::cli) command: TraceCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TraceCommand {
    /// Import recordings, change them if asked, and write one trace: FILE.parquet, or FILE.csv to look at.
    Convert(Convert),
    /// Print the first calls.
    Head(Head),
    /// Print totals: calls and tokens by app, model, Region and tier.
    Stats(Stats),
    /// Print what kind of traffic it is - rates, bursts, lengths, reuse, outages - and write a page of charts.
    Profile(Profile),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Convert {
    /// The file to write, with the ending .parquet or .csv; never written over.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) to: PathBuf,
    /// Replace names of apps, accounts, sessions and requests by hashes with this salt. Keep the salt to yourself.
    #[arg(long, value_name = "SALT", value_parser = salt)]
    pub(in crate::cli) anonymise: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) recordings: Recordings,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Head {
    /// How many calls.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(in crate::cli) calls: usize,
    /// What to print on stdout; JSON is not the report's.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
    #[command(flatten)]
    pub(in crate::cli) recordings: Recordings,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Stats {
    /// What to print on stdout; JSON is not the report's.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
    #[command(flatten)]
    pub(in crate::cli) recordings: Recordings,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Profile {
    /// The clock for hours of the day and of the week: an IANA time zone.
    #[arg(long, value_name = "ZONE", default_value = "UTC", value_parser = time_zone)]
    pub(in crate::cli) timezone: jiff::tz::TimeZone,
    /// What to print on stdout; JSON is that of profile.json.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
    /// The folder of the page [default: reports/<name of the first recording>].
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) recordings: Recordings,
}

/// Where recordings are, what they do not say themselves, and what is done with them on the way.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Recordings {
    /// Files or folders, plain or packed (gzip, zstd), all of one kind.
    #[arg(required = true, value_name = "RECORDING")]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
    #[command(flatten)]
    pub(in crate::cli) changes: Changes,
}

/// What recordings do not say themselves.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(next_help_heading = "Reading")]
pub(in crate::cli) struct Reading {
    /// What the recordings are [default: told from their content].
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub(in crate::cli) kind: Option<intake::Format>,
    /// What names the app of a call: `usual` (the role that called, the service, the team), `metadata:KEY`, or
    /// `name:NAME` for all.
    #[arg(long, value_name = "WHAT", default_value = "usual", value_parser = app_from)]
    pub(in crate::cli) app_from: AppFrom,
    /// What names of models stand for, such as application inference profiles: the JSON of `aws bedrock
    /// list-inference-profiles`, or YAML with one `name: model` a line.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) models: Option<PathBuf>,
    /// The `max_tokens` of calls whose record does not say.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=2_147_483_647))]
    pub(in crate::cli) max_tokens: Option<u32>,
    /// Whether counts of input tokens include what was cached, where a format leaves that open: yes or no.
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    pub(in crate::cli) input_includes_cache: Option<bool>,
    /// When a recording begins whose times count from a zero of their own.
    #[arg(long, value_name = "TIME", default_value = "1970-01-01T00:00:00Z")]
    pub(in crate::cli) start: Timestamp,
    /// The columns of a CSV file: `time=ts,time_format=seconds,input=prompt,output=answer` and any other field of
    /// `tokencast trace head`.
    #[arg(long, value_name = "FIELD=COLUMN,...", value_parser = columns)]
    pub(in crate::cli) columns: Option<Columns>,
    /// The model or profile of calls whose record does not say.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) model: Option<String>,
    /// The Region of calls whose record does not say.
    #[arg(long, value_name = "REGION")]
    pub(in crate::cli) region: Option<String>,
    /// Places calls inside of coarse time stamps, cuts totals into calls, and draws what is thinned or copied.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// Refuse the recordings when anything of them cannot be taken.
    #[arg(long)]
    pub(in crate::cli) strict: bool,
}

impl Recordings {
    /// As they were typed.
    pub(in crate::cli) fn name(&self) -> String {
        self.inputs.iter().map(|input| input.display().to_string()).collect::<Vec<_>>().join(", ")
    }

    /// The name of the first without its folder and endings.
    pub(in crate::cli) fn stem(&self) -> String {
        let name = self.inputs.iter().find_map(|input| Some(input.file_name()?.to_string_lossy().into_owned()));
        let name = name.unwrap_or_default();
        name.split('.').find(|part| !part.is_empty()).unwrap_or("trace").to_owned()
    }
}

fn kind(text: &str) -> Result<intake::Format, String> {
    let all = intake::Format::ALL;
    let names = all.map(|format| format!("{} ({})", format.name(), format.about())).join(", ");
    all.into_iter().find(|format| format.name() == text).ok_or_else(|| format!("there are {names}"))
}

fn app_from(text: &str) -> Result<AppFrom, String> {
    match text.split_once(':') {
        None if text == "usual" => Ok(AppFrom::Usual),
        Some(("metadata", key)) if !key.is_empty() => Ok(AppFrom::Metadata(key.to_owned())),
        Some(("name", name)) if !name.is_empty() => Ok(AppFrom::Fixed(name.to_owned())),
        _ => Err("write `usual`, `metadata:KEY` or `name:NAME`".to_owned()),
    }
}

fn columns(text: &str) -> Result<Columns, String> {
    Columns::parse(text)
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write `yes` or `no`".to_owned()),
    }
}

fn salt(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("an empty salt hides nothing".to_owned()) } else { Ok(text.to_owned()) }
}

fn time_zone(text: &str) -> Result<jiff::tz::TimeZone, String> {
    jiff::tz::TimeZone::get(text).map_err(|_| "this is no IANA time zone, such as Europe/Berlin".to_owned())
}
