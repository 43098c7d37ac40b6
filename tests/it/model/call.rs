//! One attempt: what it asks for, whether the fleet takes it, where it runs, and all that will become of it.

use super::{Admission, Event, Model, SETTLEMENT};
use crate::cache_model::Scan;
use tokencast::bedrock::cache::Split;
use tokencast::plan::Access;
use tokencast::rng::Distribution;
use tokencast::units::{Ratio, SimTime};

/// An application and one of its lanes.
pub type Way = (usize, usize);

/// A draw lies below this share of all draws.
pub(super) fn below(draw: u64, numerator: u128, denominator: u128) -> bool {
    u128::from(draw) < (numerator << 64) / denominator
}

impl<'a> Model<'a> {
    /// Input and `max_tokens` from a quota, input alone from capacity that was bought.
    pub(super) fn need(&mut self, now: u64, call: usize, attempt: u32, way: Way) -> u64 {
        let arrival = &self.arrivals[call];
        let rules = self.plan.rules;
        let rate = if rules.burndown_on_reservation { self.rate(way.0, now) } else { 1 };
        let max_tokens = match self.plan.apps[way.0].lanes[way.1].access {
            Access::Quota => u64::from(arrival.call.max_tokens) * rate,
            Access::Purchased | Access::Batch(_) => 0,
        };
        let read = if rules.cache_reads_reserved { 0 } else { self.would_read(now, call, attempt, way) };
        u64::from(arrival.call.input) + max_tokens - u64::from(read)
    }

    /// The burndown rate of an application.
    fn rate(&self, app: usize, now: u64) -> u64 {
        let rates = &self.terms[app].burndown;
        rates.iter().rfind(|(from, _)| *from <= now).unwrap_or(&rates[0]).1.into()
    }

    /// What the shared fleet answers where a quota has room.
    pub(super) fn fault(&self, call: usize, attempt: u32, access: Access) -> Option<u32> {
        let arrival = &self.arrivals[call];
        let draw = self.terms[arrival.app as usize].fleet.draw(arrival.request, attempt.into());
        let rules = self.plan.rules;
        let [(a, b), (c, d)] = [rules.shared_throttled, rules.unavailable]
            .map(|share: Ratio| (u128::from(share.numerator()), u128::from(share.denominator())));
        match access {
            Access::Quota if below(draw, a, b) => Some(429),
            Access::Quota if below(draw, a * d + c * b, b * d) => Some(503),
            _ => None,
        }
    }

    /// The Region of an attempt, by its place among the lane's.
    fn destination(&self, call: usize, attempt: u32, (app, lane): Way) -> usize {
        let destinations = &self.plan.apps[app].lanes[lane].destinations;
        let draw = self.terms[app].routing.draw(self.arrivals[call].request, attempt.into());
        let up_to = |at: usize| destinations[..at].iter().map(|to| u128::from(to.weight)).sum::<u128>();
        (1..destinations.len())
            .find(|at| below(draw, up_to(*at), up_to(destinations.len())))
            .unwrap_or(destinations.len())
            - 1
    }

    /// The cache that a call goes through, and the number of the Region in which it does.
    fn cache(&mut self, call: usize, attempt: u32, way: Way) -> Option<(&mut Scan, u16)> {
        let lane = &self.plan.apps[way.0].lanes[way.1];
        let rules = lane.cache?;
        let region = lane.destinations[self.destination(call, attempt, way)].region.as_str();
        if !self.regions.contains(&region) {
            self.regions.push(region);
        }
        let number = self.regions.iter().position(|other| *other == region)?;
        let space = (lane.account.as_deref(), lane.offer.model.as_str());
        if self.caches.iter().all(|(other, _)| *other != space) {
            self.caches.push((space, Scan::new(rules)));
        }
        let (_, scan) = self.caches.iter_mut().find(|(other, _)| *other == space)?;
        Some((scan, number as u16))
    }

