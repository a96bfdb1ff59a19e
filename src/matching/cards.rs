//! What is shown of the works, kept in memory: titles, references, owners.
//!
//! Everything of one kind stands in one piece, so that opening an index copies a few long arrays
//! and showing a work copies only what is shown. The whole records, abstracts included, are in the
//! text index.

use super::bytes::{Damaged, Reader, Writer};
use super::ids::WorkId;
use super::rows::Rows;
use crate::reference::{CommitteeRef, Organization};
use crate::standards::{Status, Work};

/// Lists of texts, one list a work.
#[derive(Clone, Debug, Default)]
struct TextLists {
    text: String,
    /// Where each text ends, a row a work.
    ends: Rows<u32>,
}

/// The works as they are shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cards {
    titles: TextLists,
    references: TextLists,
    ics: TextLists,
    /// All owners, each once.
    committees: Vec<CommitteeRef>,
    /// Numbers of `committees`, a row a work.
    owners: Rows<u32>,
    /// Status and organizations, see [`Cards::status`].
    flags: Vec<u8>,
    /// The year of the latest text, or 0.
    years: Vec<u16>,
}

/// The bits of the organizations begin here; the status is below.
const ORGANIZATION_BIT: u8 = 2;

impl TextLists {
    fn push<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        for text in texts {
            self.text.push_str(text);
            self.ends.push(short(self.text.len()));
        }
        self.ends.finish_row();
    }

    fn get(&self, work: WorkId) -> impl Iterator<Item = &str> {
        let ends = self.ends.entries();
        self.ends.range(work.index()).map(|at| {
            let from = at.checked_sub(1).map_or(0, |before| ends[before]);
            &self.text[from as usize..ends[at] as usize]
        })
    }

    fn write(&self, out: &mut Writer) {
        out.string(&self.text);
        out.words(self.ends.entries());
        out.words(self.ends.offsets());
    }

    fn read(reader: &mut Reader<'_>, works: usize) -> Result<TextLists, Damaged> {
        let text = reader.string()?.to_owned();
        let (ends, offsets) = (reader.words()?, reader.words()?);
        let is_sound = ends.is_sorted()
            && ends.last().is_none_or(|end| *end as usize == text.len())
            && ends.iter().all(|end| text.is_char_boundary(*end as usize));
        let ends = Rows::from_parts(offsets, ends)?;
        if is_sound && ends.len() == works { Ok(TextLists { text, ends }) } else { Err(Damaged) }
    }

    #[cfg(any(test, feature = "testing"))]
    fn memory(&self) -> usize {
        self.text.len() + self.ends.memory()
    }
}

impl Cards {
    pub(crate) fn new(works: &[Work]) -> Cards {
        let mut committees: Vec<CommitteeRef> =
            works.iter().flat_map(|work| &work.owners).cloned().collect();
        committees.sort_unstable();
        committees.dedup();
        let mut cards = Cards { committees, ..Cards::default() };
        for work in works {
            cards.titles.push(work.titles.iter().map(String::as_str));
            cards.references.push(work.references.iter().map(String::as_str));
            cards.ics.push(work.ics.iter().map(String::as_str));
            let numbers =
                work.owners.iter().filter_map(|owner| cards.committees.binary_search(owner).ok());
            cards.owners.push_row(numbers.map(short));
            let status = match work.status {
                Status::Published => 0,
                Status::UnderDevelopment => 1,
                Status::Withdrawn => 2,
            };
            let organizations = Organization::ALL
                .iter()
                .enumerate()
                .filter(|(_, one)| work.organizations.contains(one));
            cards.flags.push(
                organizations
                    .fold(status, |flags, (at, _)| flags | 1 << (ORGANIZATION_BIT + at as u8)),
            );
            cards.years.push(work.latest_year.unwrap_or(0));
        }
        cards
    }

    /// Its titles, that of the latest text first.
    pub(crate) fn titles(&self, work: WorkId) -> impl Iterator<Item = &str> {
        self.titles.get(work)
    }

    /// The title of its latest text.
    pub(crate) fn title(&self, work: WorkId) -> &str {
        self.titles.get(work).next().unwrap_or("")
    }

    /// Its undated references, the one under which it is named first.
    pub(crate) fn references(&self, work: WorkId) -> impl Iterator<Item = &str> {
        self.references.get(work)
    }

    /// The reference under which it is named.
    pub(crate) fn reference(&self, work: WorkId) -> &str {
        self.references.get(work).next().unwrap_or("")
    }

    /// Its classification codes.
    pub(crate) fn ics(&self, work: WorkId) -> impl Iterator<Item = &str> {
        self.ics.get(work)
    }

    /// The committees responsible for it.
    pub(crate) fn owners(&self, work: WorkId) -> impl Iterator<Item = &CommitteeRef> {
        self.owners.get(work.index()).iter().map(|number| &self.committees[*number as usize])
    }

