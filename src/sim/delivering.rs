//! Messages of a queue on their way to consumers and back.

use super::engine::Engine;
use super::log::Ending;
use super::observer::Observer;
use super::queue::{Again, Queue, Then};
use super::serving::Turn;
use super::working::{AtWork, Owner};
use crate::units::Micros;

impl<O: Observer> Engine<O> {
    fn queue(&mut self, app: usize) -> Option<&mut Queue> {
        self.desks[app].as_deref_mut()?.queue.as_mut()
    }

    /// Consumers that are free receive what is there.
    pub(super) fn receive(&mut self, app: usize) {
        while let Some((batch, messages)) =
            self.moves_in_line(app, |desk| desk.queue.as_mut().and_then(Queue::receive)).flatten()
        {
            for message in messages {
                self.received(app, message);
            }
            if let Some(message) = self.queue(app).and_then(|queue| queue.next_of(batch)) {
                self.work_on(app, batch, message);
            }
        }
    }

    /// A message is hidden from now on, for as long as the queue says.
    fn received(&mut self, app: usize, message: u32) {
        let now = self.now;
        let Some(queue) = self.queue(app) else { return };
        let visible_at = now + queue.rules.visibility;
        let Some((receives, came)) = queue.message(message).map(|known| (known.receives, known.arrival.at)) else {
            return;
        };
        let tasks = &mut self.recorder.tasks_of(app).tasks;
        if receives == 1 {
            tasks.waited.add(now - came);
        } else {
            tasks.redelivered += 1;
        }
        self.turn_at(visible_at, Turn::Visible { app: app as u32, message });
    }

    /// The task of a message is started, at once or behind those before it in its batch.
    fn work_on(&mut self, app: usize, batch: u32, message: u32) {
        let Some(desk) = self.desks[app].as_deref_mut() else { return };
        let nothing = desk.nothing();
        let Some(known) = desk.queue.as_mut().and_then(|queue| queue.message(message)) else { return };
        let (script, redelivered) = (desk.script.begin(known.arrival.clone()), u64::from(known.deliveries));
        known.deliveries += 1;
        let work = AtWork::new(app as u32, script, self.now, Owner::Message { batch, message }, nothing);
        let task = self.keep(AtWork { redelivered, ..work });
        self.turn_at(self.now, Turn::Step(task));
    }

    /// The task of a message has ended, one way or the other.
    pub(super) fn delivered(&mut self, work: AtWork, batch: u32, message: u32, ending: Ending) {
        let app = work.app as usize;
        self.note_script(&work);
        let Some(queue) = self.queue(app) else { return };
        if let Some(known) = queue.message(message) {
            known.spent.add(&work.spent);
            known.spent.visible = work.spent.visible;
            if ending != Ending::Failed {
                known.ending = ending;
            }
        }
        // What a guardrail blocks is dealt with: it is not sent again.
        match queue.ended(batch, message, ending != Ending::Failed) {
            Then::Next(next) => self.work_on(app, batch, next),
            Then::Delete(messages) => {
                messages.into_iter().for_each(|message| self.delete(app, message));
                self.receive(app);
            }
        }
    }

    fn delete(&mut self, app: usize, message: u32) {
        let now = self.now;
        if let Some((came, ending, spent)) = self.queue(app).and_then(|queue| queue.delete(message)) {
            self.task_ended(app as u32, ending, now - came, &spent);
        }
    }

    /// The time is over for which a message was hidden.
    pub(super) fn reappear(&mut self, app: usize, message: u32) {
        let again = self.moves_in_line(app, |desk| desk.queue.as_mut().map(|queue| queue.reappear(message))).flatten();
        match again {
            Some(Again::Visible) => self.receive(app),
            Some(Again::Dead(spent)) => {
                self.task_ended(app as u32, Ending::Dead, Micros(0), &spent);
            }
            Some(Again::Gone) | None => {}
        }
    }
}
