//! A case in its folder, to read and to write.

use std::ops::Deref;
use std::path::PathBuf;

use serde::Deserialize;

use super::begin::check_case_id;
use super::body::*;
use super::case::Case;
use super::case_files::{read_case, read_stored, store, write_event};
use super::disk::{Disk, RealDisk};
use super::event::Event;
use super::failure::{RegisterFailure, damaged, refuse};
use crate::coordination::Advice;
use crate::error::{Error, Refusal};

/// A case with its folder: reads as [`Case`], and takes events.
#[derive(Debug)]
pub struct OpenCase {
    pub(super) case: Case,
    pub(super) folder: PathBuf,
    pub(super) damage: Option<String>,
}

impl Deref for OpenCase {
    type Target = Case;

    fn deref(&self) -> &Case {
        &self.case
    }
}

impl OpenCase {
    /// Puts an event on file and returns its id. Without `after` it is written on the heads of the
    /// case as it was read. The same event said again is on file already: a retry is harmless.
    ///
    /// # Errors
    /// [refused](Error::is_refused) or [conflict](Error::is_conflict): nothing was written;
    /// [malformed](Error::is_malformed) when the case is damaged; those of the file system.
    pub fn append(&mut self, event: Event) -> Result<String, Error> {
        self.append_to(&RealDisk, event)
    }

    pub(crate) fn append_to(&mut self, disk: &dyn Disk, event: Event) -> Result<String, Error> {
        let (event, said) = self.prepared(event)?;
        if let Some(id) = said {
            return Ok(id);
        }
        let id = write_event(disk, &self.folder, &event)?;
        let entries = self.case.log().iter().map(|one| (one.id.clone(), one.event.clone()));
        let all = entries.chain([(id.clone(), event)]).collect();
        self.case = Case::of_entries(self.case.rules.clone(), self.case.id(), all)?;
        Ok(id)
    }

    /// The event as it would be written; nothing is.
    ///
    /// # Errors
    /// Those of [`OpenCase::append`].
    pub fn prepare(&self, event: Event) -> Result<Event, Error> {
        self.prepared(event).map(|(event, _)| event)
    }

    fn prepared(&self, mut event: Event) -> Result<(Event, Option<String>), Error> {
        if let Some(damage) = &self.damage {
            return Err(damaged(
                format!("the case is read-only: {damage}"),
                "mend it first; `check` names the files",
            ));
        }
        let on_file = read_case(&self.case.rules, &self.folder, self.case.id())?;
        let moved = on_file.case.as_ref().is_none_or(|case| case.heads() != self.case.heads());
        if moved {
            return Err(Error::new(RegisterFailure::HeadsMoved));
        }
        if let Body::Linked(Linked { case: Some(other), .. }) = &event.body {
            self.linked(other)?;
        }
        if event.after.is_empty() {
            for head in self.case.heads() {
                let Some(present) = self.case.event(head) else { continue };
                let said = Event { after: present.after.clone(), ..event.clone() };
                if said == *present {
                    return Ok((said, Some(head.clone())));
                }
            }
            event.after = self.case.heads().to_vec();
        }
        let id = event.id()?;
        if self.case.event(&id).is_some() {
            return Ok((event, Some(id))); // the same content is the same file
        }
        self.case.allow(&event)?;
        Ok((event, None))
    }

    /// A link leads to another case that is there.
    fn linked(&self, other: &str) -> Result<(), Error> {
        check_case_id(other)?;
        let is_there = self.folder.parent().is_some_and(|cases| cases.join(other).is_dir());
        if is_there && other != self.case.id() {
            return Ok(());
        }
        Err(refuse(
            Refusal::NoGround,
            format!("there is no other case `{other}`"),
            "`status` lists the cases",
        ))
    }

    /// Stores a file beside the events, under its name and hash.
    ///
    /// # Errors
    /// [refused](Error::is_refused) for a name that is no plain name; those of the file system.
    pub fn store(&self, name: &str, bytes: &[u8]) -> Result<FileRef, Error> {
        store(&self.folder, name, bytes)
    }

    /// Reads a file beside the events.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when its hash does not fit; those of the file system.
    pub fn read(&self, file: &FileRef) -> Result<Vec<u8>, Error> {
        read_stored(&self.folder, file)
    }

    /// How the work could be done together with others, as the screening on file suggests it:
    /// nothing where none is on file, or it was made before screenings told it.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when the screening is not the one that was put on file, or
    /// cannot be read.
    pub fn advice(&self) -> Result<Vec<Advice>, Error> {
        #[derive(Deserialize)]
        struct Told {
            #[serde(default)]
            advice: Option<Vec<Advice>>,
        }
        let Some(screened) = self.screened() else { return Ok(Vec::new()) };
        let bytes = self.read(&screened.screening)?;
        let told: Told = serde_json::from_slice(&bytes).map_err(|source| {
            damaged(format!("not a screening: {source}"), "restore it")
                .at_path(&screened.screening.file)
        })?;
        Ok(told.advice.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::super::folder::Register;
    use super::super::rules::Settings;
    use super::*;
    use std::cell::Cell;
    use std::io;
    use std::path::Path;

    /// Fails the n-th call, having done half of it.
    struct FailingDisk(Cell<usize>);

    impl FailingDisk {
        fn step(&self) -> io::Result<()> {
            let left = self.0.get();
            self.0.set(left.wrapping_sub(1));
            if left == 0 { Err(io::Error::other("no room")) } else { Ok(()) }
        }
    }

    impl Disk for FailingDisk {
        fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            if let Err(error) = self.step() {
                RealDisk.write(path, &bytes[..bytes.len() / 2])?;
                return Err(error);
            }
            RealDisk.write(path, bytes)
        }
        fn sync(&self, path: &Path) -> io::Result<()> {
            self.step()?;
            RealDisk.sync(path)
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.step()?;
            RealDisk.rename(from, to)
        }
    }

    #[test]
    fn a_call_that_fails_leaves_the_case_with_or_without_the_event() {
        for failing in 0..4 {
            let folder = tempfile::tempdir().unwrap();
            let register = Register::create(folder.path(), &Settings::default()).unwrap();
            let proposal = FileRef::of("proposal.toml", b"title = 'Lamps'");
            let first = Event::new(
                "2031-02-01".parse().unwrap(),
                "tmb-secretary",
                Body::Received(Received {
                    proposal,
                    title: "Lamps".into(),
                    addressed_to: crate::Organization::Iso,
                    reference: None,
                    form: None,
                    proposer: None,
                    ballot_closes: None,
                    same_subject_as: None,
                }),
            );
            let id = "2031-02-lamps";
            let mut case = register.begin(id, first, &[]).unwrap();
            let comment = Event::new(
                "2031-02-02".parse().unwrap(),
                "iec-member",
                Body::Comment(Comment {
                    organization: crate::Organization::Iec,
                    text: "Tell us more.".into(),
                    forward: false,
                    on: Vec::new(),
                }),
            );
            let disk = FailingDisk(Cell::new(failing));
            let written = case.append_to(&disk, comment.clone());
            // Only the sync of the folder comes after the event is on file.
            assert_eq!(written.is_ok(), failing == 3, "{written:?}");
            let again = Register::open(folder.path()).unwrap();
            assert!(again.problems().is_empty(), "{:?}", again.problems());
            let mut case = again.case(id).unwrap();
            assert_eq!(case.log().len(), if failing == 3 { 2 } else { 1 });
            case.append(comment).unwrap();
            assert_eq!(Register::open(folder.path()).unwrap().case(id).unwrap().log().len(), 2);
        }
    }
}
