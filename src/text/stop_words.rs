//! Words that say nothing about a subject.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Function words of English, sorted. French articles are there for the records that carry a French
/// title.
const STOP_WORDS: &[&str] = &[
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been",
    "being", "both", "but", "by", "can", "could", "de", "des", "do", "does", "du", "each", "eg",
    "either", "en", "et", "etc", "every", "for", "from", "had", "has", "have", "how", "however",
    "ie", "if", "in", "into", "is", "it", "its", "itself", "la", "le", "les", "may", "might",
    "more", "most", "must", "neither", "no", "nor", "not", "of", "off", "on", "only", "or",
    "other", "our", "out", "over", "own", "same", "shall", "should", "so", "some", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through",
    "to", "too", "under", "until", "up", "upon", "very", "via", "was", "we", "were", "what",
    "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with",
    "within", "without", "would",
];

/// True for a function word. `word` is in lower case.
pub(crate) fn is_stop_word(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| STOP_WORDS.iter().copied().collect());
    word.len() <= 7 && WORDS.contains(word)
}

/// Words that standards and proposals use about themselves, whatever the subject. They are indexed
/// like others (their inverse document frequency is low anyway), but are not shown as a reason.
/// Sorted.
const GENERIC_STEMS: &[&str] = &[
    "activ",
    "appli",
    "applic",
    "approach",
    "area",
    "aspect",
    "base",
    "committe",
    "concept",
    "cover",
    "defin",
    "definit",
    "describ",
    "develop",
    "document",
    "establish",
    "exampl",
    "field",
    "framework",
    "general",
    "give",
    "guid",
    "guidanc",
    "guidelin",
    "iec",
    "implement",
    "includ",
    "intern",
    "iso",
    "itu",
    "level",
    "method",
    "need",
    "object",
    "organ",
    "part",
    "practic",
    "principl",
    "process",
    "propos",
    "provid",
    "recommend",
    "relat",
    "report",
    "requir",
    "scope",
    "set",
    "specif",
    "specifi",
    "standard",
    "support",
    "system",
    "technic",
    "techniqu",
    "technolog",
    "term",
    "terminolog",
    "type",
    "use",
    "user",
    "work",
];

/// Stems that are no reason to name a committee.
pub(crate) fn generic_stems() -> impl Iterator<Item = &'static str> {
    GENERIC_STEMS.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(STOP_WORDS.is_sorted() && GENERIC_STEMS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| word.len() <= 7));
    }
}
