//! How much input is read at all. Input may be hostile; a real proposal stays far below all of
//! these.

/// The largest file: forms with pictures reach a few MiB.
pub(crate) const FILE_BYTES: u64 = 16 << 20;

/// The largest file in TOML, YAML or text, whose trees take up to a hundred times as much memory.
pub(crate) const TREE_FILE_BYTES: u64 = 4 << 20;

/// The longest single text.
pub(crate) const TEXT_BYTES: usize = 1 << 20;

/// The longest list.
pub(crate) const ITEMS: usize = 10_000;

/// The deepest nesting; the record itself needs four levels.
pub(crate) const DEPTH: usize = 32;

/// How much of a line is kept with a place.
pub(crate) const SHOWN_CHARACTERS: usize = 200;
