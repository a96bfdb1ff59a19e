//! The tantivy index: schema, building, opening, and reading its postings.
//!
//! The index holds the truth: which committees and works there are, their texts and terms. This
//! room knows what a document is, and nothing of what a score means; no tantivy type leaves it.

pub(crate) mod folder;
mod read_only;

use std::path::Path;
use std::sync::Arc;

use tantivy::schema::document::Value as _;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{DocAddress, DocSet as _, IndexWriter, Searcher, TantivyDocument};

use crate::error::{Class, Error, Failure};
use crate::text::tokenizer::{self, StemTokenizer};

/// What a document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DocumentKind {
    Committee,
    Work,
}

/// A document on its way into the index.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) kind: DocumentKind,
    pub(crate) reference: String,
    pub(crate) title: String,
    /// Official scope of a committee, abstract of a work.
    pub(crate) body: String,
    /// Keywords of a committee.
    pub(crate) keywords: String,
    /// Title of a committee's parent.
    pub(crate) family: String,
    /// The whole record, as JSON.
    pub(crate) record: Vec<u8>,
}

/// The indexed text fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextField {
    Title,
    Body,
    Keywords,
}

/// A term's occurrence: document number (position in the order of indexing) and frequency.
pub(crate) type Posting = (u32, u32);

/// An open index. Cheap to clone.
#[derive(Clone)]
pub(crate) struct TextIndex {
    searcher: Searcher,
    fields: Fields,
    addresses: Arc<[DocAddress]>,
}

#[derive(Clone, Copy, Debug)]
struct Fields {
    ordinal: Field,
    kind: Field,
    reference: Field,
    title: Field,
    body: Field,
    keywords: Field,
    family: Field,
    record: Field,
}

/// Memory for the writer, in bytes: enough that some 100,000 works stay in one segment.
const WRITER_MEMORY: usize = 600 << 20;
const SMALL_WRITER_MEMORY: usize = 16 << 20;

impl TextIndex {
    /// An index in memory, for the built-in catalogue.
    pub(crate) fn in_memory(documents: impl Iterator<Item = Document>) -> Result<TextIndex, Error> {
        let index = tantivy::Index::create_in_ram(schema().0);
        TextIndex::fill(index, documents, SMALL_WRITER_MEMORY)
            .map_err(|source| Error::new(IndexFailure::Build(source)))
    }

    /// An index in an empty folder.
    pub(crate) fn create(
        folder: &Path,
        documents: impl Iterator<Item = Document>,
    ) -> Result<TextIndex, Error> {
        tantivy::Index::create_in_dir(folder, schema().0)
            .and_then(|index| TextIndex::fill(index, documents, WRITER_MEMORY))
            .map_err(|source| Error::new(IndexFailure::Build(source)).at_path(folder))
    }

    /// Opens an index that [`TextIndex::create`] made. Nothing is written; the files have been
    /// checked before.
    pub(crate) fn open(folder: &Path) -> Result<TextIndex, Error> {
        let failed = |source| Error::new(IndexFailure::Open(source)).at_path(folder);
        let index = read_only::ReadOnlyDirectory::open(folder)
            .and_then(tantivy::Index::open)
            .map_err(failed)?;
        let (expected, fields) = schema();
        if index.schema() != expected {
            return Err(Error::new(IndexFailure::ForeignSchema).at_path(folder));
        }
        TextIndex::wrap(index, fields).map_err(failed)
    }

