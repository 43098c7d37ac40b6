//! What keeps a row from being read.

use super::Column;
use parquet::errors::ParquetError;

/// What keeps a row from being read.
pub(super) enum Wrong {
    /// The file is not what its footer says.
    Damaged(ParquetError),
    /// No row can hold what a column has for this one.
    Row(Column, &'static str),
}

impl From<ParquetError> for Wrong {
    fn from(error: ParquetError) -> Self {
        Self::Damaged(error)
    }
}
