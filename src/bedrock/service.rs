//! Service time: time to first token, then output tokens at a rate; both slower at some hours of the day.
//!
//! End to end = time to first token + output / rate; the two are never confused. AWS publishes no such
//! figures for most models: they are the scenario's, measured ones of the price book, or assumptions that
//! every report names.

use crate::rng::{Distribution, Sampler, Stream};
use crate::units::{Micros, SimTime};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// How fast a model answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Microseconds to the first token.
    pub ttft_us: Distribution,
    /// Output tokens per second, in thousandths.
    pub output_per_second_thousandths: Distribution,
    /// How much longer it takes at each hour of the day.
    pub hours: Option<Hours>,
    /// How much of the time to the first token a prompt saves that is read from the cache whole, in thousandths.
    pub cached_saves_thousandths: u32,
}

impl Service {
    /// The same at every hour, whatever is read from a cache.
    #[must_use]
    pub fn steady(ttft_us: Distribution, output_per_second_thousandths: Distribution) -> Self {
        Self { ttft_us, output_per_second_thousandths, hours: None, cached_saves_thousandths: 0 }
    }
}

/// Factors on the service time by hour of the day.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// Factors from midnight on, in thousandths.
    pub factors_thousandths: [u32; 24],
    /// Where the hours are local.
    pub timezone: TimeZone,
    /// The scenario's start.
    pub start: Timestamp,
}

/// The service of one application, ready to be drawn from.
#[derive(Debug, Clone)]
pub struct ServiceTime {
    ttft_us: Sampler,
    rate: Sampler,
    stream: Stream,
    cached_saves_thousandths: u64,
    hours: Option<Hours>,
    /// The factor of the hour that is, and when it ends.
    factor_thousandths: u64,
    hour_ends: SimTime,
}

/// How long one call takes once it is admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// To the first token.
    pub ttft: Micros,
    /// To the last token.
    pub total: Micros,
}

/// Lanes of an attempt's draws.
const TTFT: u64 = 0;
const RATE: u64 = 1;
/// As long as it takes without any factor.
const ONE: u64 = 1_000;

impl ServiceTime {
    /// A service with its stream of draws.
    #[must_use]
    pub fn new(service: &Service, stream: Stream) -> Self {
        let hour_ends = if service.hours.is_some() { SimTime(0) } else { SimTime(u64::MAX) };
        Self {
            ttft_us: service.ttft_us.sampler(),
            rate: service.output_per_second_thousandths.sampler(),
            stream,
            cached_saves_thousandths: service.cached_saves_thousandths.into(),
            hours: service.hours.clone(),
            factor_thousandths: ONE,
            hour_ends,
        }
    }

    /// The latency of a request's attempt that is admitted now and writes `output` tokens:
    /// `ttft + ceil(output x 1e6 / rate)` microseconds, times the factor of the hour.
    #[inline(always)]
    #[must_use]
    pub fn latency(&mut self, request: u64, attempt: u32, output: u32, now: SimTime) -> Latency {
        let lane = u64::from(attempt) * 2;
        let ttft = u64::from(self.ttft_us.sample_with(|| self.stream.draw(request, lane + TTFT)));
        let rate = u64::from(self.rate.sample_with(|| self.stream.draw(request, lane + RATE)));
        let generation = (u64::from(output) * 1_000_000_000).div_ceil(rate.max(1));
        if now >= self.hour_ends {
            self.turn(now);
        }
        if self.factor_thousandths == ONE {
            return Latency { ttft: Micros(ttft), total: Micros(ttft + generation) };
        }
        let slower = |us: u64| us * self.factor_thousandths / ONE;
        Latency { ttft: Micros(slower(ttft)), total: Micros(slower(ttft) + slower(generation)) }
    }

    /// What is left of a time to the first token when so much of the input is read from the cache.
    #[inline]
    #[must_use]
    pub fn shortened(&self, ttft: Micros, read: u32, input: u32) -> Micros {
        let saved = u128::from(ttft.0) * u128::from(read) * u128::from(self.cached_saves_thousandths);
        Micros(ttft.0 - (saved / (u128::from(ONE) * u128::from(input.max(1)))) as u64)
    }

    #[cold]
    fn turn(&mut self, now: SimTime) {
        let Some(Hours { factors_thousandths, timezone, start }) = &self.hours else { return };
        let local = (*start + SignedDuration::from_micros(now.0 as i64)).to_zoned(timezone.clone());
        self.factor_thousandths = factors_thousandths[local.hour().unsigned_abs() as usize].into();
        let into_hour = Micros::MINUTE.0 * u64::from(local.minute().unsigned_abs())
            + Micros::SECOND.0 * u64::from(local.second().unsigned_abs())
            + u64::from(local.subsec_nanosecond().unsigned_abs() / 1_000);
        self.hour_ends = now + Micros(Micros::HOUR.0 - into_hour);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(rate: u32) -> Service {
        Service {
            ttft_us: Distribution::Constant(500_000),
            output_per_second_thousandths: Distribution::Constant(rate),
            hours: None,
            cached_saves_thousandths: 850,
        }
    }

    #[test]
    fn a_constant_service_takes_ttft_and_the_output_rounded_up() {
        let latency =
            |rate, output| ServiceTime::new(&service(rate), Stream::with_key(1, 8)).latency(0, 1, output, SimTime(0));
        assert_eq!(latency(50_000, 5).total, Micros(500_000 + 100_000));
        assert_eq!(latency(30_000, 1).total, Micros(500_000 + 33_334));
        assert_eq!(latency(50_000, 0), Latency { ttft: Micros(500_000), total: Micros(500_000) });
    }

    #[test]
    fn the_hours_of_the_day_are_local_and_end_on_time() {
        let mut factors_thousandths = [1_000; 24];
        factors_thousandths[9] = 2_000;
        let timezone = TimeZone::get("Asia/Kolkata").unwrap();
        let start = "2026-12-01T03:00:00Z".parse().unwrap();
        let hours = Some(Hours { factors_thousandths, timezone, start });
        let mut time = ServiceTime::new(&Service { hours, ..service(50_000) }, Stream::with_key(1, 8));
        // Half past eight in Kolkata; nine comes after half an hour.
        let mut total = |minutes: u64| time.latency(0, 1, 50, SimTime(minutes * Micros::MINUTE.0)).total.0;
        assert_eq!(
            [total(0), total(29), total(30), total(89), total(90)],
            [1_500_000, 1_500_000, 3_000_000, 3_000_000, 1_500_000]
        );
    }

    #[test]
    fn a_prompt_that_is_read_whole_saves_the_stated_share() {
        let time = ServiceTime::new(&service(50_000), Stream::with_key(1, 8));
        let shortened = |read| time.shortened(Micros(1_000_000), read, 1_000).0;
        assert_eq!([shortened(0), shortened(500), shortened(1_000)], [1_000_000, 575_000, 150_000]);
    }
}
