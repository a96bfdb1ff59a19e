//! The slow form of matching, which the fast one is held to: the same formulas written out
//! straightforwardly, over maps keyed by text, in double precision, from the frequencies that
//! tantivy holds. For tests only.
//!
//! Of the fast form it shares the analyzer, the catalogue's references and the model's weights; the
//! numbers of postings, portfolios, votes, liaisons and logarithms are all worked out anew.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::Matcher;
use super::compile::{code_keys, series_keys};
use super::matcher::read_works;
use super::named::{Named, subject_of};
use super::portfolio::{COUNT_POWER, catalogue_count};
use super::postings::{Bm25, FULL_TEXT, TITLES};
use super::query::series_of;
use super::signals::FEATURES;
use super::tables::code_levels;
use crate::error::Error;
use crate::index::TextField;
use crate::proposal::Proposal;
use crate::reference::CommitteeRef;
use crate::standards::Work;
use crate::text::spelling;
use crate::text::stem::stem;
use crate::text::tokenizer::{PAIR_MARK, StemTokenizer};

type Weights = BTreeMap<usize, f64>;

/// All that the slow form knows, by term.
#[derive(Debug)]
pub struct SlowForm {
    matcher: Matcher,
    works: Vec<Work>,
    /// Owners of each work among the candidates.
    owners: Vec<BTreeSet<usize>>,
    /// BM25 impact of each term in each work.
    impacts: BTreeMap<String, Weights>,
    /// The same for titles.
    title_impacts: BTreeMap<String, Weights>,
    /// Weights of each term for each candidate, and the lengths of the candidates' vectors:
    /// portfolio, scope, title.
    vectors: [(BTreeMap<String, Weights>, Weights); 3],
    /// What a query's term weighs in each.
    gains: [BTreeMap<String, f64>; 3],
    /// How many works each candidate owns.
    owned: Weights,
    series: BTreeMap<String, Weights>,
    codes: BTreeMap<String, Weights>,
    with_rounding: bool,
}

