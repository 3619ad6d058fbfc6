//! One listener of the live stream, of which there are many in one process: so it keeps nothing between two looks but the
//! last bytes, in which an id may be cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use carnival_domain::time::Timestamp;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::time::now_ms;

const REQUEST: &[u8] = b"GET /api/v1/live HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n";
const ID: &[u8] = b"\nid: ";
const AT: &[u8] = b"\"at\":\"";
/// Frames whose instants are known at once: far more than are on their way.
const FRAMES: usize = 1024;

/// What all listeners saw.
pub(crate) struct Seen {
    /// The instant that each frame is of, ms, by its number.
    at: Vec<AtomicI64>,
    /// How late frames were, ms: so many of each lateness up to ten seconds.
    late: Vec<AtomicU64>,
    pub(crate) connected: AtomicU64,
    pub(crate) lost: AtomicU64,
    /// Whether frames are counted now.
    counting: AtomicBool,
}

impl Seen {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            at: (0..FRAMES).map(|_| AtomicI64::new(0)).collect(),
            late: (0..10_000).map(|_| AtomicU64::new(0)).collect(),
            connected: AtomicU64::new(0),
            lost: AtomicU64::new(0),
            counting: AtomicBool::new(false),
        })
    }

    /// Begins to count, from nothing; or ends.
    pub(crate) fn count(&self, on: bool) {
        if on {
            self.late.iter().for_each(|count| count.store(0, Ordering::Relaxed));
        }
        self.counting.store(on, Ordering::Relaxed);
    }

    fn is_counting(&self) -> bool {
        self.counting.load(Ordering::Relaxed)
    }

    /// How many frames came, how late the 99th of a hundred was, and the last one; ms.
    pub(crate) fn lateness(&self) -> (u64, u64, u64) {
        let counts: Vec<u64> = self.late.iter().map(|count| count.load(Ordering::Relaxed)).collect();
        let total: u64 = counts.iter().sum();
        let mut before = 0;
        let p99 = counts.iter().position(|count| {
            before += count;
            before * 100 >= total * 99
        });
        let last = counts.iter().rposition(|count| *count > 0);
        (total, p99.unwrap_or(0) as u64, last.unwrap_or(0) as u64)
    }

    /// A frame of this number came, in these bytes. Only the first who gets it reads the instant in it.
    fn frame(&self, number: u64, text: &[u8]) {
        let slot = &self.at[number as usize % FRAMES];
        let mut at = slot.load(Ordering::Relaxed);
        if at == 0 {
            at = instant(text).unwrap_or(0);
            slot.store(at, Ordering::Relaxed);
        }
        if at == 0 {
            return;
        }
        let late = now_ms() - at;
        let place = (late.max(0) as usize).min(self.late.len() - 1);
        self.late[place].fetch_add(1, Ordering::Relaxed);
    }
}

/// Listens until the connection ends.
pub(crate) async fn listen(port: u16, seen: Arc<Seen>) {
    if follow(port, &seen).await.is_err() {
        seen.lost.fetch_add(1, Ordering::Relaxed);
    }
}

async fn follow(port: u16, seen: &Seen) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(REQUEST).await?;
    seen.connected.fetch_add(1, Ordering::Relaxed);
    let mut tail = [0_u8; 48];
    let mut kept = 0;
    loop {
        stream.readable().await?;
        let mut buffer = [0_u8; 8192];
        buffer[..kept].copy_from_slice(&tail[..kept]);
        let count = match stream.try_read(&mut buffer[kept..]) {
            Ok(0) => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(error),
        };
        if !seen.is_counting() {
            kept = 0;
            continue;
        }
        let text = &buffer[..kept + count];
        kept = look(text, seen).min(tail.len());
        tail[..kept].copy_from_slice(&text[text.len() - kept..]);
    }
}

/// Notes the frames that begin in a text; returns how many bytes at its end may be the first half of an id.
fn look(text: &[u8], seen: &Seen) -> usize {
    let mut from = 0;
    while let Some(place) = find(&text[from..], ID) {
        let begin = from + place + ID.len();
        let Some(length) = text[begin..].iter().position(|byte| *byte == b'\n') else {
            return text.len() - begin + ID.len();
        };
        let id = &text[begin..begin + length];
        from = begin + length;
        let number = id.iter().position(|byte| *byte == b'-').map(|dash| &id[dash + 1..]);
        let number = number.and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
        if let Some(number) = number {
            seen.frame(number, &text[from..]);
        }
    }
    (text.len() - from).min(ID.len() - 1)
}

/// The instant that a frame says it is of.
fn instant(text: &[u8]) -> Option<i64> {
    let place = find(text, AT)? + AT.len();
    let end = text[place..].iter().position(|byte| *byte == b'"')?;
    let at: Timestamp = std::str::from_utf8(&text[place..place + end]).ok()?.parse().ok()?;
    Some(at.as_ms())
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let (first, rest) = part.split_first()?;
    let mut from = 0;
    // The first byte is a rare one, and looked for by many bytes at once.
    while let Some(place) = text[from..].iter().position(|byte| byte == first) {
        from += place + 1;
        if text[from..].starts_with(rest) {
            return Some(from - 1);
        }
    }
    None
}
