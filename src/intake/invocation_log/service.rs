//! The service tier of a call.

use super::record::Record;
use crate::bedrock::tier::Tier;
use crate::intake::Tally;

/// The tier that served a call, else the one that it asked for; nothing for the standard one.
pub(super) fn tier(record: &Record<'_>, tally: &mut Tally) -> Option<&'static str> {
    let (asked, served) = (&record.input.input_body_json.service, &record.output.output_body_json.service);
    let latency = served.latency.as_ref().or(asked.latency.as_ref());
    if latency.is_some_and(|latency| latency == "optimized") {
        return Some(Tier::LatencyOptimized.name());
    }
    match served.tier.as_ref().or(asked.tier.as_ref())?.as_str() {
        "default" | "standard" | "auto" | "standard_only" => None,
        other => {
            let known = [Tier::Priority, Tier::Flex, Tier::Reserved].into_iter().find(|tier| tier.name() == other);
            if known.is_none() {
                tally.note("a service tier that is not known: taken for the standard one");
            }
            known.map(Tier::name)
        }
    }
}
