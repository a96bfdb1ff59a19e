//! American and British spelling: one of the two for each word.
//!
//! Texts of ISO and IEC are spelt the British way, with `-ize` as in Oxford. A proposal may be
//! spelt otherwise: its words are looked up as those texts spell them, where they know the word.

/// Beginnings of words that America spells otherwise, with the British form.
const BEGINNINGS: &[(&str, &str)] = &[
    ("aluminum", "aluminium"),
    ("analog", "analogue"),
    ("analyz", "analys"),
    ("anesthe", "anaesthe"),
    ("armor", "armour"),
    ("behavior", "behaviour"),
    ("caliber", "calibre"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("catalog", "catalogue"),
    ("catalyz", "catalys"),
    ("center", "centre"),
    ("centimeter", "centimetre"),
    ("channeled", "channelled"),
    ("channeling", "channelling"),
    ("color", "colour"),
    ("defense", "defence"),
    ("dialog", "dialogue"),
    ("electrolyz", "electrolys"),
    ("favor", "favour"),
    ("feces", "faeces"),
    ("fetal", "foetal"),
    ("fiber", "fibre"),
    ("flavor", "flavour"),
    ("fueled", "fuelled"),
    ("fueling", "fuelling"),
    ("gage", "gauge"),
    ("harbor", "harbour"),
    ("hemo", "haemo"),
    ("hydrolyz", "hydrolys"),
    ("jewelry", "jewellery"),
    ("kilometer", "kilometre"),
    ("labeled", "labelled"),
    ("labeling", "labelling"),
    ("labor", "labour"),
    ("leveled", "levelled"),
    ("leveling", "levelling"),
    ("liter", "litre"),
    ("maneuver", "manoeuvre"),
    ("millimeter", "millimetre"),
    ("modeled", "modelled"),
    ("modeler", "modeller"),
    ("modeling", "modelling"),
    ("mold", "mould"),
    ("nanometer", "nanometre"),
    ("neighbor", "neighbour"),
    ("odor", "odour"),
    ("orthopedic", "orthopaedic"),
    ("paralyz", "paralys"),
    ("pediatric", "paediatric"),
    ("plow", "plough"),
    ("signaled", "signalled"),
    ("signaling", "signalling"),
    ("theater", "theatre"),
    ("totaled", "totalled"),
    ("traveled", "travelled"),
    ("traveling", "travelling"),
    ("tumor", "tumour"),
    ("tunneling", "tunnelling"),
    ("vapor", "vapour"),
];

/// What may follow a changed beginning: `fibers` is spelt otherwise, `vaporize` is not, and an
/// instrument is an `analyzer` in many a text of IEC.
const ENDINGS: &[&str] = &[
    "", "s", "ed", "d", "ing", "ings", "less", "ful", "al", "ally", "es", "e", "board", "boards",
    "glass", "optic", "optics", "hood", "hoods", "ant", "ants", "line", "lines", "able",
];

/// Endings of verbs in `-ise` and what is made of them.
const ISE: &[&str] =
    &["ise", "ised", "ises", "ising", "iser", "isers", "isation", "isations", "isational"];

/// The British form of a word in lower case, with `-ize`; `None` for a word that has no other.
///
/// The result may be no word at all (`noize`): whoever asks has to know which words there are.
pub(crate) fn usual(word: &str) -> Option<String> {
    if let Some(ending) = ISE.iter().find(|ending| word.ends_with(**ending)) {
        let beginning = &word[..word.len() - ending.len()];
        // What is shorter is another word: `rise`, `wise`, `noise`.
        return (beginning.len() >= 4)
            .then(|| format!("{beginning}{}", ending.replacen('s', "z", 1)));
    }
    let at = BEGINNINGS.partition_point(|(beginning, _)| *beginning <= word);
    BEGINNINGS[..at].iter().rev().take(MOST_ALIKE).find_map(|(american, british)| {
        let rest = word.strip_prefix(american)?;
        // `catalogue` is British already.
        if !ENDINGS.contains(&rest) || word.starts_with(british) {
            return None;
        }
        // `fibred`, not `fibreed`.
        let british = if rest.starts_with(['e', 'i', 'a']) && british.ends_with('e') {
            &british[..british.len() - 1]
        } else {
            british
        };
        Some(format!("{british}{rest}"))
    })
}

/// So many beginnings may lie between a word and its own in the order of the alphabet.
const MOST_ALIKE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_words_have_their_british_form() {
        for (american, british) in [
            ("fibers", "fibres"),
            ("fiberboard", "fibreboard"),
            ("colors", "colours"),
            ("colored", "coloured"),
            ("aluminum", "aluminium"),
            ("centers", "centres"),
            ("modeling", "modelling"),
            ("analyzed", "analysed"),
            ("analog", "analogue"),
            ("catalogs", "catalogues"),
            ("standardisation", "standardization"),
            ("organised", "organized"),
        ] {
            assert_eq!(usual(american).as_deref(), Some(british), "{american}");
        }
        for word in [
            "fibre",
            "colour",
            "catalogue",
            "vaporize",
            "noise",
            "analyzer",
            "lift",
            "",
            "é",
            "laboratory",
        ] {
            assert_eq!(usual(word), None, "{word}");
        }
    }

    #[test]
    fn beginnings_are_in_order() {
        assert!(BEGINNINGS.is_sorted());
    }
}
