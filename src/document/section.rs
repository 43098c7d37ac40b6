//! One declaration for a section of a file: the type, its JSON Schema and its reader.

/// Declares a struct whose fields are the keys of a YAML section. Field types say what may be left
/// out (`Option`); doc comments become the schema's descriptions; keys and fields cannot drift apart.
macro_rules! section {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$field_about:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_about])* pub $field: $type,)*
        }

        impl $crate::document::Decode for $name {
            fn decode(
                node: &$crate::document::Node,
                problems: &mut $crate::document::Problems,
            ) -> Option<Self> {
                let fields = $crate::document::Fields::of(node, &[$(stringify!($field)),*], problems)?;
                $(let $field = fields.take::<$type>(stringify!($field), problems);)*
                Some(Self { $($field: $field?,)* })
            }
        }
    };
}

pub(crate) use section;
