//! A body of brotli that is partly the same for everybody.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use brotli::concat::{BroCatli, BroCatliResult};
use brotli::enc::encode::{BrotliEncoderOperation, BrotliEncoderStateStruct};
use brotli::enc::{BrotliEncoderParams, StandardAlloc};

/// What is the same in many bodies, and long: packed once, with all the work that is worth.
#[derive(Debug)]
pub struct Tail {
    /// As it is.
    pub plain: String,
    /// Packed, by how much stands before it.
    behind: RwLock<BTreeMap<usize, Arc<Vec<u8>>>>,
}

impl Tail {
    /// Nothing is packed before it is asked for.
    pub fn of(plain: &str) -> Self {
        Self { plain: plain.to_owned(), behind: RwLock::default() }
    }

    /// Packed, as it is behind so many bytes of whatever it is: the dictionary that every decoder has is reached by distances
    /// beyond what was read so far. None for ever new lengths: the address in the head is as long as somebody says.
    fn behind(&self, length: usize) -> Option<Arc<Vec<u8>>> {
        let known = |map: &BTreeMap<_, _>| (map.get(&length).map(Arc::clone), map.len());
        match known(&self.behind.read().unwrap_or_else(PoisonError::into_inner)) {
            (Some(packed), _) => return Some(packed),
            (None, LENGTHS_MAX..) => return None,
            (None, _) => {}
        }
        // In none of our texts there is a byte of zero, so nothing is found in these.
        let packed = Arc::new(part(Some(&vec![0; length]), &self.plain, ONCE_QUALITY)?);
        let mut behind = self.behind.write().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(behind.entry(length).or_insert(packed)))
    }
}

/// A beginning, and behind it what is the same for everybody, each with what comes after it; with brotli. None if it can't be
/// joined.
///
/// The first of what is the same is packed once. All the others are shorter, and packed with what stands between them, each time:
/// what was said once, up there, is not said again then.
pub fn joined(beginning: &str, parts: &[(&Tail, &str)]) -> Option<Vec<u8>> {
    let (first, others) = parts.split_first()?;
    let mut rest = first.1.to_owned();
    for (same, then) in others {
        rest.push_str(&same.plain);
        rest.push_str(then);
    }
    let head = part(None, beginning, EACH_QUALITY)?;
    match first.0.behind(beginning.len()) {
        Some(same) => {
            let before = [beginning, &first.0.plain].concat();
            concatenated(&[&head, &same, &part(Some(before.as_bytes()), &rest, EACH_QUALITY)?])
        }
        None => {
            let whole = [first.0.plain.as_str(), &rest].concat();
            concatenated(&[&head, &part(Some(beginning.as_bytes()), &whole, EACH_QUALITY)?])
        }
    }
}

/// Streams of brotli as one.
fn concatenated(parts: &[&[u8]]) -> Option<Vec<u8>> {
    // The stream's own head and foot, with some room.
    let length: usize = parts.iter().map(|part| part.len() + 64).sum();
    let (mut whole, mut joined, mut written) = (vec![0; length], BroCatli::new(), 0);
    for part in parts {
        joined.new_brotli_file();
        let mut read = 0;
        match joined.stream(part, &mut read, &mut whole, &mut written) {
            BroCatliResult::NeedsMoreInput if read == part.len() => {}
            _ => return None,
        }
    }
    let is_whole = matches!(joined.finish(&mut whole, &mut written), BroCatliResult::Success);
    whole.truncate(written);
    is_whole.then_some(whole)
}

/// What is the same for everybody is packed when it is first asked for, in 30 ms.
const ONCE_QUALITY: i32 = 11;
/// The rest with every page: of a document's half millisecond most is this. At 7 it would be 180 bytes less in a fifth more time.
const EACH_QUALITY: i32 = 5;
/// Titles are of few lengths, and so are addresses.
const LENGTHS_MAX: usize = 32;
/// No document is longer, so whatever is in it can be referred to from its end.
const WINDOW_BITS: i32 = 18;

/// A part of a stream of brotli: its first, or behind what stands before it.
fn part(before: Option<&[u8]>, plain: &str, quality: i32) -> Option<Vec<u8>> {
    let mut encoder = BrotliEncoderStateStruct::new(StandardAlloc::default());
    encoder.params = BrotliEncoderParams {
        quality,
        lgwin: WINDOW_BITS,
        appendable: true,
        catable: before.is_some(),
        size_hint: plain.len(),
        ..BrotliEncoderParams::default()
    };
    // Less than two bytes the encoder leaves out.
    if let Some(before @ [_, _, ..]) = before {
        encoder.set_custom_dictionary(before.len(), before);
        // It forbids the decoder's own dictionary then, for it does not know that these bytes are all that there are.
        encoder.params.use_dictionary = before.len() < 1 << WINDOW_BITS;
    }
    let (mut read, mut left) = (0, plain.len());
    let (mut packed, mut written) = (vec![0; plain.len() + ROOM], 0);
    while !encoder.is_finished() {
        let mut room = packed.len() - written;
        let goes_on = encoder.compress_stream(
            BrotliEncoderOperation::BROTLI_OPERATION_FINISH,
            &mut left,
            plain.as_bytes(),
            &mut read,
            &mut room,
            &mut packed,
            &mut written,
            &mut None,
            &mut |_, _, _, _| (),
        );
        if !goes_on || room == 0 {
            return None;
        }
    }
    packed.truncate(written);
    Some(packed)
}

/// What can't be packed grows by a few bytes for each block.
const ROOM: usize = 1024;

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn unpacked(packed: &[u8]) -> String {
        let mut text = String::new();
        brotli::Decompressor::new(packed, 4096).read_to_string(&mut text).expect("brotli");
        text
    }

    #[test]
    fn parts_that_were_packed_apart_are_one_text() {
        let same = "<script>carnival</script><p>嘉年华</p>".repeat(500);
        let tails = [Tail::of(&same), Tail::of("<p>"), Tail::of("")];
        for other in ["", "a", "ab", "<p>嘉年华</p>", &"{\"round\":1}".repeat(3000)] {
            let whole = joined(other, &[(&tails[0], other), (&tails[1], ""), (&tails[2], other)]);
            let whole = whole.expect("they can be joined");
            assert!(unpacked(&whole) == [other, &same, other, "<p>", other].concat(), "{} bytes", other.len());
        }
    }

    #[test]
    fn what_was_said_before_is_not_said_again() {
        let frame = Tail::of(include_str!("joined.rs"));
        let apart = joined("a", &[(&frame, "")]).expect("it can be joined").len();
        let twice = joined("a", &[(&frame, &frame.plain)]).expect("it can be joined").len();
        assert!(twice < apart + 100, "{apart} bytes once, {twice} twice");
    }

    #[test]
    fn beginnings_of_all_lengths_are_served_and_few_of_them_kept() {
        let frame = Tail::of("<p>Carnival, between you and your friends</p>");
        for length in 0..2 * LENGTHS_MAX {
            let beginning = "x".repeat(length);
            let whole = joined(&beginning, &[(&frame, "<p>friends</p>")]).expect("it can be joined");
            assert_eq!(unpacked(&whole), [&beginning, &frame.plain, "<p>friends</p>"].concat());
        }
        assert_eq!(frame.behind.read().expect("whole").len(), LENGTHS_MAX);
    }
}
