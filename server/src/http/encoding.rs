//! Bodies that are compressed once and sent many times.

use std::borrow::Cow;
use std::io::Write as _;

use axum::http::{HeaderMap, header};
use brotli::concat::{BroCatli, BroCatliResult};
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;

/// A body in all encodings there are of it.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// As it is.
    pub plain: Bytes,
    /// With brotli, where that helps.
    pub brotli: Option<Bytes>,
    /// With gzip, where that helps.
    pub gzip: Option<Bytes>,
}

/// How much work a compression is worth.
#[derive(Clone, Copy, Debug)]
pub enum Effort {
    /// Once, at the start of the server.
    Once,
    /// With every frame: a snapshot of 12 KB takes under a millisecond.
    EachChange,
}

/// How a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
    /// As it is.
    Plain,
}

impl Coding {
    /// The coding's name, if it has one.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

impl Encoded {
    /// Compresses a body.
    pub fn of(plain: Bytes, effort: Effort) -> Self {
        let smaller = |packed: Option<Vec<u8>>| packed.filter(|packed| packed.len() < plain.len()).map(Bytes::from);
        Self { brotli: smaller(brotli(&plain, effort)), gzip: smaller(gzip(&plain, effort)), plain }
    }

    /// The best form that this client takes.
    pub fn for_client(&self, headers: &HeaderMap) -> (Coding, Bytes) {
        let accepts = |coding| accepts(headers, coding);
        match (&self.brotli, &self.gzip) {
            (Some(bytes), _) if accepts("br") => (Coding::Brotli, bytes.clone()),
            (_, Some(bytes)) if accepts("gzip") => (Coding::Gzip, bytes.clone()),
            _ => (Coding::Plain, self.plain.clone()),
        }
    }
}

/// A part of many bodies: packed once, with all the work that is worth, and put between what is another one each time without
/// being packed again.
#[derive(Debug)]
pub struct Tail {
    /// As it is.
    pub plain: String,
    packed: Vec<u8>,
}

impl Tail {
    /// Packs it.
    pub fn of(plain: &str) -> Self {
        Self { packed: part(plain, ONCE_QUALITY, true), plain: plain.to_owned() }
    }
}

/// A beginning, and behind it what is the same for everybody, each with what comes after it; with brotli. None if it can't be
/// joined.
pub fn joined(beginning: &str, parts: &[(&Tail, &str)]) -> Option<Vec<u8>> {
    let mut packed = vec![Cow::Owned(part(beginning, EACH_QUALITY, false))];
    for (same, then) in parts {
        packed.push(Cow::Borrowed(&same.packed));
        if !then.is_empty() {
            packed.push(Cow::Owned(part(then, EACH_QUALITY, true)));
        }
    }
    // The stream's own head and foot, with some room.
    let length: usize = packed.iter().map(|part| part.len() + 64).sum();
    let (mut whole, mut joined, mut written) = (vec![0; length], BroCatli::new(), 0);
    for part in &packed {
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

/// What is the same for everybody is packed once, when the server starts.
const ONCE_QUALITY: i32 = 11;
/// The rest with every page: 11 KB in half a millisecond. A whole page took as long at the lowest quality there is, and was
/// a third longer.
const EACH_QUALITY: i32 = 5;

/// A part of a stream of brotli; of those that others stand before, `is_behind`.
fn part(plain: &str, quality: i32, is_behind: bool) -> Vec<u8> {
    let settings = BrotliEncoderParams {
        quality,
        lgwin: 18,
        appendable: true,
        catable: is_behind,
        size_hint: plain.len(),
        ..BrotliEncoderParams::default()
    };
    let mut writer = brotli::CompressorWriter::with_params(Vec::new(), 4096, &settings);
    // A vector takes everything.
    let _ = writer.write_all(plain.as_bytes());
    writer.into_inner()
}

/// Whether a client takes a coding: named, and not with a weight of zero.
pub(crate) fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let mut offers = lines.flat_map(|line| line.split(',')).map(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
        let weight = weight.trim().trim_start_matches("q=");
        (name.trim(), weight.is_empty() || weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    });
    offers.any(|(name, wanted)| wanted && name.eq_ignore_ascii_case(coding))
}

fn brotli(plain: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let quality = match effort {
        Effort::Once => 9,
        Effort::EachChange => 4,
    };
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, quality, 18);
    writer.write_all(plain).ok()?;
    drop(writer);
    Some(packed)
}

fn gzip(plain: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let level = match effort {
        Effort::Once => flate2::Compression::best(),
        Effort::EachChange => flate2::Compression::fast(),
    };
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), level);
    writer.write_all(plain).ok()?;
    writer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use std::io::Read as _;

    #[test]
    fn a_client_gets_the_best_coding_that_it_takes() {
        let body = Encoded::of(Bytes::from("carnival ".repeat(100)), Effort::EachChange);
        for (sent, coding) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip, br;q=0", Coding::Gzip),
            ("GZIP;q=0.5", Coding::Gzip),
            ("identity", Coding::Plain),
            ("brave", Coding::Plain),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(sent))]);
            assert_eq!(body.for_client(&headers).0, coding, "{sent}");
        }
        assert_eq!(body.for_client(&HeaderMap::new()).0, Coding::Plain);
    }

    #[test]
    fn parts_that_were_packed_apart_are_one_text() {
        let same = "<script>carnival</script><p>嘉年华</p>".repeat(500);
        let packed = [Tail::of(&same), Tail::of("<p>"), Tail::of("")];
        for other in ["", "a", "<p>嘉年华</p>", &"{\"round\":1}".repeat(3000)] {
            let whole = joined(other, &[(&packed[0], other), (&packed[1], ""), (&packed[2], other)]);
            let mut read = String::new();
            let whole = whole.expect("they can be joined");
            brotli::Decompressor::new(whole.as_slice(), 4096).read_to_string(&mut read).expect("brotli");
            assert!(read == [other, &same, other, "<p>", other].concat(), "{} bytes", other.len());
        }
    }
}