    fn would_read(&mut self, now: u64, call: usize, attempt: u32, way: Way) -> u32 {
        let Some(prefix) = &self.arrivals[call].call.prefix else { return 0 };
        self.cache(call, attempt, way).map_or(0, |(scan, region)| scan.peek(SimTime(now), region, prefix).read)
    }

    pub(super) fn admit(&mut self, now: u64, call: usize, attempt: u32, way: Way, need: u64) {
        self.row(way, now).reserved += need;
        self.count_destination(call, attempt, way);
        let arrival = &self.arrivals[call];
        let (whole, generation, saves) = self.service(call, way);
        let input = u128::from(arrival.call.input.max(1));
        let ttft = |read: u32| whole - (u128::from(whole) * u128::from(read) * saves / (1_000 * input)) as u64;
        let visited = arrival.call.prefix.as_ref().and_then(|prefix| {
            let (scan, region) = self.cache(call, attempt, way)?;
            Some(scan.visit_answered(SimTime(now), region, prefix, |read| SimTime(now + ttft(read))))
        });
        let split = visited.unwrap_or_default();
        let (output, ttft) = (arrival.fate.output.min(arrival.call.max_tokens), ttft(split.read));
        let until = now + ttft + generation;
        let charge = self.charge(call, way, split, until);
        let mut held = vec![(now, need)];
        held.extend(self.steps(now + ttft, until, need, charge));
        held.push((until, charge));
        let abandoned = self.hangs_up(now, call, attempt, (now + ttft, until));
        self.pending.push(((until, SETTLEMENT, 0, call), Event::Settlement(self.admissions.len())));
        self.admissions.push(Admission { way, call, attempt, abandoned, held, output, split, ttft });
    }

    fn count_destination(&mut self, call: usize, attempt: u32, way: Way) {
        if self.plan.apps[way.0].lanes[way.1].destinations.len() > 1 {
            let destination = self.destination(call, attempt, way);
            let executed = &mut self.outcome.apps[way.0][way.1].executed;
            executed.resize(executed.len().max(destination + 1), 0);
            executed[destination] += 1;
        }
    }

    /// Uncached input, writes, and from a quota the output times the burndown rate of its end.
    fn charge(&self, call: usize, way: Way, split: Split, ends: u64) -> u64 {
        let arrival = &self.arrivals[call];
        let output = u64::from(arrival.fate.output.min(arrival.call.max_tokens));
        let input = u64::from(arrival.call.input - split.read);
        match self.plan.apps[way.0].lanes[way.1].access {
            Access::Quota => input + output * self.rate(way.0, ends),
            Access::Purchased | Access::Batch(_) => input,
        }
    }

    /// What is held while the answer is written: it moves from the reservation to the charge, rounded towards the
    /// reservation.
    fn steps(&self, from: u64, until: u64, reserved: u64, charge: u64) -> Vec<(u64, u64)> {
        let Some(every) = self.plan.rules.release_every else { return Vec::new() };
        let times = (1..).map(|step| from + step * every.0).take_while(|at| *at < until);
        let held = |at: u64| {
            let (reserved, charge) = (i128::from(reserved), i128::from(charge));
            // Truncation of the difference is rounding towards the reservation.
            reserved + (charge - reserved) * i128::from(at - from) / i128::from(until - from)
        };
        times.map(|at| (at, held(at) as u64)).collect()
    }

    /// To the first token of a prompt that nothing is read of, from there to the last token, and the thousandths of
    /// the former that a prompt saves which is read whole.
    fn service(&self, call: usize, way: Way) -> (u64, u64, u128) {
        let service = &self.plan.apps[way.0].lanes[way.1].service;
        let (Distribution::Constant(ttft), Distribution::Constant(rate)) =
            (service.ttft_us, service.output_per_second_thousandths)
        else {
            panic!("the model knows constant service times only");
        };
        let arrival = &self.arrivals[call];
        let output = u64::from(arrival.fate.output.min(arrival.call.max_tokens));
        (ttft.into(), (output * 1_000_000_000).div_ceil(rate.into()), service.cached_saves_thousandths.into())
    }
}