    fn fill(
        index: tantivy::Index,
        documents: impl Iterator<Item = Document>,
        memory: usize,
    ) -> tantivy::Result<TextIndex> {
        index.tokenizers().register(tokenizer::NAME, StemTokenizer::default());
        let fields = schema().1;
        // One thread gives one segment while the memory lasts; the ordinals hold whatever the
        // segments are.
        let mut writer: IndexWriter = index.writer_with_num_threads(1, memory)?;
        for (ordinal, document) in (0_u64..).zip(documents) {
            let mut stored = TantivyDocument::new();
            stored.add_u64(fields.ordinal, ordinal);
            stored.add_u64(fields.kind, u64::from(document.kind == DocumentKind::Work));
            stored.add_text(fields.reference, &document.reference);
            stored.add_text(fields.title, &document.title);
            stored.add_text(fields.body, &document.body);
            stored.add_text(fields.keywords, &document.keywords);
            stored.add_text(fields.family, &document.family);
            stored.add_bytes(fields.record, &document.record);
            writer.add_document(stored)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        TextIndex::wrap(index, fields)
    }

    fn wrap(index: tantivy::Index, fields: Fields) -> tantivy::Result<TextIndex> {
        index.tokenizers().register(tokenizer::NAME, StemTokenizer::default());
        let searcher = index.reader()?.searcher();
        let count = usize::try_from(searcher.num_docs()).unwrap_or(0);
        let mut addresses = vec![DocAddress::new(u32::MAX, 0); count];
        for (segment, reader) in (0_u32..).zip(searcher.segment_readers()) {
            let ordinals = reader.fast_fields().u64("ordinal")?;
            for document in reader.doc_ids_alive() {
                let ordinal =
                    ordinals.first(document).and_then(|ordinal| usize::try_from(ordinal).ok());
                match ordinal.and_then(|ordinal| addresses.get_mut(ordinal)) {
                    Some(slot) => *slot = DocAddress::new(segment, document),
                    None => {
                        return Err(tantivy::TantivyError::InternalError(
                            "ordinals with gaps".to_owned(),
                        ));
                    }
                }
            }
        }
        Ok(TextIndex { searcher, fields, addresses: addresses.into() })
    }

    /// How many documents.
    pub(crate) fn len(&self) -> usize {
        self.addresses.len()
    }

    /// Calls `receive` for each term of a field, in the order of the terms, with its postings in
    /// the order of their documents.
    pub(crate) fn for_each_term(
        &self,
        field: TextField,
        mut receive: impl FnMut(&str, &[Posting]),
    ) -> Result<(), Error> {
        let field = match field {
            TextField::Title => self.fields.title,
            TextField::Body => self.fields.body,
            TextField::Keywords => self.fields.keywords,
        };
        self.read_terms(field, &mut receive)
            .map_err(|source| Error::new(IndexFailure::Open(source)))
    }

    fn read_terms(
        &self,
        field: Field,
        receive: &mut impl FnMut(&str, &[Posting]),
    ) -> tantivy::Result<()> {
        let segments = self.searcher.segment_readers();
        let mut postings: Vec<Posting> = Vec::new();
        if let [segment] = segments {
            return read_segment(segment, field, &mut postings, receive);
        }
        // Several segments: gather by term, then hand out in order.
        let mut gathered: std::collections::BTreeMap<String, Vec<Posting>> =
            std::collections::BTreeMap::new();
        for segment in segments {
            read_segment(segment, field, &mut postings, &mut |term: &str, found: &[Posting]| {
                gathered.entry(term.to_owned()).or_default().extend_from_slice(found);
            })?;
        }
        for (term, mut found) in gathered {
            found.sort_unstable();
            receive(&term, &found);
        }
        Ok(())
    }

    /// The stored record of a document.
    pub(crate) fn record(&self, ordinal: u32) -> Result<Vec<u8>, Error> {
        self.stored_bytes(ordinal).map_err(|source| Error::new(IndexFailure::Open(source)))
    }

    fn stored_bytes(&self, ordinal: u32) -> tantivy::Result<Vec<u8>> {
        let address =
            self.addresses.get(ordinal as usize).copied().unwrap_or(DocAddress::new(u32::MAX, 0));
        if address.segment_ord == u32::MAX {
            return Err(tantivy::TantivyError::InternalError(format!("no document {ordinal}")));
        }
        let document: TantivyDocument = self.searcher.doc(address)?;
        Ok(document
            .get_first(self.fields.record)
            .and_then(|value| value.as_bytes())
            .unwrap_or_default()
            .to_vec())
    }

    /// The `limit` best documents for a bag of words, by tantivy's own BM25 over title and body:
    /// the slow form that the fast one is measured against.
    #[doc(hidden)]
    pub(crate) fn search(
        &self,
        text: &str,
        limit: usize,
        exhaustive: bool,
    ) -> Result<Vec<(f32, u32)>, Error> {
        self.search_inner(text, limit, exhaustive)
            .map_err(|source| Error::new(IndexFailure::Open(source)))
    }

    fn search_inner(
        &self,
        text: &str,
        limit: usize,
        exhaustive: bool,
    ) -> tantivy::Result<Vec<(f32, u32)>> {
        use tantivy::collector::{Count, TopDocs};
        use tantivy::query::{BooleanQuery, Query, TermQuery};
        use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

        let mut stems: Vec<String> = Vec::new();
        let mut tokenizer = StemTokenizer::default();
        let mut stream = tokenizer.token_stream(text);
        while stream.advance() {
            let term = &stream.token().text;
            if !term.contains(tokenizer::PAIR_MARK) {
                stems.push(term.clone());
            }
        }
        stems.sort_unstable();
        stems.dedup();
        let mut clauses: Vec<Box<dyn Query>> = Vec::new();
        for stem in &stems {
            for field in [self.fields.title, self.fields.body, self.fields.keywords] {
                let term = tantivy::Term::from_field_text(field, stem);
                clauses.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
            }
        }
        let query = BooleanQuery::union(clauses);
        let top = TopDocs::with_limit(limit.max(1)).order_by_score();
        let hits = if exhaustive {
            self.searcher.search(&query, &(top, Count))?.0
        } else {
            self.searcher.search(&query, &top)?
        };
        let mut found = Vec::with_capacity(hits.len());
        for (score, address) in hits {
            let ordinals =
                self.searcher.segment_reader(address.segment_ord).fast_fields().u64("ordinal")?;
            let ordinal =
                ordinals.first(address.doc_id).and_then(|ordinal| u32::try_from(ordinal).ok());
            found.push((score, ordinal.unwrap_or(u32::MAX)));
        }
        Ok(found)
    }
}

fn read_segment(
    segment: &tantivy::SegmentReader,
    field: Field,
    postings: &mut Vec<Posting>,
    receive: &mut impl FnMut(&str, &[Posting]),
) -> tantivy::Result<()> {
    let ordinals = segment.fast_fields().u64("ordinal")?;
    let inverted = segment.inverted_index(field)?;
    let mut terms = inverted.terms().stream()?;
    while terms.advance() {
        let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
        postings.clear();
        let mut list =
            inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqs)?;
        let mut document = list.doc();
        while document != tantivy::TERMINATED {
            let ordinal = ordinals.first(document).and_then(|ordinal| u32::try_from(ordinal).ok());
            postings
                .push((ordinal.unwrap_or(document), tantivy::postings::Postings::term_freq(&list)));
            document = list.advance();
        }
        postings.sort_unstable();
        receive(term, postings);
    }
    Ok(())
}

