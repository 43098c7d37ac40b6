//! A model invocation log of any size, and what it sums to: `invocation_log make MEGABYTES > FILE` writes one as Bedrock
//! would, with prompts and answers of a few kilobytes in every record; `invocation_log sum FILE...` imports files, plain
//! or packed, and prints their calls and tokens.

use serde_json::{Value, json};
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use tokencast::bedrock::usage::{Usage, UsageClass};
use tokencast::intake::{Options, Tally, import};
use tokencast::rng::Stream;
use tokencast::trace::{ImportError, Row, Sink};

/// What prompts are made of: with line ends, quotes and letters beyond ASCII, as prompts are.
const WORDS: &str = "the customer asked whether an order of seven parts could be sent to another address and wrote: \
                     \"please answer soon\" \n\n see section 4.2 für Größen naïve invoice delivery refund within 30 days.";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, [megabytes])) if command == "make" => make(megabytes.parse()?),
        Some((command, files)) if command == "sum" => sum(files),
        _ => Err("invocation_log make MEGABYTES, or invocation_log sum FILE...".into()),
    }
}

fn make(megabytes: usize) -> Result<(), Box<dyn Error>> {
    let stream = Stream::new(2026, "invocation log");
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = 0;
    for call in 0.. {
        if written >= megabytes << 20 {
            break;
        }
        let line = format!("{}\n", record(&stream, call));
        out.write_all(line.as_bytes())?;
        written += line.len();
    }
    Ok(out.flush()?)
}

/// Every third call is an `InvokeModel` that uses the cache, the others are `Converse`; twenty in a second.
fn record(stream: &Stream, call: u64) -> Value {
    let drawn = |lane: u64, below: u64| stream.draw(call, lane) % below;
    let (input, output, read, write) = (200 + drawn(0, 1_500), 20 + drawn(1, 400), drawn(2, 9_000), drawn(3, 4_000));
    let (question, answer) = (words(stream, call, 4, input), words(stream, call, 5, output));
    let cached = call.is_multiple_of(3);
    let (model, asked, answered) = if cached {
        let system = words(stream, call, 6, write);
        (
            "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            json!({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 4_096, "system": system,
                "messages": [{"role": "user", "content": [{"type": "text", "text": question}]}]}),
            json!({"type": "message", "content": [{"type": "text", "text": answer}], "stop_reason": "end_turn",
                "usage": {"input_tokens": input, "output_tokens": output,
                    "cache_creation": {"ephemeral_5m_input_tokens": write, "ephemeral_1h_input_tokens": 0}}}),
        )
    } else {
        (
            "us.amazon.nova-lite-v1:0",
            json!({"messages": [{"role": "user", "content": [{"text": question}]}],
                "inferenceConfig": {"maxTokens": 512, "temperature": 0.2}}),
            json!({"output": {"message": {"role": "assistant", "content": [{"text": answer}]}},
                "stopReason": "end_turn", "metrics": {"latencyMs": 300 + output * 9},
                "usage": {"inputTokens": input, "outputTokens": output, "totalTokens": input + output}}),
        )
    };
    let (read, write) = if cached { (read, write) } else { (0, 0) };
    let (hour, minute, second) = (call / 72_000 % 24, call / 1_200 % 60, call / 20 % 60);
    json!({
        "schemaType": "ModelInvocationLog",
        "schemaVersion": "1.0",
        "timestamp": format!("2026-11-02T{hour:02}:{minute:02}:{second:02}Z"),
        "accountId": "111122223333",
        "identity": {"arn": format!("arn:aws:sts::111122223333:assumed-role/app-{}/session", drawn(7, 5))},
        "region": "us-east-1",
        "requestId": format!("00000000-0000-4000-8000-{call:012}"),
        "operation": if cached { "InvokeModel" } else { "Converse" },
        "modelId": model,
        "inferenceRegion": "us-west-2",
        "input": {"inputContentType": "application/json", "inputBodyJson": asked, "inputTokenCount": input,
            "cacheReadInputTokenCount": read, "cacheWriteInputTokenCount": write},
        "output": {"outputContentType": "application/json", "outputBodyJson": answered, "outputTokenCount": output},
    })
}

/// As many words as tokens.
fn words(stream: &Stream, call: u64, lane: u64, tokens: u64) -> String {
    let known: Vec<&str> = WORDS.split(' ').collect();
    let word = |n: u64| known[(stream.draw(call << 16 | n, lane) % known.len() as u64) as usize];
    (0..tokens).map(word).collect::<Vec<_>>().join(" ")
}

fn sum(files: &[String]) -> Result<(), Box<dyn Error>> {
    let (options, mut tally, mut sums) = (Options::default(), Tally::default(), Sums::default());
    for file in files {
        let done = import(file, Box::new(File::open(file)?), None, &options, &mut tally, &mut sums);
        done.map_err(|error| match error {
            ImportError::Input(error) => error.to_string(),
            ImportError::Keeping(error) => error.to_string(),
        })?;
    }
    println!("{} calls, {} skipped", tally.rows, tally.all_skipped());
    UsageClass::ALL.iter().for_each(|class| println!("{class}: {}", sums.0.of(*class)));
    Ok(())
}

/// The tokens of all rows.
#[derive(Default)]
struct Sums(Usage);

impl Sink for Sums {
    fn take(&mut self, row: &Row) -> io::Result<()> {
        self.0 += row.usage;
        Ok(())
    }
}
