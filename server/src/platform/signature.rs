//! The signature that `wx.config` wants: SHA-1 over the ticket, a nonce, the time and the page's address.

use carnival_domain::hex;
use sha1::{Digest as _, Sha1};

/// Signs. Keys in lower case and in the order of the alphabet, values as they are: so the platform publishes it.
pub(super) fn sign(ticket: &str, nonce_str: &str, timestamp: u64, url: &str) -> String {
    let text = format!("jsapi_ticket={ticket}&noncestr={nonce_str}&timestamp={timestamp}&url={url}");
    hex::encode(&Sha1::digest(text))
}

/// The address to sign, if it is one of this campaign's pages: without its fragment, and with a path. Not a character
/// of it may change otherwise, for the client signs what stands in its address bar.
pub(super) fn own_url(url: &str, base_url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or_default();
    let rest = url.strip_prefix(base_url).filter(|_| !base_url.is_empty())?;
    match rest.as_bytes().first() {
        None => Some(format!("{url}/")),
        Some(b'/' | b'?') if url.bytes().all(|b| b.is_ascii_graphic()) => Some(url.to_owned()),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_comes_out() {
        let ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";
        let signature = sign(ticket, "Wm3WZYTPz0wzccnW", 1_414_587_457, "http://mp.weixin.qq.com?params=value");
        assert_eq!(signature, "0f9de62fce790f9a083d5c99e95740ceb90c27ed");
    }

    #[test]
    fn only_pages_of_the_campaign_are_signed() {
        let own = |url: &str| own_url(url, "https://618.example.com");
        for (url, signed) in [
            ("https://618.example.com", Some("https://618.example.com/")),
            ("https://618.example.com/", Some("https://618.example.com/")),
            (
                "https://618.example.com/s/abc?from=singlemessage#x",
                Some("https://618.example.com/s/abc?from=singlemessage"),
            ),
            ("https://618.example.com?x=1", Some("https://618.example.com?x=1")),
            ("https://618.example.com.evil.example/", None),
            ("https://618.example.com@evil.example/", None),
            ("https://618.example.com:8443/", None),
            ("http://618.example.com/", None),
            ("https://evil.example/?https://618.example.com/", None),
            ("https://618.example.com/a b&jsapi_ticket=x", None),
            ("", None),
        ] {
            assert_eq!(own(url).as_deref(), signed, "{url}");
        }
        assert_eq!(own_url("https://618.example.com/", ""), None);
    }
}
