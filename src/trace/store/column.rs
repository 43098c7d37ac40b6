//! The columns of a trace: their names, their order and their types.

use parquet::basic::{ConvertedType, LogicalType, Repetition};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnPath, SchemaDescriptor, Type, TypePtr};
use std::sync::Arc;

/// A column of a trace, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the field of `Row` with its name")]
pub enum Column {
    Time,
    App,
    Account,
    Model,
    Region,
    RanIn,
    Tier,
    Session,
    RequestId,
    Outcome,
    UncachedInput,
    CacheRead,
    CacheWrite5m,
    CacheWrite1h,
    Output,
    MaxTokens,
    Truncated,
    TtftUs,
    LatencyUs,
    BlockTokens,
    Blocks,
}

/// The columns as Parquet writes them down.
pub(super) const MESSAGE: &str = "message trace {
    required int64 time (TIMESTAMP(MICROS, true));
    optional binary app (STRING);
    optional binary account (STRING);
    optional binary model (STRING);
    optional binary region (STRING);
    optional binary ran_in (STRING);
    optional binary tier (STRING);
    optional binary session (STRING);
    optional binary request_id (STRING);
    required binary outcome (STRING);
    required int32 uncached_input;
    required int32 cache_read;
    required int32 cache_write_5m;
    required int32 cache_write_1h;
    required int32 output;
    optional int32 max_tokens;
    required boolean truncated;
    optional int64 ttft_us;
    optional int64 latency_us;
    optional int32 block_tokens;
    optional group blocks (LIST) {
        repeated group list {
            required int64 element (INTEGER(64, false));
        }
    }
}";

impl Column {
    /// Every column.
    pub const ALL: [Self; 21] = [
        Self::Time,
        Self::App,
        Self::Account,
        Self::Model,
        Self::Region,
        Self::RanIn,
        Self::Tier,
        Self::Session,
        Self::RequestId,
        Self::Outcome,
        Self::UncachedInput,
        Self::CacheRead,
        Self::CacheWrite5m,
        Self::CacheWrite1h,
        Self::Output,
        Self::MaxTokens,
        Self::Truncated,
        Self::TtftUs,
        Self::LatencyUs,
        Self::BlockTokens,
        Self::Blocks,
    ];

    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::App => "app",
            Self::Account => "account",
            Self::Model => "model",
            Self::Region => "region",
            Self::RanIn => "ran_in",
            Self::Tier => "tier",
            Self::Session => "session",
            Self::RequestId => "request_id",
            Self::Outcome => "outcome",
            Self::UncachedInput => "uncached_input",
            Self::CacheRead => "cache_read",
            Self::CacheWrite5m => "cache_write_5m",
            Self::CacheWrite1h => "cache_write_1h",
            Self::Output => "output",
            Self::MaxTokens => "max_tokens",
            Self::Truncated => "truncated",
            Self::TtftUs => "ttft_us",
            Self::LatencyUs => "latency_us",
            Self::BlockTokens => "block_tokens",
            Self::Blocks => "blocks",
        }
    }

    /// Those of [`crate::bedrock::usage::Usage`].
    pub const TOKENS: [Self; 5] =
        [Self::UncachedInput, Self::CacheRead, Self::CacheWrite5m, Self::CacheWrite1h, Self::Output];
}

/// Where the values of a column are.
pub(super) fn path(column: Column) -> ColumnPath {
    schema_of_all().column(column as usize).path().clone()
}

fn schema_of_all() -> SchemaDescriptor {
    SchemaDescriptor::new(schema())
}

/// The columns as a type of Parquet.
pub(super) fn schema() -> TypePtr {
    Arc::new(parse_message_type(MESSAGE).expect("a message type that a test parses"))
}

/// What sets the columns of a file apart from those of a trace. A column may have gaps or none: rows tell.
pub(super) fn difference(found: &SchemaDescriptor) -> Option<String> {
    let expected = schema_of_all();
    let roots = found.root_schema().get_fields();
    for (number, root) in expected.root_schema().get_fields().iter().enumerate() {
        let Some(other) = roots.get(number) else { return Some(format!("the column `{}` is missing", root.name())) };
        if other.name() != root.name() {
            let place = number + 1;
            return Some(format!("column {place} is `{}` instead of `{}`", other.name(), root.name()));
        }
        if !alike(root, other) {
            return Some(format!("the column `{}` is not {}", root.name(), written(root)));
        }
    }
    let more = roots.get(Column::ALL.len());
    more.map(|root| format!("there is no column `{}` in a trace", root.name()))
}

/// The type of a column as [`MESSAGE`] has it.
fn written(column: &Type) -> String {
    let name = format!(" {}", if column.is_group() { "element" } else { column.name() });
    let line = MESSAGE.lines().find(|line| line.contains(&format!("{name} ")) || line.contains(&format!("{name};")));
    let words = line.unwrap_or_default().trim().trim_end_matches(';').replacen(&name, "", 1);
    let ty = words.trim_start_matches("required ").trim_start_matches("optional ");
    if column.is_group() { format!("a list of `{ty}`") } else { format!("`{ty}`") }
}

/// The same values, whatever may be missing and whatever the inner groups of a list are called.
fn alike(expected: &Type, found: &Type) -> bool {
    if expected.is_primitive() || found.is_primitive() {
        let primitive = expected.is_primitive() && found.is_primitive();
        return primitive && expected.get_physical_type() == found.get_physical_type() && same_meaning(expected, found);
    }
    let (inner, other) = (expected.get_fields(), found.get_fields());
    inner.len() == other.len()
        && inner.iter().zip(other).all(|(inner, other)| repeated(inner) == repeated(other) && alike(inner, other))
}

fn repeated(ty: &Type) -> bool {
    ty.get_basic_info().repetition() == Repetition::REPEATED
}

/// Writers annotate in old ways and new ones; a plain integer is signed with and without an annotation.
fn same_meaning(expected: &Type, found: &Type) -> bool {
    let meaning = |ty: &Type| match ty.get_basic_info().converted_type() {
        ConvertedType::INT_32 | ConvertedType::INT_64 => ConvertedType::NONE,
        meaning => meaning,
    };
    let logical = found.get_basic_info().logical_type_ref();
    let local_time = matches!(logical, Some(LogicalType::Timestamp(time)) if !time.is_adjusted_to_u_t_c);
    meaning(expected) == meaning(found) && !local_time
}
