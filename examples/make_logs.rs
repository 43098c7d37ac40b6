//! Writes the sample of invocation logs: `cargo run --example make_logs scenarios/logs`.
//!
//! A morning of two apps as Bedrock would have logged it to S3: a classifier whose system prompt is cached, and hourly
//! reports of which many are cut at `max_tokens`. The same seed gives the same records; a test holds the files to this
//! program.

use flate2::{Compression, GzBuilder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use tokencast::document::Source;
use tokencast::rng::Stream;
use tokencast::traffic::{Arrival, Arrivals, NoFiles};
use tokencast::units::Micros;
use tokencast::{plan, pricing, scenario};

const SEED: u64 = 2026;

/// What was "logged": three hours of a Monday.
const MORNING: &str = "
name: morning
start: 2026-11-02T08:00:00Z
horizon: 3h
apps:
  triage:
    model: us.anthropic.claude-haiku-4-5-20251001-v1:0
    region: us-east-1
    max_tokens: 100
    traffic:
      rate: 1/min
      shape: {hours: [0, 0, 0, 0, 0, 0, 0, 0, 1, 40, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}
      burstiness: 4
      input: {median: 420, p95: 1_900, max: 8k}
      output: {median: 5, p95: 12, max: 40}
  reports:
    model: us.anthropic.claude-sonnet-4-5-20250929-v1:0
    region: us-east-1
    max_tokens: 2_000
    traffic:
      rate: 6/h
      shape: {hours: [0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}
      burstiness: 9
      input: {median: 6k, p95: 14k, max: 60k}
      output: {median: 1_400, p95: 3_500, max: 8k}
";

/// Tokens of the classifier's system prompt; above the 4,096 from which the model caches.
const SYSTEM: u64 = 4_620;
const GEOGRAPHY: [&str; 3] = ["us-east-1", "us-east-2", "us-west-2"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args().nth(1).ok_or("name the folder to write to")?.into();
    for (name, text) in files()? {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        let mut packed = GzBuilder::new().mtime(0).write(std::fs::File::create(path)?, Compression::best());
        std::io::Write::write_all(&mut packed, text.as_bytes())?;
        packed.finish()?;
    }
    Ok(())
}

/// Every file of the tree by its path, unpacked: one for each half hour.
pub fn files() -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let (morning, book) = (Source::new("morning.yaml", MORNING), pricing::bundled());
    let scenario = scenario::parse(&morning).map_err(|problems| problems.render())?.base;
    let plan = plan::bind(&scenario, &book.map_err(|problems| problems.render())?);
    let plan = plan.map_err(|problems| problems.render())?;
    let (mut files, mut cached_at) = (BTreeMap::<String, String>::new(), None);
    for (number, arrival) in (0..).zip(Arrivals::new(&plan, SEED, &NoFiles)) {
        let call = Call { arrival, number, start: plan.start };
        let record = if call.arrival.app == 0 { call.triage(&mut cached_at) } else { call.report() };
        let file = files.entry(call.file()).or_default();
        file.push_str(&record.to_string());
        file.push('\n');
    }
    Ok(files)
}

/// One call on its way into the log.
struct Call {
    arrival: Arrival,
    number: u64,
    start: jiff::Timestamp,
}

impl Call {
    fn instant(&self) -> jiff::Timestamp {
        self.start + std::time::Duration::from_micros(self.arrival.at.0)
    }

    fn file(&self) -> String {
        let at = self.instant();
        let half = if at.strftime("%M").to_string().as_str() < "30" { "00" } else { "30" };
        let name = format!(
            "{}{half}00000Z_{:016x}",
            at.strftime("%Y%m%dT%H"),
            self.draw_of("file", at.as_second() as u64 / 1_800)
        );
        let hour = at.strftime("%Y/%m/%d/%H");
        format!("AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/{hour}/{name}.json.gz")
    }

    fn draw_of(&self, what: &str, number: u64) -> u64 {
        Stream::new(SEED, what).draw(number, 0)
    }

    /// One of so many, evenly.
    fn one_of(&self, what: &str, many: u64) -> u64 {
        self.draw_of(what, self.number) % many
    }

    /// What every record says.
    fn record(&self, role: &str, operation: &str, model: &str) -> Value {
        let (high, low) = (self.draw_of("id", self.number), self.draw_of("rest of id", self.number));
        let id = format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xFFFF,
            high & 0xFFF,
            low >> 52,
            low & 0xFFFF_FFFF_FFFF
        );
        json!({
            "schemaType": "ModelInvocationLog",
            "schemaVersion": "1.0",
            "timestamp": self.instant().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "accountId": "111122223333",
            "identity": {"arn": format!("arn:aws:sts::111122223333:assumed-role/{role}/{role}-{}", self.one_of("pod", 3))},
            "region": "us-east-1",
            "requestId": id,
            "operation": operation,
            "modelId": model,
        })
    }

    /// A classification: some are stopped by a guardrail, and have no counts then.
    fn triage(&self, cached_at: &mut Option<u64>) -> Value {
        let mut record = self.record("triage", "Converse", "us.anthropic.claude-haiku-4-5-20251001-v1:0");
        let body = json!({
            "system": [{"text": "[system prompt]"}, {"cachePoint": {"type": "default"}}],
            "messages": [{"role": "user", "content": [{"text": "[message]"}]}],
            "inferenceConfig": {"maxTokens": self.arrival.call.max_tokens, "temperature": 0.0},
        });
        if self.one_of("guardrail", 150) == 0 {
            record["input"] = json!({"inputContentType": "application/json", "inputBodyJson": body});
            let answer = json!({"stopReason": "guardrail_intervened", "output": {"message": {"role": "assistant", "content": [{"text": "[blocked]"}]}}});
            record["output"] = json!({"outputContentType": "application/json", "outputBodyJson": answer});
            return record;
        }
        let (input, output) = (u64::from(self.arrival.call.input), u64::from(self.arrival.output()));
        let at = self.arrival.at.0;
        // The entry lives for five minutes after its last use.
        let hit = cached_at.replace(at).is_some_and(|used| at - used <= 5 * Micros::MINUTE.0);
        let (read, written) = if hit { (SYSTEM, 0) } else { (0, SYSTEM) };
        let latency_ms = 350 + self.one_of("latency", 300) + output * (10 + self.one_of("speed", 6));
        record["inferenceRegion"] = GEOGRAPHY[self.one_of("region", 3) as usize].into();
        record["input"] = json!({
            "inputContentType": "application/json", "inputBodyJson": body, "inputTokenCount": input,
            "cacheReadInputTokenCount": read, "cacheWriteInputTokenCount": written,
        });
        let answer = json!({
            "output": {"message": {"role": "assistant", "content": [{"text": "[label]"}]}},
            "stopReason": "end_turn",
            "metrics": {"latencyMs": latency_ms},
            "usage": {
                "inputTokens": input, "outputTokens": output, "totalTokens": input + output + read + written,
                "cacheReadInputTokens": read, "cacheWriteInputTokens": written,
            },
        });
        record["output"] =
            json!({"outputContentType": "application/json", "outputBodyJson": answer, "outputTokenCount": output});
        record
    }

    /// A report: many are cut short, and the fortieth call finds the quota used up.
    fn report(&self) -> Value {
        let model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
        let mut record = self.record("reports", "InvokeModelWithResponseStream", model);
        let body = json!({
            "anthropic_version": "bedrock-2023-05-31",
            "max_tokens": self.arrival.call.max_tokens,
            "messages": [{"role": "user", "content": "[documents]"}],
        });
        if self.arrival.request == 40 {
            record["errorCode"] = "ThrottlingException".into();
            record["input"] =
                json!({"inputContentType": "application/json", "inputBodyJson": body, "inputTokenCount": 0});
            record["output"] = json!({"outputContentType": "application/json"});
            return record;
        }
        let (input, output) = (u64::from(self.arrival.call.input), u64::from(self.arrival.output()));
        let first_ms = 700 + self.one_of("first token", 900);
        let latency_ms = first_ms + output * 1_000 / (55 + self.one_of("pace", 40));
        let stop = if self.arrival.truncated() { "max_tokens" } else { "end_turn" };
        record["inferenceRegion"] = GEOGRAPHY[self.one_of("region", 3) as usize].into();
        record["input"] =
            json!({"inputContentType": "application/json", "inputBodyJson": body, "inputTokenCount": input});
        let events = json!([
            {"type": "message_start", "message": {"role": "assistant", "usage": {"input_tokens": input, "output_tokens": 1}}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "[report]"}},
            {"type": "message_delta", "delta": {"stop_reason": stop}, "usage": {"output_tokens": output}},
            {"type": "message_stop", "amazon-bedrock-invocationMetrics": {
                "inputTokenCount": input, "outputTokenCount": output,
                "invocationLatency": latency_ms, "firstByteLatency": first_ms,
            }},
        ]);
        record["output"] =
            json!({"outputContentType": "application/json", "outputBodyJson": events, "outputTokenCount": output});
        record
    }
}