fn inverse_document_frequency(all: f64, holding: f64) -> f64 {
    if holding > 0.0 { (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln() } else { 0.0 }
}

fn bm25(
    frequencies: &BTreeMap<String, Weights>,
    works: usize,
    Bm25 { k1, b }: Bm25,
) -> BTreeMap<String, Weights> {
    let (k1, b) = (f64::from(k1), f64::from(b));
    let mut lengths: Weights = BTreeMap::new();
    for (work, frequency) in frequencies.values().flatten() {
        *lengths.entry(*work).or_default() += frequency;
    }
    let mean = (lengths.values().sum::<f64>() / works as f64).max(1.0);
    let impacts = frequencies.iter().map(|(term, row)| {
        let idf = inverse_document_frequency(works as f64, row.len() as f64);
        let impact = |work: &usize, tf: f64| {
            idf * tf * (k1 + 1.0) / (tf + k1 * (1.0 - b + b * lengths[work] / mean))
        };
        (term.clone(), row.iter().map(|(work, tf)| (*work, impact(work, *tf))).collect())
    });
    impacts.collect()
}

/// Rounds impacts as the fast form keeps them: to 255 steps of the largest, never to zero.
fn rounded(impacts: BTreeMap<String, Weights>) -> BTreeMap<String, Weights> {
    let largest = impacts.values().flat_map(BTreeMap::values).copied().fold(0.0, f64::max);
    let step = largest / 255.0;
    let round = |row: Weights| {
        row.into_iter().map(|(work, impact)| (work, (impact / step).round().max(1.0) * step))
    };
    impacts.into_iter().map(|(term, row)| (term, round(row).collect())).collect()
}

impl SlowForm {
    /// Reads the index of a matcher with works. With `with_rounding`, impacts and the query's
    /// weights are rounded as in the fast form, so that only the way of computing differs; without,
    /// BM25 is exact.
    ///
    /// # Errors
    /// When the index cannot be read, or has no works.
    pub fn new(matcher: &Matcher, with_rounding: bool) -> Result<SlowForm, Error> {
        let knowledge = matcher.knowledge();
        let committees = matcher.catalogue().len();
        let works = read_works(matcher.index(), committees, matcher.work_count())?;
        let candidates = &knowledge.candidates;
        let owners: Vec<BTreeSet<usize>> = works
            .iter()
            .map(|work| {
                work.owners.iter().filter_map(|owner| candidates.number_of(owner)).collect()
            })
            .collect();
        let speaks_for: Vec<Option<usize>> = matcher
            .catalogue()
            .iter()
            .map(|committee| candidates.exact(committee.reference()))
            .collect();
        let mut owned: Weights = BTreeMap::new();
        owners.iter().flatten().for_each(|owner| *owned.entry(*owner).or_default() += 1.0);

        let mut frequencies: BTreeMap<String, Weights> = BTreeMap::new();
        let mut in_titles: BTreeMap<String, Weights> = BTreeMap::new();
        let mut scope: BTreeMap<String, Weights> = BTreeMap::new();
        let mut titles: BTreeMap<String, Weights> = BTreeMap::new();
        let mut own_words: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (field, times) in
            [(TextField::Title, 2.0), (TextField::Body, 1.0), (TextField::Keywords, 1.0)]
        {
            let is_title = matches!(field, TextField::Title);
            let is_own = !matches!(field, TextField::Body);
            matcher.index().for_each_term(field, |term, postings| {
                if term.contains(PAIR_MARK) && postings.len() < 2 {
                    return;
                }
                for (document, frequency) in postings {
                    let frequency = f64::from(*frequency);
                    if let Some(work) = (*document as usize).checked_sub(committees) {
                        *frequencies
                            .entry(term.to_owned())
                            .or_default()
                            .entry(work)
                            .or_default() += times * frequency;
                        if is_title {
                            in_titles.entry(term.to_owned()).or_default().insert(work, frequency);
                        }
                    } else if let Some(candidate) = speaks_for[*document as usize] {
                        *scope.entry(term.to_owned()).or_default().entry(candidate).or_default() +=
                            times * frequency;
                        if is_title {
                            titles.entry(term.to_owned()).or_default().insert(candidate, 1.0);
                        }
                        if is_own {
                            own_words.entry(term.to_owned()).or_default().insert(candidate);
                        }
                    }
                }
            })?;
        }

        let mut portfolio: BTreeMap<String, Weights> = BTreeMap::new();
        for (term, row) in &frequencies {
            for work in row.keys() {
                for owner in &owners[*work] {
                    *portfolio.entry(term.clone()).or_default().entry(*owner).or_default() += 1.0;
                }
            }
        }
        for (term, some) in own_words {
            for candidate in some {
                let count = f64::from(catalogue_count(
                    owned.get(&candidate).copied().unwrap_or(0.0) as u32,
                ));
                *portfolio.entry(term.clone()).or_default().entry(candidate).or_default() += count;
            }
        }
        let idf = |term: &str| {
            inverse_document_frequency(
                works.len() as f64,
                frequencies.get(term).map_or(0.0, |row| row.len() as f64),
            )
        };
        let all = candidates.len() as f64;
        let rare = |(term, row): (&String, &Weights)| {
            (
                term.clone(),
                (((1.0 + all) / (1.0 + row.len() as f64)).ln() * idf(term)).max(0.0).sqrt(),
            )
        };
        let gains = [
            portfolio.iter().map(rare).collect(),
            scope.keys().map(|term| (term.clone(), idf(term))).collect(),
            titles.keys().map(|term| (term.clone(), idf(term))).collect(),
        ];
        let vector = |rows: &BTreeMap<String, Weights>,
                      gains: &BTreeMap<String, f64>,
                      most: f64,
                      power: f64| {
            let mut squares: Weights = BTreeMap::new();
            let mut weights: BTreeMap<String, Weights> = BTreeMap::new();
            for (term, row) in rows {
                for (candidate, count) in row {
                    let weight = count.min(most).powf(power) * gains[term];
                    *squares.entry(*candidate).or_default() += weight * weight;
                    weights.entry(term.clone()).or_default().insert(*candidate, weight);
                }
            }
            (
                weights,
                squares.into_iter().map(|(candidate, square)| (candidate, square.sqrt())).collect(),
            )
        };
        let vectors = [
            vector(&portfolio, &gains[0], f64::INFINITY, f64::from(COUNT_POWER)),
            vector(&scope, &gains[1], 6.0, 0.5),
            vector(&titles, &gains[2], 1.0, 1.0),
        ];

        let mut series: BTreeMap<String, Weights> = BTreeMap::new();
        let mut codes: BTreeMap<String, Weights> = BTreeMap::new();
        for (work, owners) in works.iter().zip(&owners) {
            for owner in owners {
                for key in series_keys(work) {
                    *series.entry(key).or_default().entry(*owner).or_default() += 1.0;
                }
                for code in code_keys(work) {
                    *codes.entry(code.to_owned()).or_default().entry(*owner).or_default() += 1.0;
                }
            }
        }
        let round = |impacts| if with_rounding { rounded(impacts) } else { impacts };
        Ok(SlowForm {
            impacts: round(bm25(&frequencies, works.len(), FULL_TEXT)),
            title_impacts: round(bm25(&in_titles, works.len(), TITLES)),
            matcher: matcher.clone(),
            works,
            owners,
            vectors,
            gains,
            owned,
            series,
            codes,
            with_rounding,
        })
    }

    /// A text with the usual spelling of each word that texts know so.
    fn usually_spelt(&self, text: &str) -> String {
        let lexicon = &self.matcher.knowledge().lexicon;
        let mut spelt = String::with_capacity(text.len());
        for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            let usual = spelling::usual(&word.to_lowercase())
                .filter(|usual| lexicon.id_of_stem(&stem(usual)).is_some());
            spelt.push_str(usual.as_deref().unwrap_or(word));
            spelt.push_str(&piece[word.len()..]);
        }
        spelt
    }

    /// The score of every candidate for the question who is concerned, in the order of their
    /// references.
    #[must_use]
    pub fn scores(&self, proposal: &Proposal) -> Vec<(CommitteeRef, f64)> {
        let named = Named::in_proposal(proposal);
        let subject = subject_of(proposal, &named, self.matcher.knowledge());
        let candidates = &self.matcher.knowledge().candidates;
        let numbers = 0..candidates.len();

        // Terms of the query: title twice, at most 6.
        let mut counts: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for (number, text) in std::iter::once(&subject.title).chain(&subject.bodies).enumerate() {
            let mut tokenizer = StemTokenizer::default();
            let text = self.usually_spelt(text);
            let mut stream = tokenizer.token_stream(&text);
            while stream.advance() {
                let entry = counts.entry(stream.token().text.clone()).or_default();
                if number == 0 { entry.0 += 1.0 } else { entry.1 += 1.0 }
            }
        }
        let weight = |title: f64, body: f64| (2.0 * title + body).min(6.0).sqrt();
        let full: BTreeMap<&str, f64> = counts
            .iter()
            .map(|(term, (title, body))| (term.as_str(), weight(*title, *body)))
            .collect();
        let in_title: BTreeMap<&str, f64> = counts
            .iter()
            .filter(|(_, (title, _))| *title > 0.0)
            .map(|(term, (title, _))| (term.as_str(), weight(*title, 0.0)))
            .collect();

        let sums = |impacts: &BTreeMap<String, Weights>, terms: &BTreeMap<&str, f64>| {
            let mut sums: Weights = BTreeMap::new();
            for (term, weight) in terms {
                let weight =
                    if self.with_rounding { (weight * 64.0).round() / 64.0 } else { *weight };
                for (work, impact) in impacts.get(*term).into_iter().flatten() {
                    *sums.entry(*work).or_default() += weight * impact;
                }
            }
            sums
        };
        let votes = |sums: &Weights, power: i32, most: usize| {
            let largest = sums.values().copied().fold(0.0, f64::max);
            let mut best: Vec<(f64, usize)> = sums
                .iter()
                .map(|(work, sum)| (sum / largest, *work))
                .filter(|(share, _)| *share > 0.3)
                .collect();
            best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let mut votes: Weights = BTreeMap::new();
            for (share, work) in best.into_iter().take(most) {
                self.owners[work]
                    .iter()
                    .for_each(|owner| *votes.entry(*owner).or_default() += share.powi(power));
            }
            shares(&votes)
        };
        let text_sums = sums(&self.impacts, &full);
        let neighbours = votes(&text_sums, 6, usize::MAX);
        let mut nearest_work: Weights = BTreeMap::new();
        let largest = text_sums.values().copied().fold(0.0, f64::max);
        for (work, sum) in text_sums.iter().filter(|(_, sum)| **sum / largest > 0.3) {
            for owner in &self.owners[*work] {
                let nearest = nearest_work.entry(*owner).or_default();
                *nearest = nearest.max(sum / largest);
            }
        }
        let title_neighbours = votes(&sums(&self.title_impacts, &in_title), 4, 30);
        let [portfolio, scope, titles] = [0, 1, 2].map(|at| {
            let (vectors, lengths) = &self.vectors[at];
            let mut scores: Weights = BTreeMap::new();
            for (term, weight) in &full {
                let gain = self.gains[at].get(*term).copied().unwrap_or(0.0);
                for (candidate, part) in vectors.get(*term).into_iter().flatten() {
                    // A vector of terms that say nothing has no length.
                    if lengths[candidate] > 0.0 {
                        *scores.entry(*candidate).or_default() +=
                            weight * gain * part / lengths[candidate];
                    }
                }
            }
            shares(&scores)
        });

        let share = |of: &Weights, candidate: usize| of.get(&candidate).copied().unwrap_or(0.0);
        // Who has no works cannot have near ones: what it says of itself stands in for them.
        for one in numbers.clone().filter(|one| share(&self.owned, *one) == 0.0) {
            nearest_work.insert(one, share(&scope, one));
        }
        let base: Weights =
            numbers.clone().map(|one| (one, share(&portfolio, one) + share(&scope, one))).collect();
        let base = shares(&base);
        let mut order: Vec<usize> =
            numbers.clone().filter(|one| share(&base, *one) > 0.0).collect();
        order.sort_by(|a, b| share(&base, *b).total_cmp(&share(&base, *a)).then(a.cmp(b)));
        let (mut liaison, mut near_liaison, mut family): (Weights, Weights, Weights) =
            Default::default();
        for (position, one) in order.iter().take(200).enumerate() {
            let score = base[one];
            let links = &candidates.get(*one).liaisons;
            for link in links.iter().map(|link| usize::from(*link)) {
                *liaison.entry(link).or_default() +=
                    score.powi(2) / (links.len().max(1) as f64).sqrt();
                if position < 50 {
                    *near_liaison.entry(link).or_default() += score.powi(2);
                }
            }
            let parent = candidates.get(*one).parent.map(usize::from);
            let siblings = parent.map_or(&[][..], |parent| &candidates.get(parent).children);
            let siblings =
                siblings.iter().map(|one| usize::from(*one)).filter(|other| other != one);
            siblings.for_each(|sibling| *family.entry(sibling).or_default() += 0.5 * score.powi(4));
            let children = candidates.get(*one).children.iter().map(|child| usize::from(*child));
            children
                .chain(parent)
                .for_each(|other| *family.entry(other).or_default() += score.powi(4));
        }
        for (one, value) in &mut liaison {
            *value /= (candidates.get(*one).liaisons.len().max(1) as f64).powf(0.15);
        }
        let (liaison, near_liaison, family) =
            (shares(&liaison), shares(&near_liaison), shares(&family));

        let mut series: Weights = BTreeMap::new();
        for key in series_of(&subject.title) {
            if let Some(owners) = self.series.get(&key) {
                let total: f64 = owners.values().sum();
                owners
                    .iter()
                    .for_each(|(owner, count)| _ = series.insert(*owner, count / (total + 1.0)));
            }
        }
        let mut classification: Weights = BTreeMap::new();
        for (level, weight) in subject.ics.iter().flat_map(|code| code_levels(code)) {
            if let Some(owners) = self.codes.get(level) {
                let total: f64 = owners.values().sum();
                for (owner, count) in owners {
                    *classification.entry(*owner).or_default() +=
                        f64::from(weight) * (1.0 + count).ln() / (2.0 + total).ln();
                }
            }
        }
        let mentioned: BTreeSet<usize> = subject.mentioned.iter().copied().collect();
        let mut cited: Weights = BTreeMap::new();
        for (_, work) in &subject.cited {
            let owners = &self.owners[work.index()];
            for owner in owners {
                let value = cited.entry(*owner).or_default();
                *value = value.max(1.0 / owners.len() as f64);
            }
        }
        let title: String = subject.title.chars().take(300).collect();
        let compared: BTreeSet<usize> = order.iter().take(24).copied().collect();

        let heads = self.matcher.model().heads(true);
        let log = |share: f64, floor: f64| (share + floor).ln();
        let flag = |is: bool| f64::from(u8::from(is));
        let score = |one: usize| {
            let candidate = candidates.get(one);
            let organization = candidate.organization();
            let outside = flag(organization != crate::reference::Organization::Iso);
            let links = candidate.liaisons.len();
            let works = share(&self.owned, one);
            let value = |name: &str| match name {
                "scope_log" => log(share(&scope, one), 0.03),
                "portfolio" => share(&portfolio, one),
                "portfolio_log" => log(share(&portfolio, one), 0.03),
                "neighbours" => share(&neighbours, one),
                "neighbours_log" => log(share(&neighbours, one), 0.02),
                "title_neighbours_log" => log(share(&title_neighbours, one), 0.05),
                "nearest_work" => share(&nearest_work, one),
                "series" => share(&series, one),
                "title_terms_log" => log(share(&titles, one), 0.1),
                "title_similarity" if compared.contains(&one) => {
                    strsim::sorensen_dice(&title, candidate.committee.title())
                }
                "title_similarity" => 0.0,
                "mention" => flag(mentioned.contains(&one)),
                "citation" => share(&cited, one),
                "liaison" => share(&liaison, one),
                "liaison_log" => log(share(&liaison, one), 0.03),
                "near_liaison_log" => log(share(&near_liaison, one), 0.03),
                "liaisons_held" => (1.0 + links as f64).ln(),
                "no_liaisons" => flag(links == 0),
                "family_log" => log(share(&family, one), 0.05),
                "classification" => share(&classification, one).sqrt(),
                "works" => (1.0 + works).ln() / 5.0,
                "no_works" => flag(works == 0.0),
                "inactive" => {
                    flag(*candidate.committee.status() != crate::catalogue::Status::Active)
                }
                "subcommittee" => flag(candidate.is_subcommittee),
                "is_iec" => flag(organization == crate::reference::Organization::Iec),
                "is_itu_t" => flag(organization == crate::reference::Organization::ItuT),
                "portfolio_log_outside_iso" => outside * log(share(&portfolio, one), 0.03),
                "neighbours_outside_iso" => outside * share(&neighbours, one),
                "scope_log_outside_iso" => outside * log(share(&scope, one), 0.03),
                // A new feature is to be written out here too.
                _ => f64::NAN,
            };
            let weighed = FEATURES.iter().zip(heads.interest).filter(|(_, weight)| *weight != 0.0);
            weighed.map(|(feature, weight)| f64::from(weight) * value(feature.name)).sum()
        };
        numbers.map(|one| (candidates.get(one).reference().clone(), score(one))).collect()
    }

    /// How many works it compares with.
    #[must_use]
    pub fn works(&self) -> usize {
        self.works.len()
    }
}

/// Values over the largest.
fn shares(values: &Weights) -> Weights {
    let largest = values.values().copied().fold(0.0, f64::max);
    values
        .iter()
        .map(|(one, value)| (*one, if largest > 1e-9 { value / largest } else { *value }))
        .collect()
}
