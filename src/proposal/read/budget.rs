//! How much a file may unpack to: one account for all its parts, so that many small parts cost no
//! more than one large one.

/// The most bytes that all parts of a file may unpack to together. The text of a long form is below
/// one MiB.
const BYTES: u64 = 32 << 20;

/// The most elements of all parts together; a form of a hundred pages has some ten thousand. Each
/// takes about 120 bytes of memory.
const ELEMENTS: usize = 400_000;

/// What is left of the account of one proposal.
#[derive(Debug)]
pub(super) struct Budget {
    #[cfg(feature = "docx")]
    bytes: u64,
    elements: usize,
}

/// The account is empty.
#[derive(Debug)]
pub(super) struct Exhausted;

impl Budget {
    pub(super) const LIMIT: u64 = BYTES;

    pub(super) fn new() -> Budget {
        Budget {
            #[cfg(feature = "docx")]
            bytes: BYTES,
            elements: ELEMENTS,
        }
    }

    /// How many bytes are left.
    #[cfg(feature = "docx")]
    pub(super) fn bytes_left(&self) -> u64 {
        self.bytes
    }

    #[cfg(feature = "docx")]
    pub(super) fn spend_bytes(&mut self, bytes: usize) -> Result<(), Exhausted> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Exhausted)?;
        Ok(())
    }

    pub(super) fn spend_element(&mut self) -> Result<(), Exhausted> {
        self.elements = self.elements.checked_sub(1).ok_or(Exhausted)?;
        Ok(())
    }
}
