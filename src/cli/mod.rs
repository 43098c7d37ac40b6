//! The shell: arguments, files, progress, exit codes. Computes nothing.

// A print macro panics when nobody listens: `streams` does not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod breakeven;
mod check;
mod clients;
mod exit;
mod explain;
mod export;
mod files;
mod init;
mod models;
mod output;
mod prices;
mod progress;
mod reconcile;
mod recordings;
mod reprice;
mod run;
mod schema;
mod streams;
mod trace;
mod why;

pub use exit::Exit;

use arguments::{Arguments, Command};
use clap::Parser;
use exit::Failure;

/// Does what the command line asks.
#[must_use]
pub fn main() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => {
            let _ = usage.print();
            return if usage.use_stderr() { Exit::Input } else { Exit::Within };
        }
    };
    let done = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Breakeven(arguments) => breakeven::breakeven(&arguments),
        Command::Models(arguments) => models::models(&arguments),
        Command::Prices(arguments) => prices::prices(&arguments),
        Command::Init(arguments) => init::init(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Schema(arguments) => schema::schema(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Reprice(arguments) => reprice::reprice(&arguments),
        Command::Why(arguments) => why::why(&arguments),
        Command::CompareClients(arguments) => clients::compare(&arguments),
        Command::Trace(arguments) => trace::trace(&arguments),
        Command::Reconcile(arguments) => reconcile::run(&arguments),
    };
    match done {
        Ok(exit) => exit,
        Err(Failure { exit, message }) => {
            streams::tell(&message);
            exit
        }
    }
}
