//! Numbers and strings as bytes, for the files of this room.

/// The bytes end before what they should hold, or hold something impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damaged;

/// Appends numbers (little-endian, or seven bits a byte) and strings.
#[derive(Debug, Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }
    pub(crate) fn fixed(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }
    pub(crate) fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }
    pub(crate) fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }
    pub(crate) fn string(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend_from_slice(bytes);
    }
    pub(crate) fn words(&mut self, words: &[u32]) {
        self.count(words.len());
        words.iter().for_each(|word| self.fixed(*word));
    }
    pub(crate) fn shorts(&mut self, shorts: &[u16]) {
        self.count(shorts.len());
        shorts.iter().for_each(|short| self.0.extend_from_slice(&short.to_le_bytes()));
    }
    pub(crate) fn floats(&mut self, floats: &[f32]) {
        self.count(floats.len());
        floats.iter().for_each(|float| self.fixed(float.to_bits()));
    }
}

/// A cursor over bytes that refuses to run over their end.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes, at: 0 }
    }
    pub(crate) fn is_done(&self) -> bool {
        self.at == self.bytes.len()
    }
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let end =
            self.at.checked_add(count).filter(|end| *end <= self.bytes.len()).ok_or(Damaged)?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }
    pub(crate) fn byte(&mut self) -> Result<u8, Damaged> {
        Ok(self.take(1)?[0])
    }
    pub(crate) fn fixed(&mut self) -> Result<u32, Damaged> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
    pub(crate) fn number(&mut self) -> Result<u32, Damaged> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged)
    }
    /// A count of things that take at least a byte each, so that no count can ask for more memory
    /// than there are bytes.
    pub(crate) fn count(&mut self) -> Result<usize, Damaged> {
        let count = self.number()? as usize;
        if count > self.bytes.len() - self.at { Err(Damaged) } else { Ok(count) }
    }
    pub(crate) fn string(&mut self) -> Result<&'a str, Damaged> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Damaged)
    }
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, Damaged> {
        let length = self.count()?;
        Ok(self.take(length)?.to_vec())
    }
    pub(crate) fn words(&mut self) -> Result<Vec<u32>, Damaged> {
        let length = self.count()?;
        let bytes = self.take(length.checked_mul(4).ok_or(Damaged)?)?;
        Ok(bytes
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
            .collect())
    }
    pub(crate) fn shorts(&mut self) -> Result<Vec<u16>, Damaged> {
        let length = self.count()?;
        let bytes = self.take(length.checked_mul(2).ok_or(Damaged)?)?;
        Ok(bytes.chunks_exact(2).map(|short| u16::from_le_bytes([short[0], short[1]])).collect())
    }
    pub(crate) fn floats(&mut self) -> Result<Vec<f32>, Damaged> {
        Ok(self.words()?.into_iter().map(f32::from_bits).collect())
    }
}

/// True for offsets of rows: they begin at 0, never fall, and end at `end`.
pub(crate) fn are_offsets(offsets: &[u32], end: usize) -> bool {
    offsets.first() == Some(&0)
        && offsets.is_sorted()
        && offsets.last().map(|last| *last as usize) == Some(end)
}
