//! The built-in profile: the vocabulary of every committee as figures in one compact file.
//!
//! Per committee the profile holds the terms (stems and pairs of stems) that count most in what it
//! has published, each with a weight of one byte; how many works there are, and their
//! classification codes with counts. It is computed from titles and abstracts and holds no sentence
//! and no title. The same index gives the same bytes.
//!
//! # Format
//! All numbers are little-endian or variable-length (seven bits a byte, low bits first).
//! `SPCGPROF`, format version (u32), fingerprint of the stems (u32); provenance as a string; number
//! of works; committees with works, latest year and the weight of level 255 (f32); stems,
//! front-coded, each with its inverse document frequency in twentieths; pairs by first stem; a row
//! of committees and levels for each term; classification codes with committees and counts; CRC-32
//! of all that precedes. A string is its length and its bytes.

use std::borrow::Cow;
use std::path::Path;

use super::bytes::{Damaged, Reader, Writer};
use super::knowledge::Knowledge;
use super::portfolio::Counts;
use super::tables::{OwnerCounts, OwnerTable};
use crate::error::{Class, Error, Failure};
use crate::files;
use crate::reference::CommitteeRef;
use crate::text::TermId;

/// The largest file. The profile of the crate has 1 MB.
const LARGEST: u64 = 256 << 20;

const MAGIC: &[u8; 8] = b"SPCGPROF";
const FORMAT: u32 = 1;
/// Steps of an inverse document frequency.
const IDF_STEPS: f32 = 20.0;

/// The vocabulary of every committee.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    pub(crate) provenance: String,
    pub(crate) works: u32,
    pub(crate) committees: Vec<ProfiledCommittee>,
    pub(crate) stems: Vec<Box<str>>,
    /// In twentieths.
    pub(crate) stem_idf: Vec<u8>,
    pub(crate) pairs: Vec<(TermId, TermId)>,
    /// Committee numbers and levels, a row a term.
    pub(crate) rows: Counts,
    pub(crate) classification: Vec<(Box<str>, OwnerCounts)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProfiledCommittee {
    pub(crate) reference: CommitteeRef,
    pub(crate) works: u32,
    pub(crate) latest_year: u16,
    /// Weight of level 255.
    pub(crate) largest: f32,
}

/// Terms per committee on the average.
pub(crate) const MEAN_TERMS: f64 = 160.0;

