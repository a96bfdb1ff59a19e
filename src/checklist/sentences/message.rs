//! Sentences with their facts, as rules give them.

use super::Sentence;

/// A sentence with its facts.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) sentence: &'static Sentence,
    /// Of how many things it tells.
    pub(crate) number: usize,
    /// A value for each placeholder of the sentence.
    pub(crate) values: Vec<String>,
}

/// That something is wrong, and what to do about it.
#[derive(Debug)]
pub(crate) struct Fault(pub(crate) Told);

/// Something worth knowing that is not wrong.
#[derive(Debug)]
pub(crate) struct Note(pub(crate) Told);

/// What an office says in the place of a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rewording {
    pub(crate) message: Option<String>,
    pub(crate) many: Option<String>,
    pub(crate) remedy: Option<String>,
}

/// Sentences of rules of an office's own.
static PLAIN: Sentence = Sentence {
    key: "",
    message: "{message}",
    many: None,
    remedy: Some("{remedy}"),
    placeholders: &["message", "remedy"],
};

impl Fault {
    pub(crate) fn plain(message: String, remedy: String) -> Fault {
        Fault(Told { sentence: &PLAIN, number: 1, values: vec![message, remedy] })
    }
}

impl<T: Into<String>> From<T> for Note {
    fn from(message: T) -> Note {
        Note(Told { sentence: &PLAIN, number: 1, values: vec![message.into()] })
    }
}

impl Told {
    /// The sentence in the words of the crate or of an office.
    pub(crate) fn message(&self, own: Option<&Rewording>) -> String {
        let (one, many) =
            own.map_or((None, None), |own| (own.message.as_deref(), own.many.as_deref()));
        let one = one.unwrap_or(self.sentence.message);
        let many = many.or(self.sentence.many).filter(|_| self.number != 1);
        self.fill(many.unwrap_or(one))
    }

    /// What to do, in the words of the crate or of an office.
    pub(crate) fn remedy(&self, own: Option<&Rewording>) -> Option<String> {
        let own = own.and_then(|own| own.remedy.as_deref());
        own.or(self.sentence.remedy).map(|remedy| self.fill(remedy))
    }

    /// Values are put in as they are; a placeholder without a value stays to be seen.
    fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len() + 80);
        let mut rest = text;
        while let Some((before, name, after)) = placeholder(rest) {
            filled.push_str(before);
            match self.sentence.placeholders.iter().position(|one| *one == name) {
                Some(at) if at < self.values.len() => filled.push_str(&self.values[at]),
                _ => filled.push_str(&rest[before.len()..rest.len() - after.len()]),
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// The text before the first placeholder, its name, and the text behind it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find('{')?;
    let close = open + text[open..].find('}')?;
    Some((&text[..open], &text[open + 1..close], &text[close + 1..]))
}

/// The names of all placeholders of a text.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, name, after) = placeholder(rest)?;
        rest = after;
        Some(name)
    })
}

/// True when every placeholder of a text is among the names; asked by the compiler.
pub(crate) const fn is_known(text: &str, names: &[&str]) -> bool {
    let text = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'{' {
            let mut known = false;
            let mut one = 0;
            while one < names.len() {
                known = known || stands_at(text, at + 1, names[one].as_bytes());
                one += 1;
            }
            if !known {
                return false;
            }
        }
        at += 1;
    }
    true
}

/// True when a name and a closing brace stand at a place.
const fn stands_at(text: &[u8], at: usize, name: &[u8]) -> bool {
    let mut same = at + name.len() < text.len() && text[at + name.len()] == b'}';
    let mut i = 0;
    while same && i < name.len() {
        same = text[at + i] == name[i];
        i += 1;
    }
    same
}

/// The messages of a rule: key, type with its facts, sentence, and where there are such the same
/// about many things (`|`) and the remedy (`->`).
///
/// A message without a remedy is a note. One with `|` is told `of` a number of things, which stands
/// at `{number}`. The compiler sees to it that a rule gives every fact and that texts ask for no
/// other.
macro_rules! sentences {
    ($rule:ident: $(
        $key:literal $name:ident { $($value:ident),* }
            => $message:literal $(| $many:literal)? $(-> $remedy:literal)?;
    )*) => {
        pub(crate) mod $rule {
            #[allow(unused_imports, reason = "not every rule has both")]
            use crate::checklist::sentences::message::{Fault, Note, Told, is_known};
            use crate::checklist::sentences::Sentence;

            pub(crate) static SENTENCES: &[&Sentence] = &[$($name::SENTENCE),*];

            $(
                pub(crate) struct $name {
                    $(pub(crate) $value: String),*
                }

                impl $name {
                    pub(crate) const SENTENCE: &'static Sentence = &Sentence {
                        key: $key,
                        message: $message,
                        many: sentences!(@option $($many)?),
                        remedy: sentences!(@option $($remedy)?),
                        placeholders: sentences!(@names [$($value),*] $($many)?),
                    };
                }

                const _: () = {
                    let names = $name::SENTENCE.placeholders;
                    assert!(is_known($message, names));
                    $(assert!(is_known($many, names));)?
                    $(assert!(is_known($remedy, names));)?
                };

                sentences!(@told $name [$($value),*] [$($remedy)?] $($many)?);
            )*
        }
    };
    (@option) => { None };
    (@option $text:literal) => { Some($text) };
    (@names [$($value:ident),*]) => { &[$(stringify!($value)),*] };
    (@names [$($value:ident),*] $many:literal) => { &[$(stringify!($value),)* "number"] };
    (@told $name:ident $values:tt []) => { sentences!(@one $name $values Note); };
    (@told $name:ident $values:tt [$remedy:literal]) => { sentences!(@one $name $values Fault); };
    (@told $name:ident $values:tt [] $many:literal) => { sentences!(@of $name $values Note); };
    (@told $name:ident $values:tt [$remedy:literal] $many:literal) => {
        sentences!(@of $name $values Fault);
    };
    (@one $name:ident [$($value:ident),*] $told:ident) => {
        impl From<$name> for $told {
            fn from(message: $name) -> $told {
                let $name { $($value),* } = message;
                $told(Told { sentence: $name::SENTENCE, number: 1, values: vec![$($value),*] })
            }
        }
    };
    (@of $name:ident [$($value:ident),*] $told:ident) => {
        impl $name {
            pub(crate) fn of(self, number: usize) -> $told {
                let $name { $($value),* } = self;
                let values = vec![$($value,)* number.to_string()];
                $told(Told { sentence: $name::SENTENCE, number, values })
            }
        }
    };
}
