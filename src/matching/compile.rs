//! From the index to the arrays that matching runs on.

use rustc_hash::FxHashMap;

use super::candidates::Candidates;
use super::cards::Cards;
use super::ids::WorkId;
use super::knowledge::Knowledge;
use super::portfolio::{Counts, Portfolio, catalogue_count};
use super::postings::{
    FULL_TEXT, Frequencies, Postings, TITLE_WEIGHT, TITLES, inverse_document_frequency,
};
use super::prior::Prior;
use super::profile::{Profile, ProfiledCommittee};
use super::query::series_of;
use super::rows::Rows;
use super::tables::{OwnerTable, code_levels};
use super::works::{Works, title_hash};
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::index::{Document, DocumentKind, TextField, TextIndex};
use crate::reference::StandardRef;
use crate::standards::Work;
use crate::text::tokenizer::PAIR_MARK;
use crate::text::{Lexicon, TermId, normalized_title};

/// The documents of an index: committees in the order of the catalogue, then works in their order.
pub(crate) fn documents<'a>(
    catalogue: &'a Catalogue,
    works: &'a [Work],
) -> impl Iterator<Item = Document> + 'a {
    let committees = catalogue.iter().map(|committee| Document {
        kind: DocumentKind::Committee,
        reference: committee.reference().to_string(),
        title: committee.title().to_owned(),
        body: committee.scope().to_owned(),
        keywords: committee.keywords().join("; "),
        family: catalogue
            .parent(committee.reference())
            .map_or(String::new(), |parent| parent.title().to_owned()),
        record: serde_json::to_vec(committee).unwrap_or_default(),
    });
    let works = works.iter().map(|work| {
        // Earlier titles count as text about the work, each once.
        let mut body = work.abstract_text.clone();
        for title in work.titles.iter().skip(1) {
            body.push_str(". ");
            body.push_str(title);
        }
        Document {
            kind: DocumentKind::Work,
            reference: work.reference.clone(),
            title: work.title().to_owned(),
            body,
            keywords: String::new(),
            family: String::new(),
            record: serde_json::to_vec(work).unwrap_or_default(),
        }
    });
    committees.chain(works)
}

/// Orders works by their first owner and then by reference, so that a committee's works are
/// neighbours.
pub(crate) fn order_works(works: &mut [Work]) {
    works.sort_by(|a, b| {
        a.owners.first().cmp(&b.owners.first()).then_with(|| a.reference.cmp(&b.reference))
    });
}

/// Where a term occurs, by field.
#[derive(Default)]
struct Occurrences {
    title: Vec<(u32, u32)>,
    body: Vec<(u32, u32)>,
    keywords: Vec<(u32, u32)>,
}

