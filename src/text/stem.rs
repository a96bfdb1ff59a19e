//! From words to stems.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

/// The stem of a word in lower case, by the English Snowball algorithm. Technical tokens (with a
/// digit, a dot or a blank in them) are their own stems.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|b| b.is_ascii_digit() || b == b'.' || b == b' ') {
        return Cow::Borrowed(word);
    }
    Stemmer::new(Algorithm::English).stem(word)
}

/// Words whose stems tell one version of the stemmer from another. See [`fingerprint`].
const PROBES: &str = "accessibility ageing analysed biodiversity blockchain buildings cables cities classification \
    communications consumer coordination cryptography cybersecurity dangerous databases degrees digital drinking \
    earthing ecological electrical electrotechnical emissions energy environmental equipment exposure facilities \
    fertilizers fibres flammable generators governance grids hazardous healthcare households hydrogen identities \
    implantable indices industrial informatics insulating interoperability interfaces laboratories lifts lightning \
    luminaires machinery management materials measurement metallic metaverse multimedia networks nuclear occupational \
    optical organizational packaging photovoltaic plastics policies privacy processes protection proxies quantities \
    quantum radiological railways recyclable refrigerating regulators reliability renewable requirements resilience \
    robotics rotating safety satellites security semiconductors services signalling societies statistical studies \
    supplies surfaces sustainability switchgear symbols technologies telecommunications terminologies testing textiles \
    traceability transformers transmission trustworthiness universities vehicles vibrations vocabularies vulnerable \
    watches welding wireless";

/// A number that changes when the stemmer gives other stems. Stems are data: an index made with one
/// stemmer and read with another would lose words without a sign, so the index keeps this number.
pub(crate) fn fingerprint() -> u32 {
    let mut hash = crc32fast::Hasher::new();
    for word in PROBES.split_whitespace() {
        hash.update(stem(word).as_bytes());
        hash.update(b"\n");
    }
    hash.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_meet() {
        assert_eq!(stem("technologies"), stem("technology"));
        assert_eq!(stem("vehicles"), "vehicl");
        assert_eq!(stem("x.509"), "x.509");
        assert_eq!(stem("iec 61850"), "iec 61850");
    }

    /// An update of the stemmer is a change of data: the built-in profile must then be made anew.
    #[test]
    fn the_stemmer_gives_the_stems_that_the_built_in_profile_was_made_with() {
        assert_eq!(format!("{:08x}", fingerprint()), "7c4eff89");
    }
}
