//! Files as they are sent.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use bytes::Bytes;
use carnival_domain::hex;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::http::encoding::{Effort, Encoded};

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Embedded;

/// Files by path, without the leading slash.
pub(super) type Files = HashMap<String, Vec<u8>>;

/// One file of the page.
#[derive(Debug)]
pub struct Asset {
    /// Its bytes, in all encodings there are.
    pub body: Encoded,
    /// Its media type.
    pub media_type: String,
    /// Names its bytes.
    pub etag: String,
    /// Whether its name changes with its bytes, so that a cache may keep it for ever.
    pub is_immutable: bool,
}

pub(super) fn embedded() -> Files {
    let names = Embedded::iter();
    let files = names.filter_map(|name| Some((name.to_string(), Embedded::get(&name)?.data.into_owned())));
    files.collect()
}

/// One file of the embedded page, if there is a page and it has that file.
///
/// # Errors
/// Nothing was embedded.
pub(crate) fn embedded_file(name: &str) -> Result<Option<Vec<u8>>, NothingEmbedded> {
    Embedded::get("index.html").ok_or(NothingEmbedded)?;
    Ok(Embedded::get(name).map(|file| file.data.into_owned()))
}

/// This server was built without its page.
pub(crate) struct NothingEmbedded;

pub(super) fn of_directory(directory: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    let mut waiting = vec![directory.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(name) = path.strip_prefix(directory) {
                let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
                files.insert(parts.join("/"), fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

/// Files with their precompressed copies, which stand beside them as `.br` and `.gz`.
pub(super) fn assets(mut files: Files) -> HashMap<String, Asset> {
    let is_copy = |name: &str| {
        let original = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz"));
        original.is_some_and(|original| files.contains_key(original))
    };
    let names: Vec<String> = files.keys().filter(|name| !is_copy(name)).cloned().collect();
    let mut assets = HashMap::with_capacity(names.len());
    for name in names {
        let mut take = |name: &str| files.remove(name).map(Bytes::from);
        let (brotli, gzip) = (take(&format!("{name}.br")), take(&format!("{name}.gz")));
        let Some(plain) = take(&name) else {
            continue;
        };
        let etag = hex::encode(&Sha256::digest(&plain)[..6]);
        let body = match (brotli, gzip) {
            (None, None) if is_text(&name) => Encoded::of(plain, Effort::Once),
            (brotli, gzip) => Encoded { plain, brotli, gzip },
        };
        let asset = Asset { body, media_type: media_type(&name), etag, is_immutable: has_hash(&name) };
        assets.insert(name, asset);
    }
    assets
}

fn media_type(name: &str) -> String {
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    // XML is UTF-8 unless it says otherwise itself, and a module is no text.
    let says_itself = ["wasm", "svg"].contains(&guess.subtype().as_str());
    if is_text(name) && !says_itself { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

/// Whether compression helps.
fn is_text(name: &str) -> bool {
    [".js", ".css", ".html", ".svg", ".txt", ".json", ".wasm", ".webmanifest"].iter().any(|end| name.ends_with(end))
}

/// `carnival-page-0123456789abcdef.js`: hex behind the last dash, long enough to be no word.
pub(super) fn has_hash(name: &str) -> bool {
    let stem = name.rsplit('/').next().and_then(|name| name.split('.').next());
    let hash = stem.and_then(|stem| stem.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_may_be_kept_for_ever() {
        assert!(has_hash("carnival-page-0123456789abcdef_bg.wasm") || has_hash("carnival-page-0123456789abcdef.wasm"));
        assert!(!has_hash("art/goods/desk-lamp.svg"));
        assert!(!has_hash("icon-180.png"));
        assert!(!has_hash("favicon.svg"));
    }

    #[test]
    fn a_module_has_the_type_that_lets_it_stream() {
        assert_eq!(media_type("a.wasm"), "application/wasm");
        assert_eq!(media_type("a.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("art/a.svg"), "image/svg+xml");
        assert_eq!(media_type("a.png"), "image/png");
    }

    #[test]
    fn a_copy_is_sent_for_its_original_and_has_no_path_of_its_own() {
        let files = [("a.js", "plain"), ("a.js.br", "br"), ("a.js.gz", "gz"), ("lonely.gz", "x")];
        let assets = assets(files.map(|(name, text)| (name.to_owned(), text.into())).into());
        assert_eq!(assets["a.js"].body.brotli.as_deref(), Some(&b"br"[..]));
        assert!(!assets.contains_key("a.js.br"));
        assert!(assets.contains_key("lonely.gz"));
    }
}
