//! Listeners of frames, once their answers have begun.
//!
//! A connection of the HTTP library's keeps two buffers of 8 KB and what the layers around a handler need, for as long as it
//! lasts. That is nothing for a request, and most of the memory for a hundred thousand listeners, who only ever get one more
//! chunk. So the library sends the head of the answer, through all layers, and then hands the bare connection over.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use hyper::body::Frame;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::get_live::Listener;
use crate::clock::lock;

/// The end of a body that comes in chunks.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";
/// Who takes no byte for so long has gone without a word.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// Where a handler leaves its listener for whoever holds the connection.
#[derive(Clone, Default)]
pub(super) struct Handover(Arc<State>);

#[derive(Default)]
struct State {
    listener: Mutex<Option<Listener>>,
    /// The library has asked for the body, so the head is in its buffer at least.
    is_answered: AtomicBool,
    /// And now it is in the kernel's.
    is_flushed: AtomicBool,
}

impl Handover {
    /// Leaves a listener; the body stands in for what it will get.
    pub(super) fn leave(&self, listener: Listener) -> Body {
        *lock(&self.0.listener) = Some(listener);
        Body::new(StandIn(self.clone()))
    }

    /// The listener, once the head of its answer has been sent.
    pub(super) fn take(&self) -> Option<Listener> {
        let is_due = self.0.is_answered.load(Ordering::Relaxed) && self.0.is_flushed.load(Ordering::Relaxed);
        if is_due { lock(&self.0.listener).take() } else { None }
    }
}

/// A body of unknown length that has nothing to say.
struct StandIn(Handover);

impl hyper::body::Body for StandIn {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let state = &self.0.0;
        if !state.is_answered.swap(true, Ordering::Relaxed) {
            // What was flushed before was an earlier answer.
            state.is_flushed.store(false, Ordering::Relaxed);
        }
        Poll::Pending
    }
}

/// A connection that tells when everything has been written.
pub(super) struct Watched {
    pub(super) stream: TcpStream,
    handover: Handover,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, handover: Handover) -> Self {
        Self { stream, handover }
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context, buffer: &mut ReadBuf) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        parts: &[io::IoSlice],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        // The library asks for it only when its own buffer is empty.
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if matches!(flushed, Poll::Ready(Ok(()))) {
            self.handover.0.is_flushed.store(true, Ordering::Relaxed);
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Sends frames until the listener goes or the server stops.
pub(super) async fn relay(stream: TcpStream, mut listener: Listener) {
    loop {
        let event = tokio::select! {
            event = listener.next() => event,
            () = gone(&stream) => return,
        };
        let chunk = event.as_ref().map_or(LAST_CHUNK, |event| &event.chunk);
        let is_sent = matches!(timeout(WRITE_TIMEOUT, write(&stream, chunk)).await, Ok(Ok(())));
        if event.is_none() || !is_sent {
            return;
        }
    }
}

/// Ends when the other side closes. A listener has nothing more to say: who does is cut off.
async fn gone(stream: &TcpStream) {
    loop {
        if stream.readable().await.is_err() {
            return;
        }
        match stream.try_read(&mut [0]) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            _ => return,
        }
    }
}

async fn write(stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
