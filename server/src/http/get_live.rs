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

/// Proxies cut connections that are silent for long; most of them after a minute. The beat is the last frame once
/// more, not a comment: a page can't hear comments, and would take a quiet campaign for a broken stream.
const HEARTBEAT: Duration = Duration::from_secs(15);
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
            Next::NewFrame => {
                tokio::select! {
                    changed = self.frames.changed() => changed.ok()?,
                    () = sleep_until(self.beat_at) => {}
                    () = self.stop.cancelled() => return None,
                }
                self.frames.borrow_and_update().event.clone()
            }
        };
        self.beat_at = Instant::now() + HEARTBEAT;
        Some((bytes, self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::encoding::{Effort, Encoded};

    #[tokio::test(start_paused = true)]
    async fn a_page_hears_the_stream_of_a_quiet_campaign() {
        let frame = Bytes::from_static(b"event: frame\nid: 1-1\ndata: {}\n\n");
        let published = Published {
            version: 1,
            made: Instant::now(),
            id: "1-1".to_owned(),
            snapshot: Encoded::of(Bytes::new(), Effort::EachChange),
            snapshot_for_html: String::new(),
            event: frame.clone(),
        };
        let (_frames_to_come, frames) = watch::channel(Arc::new(published));
        let began = Instant::now();
        let (stop, beat_at) = (CancellationToken::new(), began + HEARTBEAT);
        let mut listener = Listener { frames, stop, next: Next::FirstFrame, beat_at };
        for beats in 0..3 {
            let (heard, next) = listener.next().await.expect("the stream goes on");
            assert_eq!(heard, frame);
            assert_eq!(began.elapsed(), HEARTBEAT * beats);
            listener = next;
        }
    }
}