fn schema() -> (Schema, Fields) {
    let text = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer::NAME)
            .set_index_option(IndexRecordOption::WithFreqs),
    );
    let mut schema = Schema::builder();
    let fields = Fields {
        ordinal: schema.add_u64_field("ordinal", FAST),
        kind: schema.add_u64_field("kind", FAST),
        reference: schema.add_text_field("reference", STRING),
        title: schema.add_text_field("title", text.clone()),
        body: schema.add_text_field("body", text.clone()),
        keywords: schema.add_text_field("keywords", text.clone()),
        family: schema.add_text_field("family", text),
        record: schema.add_bytes_field("record", STORED),
    };
    (schema.build(), fields)
}

impl std::fmt::Debug for TextIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextIndex").field("documents", &self.len()).finish_non_exhaustive()
    }
}

#[derive(Debug, thiserror::Error)]
enum IndexFailure {
    #[error("the index could not be built: {0}")]
    Build(#[source] tantivy::TantivyError),
    #[error("the index cannot be read: {0}")]
    Open(#[source] tantivy::TantivyError),
    #[error("the index has other fields than this version reads")]
    ForeignSchema,
}

impl Failure for IndexFailure {
    fn class(&self) -> Class {
        match self {
            IndexFailure::Build(tantivy::TantivyError::IoError(_)) => Class::Io,
            IndexFailure::Build(_) => Class::Internal,
            IndexFailure::Open(_) | IndexFailure::ForeignSchema => Class::IncompatibleIndex,
        }
    }
    fn remedy(&self) -> Option<std::borrow::Cow<'_, str>> {
        match self {
            IndexFailure::Build(_) => Some("free disk space or memory and build it again".into()),
            _ => Some("build it again from its sources".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents() -> impl Iterator<Item = Document> {
        ["Safety of lifts", "Lifts and escalators", "Quantum technologies"].into_iter().map(
            |title| Document {
                kind: DocumentKind::Work,
                reference: title.to_owned(),
                title: title.to_owned(),
                body: String::new(),
                keywords: String::new(),
                family: String::new(),
                record: title.as_bytes().to_vec(),
            },
        )
    }

    #[test]
    fn postings_come_back_as_they_went_in() {
        let index = TextIndex::in_memory(documents()).unwrap();
        let mut terms = Vec::new();
        index
            .for_each_term(TextField::Title, |term, postings| {
                terms.push((term.to_owned(), postings.to_vec()))
            })
            .unwrap();
        assert_eq!(
            terms,
            [
                ("escal".to_owned(), vec![(1, 1)]),
                ("lift".to_owned(), vec![(0, 1), (1, 1)]),
                ("quantum".to_owned(), vec![(2, 1)]),
                ("quantum_technolog".to_owned(), vec![(2, 1)]),
                ("safeti".to_owned(), vec![(0, 1)]),
                ("technolog".to_owned(), vec![(2, 1)]),
            ]
        );
        assert_eq!(index.record(2).unwrap(), b"Quantum technologies");
        assert!(index.record(3).is_err());
        assert_eq!(index.search("escalators", 5, true).unwrap()[0].1, 1);
    }

    #[test]
    fn an_index_on_disk_opens_again_and_a_foreign_folder_does_not() {
        let folder = tempfile::tempdir().unwrap();
        TextIndex::create(folder.path(), documents()).unwrap();
        assert_eq!(TextIndex::open(folder.path()).unwrap().len(), 3);
        let other = tempfile::tempdir().unwrap();
        assert!(TextIndex::open(other.path()).unwrap_err().is_incompatible_index());
    }
}
