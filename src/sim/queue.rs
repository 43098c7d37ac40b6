//! A queue of messages that are received at least once, as Amazon SQS delivers them to consumers.

use super::slots::Slots;
use crate::bedrock::usage::Usage;
use crate::plan::Consumer;
use crate::traffic::Arrival;
use crate::units::SimTime;
use std::collections::VecDeque;

/// The messages of an application, and who works on them.
pub(super) struct Queue {
    pub(super) rules: Consumer,
    visible: VecDeque<u32>,
    messages: Slots<Message>,
    batches: Slots<Batch>,
    working: u32,
}

/// A message until it is deleted and would be visible again.
pub(super) struct Message {
    pub(super) arrival: Arrival,
    /// How often it was received.
    pub(super) receives: u32,
    deleted: bool,
    /// What all its deliveries used.
    pub(super) spent: Spent,
}

/// What a task used.
#[derive(Debug, Clone, Default)]
pub(super) struct Spent {
    /// By lane of its application.
    pub(super) usage: Vec<Usage>,
    /// By meter of its application.
    pub(super) metered: Vec<u64>,
    /// Model calls.
    pub(super) calls: u64,
    /// Tokens that its user wrote and read.
    pub(super) visible: u64,
}

/// Messages that were received together.
struct Batch {
    left: VecDeque<u32>,
    answered: Vec<u32>,
    failed: bool,
}

/// What follows the end of a message's task.
pub(super) enum Then {
    /// The next message of its batch.
    Next(u32),
    /// The batch is over: these are deleted.
    Delete(Vec<u32>),
}

/// What becomes of a message that would be visible again.
pub(super) enum Again {
    /// It was deleted.
    Gone,
    /// It can be received.
    Visible,
    /// It was received too often.
    Dead(Message),
}

impl Spent {
    /// Nothing yet, of an application with so many lanes and meters.
    pub(super) fn nothing(lanes: usize, meters: usize) -> Self {
        Self { usage: vec![Usage::default(); lanes], metered: vec![0; meters], ..Self::default() }
    }

    /// Adds what another used.
    pub(super) fn add(&mut self, other: &Self) {
        self.usage.iter_mut().zip(&other.usage).for_each(|(sum, used)| *sum += *used);
        self.metered.iter_mut().zip(&other.metered).for_each(|(sum, used)| *sum += *used);
        self.calls += other.calls;
    }

    /// All tokens, cached or not.
    pub(super) fn tokens(&self) -> u64 {
        self.usage.iter().map(|usage| usage.total_input() + usage.output).sum()
    }
}

impl Queue {
    pub(super) fn new(rules: Consumer) -> Self {
        Self { rules, visible: VecDeque::new(), messages: Slots::default(), batches: Slots::default(), working: 0 }
    }

    /// A message is sent.
    pub(super) fn send(&mut self, arrival: Arrival, nothing: Spent) {
        let message = Message { arrival, receives: 0, deleted: false, spent: nothing };
        let (slot, _) = self.messages.take(message);
        self.visible.push_back(slot);
    }

    /// Messages that could be received.
    pub(super) fn waiting(&self) -> usize {
        self.visible.len()
    }

    /// A consumer that is free receives messages, if there are any: the batch.
    pub(super) fn receive(&mut self) -> Option<(u32, Vec<u32>)> {
        if self.working >= self.rules.concurrency || self.visible.is_empty() {
            return None;
        }
        let count = self.visible.len().min(self.rules.batch as usize);
        let taken: Vec<u32> = self.visible.drain(..count).collect();
        for message in &taken {
            if let Some(message) = self.messages.get_mut(*message) {
                message.receives += 1;
            }
        }
        self.working += 1;
        let (batch, _) =
            self.batches.take(Batch { left: taken.iter().copied().collect(), answered: Vec::new(), failed: false });
        Some((batch, taken))
    }

    /// The message of a batch that is worked on next.
    pub(super) fn next_of(&mut self, batch: u32) -> Option<u32> {
        self.batches.get_mut(batch)?.left.pop_front()
    }

    pub(super) fn message(&mut self, message: u32) -> Option<&mut Message> {
        self.messages.get_mut(message)
    }

    /// The task of a message has ended. Without a report of failures the first one ends the batch, and all of it
    /// comes again.
    pub(super) fn ended(&mut self, batch: u32, message: u32, answered: bool) -> Then {
        let reports = self.rules.reports_failures;
        let Some(open) = self.batches.get_mut(batch) else { return Then::Delete(Vec::new()) };
        if answered {
            open.answered.push(message);
        } else {
            open.failed = true;
        }
        if (answered || reports)
            && let Some(next) = open.left.pop_front()
        {
            return Then::Next(next);
        }
        self.working -= 1;
        let over = self.batches.leave(batch);
        let deleted = over.filter(|batch| reports || !batch.failed).map_or_else(Vec::new, |batch| batch.answered);
        Then::Delete(deleted)
    }

    /// A message is answered for good; what is known of it, unless it was deleted before.
    pub(super) fn delete(&mut self, message: u32) -> Option<(SimTime, Spent)> {
        let message = self.messages.get_mut(message).filter(|message| !message.deleted)?;
        message.deleted = true;
        Some((message.arrival.at, std::mem::take(&mut message.spent)))
    }

    /// The time is over for which a message that was received is hidden.
    pub(super) fn reappear(&mut self, message: u32) -> Again {
        let known = self.messages.get(message).map(|known| (known.deleted, known.receives));
        match known {
            Some((false, receives)) if receives < self.rules.receives => {
                self.visible.push_back(message);
                Again::Visible
            }
            Some((false, _)) => self.messages.leave(message).map_or(Again::Gone, Again::Dead),
            _ => {
                self.messages.leave(message);
                Again::Gone
            }
        }
    }
}
