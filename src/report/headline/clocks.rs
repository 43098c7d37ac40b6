//! Three clocks that are easily taken for each other.

use crate::report::format::duration;
use crate::report::model::Variant;

/// What callers wait for, and what `CloudWatch` shows of it; nothing when no request was answered.
pub fn clocks(variant: &Variant) -> Option<String> {
    let (ttft, e2e, invocation) = (variant.latency.ttft?, variant.latency.e2e?, variant.latency.invocation?);
    Some(format!(
        "P95: {} to the first token, {} to the last. CloudWatch's InvocationLatency would show {}: it begins with \
         the attempt that is admitted.",
        duration(ttft.p95),
        duration(e2e.p95),
        duration(invocation.p95)
    ))
}
