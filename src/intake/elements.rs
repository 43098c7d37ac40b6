//! Documents of JSON that hold a list of records, taken apart one element at a time: a document of any size needs the
//! memory of its largest element.

use super::Input;
use super::input::LONGEST_LINE;
use super::json_scan::JsonScan;
use crate::trace::TraceError;

/// Takes the elements of lists: of those that are the document, and of those under certain keys of the document. Several
/// documents may follow each other.
pub(super) struct Elements {
    keys: &'static [&'static str],
    place: Place,
    /// What the document holds besides its lists, as far as it was read, where that is wanted.
    rest: Option<String>,
    /// The document has one of the lists.
    has_list: bool,
}

/// What an element is of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// One of a list.
    Listed,
    /// An object with all that stands beside the lists.
    BesideLists,
    /// The document, which has no list.
    Whole,
}

/// One element.
pub(super) struct Element<'i> {
    /// Its JSON text.
    pub text: &'i str,
    /// The line where it begins; of what is no list's, where its document ends.
    pub line: u64,
    pub part: Part,
}

/// Where reading stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Object,
    List { in_object: bool },
}

impl Elements {
    /// Elements of the lists under some keys.
    pub(super) fn under(keys: &'static [&'static str]) -> Self {
        Self { keys, place: Place::Outside, rest: None, has_list: false }
    }

    /// The same, and at the end of each document that is an object what it holds besides the lists.
    pub(super) fn under_and_rest(keys: &'static [&'static str]) -> Self {
        Self { rest: Some(String::new()), ..Self::under(keys) }
    }

    /// The next element; `None` at the end of the file.
    ///
    /// # Errors
    /// When this is no JSON, ends early, or one element is too long.
    pub(super) fn next<'i>(&mut self, input: &'i mut Input<'_>) -> Result<Option<Element<'i>>, TraceError> {
        loop {
            let byte = input.skip_blanks()?;
            let line = input.line;
            self.place = match (self.place, byte) {
                (Place::Outside, None) => return Ok(None),
                (_, None) => return Err(input.error("the file ends inside of a document")),
                (Place::Outside, Some(b'{')) => {
                    self.has_list = false;
                    Place::Object
                }
                (Place::Object, Some(b'}')) if self.rest.is_some() => {
                    input.pass();
                    self.place = Place::Outside;
                    return Ok(Some(self.take_rest(input, line)));
                }
                (Place::Outside, Some(b'[')) => Place::List { in_object: false },
                (Place::Object, Some(b'}')) => Place::Outside,
                (Place::List { in_object }, Some(b']')) => {
                    if in_object {
                        Place::Object
                    } else {
                        Place::Outside
                    }
                }
                (Place::Object, Some(b'"')) => {
                    self.enter_value(input)?;
                    continue;
                }
                (Place::Object | Place::List { .. }, Some(b',')) => self.place,
                (Place::List { .. }, Some(_)) => {
                    return input.next_value(true).map(|text| Some(Element { text, line, part: Part::Listed }));
                }
                (Place::Outside | Place::Object, Some(_)) => return Err(input.error("this is not JSON")),
            };
            input.pass();
        }
    }

    /// Reads a key; goes into its value when that is one of the lists, and passes it over otherwise.
    fn enter_value(&mut self, input: &mut Input<'_>) -> Result<(), TraceError> {
        let written = input.next_value(true)?.to_owned();
        let key: Option<String> = serde_json::from_str(&written).ok();
        if input.skip_blanks()? != Some(b':') {
            return Err(input.error("this is not JSON: a key has no value"));
        }
        input.pass();
        let wanted = key.is_some_and(|key| self.keys.contains(&key.as_str()));
        if input.skip_blanks()? == Some(b'[') && wanted {
            input.pass();
            self.place = Place::List { in_object: true };
            self.has_list = true;
            return Ok(());
        }
        let Some(rest) = &mut self.rest else { return input.next_value(false).map(drop) };
        let value = input.next_value(true)?;
        rest.extend([if rest.is_empty() { "{" } else { "," }, &written, ":", value]);
        if rest.len() > LONGEST_LINE {
            return Err(input.error("a value is longer than 16 MiB; a record of a call is not"));
        }
        Ok(())
    }

    /// What the document that just ended holds besides its lists.
    fn take_rest<'i>(&mut self, input: &'i mut Input<'_>, line: u64) -> Element<'i> {
        input.rest.clear();
        if let Some(rest) = &mut self.rest {
            std::mem::swap(rest, &mut input.rest);
        }
        input.rest.push_str(if input.rest.is_empty() { "{}" } else { "}" });
        let part = if self.has_list { Part::BesideLists } else { Part::Whole };
        Element { text: &input.rest, line, part }
    }
}

impl Input<'_> {
    /// The next byte that is no white space, which stays where it is.
    fn skip_blanks(&mut self) -> Result<Option<u8>, TraceError> {
        loop {
            self.fill()?;
            let bytes = self.reader.fill_buf().unwrap_or_default();
            let blank = |byte: &u8| byte.is_ascii_whitespace() || [0xef, 0xbb, 0xbf].contains(byte);
            let blanks = bytes.iter().take_while(|byte| blank(byte)).count();
            let (next, at_end) = (bytes.get(blanks).copied(), bytes.is_empty());
            self.line_ends += memchr::memchr_iter(b'\n', &bytes[..blanks]).count() as u64;
            self.reader.consume(blanks);
            self.line = self.line_ends + 1;
            if next.is_some() || at_end {
                return Ok(next);
            }
        }
    }

    fn pass(&mut self) {
        self.reader.consume(1);
    }

    /// The value that begins here, which is kept only if it is `wanted`.
    fn next_value(&mut self, wanted: bool) -> Result<&str, TraceError> {
        self.text.clear();
        let mut scan = JsonScan::default();
        loop {
            self.fill()?;
            let bytes = self.reader.fill_buf().unwrap_or_default();
            if bytes.is_empty() {
                return Err(self.error("the file ends inside of a value"));
            }
            let inside = scan.take(bytes);
            let value = &bytes[..inside];
            self.line_ends += memchr::memchr_iter(b'\n', value).count() as u64;
            if wanted {
                self.text.extend_from_slice(value);
            }
            self.reader.consume(inside);
            if self.text.len() > LONGEST_LINE {
                return Err(self.error("a value is longer than 16 MiB; a record of a call is not"));
            }
            if scan.ended() {
                break;
            }
        }
        std::str::from_utf8(&self.text).map_err(|_| self.error("this value is not UTF-8 text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(Part, String, u64)> {
        let mut input = Input::new("t", Box::new(text.as_bytes()));
        let mut elements = Elements::under_and_rest(&["data"]);
        let mut found = Vec::new();
        while let Some(element) = elements.next(&mut input).unwrap() {
            found.push((element.part, element.text.to_owned(), element.line));
        }
        found
    }

    #[test]
    fn what_stands_beside_lists_comes_at_the_end_of_its_document() {
        let found = parts("{\"a\": {\"data\": [1]},\n\"data\": [7, 8], \"b\": \"}\"}\n{\"data\": 5}\n{}[9]");
        let part = |part, text: &str, line| (part, text.to_owned(), line);
        let expected = [
            part(Part::Listed, "7", 2),
            part(Part::Listed, "8", 2),
            part(Part::BesideLists, "{\"a\":{\"data\": [1]},\"b\":\"}\"}", 2),
            part(Part::Whole, "{\"data\":5}", 3),
            part(Part::Whole, "{}", 4),
            part(Part::Listed, "9", 4),
        ];
        assert_eq!(found, expected);
    }
}
