//! Reading a proof and its list. Nothing is guessed: what is not version 1 to the letter is refused, with its place.

use std::fmt;

use carnival_domain::draw::proof::DrawProof;
use carnival_domain::ids::EntryId;
use serde::de::DeserializeOwned;

/// The longest document that is read, bytes: more than a hundred thousand winners, less than what fills a phone.
pub const DOCUMENT_MAX: usize = 32 * 1024 * 1024;
/// The longest list that is read, bytes: more than two million entries.
pub const LIST_MAX: usize = 64 * 1024 * 1024;

/// Why a document can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is longer than any that is read.
    TooLong {
        /// The longest, bytes.
        max: usize,
    },
    /// It is no UTF-8.
    NotText {
        /// How many bytes of it are.
        valid_up_to: usize,
    },
    /// It is no JSON, or not of the right shape.
    Malformed {
        /// The field, such as `winners[3].entry_id`; empty if the document as a whole is meant.
        field: String,
        /// What is wrong, with line and column.
        problem: String,
    },
    /// A line of the list is no entry id.
    BadLine {
        /// Which line, from 1.
        line: usize,
    },
    /// The document links to its list, and the list is not at hand.
    ListMissing {
        /// Where the document says that it is.
        url: String,
    },
    /// The document has neither a list nor a link to one, or both.
    NoOneList,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { max } => write!(f, "it is longer than {max} bytes"),
            Self::NotText { valid_up_to } => write!(f, "it is no UTF-8 text from byte {valid_up_to} on"),
            Self::Malformed { field, problem } if field.is_empty() => f.write_str(problem),
            Self::Malformed { field, problem } => write!(f, "`{field}`: {problem}"),
            Self::BadLine { line } => {
                write!(f, "line {line} of the list is no entry id (26 characters of Crockford base32)")
            }
            Self::ListMissing { url } => {
                write!(
                    f,
                    "the list is not in it but at its `entries_url`, {url}: fetch that and give it with --entries"
                )
            }
            Self::NoOneList => f.write_str("it must have either `entries` or `entries_url`"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads any document of ours.
pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8], max: usize) -> Result<T, Unreadable> {
    let text = text(bytes, max)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        // The path's own sign for "the document itself".
        Unreadable::Malformed {
            field: if path == "." { String::new() } else { path },
            problem: error.inner().to_string(),
        }
    })?;
    let rest = reader.end();
    rest.map_err(|error| Unreadable::Malformed { field: String::new(), problem: error.to_string() })?;
    Ok(read)
}

fn text(bytes: &[u8], max: usize) -> Result<&str, Unreadable> {
    if bytes.len() > max {
        return Err(Unreadable::TooLong { max });
    }
    std::str::from_utf8(bytes).map_err(|error| Unreadable::NotText { valid_up_to: error.valid_up_to() })
}

/// Reads a proof.
///
/// # Errors
/// Why it is none.
pub fn read_proof(bytes: &[u8]) -> Result<DrawProof, Unreadable> {
    let proof: DrawProof = json(bytes, DOCUMENT_MAX)?;
    match (&proof.entries, &proof.entries_url) {
        (Some(_), None) | (None, Some(_)) => Ok(proof),
        _ => Err(Unreadable::NoOneList),
    }
}

/// A list that a proof links to, one id a line, read in portions.
pub struct ListReader<'a> {
    lines: std::iter::Enumerate<std::str::Split<'a, char>>,
    ids: Vec<EntryId>,
}

impl<'a> ListReader<'a> {
    /// Begins to read.
    ///
    /// # Errors
    /// Why it can be no list at all.
    pub fn begin(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let text = text(bytes, LIST_MAX)?;
        let mut lines = text.strip_suffix('\n').unwrap_or(text).split('\n').enumerate();
        if text.is_empty() {
            lines.next();
        }
        Ok(Self { lines, ids: Vec::with_capacity(text.len() / (EntryId::TEXT_LENGTH + 1) + 1) })
    }

    /// Reads so many lines more; true if there was one at least.
    ///
    /// # Errors
    /// The line that is no id.
    pub fn advance(&mut self, portion: usize) -> Result<bool, Unreadable> {
        let before = self.ids.len();
        for (index, line) in self.lines.by_ref().take(portion) {
            self.ids.push(line.parse().map_err(|_| Unreadable::BadLine { line: index + 1 })?);
        }
        Ok(self.ids.len() > before)
    }

    /// All that was read.
    pub fn finish(self) -> Vec<EntryId> {
        self.ids
    }
}

/// Reads a whole list.
///
/// # Errors
/// Where it is none.
pub fn read_list(bytes: &[u8]) -> Result<Vec<EntryId>, Unreadable> {
    let mut reader = ListReader::begin(bytes)?;
    reader.advance(usize::MAX)?;
    Ok(reader.finish())
}

/// A proof's list: its own, or else the one at hand.
///
/// # Errors
/// That it is neither here nor there.
pub fn list_of(proof: &mut DrawProof, at_hand: Option<Vec<EntryId>>) -> Result<Vec<EntryId>, Unreadable> {
    match (proof.entries.take(), at_hand) {
        (Some(entries), _) | (None, Some(entries)) => Ok(entries),
        (None, None) => Err(Unreadable::ListMissing { url: proof.entries_url.clone().unwrap_or_default() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_one_id_a_line() {
        let id = EntryId([7; 16]);
        assert_eq!(read_list(b""), Ok(vec![]));
        assert_eq!(read_list(format!("{id}\n{id}\n").as_bytes()), Ok(vec![id, id]));
        assert_eq!(read_list(format!("{id}").as_bytes()), Ok(vec![id]));
        assert_eq!(read_list(format!("{id}\n\n").as_bytes()), Err(Unreadable::BadLine { line: 2 }));
        assert_eq!(read_list(format!("{id}\r\n").as_bytes()), Err(Unreadable::BadLine { line: 1 }));
        assert_eq!(read_list(&[0xFF]), Err(Unreadable::NotText { valid_up_to: 0 }));
    }

    #[test]
    fn a_document_too_long_is_not_even_looked_at() {
        let max = DOCUMENT_MAX;
        assert_eq!(read_proof(&vec![b' '; max + 1]), Err(Unreadable::TooLong { max }));
    }
}
