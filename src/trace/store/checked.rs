//! Pages of a file that anybody may have written or damaged. What the parquet crate takes for granted is looked at
//! first, and where it panics nevertheless the file is damaged.

use super::pages::Source;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::serialized_reader::SerializedPageReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the parquet crate makes of a file, whose decoders panic at some files that are damaged.
pub(super) fn guarded<T>(decode: impl FnOnce() -> Result<T>) -> Result<T> {
    let panicked = |_| Err(ParquetError::General("it cannot be decoded".to_owned()));
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(panicked)
}

/// The pages of one column of a row group.
pub(super) struct Checked {
    pages: SerializedPageReader<Source>,
    /// A dictionary came.
    dictionary: bool,
}

impl Checked {
    pub(super) fn new(pages: SerializedPageReader<Source>) -> Self {
        Self { pages, dictionary: false }
    }

    /// A dictionary comes before what needs it, and has no more values than bytes: room is made for all of them.
    fn check(&mut self, page: &Page) -> Result<()> {
        let wrong = |what: &str| Err(ParquetError::General(what.to_owned()));
        match page.encoding() {
            _ if page.is_dictionary_page() => self.dictionary = true,
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY if !self.dictionary => {
                return wrong("a page has no dictionary");
            }
            _ => return Ok(()),
        }
        if page.num_values() as usize > page.buffer().len() { wrong("a dictionary is too short") } else { Ok(()) }
    }
}

impl PageReader for Checked {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        if let Some(page) = &page {
            self.check(page)?;
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

impl Iterator for Checked {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
