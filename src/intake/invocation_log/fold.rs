//! JSON of which only some keys matter: they are taken on the way, and nothing else is kept.

use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// What some keys of an object say. In a list each object says more, and the last word counts.
pub(super) trait Fold {
    /// The keys that matter, and one for all others.
    type Key: DeserializeOwned;

    /// Takes the value of a key, which has to be read in any case.
    fn entry<'de, A: MapAccess<'de>>(&mut self, key: Self::Key, map: &mut A) -> Result<(), A::Error>;
}

/// Reads any JSON value into what is folded; a value that is neither an object nor a list says nothing.
pub(super) struct Into<'a, F>(pub &'a mut F);

/// A field that is folded.
pub(super) fn folded<'de, D: Deserializer<'de>, F: Fold + Default>(deserializer: D) -> Result<F, D::Error> {
    let mut fold = F::default();
    Into(&mut fold).deserialize(deserializer)?;
    Ok(fold)
}

impl<'de, F: Fold> DeserializeSeed<'de> for Into<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, F: Fold> Visitor<'de> for Into<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            self.0.entry(key, &mut map)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Into(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

/// A value of one type; nothing where another type stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Maybe<T>(pub Option<T>);

/// What a [`Maybe`] can hold.
pub(super) trait Scalar<'de>: Sized {
    fn of_u64(_: u64) -> Option<Self> {
        None
    }

    fn of_str(_: &str) -> Option<Self> {
        None
    }

    fn of_borrowed(text: &'de str) -> Option<Self> {
        Self::of_str(text)
    }
}

impl Scalar<'_> for u64 {
    fn of_u64(number: u64) -> Option<Self> {
        Some(number)
    }
}

impl Scalar<'_> for String {
    fn of_str(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

/// A text without escapes.
impl<'de: 'a, 'a> Scalar<'de> for &'a str {
    fn of_borrowed(text: &'de str) -> Option<Self> {
        Some(text)
    }
}

impl<'de, T: Scalar<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor(PhantomData))
    }
}

struct ScalarVisitor<T>(PhantomData<T>);

impl<'de, T: Scalar<'de>> Visitor<'de> for ScalarVisitor<T> {
    type Value = Maybe<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Maybe<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Maybe(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Maybe<T>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Maybe(None))
    }

    fn visit_unit<E>(self) -> Result<Maybe<T>, E> {
        Ok(Maybe(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Maybe<T>, E> {
        Ok(Maybe(None))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Maybe<T>, E> {
        Ok(Maybe(T::of_u64(number)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Maybe<T>, E> {
        Ok(Maybe(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Maybe<T>, E> {
        Ok(Maybe(None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Maybe<T>, E> {
        Ok(Maybe(T::of_str(text)))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Maybe<T>, E> {
        Ok(Maybe(T::of_borrowed(text)))
    }
}
