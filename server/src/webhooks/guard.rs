//! Where messages may go: to public addresses only, lest a campaign file makes this server ask its neighbours.
//!
//! A name is looked up, its addresses are sifted, and the connection is made to what is left: no second look-up stands
//! between the check and the connection.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Whether addresses of this machine may be asked as well, and without TLS: tests only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// See above.
    pub allows_loopback: bool,
}

impl Reach {
    /// Why an endpoint's URL can't be used, if it can't. Names are looked at when they are looked up.
    pub fn refuses(self, url: &str) -> Option<&'static str> {
        let Ok(url) = Url::parse(url) else {
            return Some("is no address");
        };
        let address = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse().ok());
        if !url.username().is_empty() || url.password().is_some() {
            return Some("has a password in it, which would be written into logs");
        }
        if address.is_some_and(|address| !self.allows(address)) {
            return Some("leads to an address that is not public");
        }
        let is_local = url.host_str() == Some("localhost") || address.is_some_and(|address| address.is_loopback());
        match url.scheme() {
            "https" => None,
            "http" if self.allows_loopback && is_local => None,
            _ => Some("must begin with https://"),
        }
    }

    fn allows(self, address: IpAddr) -> bool {
        is_public(address) || (self.allows_loopback && address.is_loopback())
    }
}

impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|found| reach.allows(found.ip())).collect();
            if allowed.is_empty() {
                return Err("the name leads to no public address".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is anybody's, as the registries of special addresses have it: RFC 6890 and those after it.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match (a, b, c) {
        // This network, loopback, and everything from multicast on.
        (0 | 127 | 224.., _, _) => true,
        // Shared by carriers; benchmarks; protocols; relays of 6to4.
        (100, 64..=127, _) | (198, 18 | 19, _) | (192, 0, 0) | (192, 88, 99) => true,
        _ => address.is_private() || address.is_link_local() || address.is_documentation(),
    };
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // What stands for an IPv4 address is as public as that is: mapped, compatible, translated (64:ff9b::/96), and 6to4.
    let segments = address.segments();
    let v4 = |high: u16, low: u16| is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match segments {
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2002, high, low, ..] => v4(high, low),
        // Protocols and tunnels, documentation.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // All else that is in use is global unicast.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_asked() {
        for public in ["8.8.8.8", "119.29.29.29", "2400:3200::1", "2606:4700::1111", "64:ff9b::808:808"] {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
        for special in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:c0a8:101::",
            "3fff::1",
        ] {
            assert!(!is_public(special.parse().expect("an address")), "{special}");
        }
    }

    #[test]
    fn an_endpoint_is_reached_by_tls_and_never_inside() {
        let (strict, test) = (Reach::default(), Reach { allows_loopback: true });
        assert_eq!(strict.refuses("https://shop.example.com/hooks"), None);
        for bad in [
            "http://shop.example.com/hooks",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://10.0.0.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "ftp://shop.example.com/",
            "https://user:secret@shop.example.com/",
            "shop",
        ] {
            assert!(strict.refuses(bad).is_some(), "{bad}");
        }
        assert_eq!(test.refuses("http://127.0.0.1:8080/"), None);
        assert!(test.refuses("http://10.0.0.1/").is_some(), "tests are on this machine");
        assert!(test.refuses("http://shop.example.com/").is_some());
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_followed() {
        let name = || "localhost".parse::<Name>().expect("a name");
        assert!(Reach::default().resolve(name()).await.is_err());
        assert!(Reach { allows_loopback: true }.resolve(name()).await.is_ok());
    }
}