impl Profile {
    /// Computes the profile of an index.
    pub(crate) fn of(knowledge: &Knowledge, provenance: &str) -> Profile {
        let candidates = &knowledge.candidates;
        let stem_count = knowledge.lexicon.stem_count();
        let gains = knowledge.portfolio.query_gains();
        // A committee with more works has more subjects and gets more terms.
        let share: Vec<f64> = candidates
            .iter()
            .map(|one| (f64::from(one.works) + 8.0).min(600.0).powf(0.7))
            .collect();
        let mean = share.iter().sum::<f64>() / share.len().max(1) as f64;
        let mut kept: Vec<(TermId, u16, f32)> = Vec::new();
        let mut committees: Vec<ProfiledCommittee> = Vec::new();
        for (number, terms) in knowledge.portfolio.heaviest().into_iter().enumerate() {
            let candidate = candidates.get(number);
            let most = (MEAN_TERMS * share[number] / mean).round() as usize;
            // The query's gain is folded in, so that the reader needs none.
            let mut terms: Vec<(f32, TermId, f32)> = terms
                .into_iter()
                .map(|(term, weight)| {
                    let folded = weight * gains[term as usize];
                    let count = f32::from(knowledge.portfolio.level(term, number).max(1));
                    let pair = if (term as usize) < stem_count { 1.0 } else { 0.7 };
                    (folded * count.powf(0.3) * pair, term, folded)
                })
                .collect();
            terms.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            terms.truncate(most);
            let largest = terms.iter().map(|(_, _, weight)| *weight).fold(0.0, f32::max);
            kept.extend(terms.iter().map(|(_, term, weight)| (*term, number as u16, *weight)));
            committees.push(ProfiledCommittee {
                reference: candidate.reference().clone(),
                works: candidate.works,
                latest_year: candidate.latest_year.unwrap_or(0),
                largest,
            });
        }
        kept.sort_by_key(|(term, candidate, _)| (*term, *candidate));

        // New numbers for the stems and pairs that are left; a pair needs its stems.
        let mut needed = vec![false; stem_count];
        let mut terms: Vec<TermId> = kept.iter().map(|(term, _, _)| *term).collect();
        terms.dedup();
        for term in &terms {
            match knowledge.lexicon.pair(*term) {
                Some((first, second)) => {
                    needed[first as usize] = true;
                    needed[second as usize] = true;
                }
                None => needed[*term as usize] = true,
            }
        }
        let mut renumbered = vec![TermId::MAX; stem_count];
        let (mut stems, mut stem_idf) = (Vec::new(), Vec::new());
        for (old, stem) in
            knowledge.lexicon.stems().iter().enumerate().filter(|(old, _)| needed[*old])
        {
            renumbered[old] = stems.len() as TermId;
            stems.push(stem.clone());
            stem_idf.push((knowledge.idf[old] * IDF_STEPS).round().clamp(0.0, 255.0) as u8);
        }
        let mut rows = Counts::default();
        let mut next = 0;
        let mut take_row = |old: TermId, rows: &mut Counts| {
            while kept.get(next).is_some_and(|(term, _, _)| *term == old) {
                let (_, candidate, weight) = kept[next];
                let largest = committees[usize::from(candidate)].largest;
                rows.push((candidate, (weight / largest * 255.0).round().clamp(1.0, 255.0) as u16));
                next += 1;
            }
            rows.finish_row();
        };
        for old in (0..stem_count).filter(|old| needed[*old]) {
            take_row(old as TermId, &mut rows);
        }
        let mut pairs = Vec::new();
        for old in terms.iter().copied().filter(|term| *term as usize >= stem_count) {
            if let Some((first, second)) = knowledge.lexicon.pair(old) {
                pairs.push((renumbered[first as usize], renumbered[second as usize]));
                take_row(old, &mut rows);
            }
        }
        let classification = knowledge.classification.rows();
        let classification =
            classification.into_iter().map(|(code, row)| (code.into(), row.to_vec())).collect();
        let works = knowledge.works.as_ref().map_or(0, |works| works.postings.works() as u32);
        Profile {
            provenance: provenance.to_owned(),
            works,
            committees,
            stems,
            stem_idf,
            pairs,
            rows,
            classification,
        }
    }

    /// Where the figures come from.
    #[must_use]
    pub fn provenance(&self) -> &str {
        &self.provenance
    }

    /// How many committees, terms and weights.
    #[must_use]
    pub fn size(&self) -> (usize, usize, usize) {
        (self.committees.len(), self.stems.len() + self.pairs.len(), self.rows.entries().len())
    }

    /// Inverse document frequency of a stem.
    pub(crate) fn idf(&self, stem: usize) -> f32 {
        f32::from(self.stem_idf[stem]) / IDF_STEPS
    }

    /// Classification codes by candidate, with `number_of` giving the candidate of a committee.
    pub(crate) fn classification_table(&self, number_of: &[Option<u16>]) -> OwnerTable {
        OwnerTable::from_rows(self.classification.iter().map(|(code, row)| {
            let mut row: Vec<(u16, u32)> = row
                .iter()
                .filter_map(|(committee, count)| {
                    Some((number_of[usize::from(*committee)]?, *count))
                })
                .collect();
            row.sort_unstable();
            (code.clone(), row)
        }))
    }

