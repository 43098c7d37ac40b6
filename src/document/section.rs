//! One declaration for a section of a file: the type, its JSON Schema and its reader.

use schemars::Schema;

/// Declares a struct whose fields are the keys of a YAML section. Field types say what may be left
/// out (`Option`), `= default` what stands there then, written as JSON (also for a section or a list:
/// `= {}`, `= []`); doc comments become the schema's descriptions; keys and fields cannot drift apart.
/// A key that is a word of Rust stands behind `r#`. Keys that are read elsewhere stand after `also`; a last `check function` looks at the whole
/// section: `fn(&Self, &Place) -> Result<(), Problem>`.
macro_rules! section {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$field_about:meta])* pub $field:ident: $type:ty $(= $default:tt)?,)*
        }
        $(also $($elsewhere:literal),+)?
        $(check $check:expr)?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields, transform = $crate::document::defaults_may_be_left_out)]
        pub struct $name {
            $($(#[$field_about])* $(#[schemars(extend("default" = $default))])? pub $field: $type,)*
        }

        impl $crate::document::Decode for $name {
            fn decode(
                node: &$crate::document::Node,
                problems: &mut $crate::document::Problems,
            ) -> Option<Self> {
                let fields = $crate::document::Fields::of(node, &[$($crate::document::key(stringify!($field)),)* $($($elsewhere),+)?], problems)?;
                $(let $field = $crate::document::section!(@take fields, problems, $field: $type $(= $default)?);)*
                let section = Self { $($field: $field?,)* };
                $(if let Err(problem) = $check(&section, fields.place()) {
                    problems.add(problem);
                    return None;
                })?
                Some(section)
            }
        }
    };
    (@take $fields:ident, $problems:ident, $field:ident: $type:ty) => {
        $fields.take::<$type>($crate::document::key(stringify!($field)), $problems)
    };
    (@take $fields:ident, $problems:ident, $field:ident: $type:ty = $default:tt) => {
        $fields.take_or::<$type>($crate::document::key(stringify!($field)), stringify!($default), $problems)
    };
}

pub(crate) use section;

/// The key of a field.
pub(crate) fn key(field: &'static str) -> &'static str {
    field.trim_start_matches("r#")
}

/// A key with a default is not required.
pub(crate) fn defaults_may_be_left_out(schema: &mut Schema) {
    let has_default = |schema: &Schema, key: &str| schema.get("properties")?.get(key)?.get("default").map(drop);
    let Some(required) = schema.get("required").and_then(|keys| keys.as_array()) else { return };
    let kept: Vec<_> = required
        .iter()
        .filter(|key| key.as_str().and_then(|key| has_default(schema, key)).is_none())
        .cloned()
        .collect();
    if kept.is_empty() {
        schema.remove("required");
    } else {
        schema.insert("required".to_owned(), kept.into());
    }
}
