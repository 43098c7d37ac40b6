//! The format of a file, told by its beginning and not by its name.

use super::Format;
use super::sketch::Sketch;

/// The bytes that are looked at.
pub(super) const HEAD: u64 = 64 << 10;

/// What stands in every record of an invocation log, and at the beginning of its log group.
const MARKS: [&str; 2] = ["ModelInvocationLog", "Permissions are correctly set for Amazon Bedrock logs"];

/// Formats that all keys of an object show, the more special one first.
const OBJECTS: [(Format, &[&str]); 12] = [
    (Format::CloudWatch, &["MetricDataResults"]),
    (Format::CloudWatch, &["Label", "Datapoints"]),
    (Format::Otlp, &["resourceSpans"]),
    (Format::Mooncake, &["hash_ids", "input_length"]),
    (Format::AgentSessions, &["session", "blocks", "input_tokens"]),
    (Format::TraceLab, &["session_id", "round_index", "input_tokens_total"]),
    (Format::LiteLlm, &["request_id", "prompt_tokens"]),
    (Format::LiteLlm, &["request_id", "spend"]),
    (Format::LiteLlm, &["data", "total_pages"]),
    (Format::LiteLlm, &["data", "page_size"]),
    (Format::LiteLlm, &["call_type", "startTime"]),
    (Format::InvocationLog, &["schemaType", "modelId"]),
];

/// What is sometimes given and cannot be imported: keys that show it, and what to say.
const OTHER_OBJECTS: [(&[&str], &str); 12] = [
    (&["eventSource", "eventName"], CLOUDTRAIL),
    (&["Records"], CLOUDTRAIL),
    (&["offerCode", "products"], PRICES),
    (&["product", "terms"], PRICES),
    (&["PriceList"], PRICES),
    (&["ResultsByTime"], BILL),
    (&["LiteLLM_SpendLogs"], "a page of LiteLLM's database; export `/spend/logs/v2`"),
    (&["messages"], BODY),
    (&["inferenceConfig"], BODY),
    (&["anthropic_version"], BODY),
    (&["stopReason", "usage"], BODY),
    (&["events"], EVENTS),
];

const CLOUDTRAIL: &str = "events of CloudTrail, which have no counts of tokens; turn on model invocation logging";
const PRICES: &str = "a price list of AWS; `tokencast prices` reads those";
const BILL: &str = "a bill of AWS, which has no calls; `tokencast reconcile` reads bills";
const BODY: &str = "the body of one call without its record; give the records of the log";
const EVENTS: &str = "events of CloudWatch Logs that are no records of model invocations; name the log group of those";
const STREAM: &str = "the stream of one answer; give the records of the log";

/// The format that a file begins like; or what it looks like instead.
pub(super) fn format(head: &[u8]) -> Result<Format, String> {
    if head.starts_with(b"PAR1") {
        return Ok(Format::Store);
    }
    let sketch = Sketch::of(head);
    if let Some(format) = known(&sketch) {
        return Ok(format);
    }
    Err(match other(head, &sketch) {
        Some(other) => format!("this looks like {other}"),
        None => "this is none of the formats that can be imported; name one with --kind".to_owned(),
    })
}

fn known(sketch: &Sketch) -> Option<Format> {
    let marked = MARKS.iter().any(|mark| sketch.text.contains(mark));
    let object = OBJECTS.iter().find(|(_, keys)| sketch.has_all(keys)).map(|(format, _)| *format);
    object.or_else(|| marked.then_some(Format::InvocationLog)).or_else(|| table(&sketch.first_line))
}

/// A header of CSV: names with commas between them, and none of a bill.
fn table(first_line: &str) -> Option<Format> {
    let names: Vec<&str> = first_line.split(',').map(|name| name.trim().trim_matches('"')).collect();
    let is_name = |name: &&str| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '@')
            && name.chars().all(|c| c.is_alphanumeric() || " _-.@()/:".contains(c))
    };
    let is_header = names.len() > 1 && names.iter().all(is_name);
    (is_header && !is_bill(&names)).then_some(Format::Csv)
}

fn is_bill(names: &[&str]) -> bool {
    let of_a_bill = |name: &&str| {
        name.starts_with("line_item_")
            || name.starts_with("lineItem/")
            || ["BilledCost", "ChargePeriodStart", "Usage type", "Service total"].contains(name)
    };
    names.iter().any(of_a_bill)
}

fn other(head: &[u8], sketch: &Sketch) -> Option<&'static str> {
    let names: Vec<&str> = sketch.first_line.split(',').map(|name| name.trim().trim_matches('"')).collect();
    let begins = |with: &str| sketch.text.get(..with.len()).is_some_and(|text| text.eq_ignore_ascii_case(with));
    if head.starts_with(b"PK\x03\x04") {
        Some("a ZIP archive; unpack it and give the files")
    } else if head.get(257..262) == Some(b"ustar") {
        Some("a tar archive; unpack it and give the files")
    } else if is_bill(&names) {
        Some(BILL)
    } else if begins("<!doctype") || begins("<html") || begins("<?xml") {
        Some("a page of HTML or XML, perhaps of an error; give what was downloaded as JSON")
    } else if begins("event:") || begins("data:") {
        Some(STREAM)
    } else {
        OTHER_OBJECTS.iter().find(|(keys, _)| sketch.has_all(keys)).map(|(_, other)| *other)
    }
}
