//! What became of a call.

use super::record::{Record, Text};
use super::usage::Reason;
use crate::bedrock::usage::Usage;
use crate::intake::Tally;
use crate::trace::Outcome;

/// The errors by which a quota refuses: Amazon Bedrock API Reference, errors of `InvokeModel` and `Converse`, and the
/// names that AWS gives throttling elsewhere.
const THROTTLED: [&str; 5] = [
    "ThrottlingException",
    "ThrottledException",
    "TooManyRequestsException",
    "ServiceQuotaExceededException",
    "Throttling",
];

/// What became of a call, or why that cannot be told.
pub(super) fn outcome(record: &Record<'_>, usage: Option<&Usage>, tally: &mut Tally) -> Result<Outcome, Reason> {
    if let Some(Text(code)) = &record.error_code {
        return Ok(if THROTTLED.contains(&code.as_ref()) { Outcome::Throttled } else { Outcome::Failed });
    }
    let answer = &record.output.output_body_json;
    let intervened = answer.guardrail.as_deref().is_some_and(|action| action.eq_ignore_ascii_case("INTERVENED"))
        || answer.stop.as_deref() == Some("guardrail_intervened");
    let wrote = usage.is_some_and(|usage| usage.output > 0);
    match (intervened, wrote) {
        (true, false) => Ok(Outcome::Blocked),
        (true, true) => {
            tally.note("a guardrail changed what the model wrote");
            Ok(Outcome::Answered)
        }
        (false, _) if usage.is_some() => Ok(Outcome::Answered),
        (false, _) => Err("no counts of tokens"),
    }
}
