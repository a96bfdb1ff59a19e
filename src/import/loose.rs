//! Shapes of fields that the dialects of bibliographies write in several ways: one entry where
//! others have a list, a text where others have a mapping.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A list, or one entry without the list, or nothing.
pub(super) struct Many<T>(pub(super) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Many<T> {
        Many(Vec::new())
    }
}

/// What a type makes of a bare text where its mapping is usual.
pub(super) trait Textual<'de>: Deserialize<'de> {
    fn from_text(text: String) -> Option<Self>;
}

impl<'de> Textual<'de> for Scalar {
    fn from_text(text: String) -> Option<Scalar> {
        Some(Scalar(text))
    }
}

impl<'de, T: Textual<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Many<T>, D::Error> {
        struct Loose<T>(PhantomData<T>);
        impl<'de, T: Textual<'de>> Visitor<'de> for Loose<T> {
            type Value = Many<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or one entry")
            }
            fn visit_unit<E>(self) -> Result<Many<T>, E> {
                Ok(Many::default())
            }
            fn visit_none<E>(self) -> Result<Many<T>, E> {
                Ok(Many::default())
            }
            fn visit_some<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Many<T>, D::Error> {
                deserializer.deserialize_any(self)
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Many<T>, E> {
                T::from_text(text.to_owned())
                    .map(|one| Many(vec![one]))
                    .ok_or_else(|| E::custom("a text where a mapping is usual"))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Many<T>, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = list.next_element::<Loosely<T>>()? {
                    all.extend(one.0);
                }
                Ok(Many(all))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Many<T>, A::Error> {
                Ok(Many(vec![T::deserialize(MapAccessDeserializer::new(map))?]))
            }
        }
        deserializer.deserialize_any(Loose(PhantomData))
    }
}

/// One entry of a list: a mapping, a text, or nothing.
struct Loosely<T>(Option<T>);

impl<'de, T: Textual<'de>> Deserialize<'de> for Loosely<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Loosely<T>, D::Error> {
        struct Entry<T>(PhantomData<T>);
        impl<'de, T: Textual<'de>> Visitor<'de> for Entry<T> {
            type Value = Loosely<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping or a text")
            }
            fn visit_unit<E>(self) -> Result<Loosely<T>, E> {
                Ok(Loosely(None))
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Loosely<T>, E> {
                match T::from_text(text.to_owned()) {
                    Some(one) => Ok(Loosely(Some(one))),
                    None => Err(E::custom("a text where a mapping is usual")),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Loosely<T>, A::Error> {
                Ok(Loosely(Some(T::deserialize(MapAccessDeserializer::new(map))?)))
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Loosely<T>, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Loosely<T>, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Loosely<T>, E> {
                self.visit_str(&number.to_string())
            }
        }
        deserializer.deserialize_any(Entry(PhantomData))
    }
}

/// A text, a number, or a mapping that holds one under `content`, `value`, `code`, `type` or `id`.
#[derive(Clone, Default)]
pub(super) struct Scalar(pub(super) String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or a mapping with its text")
            }
            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::default())
            }
            fn visit_none<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::default())
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
                deserializer.deserialize_any(self)
            }
            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.to_owned()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
            fn visit_bool<E>(self, truth: bool) -> Result<Scalar, E> {
                Ok(Scalar(truth.to_string()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
                let first = list.next_element::<Scalar>()?.unwrap_or_default();
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                // Better names of the text first; `type` only where nothing else is there.
                const NAMES: [&str; 5] = ["content", "value", "code", "id", "type"];
                let mut best = (NAMES.len(), Scalar::default());
                while let Some(name) = map.next_key::<String>()? {
                    match NAMES.iter().position(|known| *known == name) {
                        Some(rank) if rank < best.0 => best = (rank, map.next_value()?),
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(best.1)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

pub(super) fn optional_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<String, D::Error> {
    Ok(Option::<Scalar>::deserialize(deserializer)?.unwrap_or_default().0)
}

pub(super) fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(optional_text(deserializer)? == "true")
}

/// A text where there may be nothing.
pub(super) fn scalar<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
    Ok(Scalar(optional_text(deserializer)?))
}
