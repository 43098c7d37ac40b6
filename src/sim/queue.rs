//! A queue of messages that are received at least once, as Amazon SQS delivers them to consumers.

use super::log::Ending;
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

/// A message until it is deleted or dead, no batch has it any longer, and the time is over for which it is hidden.
pub(super) struct Message {
    pub(super) arrival: Arrival,
    /// How often it was received.
    pub(super) receives: u32,
    /// How often work on it was begun.
    pub(super) deliveries: u32,
    /// It was deleted, or it is dead.
    over: bool,
    /// The queue itself, while it can be received; batches that have it; the end of the time for which it is hidden.
    holders: u32,
    /// How the last task of it ended that did not fail.
    pub(super) ending: Ending,
    /// What all its deliveries used.
    pub(super) spent: Spent,
}

/// What a task used.
#[derive(Debug, Clone, Default)]
pub(super) struct Spent {
    /// By lane of its application.
    pub(super) usage: Vec<Usage>,
    /// Of it, what calls with a long input used; empty where these have no prices of their own.
    pub(super) long: Vec<Usage>,
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
    /// It was received too often; what all its deliveries used.
    Dead(Spent),
}

impl Spent {
    /// Nothing yet, of an application with so many lanes, of which so many tell long inputs apart, and meters.
    pub(super) fn nothing(lanes: usize, long: usize, meters: usize) -> Self {
        let usage = |lanes| vec![Usage::default(); lanes];
        Self { usage: usage(lanes), long: usage(long), metered: vec![0; meters], ..Self::default() }
    }

    /// Adds what another used.
    pub(super) fn add(&mut self, other: &Self) {
        self.usage.iter_mut().zip(&other.usage).for_each(|(sum, used)| *sum += *used);
        self.long.iter_mut().zip(&other.long).for_each(|(sum, used)| *sum += *used);
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
        let message = Message {
            arrival,
            receives: 0,
            deliveries: 0,
            over: false,
            holders: 1,
            ending: Ending::Failed,
            spent: nothing,
        };
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
                // The batch has it instead of the queue, and it is hidden for a while.
                message.holders += 1;
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
            // What was answered stays the batch's until it is over.
            if !answered {
                self.release(message);
            }
            return Then::Next(next);
        }
        self.working -= 1;
        let Some(over) = self.batches.leave(batch) else { return Then::Delete(Vec::new()) };
        over.left.iter().for_each(|message| self.release(*message));
        if !answered {
            self.release(message);
        }
        if reports || !over.failed {
            return Then::Delete(over.answered);
        }
        over.answered.iter().for_each(|message| self.release(*message));
        Then::Delete(Vec::new())
    }

    /// One of those that have a message does not any longer.
    fn release(&mut self, message: u32) {
        let Some(known) = self.messages.get_mut(message) else { return };
        known.holders -= 1;
        if known.holders == 0 {
            self.messages.leave(message);
        }
    }

    /// A batch that is over deletes a message; when it came, how it ended and what was used, unless it was deleted or
    /// dead before.
    pub(super) fn delete(&mut self, message: u32) -> Option<(SimTime, Ending, Spent)> {
        let known = self.messages.get_mut(message).filter(|known| !known.over);
        let deleted = known.map(|known| {
            known.over = true;
            (known.arrival.at, known.ending, std::mem::take(&mut known.spent))
        });
        self.release(message);
        deleted
    }

    /// The time is over for which a message that was received is hidden.
    pub(super) fn reappear(&mut self, message: u32) -> Again {
        let most = self.rules.receives;
        match self.messages.get_mut(message).filter(|known| !known.over) {
            Some(known) if known.receives < most => {
                self.visible.push_back(message);
                Again::Visible
            }
            Some(known) => {
                known.over = true;
                let spent = std::mem::take(&mut known.spent);
                self.release(message);
                Again::Dead(spent)
            }
            None => {
                self.release(message);
                Again::Gone
            }
        }
    }
}
