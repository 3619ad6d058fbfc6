//! Addresses: which one to show, and whether a server answers there.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

use anyhow::{Context, Result};

/// Where a server can be opened from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Addresses {
    /// On this machine.
    pub(crate) here: String,
    /// From a phone in the same network, if the server listens there.
    pub(crate) network: Option<String>,
}

impl Addresses {
    /// Of a server that listens on `host`, on a machine whose way out is `outward`.
    pub(crate) fn of(host: IpAddr, port: u16, outward: Option<IpAddr>) -> Self {
        let url = |ip: IpAddr| format!("http://{}/", SocketAddr::new(ip, port));
        if host.is_unspecified() {
            let network = outward.filter(|ip| !ip.is_loopback() && !ip.is_unspecified());
            Self { here: format!("http://localhost:{port}/"), network: network.map(url) }
        } else if host.is_loopback() {
            Self { here: url(host), network: None }
        } else {
            Self { here: url(host), network: Some(url(host)) }
        }
    }
}

/// This machine's own address towards the network. Connecting a UDP socket only picks a route, it sends nothing;
/// 192.0.2.1 is reserved for examples and belongs to nobody.
pub(crate) fn outward_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Fails in one sentence if something else listens there: better before minutes of building than after.
pub(crate) fn ensure_free(host: IpAddr, port: u16) -> Result<()> {
    TcpListener::bind((host, port)).map(drop).with_context(|| {
        format!("port {port} on {host} can't be used: stop what listens there, or choose another --port")
    })
}

/// Whether `GET /readyz` is answered with 200.
pub(crate) fn is_ready(host: IpAddr, port: u16) -> bool {
    readiness(host, port).is_ok_and(|answer| answer.split(' ').nth(1) == Some("200"))
}

fn readiness(host: IpAddr, port: u16) -> std::io::Result<String> {
    let host = if host.is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { host };
    let patience = Duration::from_secs(1);
    let mut stream = TcpStream::connect_timeout(&SocketAddr::new(host, port), patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = [0; 32];
    let length = stream.read(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer[..length]).into_owned())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;
    use std::thread;

    use super::*;

    const ANY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    const PHONE_SIDE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 7));

    #[test]
    fn a_server_on_every_interface_is_shown_at_the_machines_way_out() {
        let addresses = Addresses::of(ANY, 8618, Some(PHONE_SIDE));
        assert_eq!(addresses.here, "http://localhost:8618/");
        assert_eq!(addresses.network.as_deref(), Some("http://192.168.1.7:8618/"));
    }

    #[test]
    fn a_machine_without_a_network_has_no_address_for_phones() {
        assert_eq!(Addresses::of(ANY, 8618, None).network, None);
        assert_eq!(Addresses::of(ANY, 8618, Some(Ipv4Addr::LOCALHOST.into())).network, None);
    }

    #[test]
    fn a_server_on_loopback_is_never_shown_to_phones() {
        let addresses = Addresses::of(Ipv4Addr::LOCALHOST.into(), 80, Some(PHONE_SIDE));
        assert_eq!(addresses, Addresses { here: "http://127.0.0.1:80/".into(), network: None });
    }

    #[test]
    fn a_server_on_one_interface_is_shown_there_in_brackets_if_it_is_ipv6() {
        let host = IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 7));
        let addresses = Addresses::of(host, 8618, Some(PHONE_SIDE));
        assert_eq!(addresses.network.as_deref(), Some("http://[fd00::7]:8618/"));
    }

    #[test]
    fn a_port_in_use_is_refused_and_names_itself() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let refusal = ensure_free(Ipv4Addr::LOCALHOST.into(), port).expect_err("the port is taken");
        assert!(refusal.to_string().contains(&port.to_string()));
    }

    #[test]
    fn only_an_answer_of_200_counts_as_ready() {
        for (answer, ready) in [("HTTP/1.1 200 OK\r\n\r\n", true), ("HTTP/1.1 503 Starting\r\n\r\n", false)] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
            let port = listener.local_addr().expect("it is bound").port();
            let server = thread::spawn(move || {
                let (mut stream, _) = listener.accept().expect("the probe connects");
                assert!(stream.read(&mut [0; 256]).expect("the probe asks") > 0);
                stream.write_all(answer.as_bytes()).expect("the probe listens");
            });
            assert_eq!(is_ready(ANY, port), ready);
            server.join().expect("the server thread ends");
        }
    }
}