/// Reads the postings of `index` once and lays them out. `works` are the works of the index, in its
/// order. Without works, `profile` tells what the committees have published.
pub(crate) fn compile(
    catalogue: &Catalogue,
    index: &TextIndex,
    works: &[Work],
    profile: Option<&Profile>,
) -> Result<Knowledge, Error> {
    let profile = profile.filter(|_| works.is_empty());
    let first_work = u32::try_from(catalogue.len()).unwrap_or(u32::MAX);
    let profiled =
        profile.into_iter().flat_map(|profile| profile.committees.iter().map(|one| &one.reference));
    let mut candidates =
        Candidates::new(catalogue, works.iter().flat_map(|work| &work.owners).chain(profiled));
    let profiled: Vec<Option<u16>> =
        profile.map_or(Vec::new(), |profile| take_counts(profile, &mut candidates));
    let owners = owners_of_works(&mut candidates, works);

    // Which candidate each committee document speaks for.
    let speaks_for: Vec<Option<u16>> = catalogue
        .iter()
        .map(|committee| {
            candidates.exact(committee.reference()).and_then(|number| u16::try_from(number).ok())
        })
        .collect();

    let own_words: Vec<u16> =
        candidates.iter().map(|candidate| catalogue_count(candidate.works)).collect();

    let (stems, pairs, mut occurrences) = gather(index, profile)?;
    let lexicon = Lexicon::new(stems, pairs);

    let (mut all, mut in_titles) = (Frequencies::default(), Frequencies::default());
    let mut idf = Vec::with_capacity(lexicon.len());
    let (mut portfolio, mut scope, mut titles) =
        (CountRows::default(), CountRows::default(), CountRows::default());
    for occurrence in &mut occurrences {
        let Occurrences { title, body, keywords } = std::mem::take(occurrence);
        for &(document, frequency) in &title {
            match document.checked_sub(first_work) {
                Some(work) => {
                    in_titles.push((WorkId::new(work), clamp(frequency)));
                    all.push((WorkId::new(work), clamp(frequency * TITLE_WEIGHT)));
                }
                None => {
                    if let Some(candidate) = speaks_for[document as usize] {
                        scope.add(candidate, clamp(2 * frequency));
                        titles.add(candidate, clamp(frequency));
                        portfolio.raise(candidate, own_words[usize::from(candidate)]);
                    }
                }
            }
        }
        for &(document, frequency) in &body {
            match document.checked_sub(first_work) {
                Some(work) => all.push((WorkId::new(work), clamp(frequency))),
                None => {
                    if let Some(candidate) = speaks_for[document as usize] {
                        scope.add(candidate, clamp(frequency));
                    }
                }
            }
        }
        for &(document, frequency) in &keywords {
            if let Some(candidate) = speaks_for.get(document as usize).copied().flatten() {
                scope.add(candidate, clamp(frequency));
                portfolio.raise(candidate, own_words[usize::from(candidate)]);
            }
        }
        merge_same_work(&mut all);
        for (work, _) in all.unfinished() {
            for owner in owners.get(work.index()) {
                portfolio.add(*owner, 1);
            }
        }
        let holding = all.unfinished().len();
        idf.push(if works.is_empty() {
            inverse_document_frequency(candidates.len(), scope.pending())
        } else {
            inverse_document_frequency(works.len(), holding)
        });
        all.finish_row();
        in_titles.finish_row();
        portfolio.finish_row();
        scope.finish_row();
        titles.finish_row();
    }

    let mut series = OwnerTable::default();
    let mut classification = OwnerTable::default();
    let mut title_hashes = Vec::new();
    let mut references: FxHashMap<Box<str>, WorkId> = FxHashMap::default();
    for (number, work) in (0..).map(WorkId::new).zip(works) {
        for key in series_keys(work) {
            for owner in owners.get(number.index()) {
                series.add(&key, *owner);
            }
        }
        for level in code_keys(work) {
            for owner in owners.get(number.index()) {
                classification.add(level, *owner);
            }
        }
        title_hashes
            .extend(work.normalized_titles().iter().map(|title| (title_hash(title), number)));
        for reference in &work.references {
            if let Ok(reference) = reference.parse::<StandardRef>() {
                if let Some(alias) = reference.aliased() {
                    references.entry(alias.work_key().into()).or_insert(number);
                }
                references.entry(reference.work_key().into()).or_insert(number);
            }
        }
    }
    title_hashes.sort_unstable();
    let count = candidates.len();
    let portfolio = match profile {
        Some(profile) => {
            take_idf(profile, &lexicon, &mut idf);
            classification = profile.classification_table(&profiled);
            profiled_portfolio(profile, &lexicon, &profiled, count)
        }
        None => Portfolio::from_counts(&portfolio.counts, count, &idf),
    };
    // At most 6, and the square root: see `QueryTerm::frequency_weight`.
    let scope = Portfolio::weighted(&scope.capped(6), count, idf.clone(), 0.5);
    let titles = Portfolio::weighted(&titles.capped(1), count, idf.clone(), 1.0);
    let works = (!works.is_empty()).then(|| Works {
        postings: Postings::new(&all, works.len(), FULL_TEXT),
        title_postings: Postings::new(&in_titles, works.len(), TITLES),
        owners,
        titles: title_hashes,
        references,
        cards: Cards::new(works),
        lengths: super::closeness::Lengths::default(),
        title_vectors: super::closeness::signals::TitleVectors::default(),
    });
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

/// Candidate of each committee of the profile; the candidates take its counts of works.
fn take_counts(profile: &Profile, candidates: &mut Candidates) -> Vec<Option<u16>> {
    let take = |one: &ProfiledCommittee| {
        let number = candidates.exact(&one.reference)?;
        let candidate = candidates.get_mut(number);
        candidate.works += one.works;
        candidate.latest_year =
            candidate.latest_year.max(Some(one.latest_year).filter(|year| *year > 0));
        Some(number as u16)
    };
    profile.committees.iter().map(take).collect()
}

/// Inverse document frequencies of the profile, which knows more works than the catalogue has
/// committees. A pair is rarer than its stems.
fn take_idf(profile: &Profile, lexicon: &Lexicon, idf: &mut [f32]) {
    for (number, stem) in profile.stems.iter().enumerate() {
        if let Some(term) = lexicon.id_of_stem(stem) {
            idf[term as usize] = profile.idf(number);
        }
    }
    let rarest = inverse_document_frequency(profile.works as usize, 1);
    for (at, (first, second)) in lexicon.pairs().iter().enumerate() {
        idf[lexicon.stem_count() + at] =
            (idf[*first as usize].max(idf[*second as usize]) + 1.0).min(rarest);
    }
}

/// The weights of the profile under the numbers of the lexicon and the candidates.
fn profiled_portfolio(
    profile: &Profile,
    lexicon: &Lexicon,
    profiled: &[Option<u16>],
    candidates: usize,
) -> Portfolio {
    let mut rows: Vec<Vec<(u16, u16)>> = vec![Vec::new(); lexicon.len()];
    let stems: Vec<Option<TermId>> =
        profile.stems.iter().map(|stem| lexicon.id_of_stem(stem)).collect();
    let pairs = profile.pairs.iter().map(|(first, second)| {
        lexicon.id_of_pair(stems[*first as usize]?, stems[*second as usize]?)
    });
    let terms = stems.iter().copied().chain(pairs);
    for (term, row) in terms.zip(profile.rows.iter()) {
        let Some(term) = term else { continue };
        let entries = row
            .iter()
            .filter_map(|(committee, level)| Some((profiled[usize::from(*committee)]?, *level)));
        rows[term as usize].extend(entries);
        rows[term as usize].sort_unstable();
    }
    let mut scale = vec![0.0; candidates];
    for (one, number) in profile.committees.iter().zip(profiled) {
        if let Some(number) = number {
            scale[usize::from(*number)] = one.largest / 255.0;
        }
    }
    let mut counts = Counts::default();
    rows.into_iter().for_each(|row| counts.push_row(row));
    Portfolio::from_levels(&counts, scale)
}

/// Beginnings of all titles of a work and the titles themselves, each once.
pub(crate) fn series_keys(work: &Work) -> Vec<String> {
    let mut keys: Vec<String> = work.titles.iter().flat_map(|title| series_of(title)).collect();
    keys.extend(work.titles.iter().map(|title| normalized_title(title)));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Classification codes of a work with those above them, each once.
pub(crate) fn code_keys(work: &Work) -> Vec<&str> {
    let mut keys: Vec<&str> =
        work.ics.iter().flat_map(|code| code_levels(code)).map(|(key, _)| key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn clamp(frequency: u32) -> u16 {
    u16::try_from(frequency).unwrap_or(u16::MAX)
}

/// Candidates of each work; they take its counts.
fn owners_of_works(candidates: &mut Candidates, works: &[Work]) -> Rows<u16> {
    let mut owners = Rows::default();
    for work in works {
        for owner in &work.owners {
            if let Some(number) = candidates.number_of(owner) {
                let short = number as u16;
                if !owners.unfinished().contains(&short) {
                    owners.push(short);
                    let candidate = candidates.get_mut(number);
                    candidate.works += 1;
                    candidate.latest_year = candidate.latest_year.max(work.latest_year);
                }
            }
        }
        owners.finish_row();
    }
    owners
}

/// Terms of the index with their occurrences: stems first, then the pairs that occur at least
/// twice.
#[allow(clippy::type_complexity)] // three parallel results of one pass
fn gather(
    index: &TextIndex,
    profile: Option<&Profile>,
) -> Result<(Vec<Box<str>>, Vec<(TermId, TermId)>, Vec<Occurrences>), Error> {
    let mut by_term: std::collections::BTreeMap<Box<str>, Occurrences> =
        std::collections::BTreeMap::new();
    let mut by_pair: std::collections::BTreeMap<Box<str>, Occurrences> =
        std::collections::BTreeMap::new();
    for field in [TextField::Title, TextField::Body, TextField::Keywords] {
        index.for_each_term(field, |term, postings| {
            let is_pair = term.contains(PAIR_MARK);
            if is_pair && postings.len() < 2 {
                return;
            }
            let terms = if is_pair { &mut by_pair } else { &mut by_term };
            let occurrences = match terms.get_mut(term) {
                Some(occurrences) => occurrences,
                None => terms.entry(term.into()).or_default(),
            };
            let list = match field {
                TextField::Title => &mut occurrences.title,
                TextField::Body => &mut occurrences.body,
                TextField::Keywords => &mut occurrences.keywords,
            };
            list.extend_from_slice(postings);
        })?;
    }
    if let Some(profile) = profile {
        for stem in &profile.stems {
            by_term.entry(stem.clone()).or_default();
        }
        for (first, second) in &profile.pairs {
            let (first, second) =
                (&profile.stems[*first as usize], &profile.stems[*second as usize]);
            by_pair.entry(format!("{first}{PAIR_MARK}{second}").into()).or_default();
        }
    }
    let mut stems: Vec<Box<str>> = Vec::with_capacity(by_term.len());
    let mut occurrences: Vec<Occurrences> = Vec::with_capacity(by_term.len() + by_pair.len());
    for (stem, found) in by_term {
        stems.push(stem);
        occurrences.push(found);
    }
    let number = |stem: &str| {
        stems
            .binary_search_by(|other| (**other).cmp(stem))
            .ok()
            .and_then(|n| TermId::try_from(n).ok())
    };
    let mut found_pairs = Vec::with_capacity(by_pair.len());
    for (pair, found) in by_pair {
        let Some((first, second)) = pair.split_once(PAIR_MARK) else { continue };
        if let (Some(first), Some(second)) = (number(first), number(second)) {
            found_pairs.push(((first, second), found));
        }
    }
    // By the numbers of the stems, which is not quite the order of the texts.
    found_pairs.sort_by_key(|(pair, _)| *pair);
    let mut pairs = Vec::with_capacity(found_pairs.len());
    for (pair, found) in found_pairs {
        pairs.push(pair);
        occurrences.push(found);
    }
    Ok((stems, pairs, occurrences))
}

/// Adds up the entries of one work from several fields, in the row being made.
fn merge_same_work(frequencies: &mut Frequencies) {
    let row = frequencies.unfinished_mut();
    row.sort_unstable();
    let mut kept = 0;
    for at in 0..row.len() {
        let (work, frequency) = row[at];
        if kept > 0 && row[kept - 1].0 == work {
            row[kept - 1].1 = row[kept - 1].1.saturating_add(frequency);
        } else {
            row[kept] = (work, frequency);
            kept += 1;
        }
    }
    frequencies.truncate_unfinished(kept);
}

/// Counts by candidate, a row a term.
#[derive(Default)]
struct CountRows {
    counts: Counts,
    row: std::collections::BTreeMap<u16, (u16, u16)>,
}

impl CountRows {
    /// Adds to the count of a candidate in the row being made.
    fn add(&mut self, candidate: u16, count: u16) {
        let entry = self.row.entry(candidate).or_default();
        entry.0 = entry.0.saturating_add(count);
    }

    /// Sees to it that the candidate has `count` on top of what is added, once.
    fn raise(&mut self, candidate: u16, count: u16) {
        self.row.entry(candidate).or_default().1 = count;
    }

    /// Candidates in the row being made.
    fn pending(&self) -> usize {
        self.row.len()
    }

    fn finish_row(&mut self) {
        for (candidate, (added, raised)) in std::mem::take(&mut self.row) {
            self.counts.push((candidate, added.saturating_add(raised)));
        }
        self.counts.finish_row();
    }

    fn capped(mut self, most: u16) -> Counts {
        for (_, count) in self.counts.entries_mut() {
            *count = (*count).min(most);
        }
        self.counts
    }
}
