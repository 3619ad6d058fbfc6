//! Taking connections, and letting them end in peace.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use futures_util::FutureExt as _;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::around::answer;
use super::get_live::Listener;
use super::relay::{Handover, Watched, relay};
use crate::app::App;

/// How long a client may take to send its headers, and to come back on a connection that is kept open.
const HEADERS_TIMEOUT: Duration = Duration::from_secs(20);
/// More headers than any browser sends.
const HEADER_COUNT: usize = 64;
/// What all of them may have together, with the request line.
const HEAD_MAX: usize = 32 * 1024;
/// How many connections there may be: each listener of frames holds one.
const CONNECTION_COUNT: usize = 100_000;
/// How long requests may go on after the stop was asked for.
const GRACE: Duration = Duration::from_secs(4);
/// The pause after a connection could not be taken: there may be too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Default for Peer {
    fn default() -> Self {
        Self(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)))
    }
}

/// Serves until it is told to stop, then lets what is under way finish.
pub(crate) async fn serve(listener: TcpListener, app: App, router: Router, stop: CancellationToken) {
    let conversations = TaskTracker::new();
    let places = Arc::new(Semaphore::new(CONNECTION_COUNT));
    loop {
        let place = places.clone().acquire_owned().await;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let (app, router) = (app.clone(), router.clone());
        let (stop, others) = (stop.clone(), conversations.clone());
        conversations.spawn(async move {
            if let Some((stream, listener)) = converse(stream, peer, app, router, stop).await {
                // A task of its own: this one is as large as the largest thing that it ever did.
                others.spawn(async move {
                    relay(stream, listener).await;
                    drop(place);
                });
            }
        });
    }
    drop(listener);
    conversations.close();
    if timeout(GRACE, conversations.wait()).await.is_err() {
        tracing::warn!("some requests were still under way after {} s and were cut off", GRACE.as_secs());
    }
}

/// Answers the requests of a connection, one after the other, until it ends or is a listener's.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    app: App,
    router: Router,
    stop: CancellationToken,
) -> Option<(TcpStream, Listener)> {
    // Frames and answers are small and should not wait for more.
    let _unsupported = stream.set_nodelay(true);
    let handover = Handover::default();
    let left = handover.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        request.extensions_mut().insert(left.clone());
        answer(app.clone(), router.clone(), request).map(Ok::<_, Infallible>)
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_TIMEOUT)
        .max_headers(HEADER_COUNT)
        .max_buf_size(HEAD_MAX)
        .serve_connection(TokioIo::new(Watched::new(stream, handover.clone())), service);
    let mut stopping = pin!(stop.cancelled());
    let mut is_stopping = false;
    let listener = poll_fn(|context| {
        if !is_stopping && stopping.as_mut().poll(context).is_ready() {
            is_stopping = true;
            Pin::new(&mut connection).graceful_shutdown();
        }
        // A client that goes away in the middle is no event.
        if Pin::new(&mut connection).poll(context).is_ready() {
            return Poll::Ready(None);
        }
        handover.take().map_or(Poll::Pending, |listener| Poll::Ready(Some(listener)))
    });
    let listener = listener.await?;
    Some((connection.into_parts().io.into_inner().stream, listener))
}
