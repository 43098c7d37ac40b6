//! Who sends the calls of an application: its SDK, or its own loop.

use super::Binding;
use crate::client::{Policy, Timeouts};
use crate::plan::Caller;
use crate::scenario::{self, Client};
use crate::units::{Micros, Ratio};

const SOURCE: &str = "botocore 1.43 and 1.44, aws-smithy-runtime 1.16, @smithy/core 3.41 and anthropic 2.11, read and run \
                      2026-11-20; AWS Developer Tools Blog, Announcing updated retry behavior for AWS SDKs and Tools";

impl Binding<'_> {
    pub(super) fn caller(&mut self, app: &str, written: &scenario::App) -> Caller {
        let client = &written.client;
        let (mut policy, timeouts) = behaviour(client);
        if let Some(attempts) = &client.attempts {
            policy.attempts = attempts.value.get() as u32;
        }
        let clients = client.clients.get() as u32;
        self.assume_caller(app, client, policy.attempts, clients);
        Caller {
            policy,
            clients,
            streaming: written.streaming,
            connect_timeout: client.connect_timeout.unwrap_or(timeouts.connect),
            read_timeout: client.read_timeout.or(timeouts.read),
            total_timeout: client.timeout,
            idle_timeout: written.idle_timeout,
            unreachable: client.unreachable.map_or(Ratio::ZERO, |share| share.share()),
        }
    }

    fn assume_caller(&mut self, app: &str, client: &Client, attempts: u32, clients: u32) {
        let count = |count: u32, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let counts = format!("{}, {}", count(attempts, "attempt"), count(clients, "client"));
        let name = format!("apps.{app}.client");
        if client.backoff.is_some() {
            let note = "a loop of the app's own: the same backoff after every failure, without a retry quota";
            return self.assume(name, counts, note, None);
        }
        let (sdk, mode) = client.sdk_and_mode();
        let note = match client.sdk {
            Some(_) => "retries as this version ships them; quota and rate limiter are those of each client",
            None => "no `sdk` is written: the newest botocore is assumed, which boto3 is built on",
        };
        self.assume(name, format!("{sdk}, mode {}, {counts}", mode.name()), note, Some(SOURCE.to_owned()));
    }
}

/// Nobody hangs up on a loop of the app's own, unless the scenario says so.
fn behaviour(client: &Client) -> (Policy, Timeouts) {
    if let Some(backoff) = &client.backoff {
        let policy = Policy::own(3, backoff.value.base, backoff.value.cap);
        return (policy, Timeouts { connect: Micros::MINUTE, read: None });
    }
    let (sdk, mode) = client.sdk_and_mode();
    (Policy::of(sdk, mode), sdk.timeouts())
}
