//! The fold over the tasks of an application.

use super::Tasks;
use super::queue::Spent;
use crate::units::Micros;

/// What is known of an application's tasks so far.
#[derive(Default)]
pub(super) struct TaskLog {
    pub(super) tasks: Tasks,
    open: u32,
}

/// How a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Done,
    Failed,
    BlockedBefore,
    BlockedAfter,
    Shed,
    Dead,
}

impl TaskLog {
    /// A task comes.
    pub(super) fn begun(&mut self, minute: usize) {
        self.tasks.begun += 1;
        self.open_is(minute, self.open + 1);
    }

    /// A task ends that came so long ago.
    pub(super) fn ended(&mut self, minute: usize, ending: Ending, took: Micros, spent: &Spent) {
        let tasks = &mut self.tasks;
        match ending {
            Ending::Done => {
                tasks.done += 1;
                tasks.e2e.add(took);
                tasks.visible_tokens += spent.visible;
            }
            Ending::Failed => tasks.failed += 1,
            Ending::BlockedBefore => tasks.blocked_before += 1,
            Ending::BlockedAfter => tasks.blocked_after += 1,
            Ending::Shed => tasks.shed += 1,
            Ending::Dead => tasks.dead += 1,
        }
        if ending != Ending::Shed {
            tasks.calls.add(spent.calls);
            tasks.tokens += spent.tokens();
        }
        self.open_is(minute, self.open - 1);
    }

    /// So many tasks wait in line now; so many did before.
    pub(super) fn line_is(&mut self, minute: usize, before: usize, now: usize) {
        peak(&mut self.tasks.line, minute, before as u32, now as u32);
    }

    fn open_is(&mut self, minute: usize, now: u32) {
        peak(&mut self.tasks.at_once, minute, self.open, now);
        self.open = now;
    }

    /// What is known at the end, in a minute, with so many still in line.
    pub(super) fn finish(mut self, minute: usize, line: usize) -> Tasks {
        self.line_is(minute, line, line);
        self.open_is(minute, self.open);
        self.tasks.open = self.open.into();
        self.tasks
    }
}

/// The largest value of each minute; a minute begins with the value before it.
fn peak(minutes: &mut Vec<u32>, minute: usize, before: u32, now: u32) {
    minutes.resize(minutes.len().max(minute + 1), before);
    minutes[minute] = minutes[minute].max(now);
}
