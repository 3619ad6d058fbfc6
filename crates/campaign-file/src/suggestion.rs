//! What somebody probably meant.

/// How unlike a word may be to be taken for a slip of the finger: two letters, or a transposition.
const LIKENESS: usize = 2;

/// The known word nearest to one that is not known.
pub(super) fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let distances = known.into_iter().map(|other| (strsim::damerau_levenshtein(word, other), other));
    distances.filter(|(distance, other)| *distance <= LIKENESS && *distance < other.len()).min().map(|(_, other)| other)
}