    /// The profile as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.0.extend_from_slice(MAGIC);
        out.fixed(FORMAT);
        out.fixed(crate::text::stem::fingerprint());
        out.string(&self.provenance);
        out.number(self.works);
        out.count(self.committees.len());
        for committee in &self.committees {
            out.string(&committee.reference.to_string());
            out.number(committee.works);
            out.number(u32::from(committee.latest_year));
            out.fixed(committee.largest.to_bits());
        }
        out.count(self.stems.len());
        let mut previous = "";
        for (stem, idf) in self.stems.iter().zip(&self.stem_idf) {
            let shared = previous.bytes().zip(stem.bytes()).take_while(|(a, b)| a == b).count();
            let shared = (0..=shared).rev().find(|at| stem.is_char_boundary(*at)).unwrap_or(0);
            out.count(shared);
            out.string(&stem[shared..]);
            out.0.push(*idf);
            previous = stem;
        }
        out.count(self.pairs.len());
        let mut last = (0, 0);
        for pair in &self.pairs {
            out.number(pair.0 - last.0);
            if pair.0 != last.0 {
                last.1 = 0;
            }
            out.number(pair.1 - last.1);
            last = *pair;
        }
        for row in self.rows.iter() {
            out.count(row.len());
            let mut last = 0;
            for (committee, level) in row {
                out.number(u32::from(committee - last));
                out.0.push((*level).min(255) as u8);
                last = *committee;
            }
        }
        out.count(self.classification.len());
        for (code, row) in &self.classification {
            out.string(code);
            out.count(row.len());
            for (committee, count) in row {
                out.number(u32::from(*committee));
                out.number(*count);
            }
        }
        let sum = crc32fast::hash(&out.0);
        out.fixed(sum);
        out.0
    }

    /// Reads what [`Profile::to_bytes`] wrote.
    ///
    /// # Errors
    /// [incompatible](Error::is_incompatible_index) when it is no profile, of another version, made
    /// with other stems, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Profile, Error> {
        read(bytes).map_err(Error::new)
    }

    /// Reads a profile from a file.
    ///
    /// # Errors
    /// As [`Profile::from_bytes`], and those of the file system.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Profile, Error> {
        let path = path.as_ref();
        let bytes = files::read(path, LARGEST)?;
        Profile::from_bytes(&bytes).map_err(|error| error.at_path(path))
    }
}

fn read(bytes: &[u8]) -> Result<Profile, ProfileFailure> {
    if bytes.len() < 20 || &bytes[..8] != MAGIC {
        return Err(ProfileFailure::Foreign);
    }
    let (body, sum) = bytes.split_at(bytes.len() - 4);
    let mut reader = Reader::new(&body[8..]);
    let format = reader.fixed()?;
    if format != FORMAT {
        return Err(ProfileFailure::OtherFormat(format));
    }
    if crc32fast::hash(body).to_le_bytes() != sum {
        return Err(ProfileFailure::Damaged);
    }
    if reader.fixed()? != crate::text::stem::fingerprint() {
        return Err(ProfileFailure::OtherStems);
    }
    let provenance = reader.string()?.to_owned();
    let works = reader.number()?;
    let mut committees = Vec::new();
    for _ in 0..reader.count()? {
        committees.push(ProfiledCommittee {
            reference: reader.string()?.parse().map_err(|_| ProfileFailure::Damaged)?,
            works: reader.number()?,
            latest_year: u16::try_from(reader.number()?).map_err(|_| ProfileFailure::Damaged)?,
            largest: f32::from_bits(reader.fixed()?),
        });
    }
    let count = reader.count()?;
    let (mut stems, mut stem_idf): (Vec<Box<str>>, Vec<u8>) =
        (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        let shared = reader.number()? as usize;
        let rest = reader.string()?;
        let start =
            stems.last().map_or("", |last| last).get(..shared).ok_or(ProfileFailure::Damaged)?;
        stems.push(format!("{start}{rest}").into());
        stem_idf.push(reader.byte()?);
    }
    let count = reader.count()?;
    let mut pairs = Vec::with_capacity(count);
    let mut last = (0_u32, 0_u32);
    for _ in 0..count {
        let first = last.0.checked_add(reader.number()?).ok_or(ProfileFailure::Damaged)?;
        let base = if first == last.0 { last.1 } else { 0 };
        let second = base.checked_add(reader.number()?).ok_or(ProfileFailure::Damaged)?;
        if first as usize >= stems.len() || second as usize >= stems.len() {
            return Err(ProfileFailure::Damaged);
        }
        last = (first, second);
        pairs.push(last);
    }
    let mut rows = Counts::default();
    for _ in 0..stems.len() + pairs.len() {
        let mut committee = 0_u32;
        for _ in 0..reader.count()? {
            committee = committee.saturating_add(reader.number()?);
            if committee as usize >= committees.len() {
                return Err(ProfileFailure::Damaged);
            }
            rows.push((committee as u16, u16::from(reader.byte()?)));
        }
        rows.finish_row();
    }
    let mut classification = Vec::new();
    for _ in 0..reader.count()? {
        let code: Box<str> = reader.string()?.into();
        let mut row = Vec::new();
        for _ in 0..reader.count()? {
            let committee = reader.number()?;
            if committee as usize >= committees.len() {
                return Err(ProfileFailure::Damaged);
            }
            row.push((committee as u16, reader.number()?));
        }
        classification.push((code, row));
    }
    if !reader.is_done() {
        return Err(ProfileFailure::Damaged);
    }
    Ok(Profile { provenance, works, committees, stems, stem_idf, pairs, rows, classification })
}

