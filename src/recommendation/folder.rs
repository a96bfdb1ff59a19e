//! Papers in the folder of a register: `papers/SPCG-90/SPCG-90A.toml`.

use std::fs;
use std::path::PathBuf;

use super::Recommendation;
use crate::error::{Error, Refusal};
use crate::files;
use crate::register::{RealDisk, Register, damaged, names, parsed_toml, refuse, write_file};

/// Largest paper, in bytes of its file.
const LARGEST: u64 = 1 << 20;

impl Recommendation {
    /// Its form as a file: TOML.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when a value has no form in TOML.
    pub fn to_toml(&self) -> Result<String, Error> {
        toml::to_string(self).map_err(|source| {
            damaged(format!("a paper that cannot be written: {source}"), "report it")
        })
    }

    /// Reads the form of [`Recommendation::to_toml`].
    ///
    /// # Errors
    /// [malformed](Error::is_malformed), with what TOML says of it.
    pub fn from_toml(text: &str) -> Result<Recommendation, Error> {
        let remedy = "correct the field; `recommend` drafts a paper as an example";
        parsed_toml(text, "not a paper", remedy)
    }
}

impl Register {
    /// The paper of a name such as `SPCG-90A`, where it is on file.
    ///
    /// # Errors
    /// [malformed](Error::is_malformed) when it cannot be read; [refused](Error::is_refused) for a
    /// name that is no plain name.
    pub fn paper(&self, name: &str) -> Result<Option<Recommendation>, Error> {
        let path = self.path_of_paper(name)?;
        if !path.exists() {
            return Ok(None);
        }
        let text = files::read_text(&path, LARGEST)?;
        let paper = Recommendation::from_toml(&text).map_err(|error| error.at_path(&path))?;
        if paper.name() != name {
            let what = format!("the file is named after {name} and holds {}", paper.name());
            return Err(damaged(what, "rename the file or correct the number").at_path(path));
        }
        Ok(Some(paper))
    }

    /// Puts a paper on file. One that is there is never overwritten: a letter is used once.
    ///
    /// # Errors
    /// [refused](Error::is_refused) when another paper has the name; those of the file system.
    pub fn put_paper(&self, paper: &Recommendation) -> Result<PathBuf, Error> {
        let path = self.path_of_paper(&paper.name())?;
        if let Some(present) = self.paper(&paper.name())? {
            if present == *paper {
                return Ok(path);
            }
            return Err(refuse(
                Refusal::NumberTaken,
                format!("{} is on file with another text", paper.name()),
                "take the next letter, or edit the file that is there",
            ));
        }
        let folder = path.parent().map(PathBuf::from).unwrap_or_default();
        fs::create_dir_all(&folder).map_err(|source| Error::io(source, &folder))?;
        let name = format!("{}.toml", paper.name());
        write_file(&RealDisk, &folder, &name, paper.to_toml()?.as_bytes(), false)?;
        Ok(path)
    }

    /// Every paper on file, in the order of their names.
    ///
    /// # Errors
    /// Those of [`Register::paper`].
    pub fn papers(&self) -> Result<Vec<Recommendation>, Error> {
        let root = self.root().join("papers");
        let mut all = Vec::new();
        if !root.is_dir() {
            return Ok(all);
        }
        for number in names(&root)? {
            let folder = root.join(&number);
            if !folder.is_dir() {
                continue;
            }
            for file in names(&folder)? {
                if let Some(name) = file.strip_suffix(".toml").filter(|one| !one.starts_with('.')) {
                    all.extend(self.paper(name)?);
                }
            }
        }
        Ok(all)
    }

    fn path_of_paper(&self, name: &str) -> Result<PathBuf, Error> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || name.len() > 60 || !name.chars().all(plain) {
            return Err(refuse(
                Refusal::Invalid,
                format!("`{}` is no number of a paper", crate::error::shown(name)),
                "use letters, digits and `-`, such as `SPCG-90` with the letter `A`",
            ));
        }
        // The folder has the number without its letter.
        let number = name.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let number = if number.ends_with(|c: char| c.is_ascii_digit()) { number } else { name };
        Ok(self.root().join("papers").join(number).join(format!("{name}.toml")))
    }
}
