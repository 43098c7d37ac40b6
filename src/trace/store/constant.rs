//! Columns that have the same in every row of a row group, as many have: the statistics say it, and no page is read.

use parquet::data_type::ByteArray;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::{Statistics, ValueStatistics};

/// A type of values that statistics know.
pub(super) trait Known: Sized {
    /// The statistics of such values.
    fn known(statistics: &Statistics) -> Option<&ValueStatistics<Self>>;
}

macro_rules! known {
    ($($value:ty: $kind:ident),*) => {$(
        impl Known for $value {
            fn known(statistics: &Statistics) -> Option<&ValueStatistics<Self>> {
                if let Statistics::$kind(known) = statistics { Some(known) } else { None }
            }
        }
    )*};
}

known!(bool: Boolean, i32: Int32, i64: Int64, ByteArray: ByteArray);

/// What every row has, if they all have the same.
pub(super) fn constant<T: Known + Clone + PartialEq>(chunk: &ColumnChunkMetaData) -> Option<T> {
    let statistics = chunk.statistics().filter(|statistics| !statistics.is_min_max_deprecated())?;
    let full = chunk.column_descr().max_def_level() == 0 || statistics.null_count_opt() == Some(0);
    let exact = statistics.min_is_exact() && statistics.max_is_exact();
    let known = T::known(statistics)?;
    known.min_opt().filter(|least| full && exact && known.max_opt() == Some(least)).cloned()
}