#[derive(Debug, thiserror::Error)]
enum ProfileFailure {
    #[error("not a vocabulary profile")]
    Foreign,
    #[error("the profile has format {0}, this version reads format {FORMAT}")]
    OtherFormat(u32),
    #[error("the profile was made with another version of the stemmer")]
    OtherStems,
    #[error("the profile is damaged")]
    Damaged,
}

impl From<Damaged> for ProfileFailure {
    fn from(_: Damaged) -> ProfileFailure {
        ProfileFailure::Damaged
    }
}

impl Failure for ProfileFailure {
    fn class(&self) -> Class {
        Class::IncompatibleIndex
    }
    fn remedy(&self) -> Option<Cow<'_, str>> {
        Some("make it again from an index with the example `profile`".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn small() -> Profile {
        Profile {
            provenance: "invented".to_owned(),
            works: 12,
            committees: ["ISO/TC 178", "IEC TC 61"]
                .map(|reference| ProfiledCommittee {
                    reference: reference.parse().unwrap(),
                    works: 300,
                    latest_year: 2018,
                    largest: 0.5,
                })
                .to_vec(),
            stems: ["escal", "escort", "lift"].map(Box::from).to_vec(),
            stem_idf: vec![90, 100, 80],
            pairs: vec![(0, 2), (2, 0), (2, 1)],
            rows: Counts::from_parts(
                vec![0, 1, 1, 3, 4, 4, 5],
                vec![(0, 255), (0, 7), (1, 200), (1, 1), (0, 9)],
            )
            .unwrap(),
            classification: vec![("91.140".into(), vec![(0, 130)])],
        }
    }

    #[test]
    fn bytes_round_trip() {
        let profile = small();
        assert_eq!(Profile::from_bytes(&profile.to_bytes()).unwrap(), profile);
    }

    #[test]
    fn every_flipped_byte_and_every_cut_is_noticed() {
        let bytes = small().to_bytes();
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x10;
            assert!(Profile::from_bytes(&flipped).unwrap_err().is_incompatible_index());
            assert!(Profile::from_bytes(&bytes[..at]).unwrap_err().is_incompatible_index());
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            // With a right checksum, so that the reader is reached.
            let mut body = MAGIC.to_vec();
            body.extend(FORMAT.to_le_bytes());
            body.extend(crate::text::stem::fingerprint().to_le_bytes());
            body.extend(&bytes);
            body.extend(crc32fast::hash(&body).to_le_bytes());
            let _ = Profile::from_bytes(&body);
        }
    }
}
