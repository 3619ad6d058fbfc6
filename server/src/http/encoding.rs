//! Bodies that are compressed once and sent many times.

mod joined;

use std::io::Write as _;

use axum::http::{HeaderMap, header};
use bytes::Bytes;
pub use joined::{Tail, joined};

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
}
