//! Reading proposals from files.

/// A format of proposal files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// TOML (`.toml`).
    Toml,
    /// JSON (`.json`).
    Json,
    /// YAML (`.yaml`, `.yml`); needs the feature `yaml`.
    Yaml,
    /// Text with headings or labels, Markdown included (`.md`, `.markdown`, `.txt`).
    Text,
    /// Word (`.docx`); needs the feature `docx`.
    Docx,
}
