//! Records as lines: as S3 holds them, and as exports of log groups do, behind a time stamp. A record that was printed
//! over several lines ends where its brackets do; a line that does not go on with it shows that it was cut off.

use super::record::CUT_OFF;
use super::taker::Taker;
use crate::intake::Input;
use crate::intake::input::LONGEST_LINE;
use crate::intake::json_scan::JsonScan;
use crate::trace::ImportError;

/// Rows of a file of lines.
pub(super) fn read(input: &mut Input<'_>, taker: &mut Taker<'_, '_>) -> Result<(), ImportError> {
    let mut begun: Option<Begun> = None;
    let mut number = 0;
    while let Some(line) = input.next_line()? {
        number += 1;
        if let Some(record) = begun.as_mut().filter(|_| goes_on(line)) {
            record.push(line);
            if record.text.len() > LONGEST_LINE {
                return Err(taker.error(record.line, "this record is longer than 16 MiB").into());
            }
            if record.scan.ended() {
                taker.take(&record.text, record.line)?;
                begun = None;
            }
            continue;
        }
        if let Some(broken) = begun.take() {
            taker.skip(CUT_OFF, broken.line);
        }
        if !line.trim().is_empty() && !taker.take_whole(line, number)? {
            begun = Some(Begun::new(line, number));
        }
    }
    if let Some(broken) = begun {
        taker.skip(CUT_OFF, broken.line);
    }
    Ok(())
}

/// Lines within a printed record are indented, or begin with a key or a closing bracket.
fn goes_on(line: &str) -> bool {
    line.starts_with([' ', '\t', '"', '}', ']'])
}

/// A record whose end was not seen yet.
struct Begun {
    text: String,
    line: u64,
    scan: JsonScan,
}

impl Begun {
    fn new(text: &str, line: u64) -> Self {
        let mut begun = Self { text: String::new(), line, scan: JsonScan::default() };
        begun.push(text.find('{').map_or(text, |begin| &text[begin..]));
        begun
    }

    fn push(&mut self, line: &str) {
        self.scan.take(line.as_bytes());
        self.text.push_str(line);
    }
}