    /// Who publishes it.
    pub(crate) fn organizations(&self, work: WorkId) -> Vec<Organization> {
        let flags = self.flags.get(work.index()).copied().unwrap_or(0);
        let all = Organization::ALL.into_iter().enumerate();
        all.filter(|(at, _)| flags >> (usize::from(ORGANIZATION_BIT) + at) & 1 == 1)
            .map(|(_, one)| one)
            .collect()
    }

    /// Whether it is in force.
    pub(crate) fn status(&self, work: WorkId) -> Status {
        match self.flags.get(work.index()).copied().unwrap_or(0) & 3 {
            0 => Status::Published,
            1 => Status::UnderDevelopment,
            _ => Status::Withdrawn,
        }
    }

    /// The year of its latest text.
    pub(crate) fn year(&self, work: WorkId) -> Option<u16> {
        self.years.get(work.index()).copied().filter(|year| *year > 0)
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        for lists in [&self.titles, &self.references, &self.ics] {
            lists.write(out);
        }
        out.count(self.committees.len());
        for committee in &self.committees {
            out.string(&committee.to_string());
        }
        out.words(self.owners.offsets());
        out.words(self.owners.entries());
        out.bytes(&self.flags);
        out.shorts(&self.years);
    }

    pub(crate) fn read(reader: &mut Reader<'_>, works: usize) -> Result<Cards, Damaged> {
        let titles = TextLists::read(reader, works)?;
        let references = TextLists::read(reader, works)?;
        let ics = TextLists::read(reader, works)?;
        let mut committees: Vec<CommitteeRef> = Vec::new();
        for _ in 0..reader.count()? {
            committees.push(reader.string()?.parse().map_err(|_| Damaged)?);
        }
        let cards = Cards {
            titles,
            references,
            ics,
            committees,
            owners: Rows::from_parts(reader.words()?, reader.words()?)?,
            flags: reader.bytes()?,
            years: reader.shorts()?,
        };
        let is_sound = cards.owners.len() == works
            && cards
                .owners
                .entries()
                .iter()
                .all(|owner| (*owner as usize) < cards.committees.len())
            && cards.flags.len() == works
            && cards.years.len() == works;
        if is_sound { Ok(cards) } else { Err(Damaged) }
    }

    /// Bytes of memory.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn memory(&self) -> usize {
        [&self.titles, &self.references, &self.ics]
            .iter()
            .map(|lists| lists.memory())
            .sum::<usize>()
            + self.owners.memory()
            + 3 * self.flags.len()
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(reference: &str, titles: &[&str], owners: &[&str], status: &str) -> Work {
        serde_json::from_value(serde_json::json!({
            "reference": reference, "references": [reference, "ITU-T X.1"], "titles": titles, "abstract": "Not shown.",
            "owners": owners, "earlier_owners": [], "organizations": ["ISO", "ITU-T"], "status": status,
            "first_year": null, "latest_year": 2021, "ics": ["35.240"], "kind": "international_standard",
            "editions": 1, "supplements": 0
        }))
        .unwrap()
    }

    #[test]
    fn cards_come_back_from_bytes_and_damage_is_seen() {
        let works = [
            work(
                "ISO 1",
                &["Lifts — Part 1: Açores", "Lifts"],
                &["ISO/TC 178", "IEC TC 61"],
                "withdrawn",
            ),
            work("ISO 2", &[], &[], "under_development"),
        ];
        let mut out = Writer::default();
        Cards::new(&works).write(&mut out);
        let cards = Cards::read(&mut Reader::new(&out.0), 2).unwrap();
        assert_eq!(cards.titles(WorkId::new(0)).collect::<Vec<_>>(), works[0].titles);
        assert_eq!(
            (cards.title(WorkId::new(0)), cards.title(WorkId::new(1)), cards.title(WorkId::new(9))),
            ("Lifts — Part 1: Açores", "", "")
        );
        assert_eq!(cards.references(WorkId::new(1)).collect::<Vec<_>>(), ["ISO 2", "ITU-T X.1"]);
        assert_eq!(cards.owners(WorkId::new(0)).cloned().collect::<Vec<_>>(), works[0].owners);
        assert_eq!(
            (cards.organizations(WorkId::new(0)), cards.status(WorkId::new(0))),
            (works[0].organizations.clone(), works[0].status)
        );
        assert_eq!(
            (
                cards.status(WorkId::new(1)),
                cards.year(WorkId::new(1)),
                cards.owners(WorkId::new(1)).count()
            ),
            (works[1].status, Some(2021), 0)
        );
        assert_eq!(cards.ics(WorkId::new(1)).collect::<Vec<_>>(), ["35.240"]);
        assert!(Cards::read(&mut Reader::new(&out.0), 3).is_err());
        for at in 0..out.0.len() {
            assert!(Cards::read(&mut Reader::new(&out.0[..at]), 2).is_err(), "cut at {at}");
        }
    }
}
