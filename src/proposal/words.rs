//! Closed vocabularies: one table per enum, from which name, reading, serde and schema follow.

/// Letters and digits only, in lower case: `New-Field`, `new_field` and `new field` are one word.
pub(crate) fn squashed(text: &str) -> String {
    text.chars().take(120).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Gives an enum its names: the first is printed, all are read, in any case and with `-`, `_` or
/// space between words.
macro_rules! words {
    ($type:ident, $what:literal, { $($variant:ident => $name:literal $(| $alias:literal)*,)* }) => {
        impl $type {
            /// Every value, in the order of this page.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The names that files carry, in the order of [`ALL`](Self::ALL).
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The name that files carry.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name,)*
                }
            }

            /// Reads a name or one of its usual synonyms, with an explanation behind it or
            /// without: `liaison (exchange of drafts)`.
            pub(crate) fn read(text: &str) -> Option<$type> {
                $type::read_name(text).or_else(|| {
                    let (name, _) = text.split_once([' ', '\n']).and_then(|_| {
                        text.split_once([',', ';', '(', '–', '—', ':'])
                    })?;
                    $type::read_name(name)
                })
            }

            fn read_name(text: &str) -> Option<$type> {
                let word = crate::proposal::words::squashed(text);
                $(
                    if [$name $(, $alias)*].iter().any(|name| crate::proposal::words::squashed(name) == word) {
                        return Some($type::$variant);
                    }
                )*
                None
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = crate::error::Error;

            fn from_str(text: &str) -> Result<$type, crate::error::Error> {
                $type::read(text).ok_or_else(|| {
                    crate::error::Error::new(crate::proposal::malformed::Malformed::Word {
                        what: $what,
                        value: crate::proposal::malformed::shown(text),
                        expected: $type::NAMES,
                    })
                })
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                $type::read(&text).ok_or_else(|| serde::de::Error::unknown_variant(&text, $type::NAMES))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": $type::NAMES })
            }
        }
    };
}
pub(crate) use words;
