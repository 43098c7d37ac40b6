//! A progress bar on stderr, for people only.

use crate::traffic::Progress;
use crate::units::Micros;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// A run that is shorter needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Does the work; shows how far it is when it takes longer than a second and stderr is a terminal.
pub(super) fn watched<T>(work: Micros, task: impl FnOnce(&Progress) -> T) -> T {
    let progress = Progress::default();
    if !io::stderr().is_terminal() {
        return task(&progress);
    }
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| show(work, &progress, &done));
        let _stop = StopAtEnd(&done);
        task(&progress)
    })
}

/// Ends the bar however the work ends: a panic of it must not wait for the bar, nor the bar for it.
struct StopAtEnd<'a>(&'a AtomicBool);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn show(work: Micros, progress: &Progress, done: &AtomicBool) {
    let mut waited = Duration::ZERO;
    while waited < PATIENCE {
        if done.load(Ordering::Relaxed) {
            return;
        }
        thread::sleep(TICK);
        waited += TICK;
    }
    let minutes = |length: Micros| length.0 / Micros::MINUTE.0;
    let style = ProgressStyle::with_template("{bar:40} {percent}% of the simulated time, {msg}, {eta} left");
    let bar = ProgressBar::new(minutes(work).max(1)).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    while !done.load(Ordering::Relaxed) {
        bar.set_position(minutes(progress.simulated()).min(minutes(work)));
        bar.set_message(format!("{:.1} h a second", bar.per_sec() / 60.0));
        thread::sleep(TICK);
    }
    bar.finish_and_clear();
}
