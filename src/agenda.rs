//! What is going to happen, in order of (time, order).
//!
//! A calendar of slots a few milliseconds wide: an event is filed under its slot and sorted only when
//! the slot opens, so that filing and taking cost the same however many events wait. Events beyond
//! the calendar's reach wait in a heap. Does not know what an event means; never goes back in time.

use crate::units::SimTime;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A slot is `2^SLOT_BITS` microseconds wide: 8 ms.
const SLOT_BITS: u32 = 13;
/// Slots in the calendar: it reaches 67 s ahead.
const SLOTS: u64 = 8_192;
/// The end of a list of nodes.
const NONE: u32 = u32::MAX;

/// When an event is due: time first, then its order among the events of that instant.
type Key = (SimTime, u64);

/// Events of type `T`, taken in order of time and, at one instant, of `order`.
#[derive(Debug)]
pub struct Agenda<T> {
    nodes: Vec<Node<T>>,
    free: u32,
    heads: Box<[u32]>,
    occupied: Box<[u64]>,
    /// The slot that is open; every event of an earlier slot has been taken.
    open: u64,
    /// The events of the open slot, latest first.
    due: Vec<(Key, u32)>,
    far: BinaryHeap<Reverse<(Key, u32)>>,
    len: usize,
}

#[derive(Debug)]
struct Node<T> {
    key: Key,
    next: u32,
    event: Option<T>,
}

impl<T> Default for Agenda<T> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            free: NONE,
            heads: vec![NONE; SLOTS as usize].into(),
            occupied: vec![0; SLOTS as usize / 64].into(),
            open: 0,
            due: Vec::new(),
            far: BinaryHeap::new(),
            len: 0,
        }
    }
}

impl<T> Agenda<T> {
    /// How many events wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Files an event; `at` is not before the last event taken.
    #[inline]
    pub fn schedule(&mut self, at: SimTime, order: u64, event: T) {
        let key = (at, order);
        let node = self.store(key, event);
        let slot = slot_of(at);
        if slot <= self.open {
            let later = self.due.partition_point(|(other, _)| *other > key);
            self.due.insert(later, (key, node));
        } else if slot - self.open < SLOTS {
            let index = (slot % SLOTS) as usize;
            self.nodes[node as usize].next = self.heads[index];
            self.heads[index] = node;
            self.occupied[index / 64] |= 1 << (index % 64);
        } else {
            self.far.push(Reverse((key, node)));
        }
        self.len += 1;
    }

    /// Takes the next event that is due at `until` or before.
    #[inline]
    pub fn take_due(&mut self, until: SimTime) -> Option<(SimTime, T)> {
        loop {
            if let Some(((at, _), node)) = self.due.last() {
                if *at > until {
                    return None;
                }
                let (at, node) = (*at, *node);
                self.due.pop();
                return self.release(node).map(|event| (at, event));
            }
            if !self.open_next(slot_of(until)) {
                return None;
            }
        }
    }

    /// Opens the next slot that holds an event, up to `last`; false when there is none.
    fn open_next(&mut self, last: u64) -> bool {
        if last <= self.open {
            return false;
        }
        let near = self.next_occupied(last);
        let far = self.far.peek().map(|Reverse(((at, _), _))| slot_of(*at)).filter(|slot| *slot <= last);
        let Some(slot) = near.into_iter().chain(far).min() else {
            self.open = last;
            return false;
        };
        self.open = slot;
        self.collect(slot);
        true
    }

    /// The next occupied slot of the calendar after the open one, up to `last`.
    fn next_occupied(&self, last: u64) -> Option<u64> {
        let last = last.min(self.open + SLOTS - 1);
        let mut slot = self.open + 1;
        while slot <= last {
            let index = (slot % SLOTS) as usize;
            let word = self.occupied[index / 64] >> (index % 64);
            if word != 0 {
                let found = slot + u64::from(word.trailing_zeros());
                return (found <= last).then_some(found);
            }
            slot += 64 - (index % 64) as u64;
        }
        None
    }

    /// Moves the events of a slot to `due`, latest first.
    fn collect(&mut self, slot: u64) {
        let index = (slot % SLOTS) as usize;
        let mut node = std::mem::replace(&mut self.heads[index], NONE);
        self.occupied[index / 64] &= !(1 << (index % 64));
        while node != NONE {
            let Node { key, next, .. } = &self.nodes[node as usize];
            self.due.push((*key, node));
            node = *next;
        }
        while let Some(Reverse((key, node))) = self.far.peek() {
            if slot_of(key.0) > slot {
                break;
            }
            self.due.push((*key, *node));
            self.far.pop();
        }
        self.due.sort_unstable_by(|a, b| b.cmp(a));
    }

    fn store(&mut self, key: Key, event: T) -> u32 {
        let node = Node { key, next: NONE, event: Some(event) };
        if self.free == NONE {
            self.nodes.push(node);
            return (self.nodes.len() - 1) as u32;
        }
        let at = self.free;
        self.free = self.nodes[at as usize].next;
        self.nodes[at as usize] = node;
        at
    }

    fn release(&mut self, at: u32) -> Option<T> {
        self.len -= 1;
        let node = &mut self.nodes[at as usize];
        node.next = std::mem::replace(&mut self.free, at);
        node.event.take()
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
                prop_assert_eq!(agenda.len(), list.len());
            }
        }
    }
}
