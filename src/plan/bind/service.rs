//! Service times, in the units that sampling works in: the scenario's, else measured ones of the price book,
//! else an assumption that the report names.

use super::Binding;
use crate::bedrock::service::{Hours, Service};
use crate::bedrock::tier::Tier;
use crate::pricing::Model;
use crate::rng::Distribution;
use crate::scenario::{self, Spread, Tail};
use crate::units::{Micros, Rate};

/// When nothing is known: half a second to the first token, and fifty tokens a second. Shared fleets are
/// reported to spread to two to five medians at p99 (second hand, 2026-11): three and two are taken.
const ASSUMED_TTFT: Spread<Micros> =
    Spread::LogNormal { median: Micros(500_000), tail: Tail::P99, value: Micros(1_500_000) };
const ASSUMED_RATE_THOUSANDTHS: (u32, u32) = (50_000, 100_000);

impl Binding<'_> {
    pub(super) fn service(&mut self, app: &str, written: &scenario::Service, model: &Model, tier: Tier) -> Service {
        Service {
            ttft_us: self.ttft(app, written, model, tier),
            output_per_second_thousandths: self.output_rate(app, written, model, tier),
            hours: written.hours.map(|hours| Hours {
                factors_thousandths: hours.0,
                timezone: self.scenario.timezone.0.clone(),
                start: self.scenario.start.0,
            }),
            cached_saves_thousandths: (written.cached_saves.share().to_f64() * 1_000.0) as u32,
        }
    }

    fn ttft(&mut self, app: &str, written: &scenario::Service, model: &Model, tier: Tier) -> Distribution {
        if let Some(spread) = written.ttft {
            return log_normal(spread, micros);
        }
        if let Some(row) = model.service(tier) {
            let source = Some(row.provenance.to_string());
            self.assume(format!("time to first token of {}", model.name), "as measured", "p50 and p90", source);
            let spread = Spread::LogNormal { median: row.ttft_p50, tail: Tail::P90, value: row.ttft_p90 };
            return log_normal(spread, micros);
        }
        self.assume_service(app, "ttft", "500 ms to the first token, p99 1.5 s");
        log_normal(ASSUMED_TTFT, micros)
    }

    fn output_rate(&mut self, app: &str, written: &scenario::Service, model: &Model, tier: Tier) -> Distribution {
        if let Some(spread) = written.output_rate {
            return log_normal(spread, thousandths);
        }
        if let Some(row) = model.service(tier) {
            let (median, value) = (row.output_rate_p50, row.output_rate_p90);
            return log_normal(Spread::LogNormal { median, tail: Tail::P90, value }, thousandths);
        }
        let (median, fast) = ASSUMED_RATE_THOUSANDTHS;
        let (percent, told) = speed_of(tier);
        self.assume_service(app, "output_rate", &format!("50 output tokens a second, p1 25{told}"));
        let scaled = |rate: u32| rate / 100 * percent;
        log_normal(Spread::LogNormal { median: scaled(median), tail: Tail::P99, value: scaled(fast) }, |rate| rate)
    }

    fn assume_service(&mut self, app: &str, key: &str, value: &str) {
        let note = "round figures of ours, not a measurement, and the same at every hour: AWS publishes none for this model. \
                    Latency and the time for which quota is held depend on it";
        self.assume(format!("apps.{app}.service.{key}"), value, note, None);
    }
}

/// How fast a tier writes in percent of the standard one. AWS says up to 25 % more tokens a second for
/// priority (aws.amazon.com/bedrock/service-tiers, 2026) and nothing of flex but "longer processing times".
fn speed_of(tier: Tier) -> (u32, &'static str) {
    match tier {
        Tier::Priority => (125, ", times 1.25 for the priority tier"),
        Tier::Flex => (75, ", times 0.75 for the flex tier"),
        _ => (100, ""),
    }
}

/// Log-normal from its median and another quantile: the p95 is `median x (value / median)^(z95 / z)`.
pub(super) fn log_normal<T: Copy>(spread: Spread<T>, whole: impl Fn(T) -> u32) -> Distribution {
    match spread {
        Spread::Constant(value) => Distribution::Constant(whole(value)),
        Spread::LogNormal { median, tail: Tail::P95, value } => {
            Distribution::LogNormal { median: whole(median), p95: whole(value), max: u32::MAX }
        }
        Spread::LogNormal { median, tail, value } => {
            let (median, value) = (whole(median), whole(value));
            let exponent = Tail::P95.standard_normal() / tail.standard_normal();
            let p95 = f64::from(median) * libm::pow(f64::from(value) / f64::from(median.max(1)), exponent);
            Distribution::LogNormal { median, p95: libm::round(p95).min(f64::from(u32::MAX)) as u32, max: u32::MAX }
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
