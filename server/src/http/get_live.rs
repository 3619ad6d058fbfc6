//! `GET live`: frames, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::live::Published;

/// Proxies cut connections that are silent for long; most of them after a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);
const BEAT: Bytes = Bytes::from_static(b": still here\n\n");
/// How long a browser waits before it comes back, ms.
const HELLO: Bytes = Bytes::from_static(b"retry: 2000\n\n");
/// Tells nginx not to collect frames before it passes them on.
const ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// One listener.
struct Listener {
    frames: watch::Receiver<Arc<Published>>,
    stop: CancellationToken,
    next: Next,
    beat_at: Instant,
}

/// What a listener gets next.
enum Next {
    Hello,
    FirstFrame,
    NewFrame,
}

/// A frame at once, then one after every change. What comes is encoded once for all listeners.
pub(crate) async fn get_live(State(app): State<App>) -> impl IntoResponse {
    // A frame that is not true any more is made anew before anybody sees it.
    app.live.current().await;
    let listener = Listener {
        frames: app.live.subscribe(),
        stop: app.stop.clone(),
        next: Next::Hello,
        beat_at: Instant::now() + HEARTBEAT,
    };
    let events = stream::unfold(listener, |listener| async move {
        let (bytes, listener) = listener.next().await?;
        Some((Ok::<_, Infallible>(bytes), listener))
    });
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store"), (ACCEL_BUFFERING, "no")];
    (headers, Body::from_stream(events))
}

impl Listener {
    async fn next(mut self) -> Option<(Bytes, Self)> {
        let bytes = match self.next {
            Next::Hello => {
                self.next = Next::FirstFrame;
                HELLO
            }
            Next::FirstFrame => {
                self.next = Next::NewFrame;
                self.frames.borrow_and_update().event.clone()
            }
            Next::NewFrame => tokio::select! {
                changed = self.frames.changed() => {
                    changed.ok()?;
                    self.frames.borrow_and_update().event.clone()
                }
                () = sleep_until(self.beat_at) => BEAT,
                () = self.stop.cancelled() => return None,
            },
        };
        self.beat_at = Instant::now() + HEARTBEAT;
        Some((bytes, self))
    }
}
