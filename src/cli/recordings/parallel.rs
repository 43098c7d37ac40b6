//! Files read on several threads, and their rows taken in the order of the files.

use crate::intake::Tally;
use crate::trace::{ImportError, Row, Sink};
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Rows that travel together; so many batches of a file wait at most.
const BATCH: usize = 512;
const WAITING: usize = 4;

/// Reads files with `import`, several at once; what the sink takes, and what is counted, does not depend on how many.
///
/// # Errors
/// That of the first file, in their order, that has one.
pub(super) fn import_all<F: Sync>(
    files: &[F],
    threads: usize,
    import: impl Fn(&F, &mut Tally, &mut dyn Sink) -> Result<(), ImportError> + Sync,
    tally: &mut Tally,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let (senders, receivers): (Vec<_>, Vec<_>) = files.iter().map(|_| sync_channel(WAITING)).unzip();
    let waiting = Mutex::new(files.iter().zip(senders));
    // A function, so that the lock is open again while a file is read.
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        for _ in 0..threads.clamp(1, files.len().max(1)) {
            scope.spawn(|| {
                while let Some((file, sender)) = next() {
                    read(file, &import, &sender);
                }
            });
        }
        // Owned here, so that threads that still read stop when one file is wrong.
        receivers.into_iter().try_for_each(|receiver| take(&receiver, tally, sink))
    })
}

enum Part {
    Rows(Vec<Row>),
    End(Box<Result<Tally, ImportError>>),
}

fn read<F>(
    file: &F,
    import: impl Fn(&F, &mut Tally, &mut dyn Sink) -> Result<(), ImportError>,
    sender: &SyncSender<Part>,
) {
    let (mut tally, mut batches) = (Tally::default(), Batches { rows: Vec::new(), sender });
    let done = import(file, &mut tally, &mut batches).and_then(|()| Ok(batches.send()?));
    // Nobody listens any more when an earlier file was wrong.
    let _ = sender.send(Part::End(Box::new(done.map(|()| tally))));
}

fn take(receiver: &Receiver<Part>, tally: &mut Tally, sink: &mut dyn Sink) -> Result<(), ImportError> {
    for part in receiver {
        match part {
            Part::Rows(rows) => rows.iter().try_for_each(|row| sink.take(row))?,
            Part::End(done) => tally.absorb((*done)?),
        }
    }
    Ok(())
}

/// Rows of one file on their way.
struct Batches<'a> {
    rows: Vec<Row>,
    sender: &'a SyncSender<Part>,
}

impl Batches<'_> {
    fn send(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        self.sender.send(Part::Rows(rows)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Sink for Batches<'_> {
    fn take(&mut self, row: &Row) -> io::Result<()> {
        self.rows.push(row.clone());
        if self.rows.len() < BATCH { Ok(()) } else { self.send() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::TraceError;

    fn import(file: &i64, tally: &mut Tally, sink: &mut dyn Sink) -> Result<(), ImportError> {
        if *file == 13 {
            return Err(TraceError { file: "13".to_owned(), line: None, message: "wrong".to_owned() }.into());
        }
        for at in 0..2_000 {
            tally.rows += 1;
            sink.take(&Row { at_us: file * 10_000 + at, ..Row::default() })?;
        }
        Ok(())
    }

    #[test]
    fn any_number_of_threads_gives_the_same_rows_and_counts() {
        let files: Vec<i64> = (0..10).rev().collect();
        let read = |threads| {
            let (mut tally, mut rows) = (Tally::default(), Vec::new());
            import_all(&files, threads, import, &mut tally, &mut rows).unwrap();
            (tally, rows)
        };
        let one = read(1);
        assert_eq!((one.0.rows, one.1.len(), one.1[0].at_us), (20_000, 20_000, 90_000));
        assert_eq!(one, read(3));
        assert_eq!(one, read(20));
    }

    #[test]
    fn a_wrong_file_ends_it_and_is_named() {
        let files: Vec<i64> = (0..40).collect();
        let (mut tally, mut rows) = (Tally::default(), Vec::<Row>::new());
        let error = import_all(&files, 3, import, &mut tally, &mut rows).unwrap_err();
        assert!(matches!(error, ImportError::Input(error) if error.file == "13"));
        assert_eq!(rows.len(), 13 * 2_000);
    }
}
