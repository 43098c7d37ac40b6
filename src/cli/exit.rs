//! How the program ends.

use crate::document::{Problem, Problems};
use crate::pipeline::{NoAnswer, Refused};
use crate::traffic::TraceError;
use std::process::{ExitCode, Termination};

/// Exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, within every limit.
    Within = 0,
    /// 1: a limit of a scenario is broken.
    Broken = 1,
    /// 2: the input is wrong: usage, scenario, trace, price book, output folder.
    Input = 2,
    /// 3: the tool failed: a file changed or a disk filled up while it ran.
    Tool = 3,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// What to say, and how to end.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn input(message: impl Into<String>) -> Self {
        Self { exit: Exit::Input, message: message.into() }
    }

    pub(super) fn tool(message: impl Into<String>) -> Self {
        Self { exit: Exit::Tool, message: message.into() }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Refused::from(problems).into()
    }
}

impl From<Refused> for Failure {
    fn from(Refused { scenario, traces }: Refused) -> Self {
        let places = scenario.sorted();
        let count = match places.len() + traces.len() {
            1 => "1 problem".to_owned(),
            many => format!("{many} problems"),
        };
        let texts = places.iter().map(Problem::render).chain(traces.iter().map(|error| format!("{error}\n")));
        let texts: Vec<String> = texts.collect();
        Self::input(format!("{}\n{count}; nothing was run and nothing was written", texts.join("\n")))
    }
}

impl From<NoAnswer> for Failure {
    fn from(none: NoAnswer) -> Self {
        match none {
            NoAnswer::NotThere(message) => Self::input(format!("error: {message}")),
            NoAnswer::Trace(error) => error.into(),
        }
    }
}

impl From<TraceError> for Failure {
    fn from(error: TraceError) -> Self {
        Self::tool(format!("{error}\nthe trace was good when the run began; it has changed since"))
    }
}
