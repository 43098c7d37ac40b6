//! What is going to happen, in order of (time, order).
//!
//! A calendar of slots a few milliseconds wide: an event is filed under its slot and sorted only when
//! the slot opens, so that filing and taking cost the same however many events wait. Events beyond
//! the calendar's reach wait in a heap. Does not know what an event means; never goes back in time.

use crate::units::SimTime;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A slot is `2^SLOT_BITS` microseconds wide: 8 ms.
const SLOT_BITS: u32 = 13;
/// Slots in the calendar: it reaches 67 s ahead.
const SLOTS: u64 = 8_192;
/// The end of a list of nodes.
const NONE: u32 = u32::MAX;

/// Events of type `T`, taken in order of time and, at one instant, of `order`.
#[derive(Debug)]
pub struct Agenda<T> {
    nodes: Vec<Node<T>>,
    free: u32,
    heads: Box<[u32; SLOTS as usize]>,
    occupied: Box<[u64; SLOTS as usize / 64]>,
    /// The slot that is open; every event of an earlier slot has been taken.
    open: u64,
    /// The first slot after the open one that holds an event.
    next: u64,
    /// The events of the open slot, latest first.
    due: Vec<Entry>,
    far: BinaryHeap<Reverse<Entry>>,
}

/// When an event is due, its order among the events of that instant, and its node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    at: SimTime,
    order: u64,
    node: u32,
}

#[derive(Debug)]
struct Node<T> {
    entry: Entry,
    next: u32,
    event: Option<T>,
}

impl<T> Default for Agenda<T> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            free: NONE,
            heads: Box::new([NONE; SLOTS as usize]),
            occupied: Box::new([0; SLOTS as usize / 64]),
            open: 0,
            next: u64::MAX,
            due: Vec::new(),
            far: BinaryHeap::new(),
        }
    }
}

impl<T> Agenda<T> {
    /// The events that wait, in no particular order.
    pub fn waiting(&self) -> impl Iterator<Item = &T> {
        self.nodes.iter().filter_map(|node| node.event.as_ref())
    }

    /// Files an event; `at` is not before the last event taken.
    #[inline(always)]
    pub fn schedule(&mut self, at: SimTime, order: u64, event: T) {
        let entry = self.store(at, order, event);
        let slot = slot_of(at);
        if slot <= self.open {
            return self.insert_due(entry);
        }
        self.next = self.next.min(slot);
        if slot - self.open < SLOTS {
            let index = (slot % SLOTS) as usize;
            let head = std::mem::replace(&mut self.heads[index], entry.node);
            self.nodes[entry.node as usize].next = head;
            self.occupied[index / 64] |= 1 << (index % 64);
        } else {
            self.push_far(entry);
        }
    }

    #[cold]
    fn insert_due(&mut self, entry: Entry) {
        let later = self.due.partition_point(|other| other > &entry);
        self.due.insert(later, entry);
    }

    #[cold]
    fn push_far(&mut self, entry: Entry) {
        self.far.push(Reverse(entry));
    }

    /// Takes the next event that is due at `until` or before.
    #[inline]
    pub fn take_due(&mut self, until: SimTime) -> Option<(SimTime, T)> {
        loop {
            if let Some(entry) = self.due.last() {
                let Entry { at, node, .. } = *entry;
                if at > until {
                    return None;
                }
                self.due.pop();
                return self.release(node).map(|event| (at, event));
            }
            let slot = slot_of(until);
            if slot < self.next {
                self.open = self.open.max(slot);
                return None;
            }
            self.open_next();
        }
    }

    /// Opens the next slot that holds an event: moves its events to `due`, latest first.
    fn open_next(&mut self) {
        self.open = self.next;
        let index = (self.open % SLOTS) as usize;
        let mut at = std::mem::replace(&mut self.heads[index], NONE);
        self.occupied[index / 64] &= !(1 << (index % 64));
        while at != NONE {
            let Node { entry, next, .. } = &self.nodes[at as usize];
            self.due.push(*entry);
            at = *next;
        }
        while let Some(Reverse(entry)) = self.far.peek().filter(|Reverse(entry)| slot_of(entry.at) == self.open) {
            self.due.push(*entry);
            self.far.pop();
        }
        if self.due.len() > 1 {
            self.due.sort_unstable_by(|a, b| b.cmp(a));
        }
        let far = self.far.peek().map_or(u64::MAX, |Reverse(entry)| slot_of(entry.at));
        self.next = self.next_near().min(far);
    }

    /// The next occupied slot of the calendar after the open one; when there is none, the last of all time.
    fn next_near(&self) -> u64 {
        let mut slot = self.open + 1;
        while slot < self.open + SLOTS {
            let index = (slot % SLOTS) as usize;
            let word = self.occupied[index / 64] >> (index % 64);
            if word != 0 {
                return slot + u64::from(word.trailing_zeros());
            }
            slot += 64 - (index % 64) as u64;
        }
        u64::MAX
    }

    #[inline]
    fn store(&mut self, at: SimTime, order: u64, event: T) -> Entry {
        if self.free == NONE {
            self.grow();
        }
        let entry = Entry { at, order, node: self.free };
        let node = &mut self.nodes[entry.node as usize];
        self.free = node.next;
        node.entry = entry;
        node.event = Some(event);
        entry
    }

    #[cold]
    fn grow(&mut self) {
        self.free = self.nodes.len() as u32;
        let entry = Entry { at: SimTime(0), order: 0, node: self.free };
        self.nodes.push(Node { entry, next: NONE, event: None });
    }

    #[inline]
    fn release(&mut self, at: u32) -> Option<T> {
        let node = &mut self.nodes[at as usize];
        node.next = std::mem::replace(&mut self.free, at);
        node.event.take()
    }
}

impl Entry {
    /// One number to compare: without branches where a pair would need them.
    fn key(&self) -> u128 {
        u128::from(self.at.0) << 64 | u128::from(self.order)
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn slot_of(at: SimTime) -> u64 {
    at.0 >> SLOT_BITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How long to wait, how far ahead to schedule, and in which order.
    fn steps() -> impl Strategy<Value = Vec<(u64, u64, u64)>> {
        let ahead = prop_oneof![0..20_000_u64, 0..1_000_000_u64, 0..200_000_000_u64];
        let wait = prop_oneof![5 => 0..300_000_u64, 1 => 0..150_000_000_u64];
        prop::collection::vec((wait, ahead, 0..4_u64), 1..300)
    }

    proptest! {
        /// Files and takes as the engine does: events are scheduled at or after the present.
        #[test]
        fn events_come_in_the_order_of_a_sorted_list(steps in steps()) {
            let mut agenda = Agenda::default();
            let mut list: Vec<(u64, u64, usize)> = Vec::new();
            let mut now = 0;
            for (number, (wait, ahead, order)) in steps.into_iter().enumerate() {
                agenda.schedule(SimTime(now + ahead), order, number);
                list.push((now + ahead, order, number));
                now += wait;
                list.sort_unstable();
                while let Some((at, event)) = agenda.take_due(SimTime(now)) {
                    let (expected_at, expected_order, _) = list[0];
                    let taken = list.iter().position(|(t, o, n)| (*t, *o, *n) == (expected_at, expected_order, event));
                    prop_assert_eq!(at.0, expected_at);
                    prop_assert!(taken.is_some(), "event {} came out of order", event);
                    list.remove(taken.unwrap());
                }
                prop_assert!(list.first().is_none_or(|(at, ..)| *at > now));
                prop_assert_eq!(agenda.waiting().count(), list.len());
            }
        }
    }
}
