//! Service times, in the units that sampling works in.

use super::Binding;
use crate::bedrock::service::Service;
use crate::rng::Distribution;
use crate::scenario::{self, Spread};
use crate::units::{Micros, Rate};

/// The time to the first token when a scenario does not say: half a second.
const ASSUMED_TTFT_US: u32 = 500_000;
/// Output tokens per second when a scenario does not say, in thousandths: fifty.
const ASSUMED_RATE_THOUSANDTHS: u32 = 50_000;

impl Binding<'_> {
    pub(super) fn service(&mut self, app: &str, written: &scenario::Service) -> Service {
        let ttft_us = match written.ttft {
            Some(spread) => log_normal(spread, micros),
            None => {
                self.assume_service(app, "ttft", "500 ms to the first token");
                Distribution::Constant(ASSUMED_TTFT_US)
            }
        };
        let output_per_second_thousandths = match written.output_rate {
            Some(spread) => log_normal(spread, thousandths),
            None => {
                self.assume_service(app, "output_rate", "50 output tokens a second");
                Distribution::Constant(ASSUMED_RATE_THOUSANDTHS)
            }
        };
        Service { ttft_us, output_per_second_thousandths, hours: None, cached_saves_thousandths: 850 }
    }

    fn assume_service(&mut self, app: &str, key: &str, value: &str) {
        let note = "a round figure of ours, not a measurement: AWS publishes none for this model. Latency and the time for \
                    which quota is held depend on it";
        self.assume(format!("apps.{app}.service.{key}"), value, note, None);
    }
}

fn log_normal<T>(spread: Spread<T>, whole: impl Fn(T) -> u32) -> Distribution {
    match spread {
        Spread::Constant(value) => Distribution::Constant(whole(value)),
        Spread::LogNormal { median, p95 } => {
            Distribution::LogNormal { median: whole(median), p95: whole(p95), max: u32::MAX }
        }
    }
}

/// Scenarios keep service times below an hour, which fits.
fn micros(length: Micros) -> u32 {
    u32::try_from(length.0).unwrap_or(u32::MAX)
}

fn thousandths(rate: Rate) -> u32 {
    u32::try_from(rate.thousandths_per_second()).unwrap_or(u32::MAX).max(1)
}
