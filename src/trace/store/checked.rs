//! Pages of a file that anybody may have written or damaged: what the parquet crate takes for granted is looked at first.

use super::pages::Source;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::serialized_reader::SerializedPageReader;

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
}

impl PageReader for Checked {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        match page.as_ref().map(|page| (page, page.encoding())) {
            Some((Page::DictionaryPage { .. }, _)) => self.dictionary = true,
            Some((_, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY)) if !self.dictionary => {
                return Err(ParquetError::General("a page has no dictionary".to_owned()));
            }
            _ => {}
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
