//! One declaration for a closed set of names: the type, its JSON Schema and its reader.

/// Declares an enum whose variants are written as names in the file. The word after the enum's name is
/// what messages call such a name.
macro_rules! names {
    (
        $(#[$about:meta])*
        pub enum $type:ident: $what:literal {
            $($(#[$variant_about:meta])* $variant:ident = $name:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema)]
        pub enum $type {
            $($(#[$variant_about])* #[schemars(rename = $name)] $variant,)*
        }

        impl $type {
            /// The name as it is written in the file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What has that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl $crate::document::Decode for $type {
            fn decode(node: &$crate::document::Node, problems: &mut $crate::document::Problems) -> Option<Self> {
                $crate::document::choice(node, problems, $what, &[$(($name, Self::$variant)),*])
            }
        }
    };
}

pub(crate) use names;
