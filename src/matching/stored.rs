//! The compiled form on disk: what [`compile`](super::compile::compile) makes, written at build
//! time and read at opening.
//!
//! The form is checked by the manifest of the index and again for sense: offsets that do not fall,
//! numbers within their tables. Opening copies it into memory, which costs less than a tenth of
//! compiling it anew.

use super::bytes::{Damaged, Reader, Writer};
use super::candidates::Candidates;
use super::cards::Cards;
use super::ids::WorkId;
use super::knowledge::Knowledge;
use super::portfolio::Portfolio;
use super::postings::Postings;
use super::prior::Prior;
use super::rows::Rows;
use super::tables::{OwnerCounts, OwnerTable};
use super::works::Works;
use crate::catalogue::Catalogue;
use crate::reference::CommitteeRef;
use crate::text::{Lexicon, TermId};

const MAGIC: &[u8; 8] = b"SPCGKNOW";

impl Knowledge {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.0.extend_from_slice(MAGIC);
        out.count(self.candidates.len());
        for candidate in self.candidates.iter() {
            out.string(&candidate.reference().to_string());
            out.number(candidate.works);
            out.number(u32::from(candidate.latest_year.unwrap_or(0)));
        }
        out.count(self.lexicon.stem_count());
        for stem in self.lexicon.stems() {
            out.string(stem);
        }
        let flat: Vec<u32> =
            self.lexicon.pairs().iter().flat_map(|(first, second)| [*first, *second]).collect();
        out.words(&flat);
        out.floats(&self.idf);
        for portfolio in [&self.portfolio, &self.scope, &self.titles] {
            portfolio.write(&mut out);
        }
        for table in [&self.series, &self.classification] {
            write_table(table, &mut out);
        }
        out.byte(u8::from(self.works.is_some()));
        if let Some(works) = &self.works {
            works.postings.write(&mut out);
            works.title_postings.write(&mut out);
            out.words(works.owners.offsets());
            out.shorts(works.owners.entries());
            let titles = works.titles.iter();
            let flat: Vec<u32> = titles
                .flat_map(|(hash, work)| [*hash as u32, (*hash >> 32) as u32, work.number()])
                .collect();
            out.words(&flat);
            works.cards.write(&mut out);
            let mut references: Vec<(&str, u32)> = Vec::with_capacity(works.references.len());
            #[allow(clippy::iter_over_hash_type)] // sorted in the next line
            for (key, work) in &works.references {
                references.push((key, work.number()));
            }
            references.sort_unstable();
            out.count(references.len());
            for (key, work) in references {
                out.string(key);
                out.number(work);
            }
        }
        out.0
    }

    pub(crate) fn from_bytes(bytes: &[u8], catalogue: &Catalogue) -> Result<Knowledge, Damaged> {
        let mut reader = Reader::new(bytes);
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(Damaged);
        }
        let mut listed: Vec<(CommitteeRef, u32, u32)> = Vec::new();
        for _ in 0..reader.count()? {
            listed.push((
                reader.string()?.parse().map_err(|_| Damaged)?,
                reader.number()?,
                reader.number()?,
            ));
        }
        let mut candidates =
            Candidates::new(catalogue, listed.iter().map(|(reference, _, _)| reference));
        if candidates.len() != listed.len() {
            return Err(Damaged);
        }
        for (number, (reference, works, year)) in listed.into_iter().enumerate() {
            let candidate = candidates.get_mut(number);
            if *candidate.reference() != reference {
                return Err(Damaged);
            }
            candidate.works = works;
            candidate.latest_year = u16::try_from(year).ok().filter(|year| *year > 0);
        }
        let mut stems: Vec<Box<str>> = Vec::new();
        for _ in 0..reader.count()? {
            stems.push(reader.string()?.into());
        }
        let pairs: Vec<(TermId, TermId)> =
            reader.words()?.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        if pairs.iter().any(|(first, second)| (*first).max(*second) as usize >= stems.len()) {
            return Err(Damaged);
        }
        let lexicon = Lexicon::new(stems, pairs);
        let terms = lexicon.len();
        let idf = reader.floats()?;
        if idf.len() != terms {
            return Err(Damaged);
        }
        let count = candidates.len();
        let portfolio = Portfolio::read(&mut reader, terms, count)?;
        let scope = Portfolio::read(&mut reader, terms, count)?;
        let titles = Portfolio::read(&mut reader, terms, count)?;
        let series = read_table(&mut reader, count)?;
        let classification = read_table(&mut reader, count)?;
        let works =
            if reader.byte()? == 1 { Some(read_works(&mut reader, terms, count)?) } else { None };
        if !reader.is_done() {
            return Err(Damaged);
        }
        let prior = Prior::of(&candidates);
        Ok(Knowledge {
            prior,
            candidates,
            lexicon,
            idf,
            portfolio,
            scope,
            titles,
            series,
            classification,
            works,
        })
    }
}

fn read_works(reader: &mut Reader<'_>, terms: usize, candidates: usize) -> Result<Works, Damaged> {
    let postings = Postings::read(reader, terms)?;
    let title_postings = Postings::read(reader, terms)?;
    let owners = Rows::from_parts(reader.words()?, reader.shorts()?)?;
    let count = postings.works();
    if title_postings.works() != count
        || owners.len() != count
        || owners.entries().iter().any(|owner| usize::from(*owner) >= candidates)
    {
        return Err(Damaged);
    }
    let flat = reader.words()?;
    let titles: Vec<(u64, WorkId)> = flat
        .chunks_exact(3)
        .map(|one| (u64::from(one[0]) | u64::from(one[1]) << 32, WorkId::new(one[2])))
        .collect();
    let cards = Cards::read(reader, count)?;
    let references = rustc_hash::FxHashMap::default();
    let lengths = super::closeness::Lengths::default();
    let title_vectors = super::closeness::signals::TitleVectors::default();
    let mut works = Works {
        postings,
        title_postings,
        owners,
        titles,
        references,
        cards,
        lengths,
        title_vectors,
    };
    for _ in 0..reader.count()? {
        works.references.insert(reader.string()?.into(), WorkId::new(reader.number()?));
    }
    #[allow(clippy::iter_over_hash_type)] // the order does not matter to a check
    let in_range = works
        .titles
        .iter()
        .map(|(_, work)| work)
        .chain(works.references.values())
        .all(|work| work.index() < count);
    if in_range { Ok(works) } else { Err(Damaged) }
}

fn write_table(table: &OwnerTable, out: &mut Writer) {
    let rows = table.rows();
    out.count(rows.len());
    for (key, row) in rows {
        out.string(key);
        out.count(row.len());
        for (owner, count) in row {
            out.number(u32::from(*owner));
            out.number(*count);
        }
    }
}

fn read_table(reader: &mut Reader<'_>, candidates: usize) -> Result<OwnerTable, Damaged> {
    let mut rows: Vec<(Box<str>, OwnerCounts)> = Vec::new();
    for _ in 0..reader.count()? {
        let key: Box<str> = reader.string()?.into();
        let mut row = Vec::new();
        for _ in 0..reader.count()? {
            let owner = reader.number()?;
            if owner as usize >= candidates {
                return Err(Damaged);
            }
            row.push((owner as u16, reader.number()?));
        }
        rows.push((key, row));
    }
    Ok(OwnerTable::from_rows(rows.into_iter()))
}
