//! Where a request comes from, and where the campaign is as its visitors see it.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};

/// What is known of the way to this server.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// Where visitors find the campaign, such as `https://618.example.com`, if that was said.
    pub public_url: Option<String>,
    /// Whether a proxy stands before us, whose `X-Forwarded-…` headers can be believed.
    pub trust_proxy: bool,
}

impl Origins {
    /// Reads a public address: a scheme and a host, nothing behind.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn parse_public_url(text: &str) -> Result<String, String> {
        let url = text.trim_end_matches('/');
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match host {
            Some(host) if is_host(host) => Ok(url.to_owned()),
            _ => Err(format!("--public-url must be an address such as https://618.example.com, not {text}.")),
        }
    }

    /// The address before every path, or nothing if even the request does not say it.
    pub fn base_url(&self, headers: &HeaderMap) -> String {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        let scheme = if self.is_secure(headers) { "https" } else { "http" };
        self.host(headers).map_or_else(String::new, |host| format!("{scheme}://{host}"))
    }

    /// Whether the visitor's connection is encrypted.
    pub fn is_secure(&self, headers: &HeaderMap) -> bool {
        let public = self.public_url.as_deref();
        match self.forwarded(headers, "x-forwarded-proto") {
            Some(scheme) => scheme.eq_ignore_ascii_case("https"),
            None => public.is_some_and(|url| url.starts_with("https://")),
        }
    }

    /// The visitor's address: the peer's, or what the trusted proxy says it saw.
    pub fn visitor(&self, headers: &HeaderMap, peer: SocketAddr) -> IpAddr {
        let forwarded = self.forwarded(headers, "x-forwarded-for").and_then(|address| address.parse().ok());
        forwarded.unwrap_or_else(|| peer.ip()).to_canonical()
    }

    /// Whether a write may be taken: from the campaign's own pages, or from something that is no browser.
    pub fn is_own(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        // What the browser itself says, where it does: a proxy may have changed the host on the way.
        if let Some(site) = text("sec-fetch-site") {
            return matches!(site, "same-origin" | "none");
        }
        let Some(origin) = text("origin") else {
            return true;
        };
        let named = self.public_url.as_deref() == Some(origin);
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        named || (host.is_some() && host == self.host(headers))
    }

    fn host<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        let sent = || headers.get(header::HOST).and_then(|host| host.to_str().ok());
        self.forwarded(headers, "x-forwarded-host").or_else(sent).filter(|host| is_host(host))
    }

    /// The last value, which our own proxy wrote and no visitor.
    fn forwarded<'h>(&self, headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
        let value = headers.get_all(name).iter().next_back().filter(|_| self.trust_proxy)?;
        value.to_str().ok()?.rsplit(',').next().map(str::trim)
    }
}

/// Nothing but what hosts are made of may come near a page's text.
fn is_host(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn writes_are_taken_from_own_pages_and_from_programs() {
        let origins = Origins::default();
        for (sent, own) in [
            (&[("host", "a.example")][..], true),
            (&[("host", "a.example"), ("origin", "https://a.example")], true),
            (&[("host", "a.example"), ("origin", "https://b.example")], false),
            (&[("host", "a.example"), ("origin", "null")], false),
            (&[("sec-fetch-site", "same-origin"), ("origin", "http://localhost:8080"), ("host", "x")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
        ] {
            assert_eq!(origins.is_own(&headers(sent)), own, "{sent:?}");
        }
    }

    #[test]
    fn forwarded_headers_are_believed_only_from_a_proxy_of_ours() {
        let sent = headers(&[("x-forwarded-for", "1.2.3.4, 5.6.7.8"), ("x-forwarded-proto", "https")]);
        let peer: SocketAddr = "10.0.0.1:80".parse().expect("an address");
        let mut origins = Origins::default();
        assert_eq!(origins.visitor(&sent, peer), peer.ip());
        assert!(!origins.is_secure(&sent));
        origins.trust_proxy = true;
        assert_eq!(origins.visitor(&sent, peer).to_string(), "5.6.7.8");
        assert!(origins.is_secure(&sent));
    }

    #[test]
    fn a_host_that_is_none_comes_into_no_page() {
        let origins = Origins::default();
        assert_eq!(origins.base_url(&headers(&[("host", "a\"><b")])), "");
        assert_eq!(origins.base_url(&headers(&[("host", "[::1]:8618")])), "http://[::1]:8618");
    }

    #[test]
    fn a_public_url_is_a_scheme_and_a_host() {
        assert_eq!(Origins::parse_public_url("https://a.example/").as_deref(), Ok("https://a.example"));
        for bad in ["a.example", "https://", "https://a.example/b", "ftp://a.example"] {
            assert!(Origins::parse_public_url(bad).is_err(), "{bad}");
        }
    }
}
