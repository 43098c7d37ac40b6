//! The header of a CSV file, and what its columns might mean.

use crate::intake::Input;
use crate::trace::TraceError;

/// Names that columns often go by, without case and what stands between words.
const TIMES: [&str; 10] =
    ["timestamp", "time", "ts", "starttime", "requestcreatedat", "createdat", "arrivedat", "datetime", "date", "when"];
const INPUTS: [&str; 9] = [
    "inputtokens",
    "inputtokencount",
    "prompttokens",
    "promptlength",
    "inputlength",
    "requesttokens",
    "contexttokens",
    "prefilltokens",
    "input",
];
const OUTPUTS: [&str; 9] = [
    "outputtokens",
    "outputtokencount",
    "completiontokens",
    "outputlength",
    "responsetokens",
    "generatedtokens",
    "decodetokens",
    "answertokens",
    "output",
];

/// The names in the first line, which stays to be read.
pub(super) fn of(input: &mut Input<'_>) -> Result<Vec<String>, TraceError> {
    let head = input.reader().fill_buf().map(|bytes| {
        let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        String::from_utf8_lossy(line).into_owned()
    });
    let line = head.map_err(|error| input.error(format!("cannot be read: {error}")))?;
    let names = line.trim_start_matches('\u{feff}').split(',');
    Ok(names.map(|name| name.trim().trim_matches('"').to_owned()).collect())
}

/// What to say of a header that is not known.
pub(super) fn unknown(header: &[String], known: &[&str]) -> String {
    let like = |names: &[&str]| {
        let plain =
            |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        names.iter().find_map(|known| header.iter().find(|name| plain(name) == *known))
    };
    let or = |found: Option<&String>, field: &str| match found {
        Some(name) => format!("{field}={name}"),
        None => format!("{field}=..."),
    };
    let [time, input, output] = [or(like(&TIMES), "time"), or(like(&INPUTS), "input"), or(like(&OUTPUTS), "output")];
    format!(
        "this is no header of {}: say what its columns mean, perhaps with --columns \"{time},{input},{output}\"",
        known.join(", ")
    )
}
