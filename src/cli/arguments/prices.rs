//! What can be typed after `tokencast prices`.

use super::Format;
use crate::bedrock::profile::Via;
use crate::bedrock::region::is_region;
use crate::bedrock::tier::Tier;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct OfPrices {
    #[command(subcommand)]
    pub(in crate::cli) command: PricesCommand,
    /// The day to tell prices and ages for [default: the day on which the price book was last checked].
    #[arg(long, value_name = "DATE", global = true)]
    pub(in crate::cli) on: Option<Date>,
    /// What to print on stdout.
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    pub(in crate::cli) format: Format,
    /// A folder of price files (*.yaml) to lay over the bundled ones.
    #[arg(long, value_name = "DIR", global = true)]
    pub(in crate::cli) pricing: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PricesCommand {
    /// The prices that hold on a day.
    List {
        /// One model: a short name or an id.
        #[arg(long, value_name = "NAME")]
        model: Option<String>,
        /// One Region, such as us-east-1.
        #[arg(long, value_parser = region)]
        region: Option<String>,
        /// One way: `on_demand`, `geo`, `global`.
        #[arg(long)]
        via: Option<Via>,
        /// One tier: standard, priority, flex, batch, `latency_optimized`.
        #[arg(long, value_parser = tier)]
        tier: Option<Tier>,
    },
    /// The dated history of one model's prices, with source, confidence and conflicts.
    Show {
        /// A short name, a model id or a profile id.
        model: String,
    },
    /// How B differs from A: each is `bundled`, a folder of price files, or a source as `litellm:FILE`, `page:FILE`,
    /// `aws:FILE`. A folder with a `sources.yaml` is a whole book, another is laid over the bundled one.
    Diff {
        /// What was.
        #[arg(value_name = "A")]
        before: String,
        /// What is.
        #[arg(value_name = "B")]
        after: String,
        /// Tell differences that the book explains as well.
        #[arg(long)]
        all: bool,
    },
    /// Hold a book to bounds that a mistyped price breaks, and to its age; exits with 1 when something is found.
    Lint {
        /// A folder of price files, laid over the bundled book or, with a `sources.yaml`, in its place.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Write what a source states and the book does not have, as a price file to review.
    ///
    /// The file is fetched by hand; nothing here uses the network:
    ///
    ///   curl -LO <https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json>
    ///   curl -LO <https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonBedrock/current/us-east-1/index.json>
    #[command(verbatim_doc_comment)]
    Import {
        /// What the file is.
        #[arg(value_enum)]
        from: ImportFrom,
        /// The file.
        file: PathBuf,
        /// Write a file instead of stdout.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write it over one that is there.
        #[arg(long, requires = "out")]
        overwrite: bool,
    },
}

/// Formats of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ImportFrom {
    /// LiteLLM's price map, as JSON or as a table (CSV) in USD per million tokens.
    Litellm,
    /// The tables of the Amazon Bedrock pricing page as a JSON list of rows.
    Page,
    /// An offer file of the AWS Price List, or the answer of `GetProducts`.
    Aws,
}

fn tier(text: &str) -> Result<Tier, String> {
    let found = Tier::ALL.into_iter().find(|tier| tier.name() == text);
    let known = || Tier::ALL.map(Tier::name).join(", ");
    found.ok_or_else(|| format!("`{text}` is not a tier; there are {}", known()))
}

/// A name that is spelled like that of a Region.
fn region(text: &str) -> Result<String, String> {
    match is_region(text) {
        true => Ok(text.to_owned()),
        false => Err("a Region is written as `us-east-1`".to_owned()),
    }
}
