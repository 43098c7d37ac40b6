//! `tokencast explain`.

use super::arguments;
use super::exit::{Exit, Failure};
use super::streams::print;
use crate::codes::Code;
use crate::document::nearest;
use crate::report::explain;

/// Explains one code, or lists them all.
pub(super) fn explain(arguments: &arguments::Explain) -> Result<Exit, Failure> {
    let text = match &arguments.code {
        None => explain::list(),
        Some(name) => explain::render(Code::named(name).ok_or_else(|| unknown(name))?),
    };
    print(&text)?;
    Ok(Exit::Within)
}

fn unknown(name: &str) -> Failure {
    let known: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let help = match nearest(name, &known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`tokencast explain` lists them".to_owned(),
    };
    Failure::input(format!("error: unknown code `{name}`\nhelp: {help}"))
}
