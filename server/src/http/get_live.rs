//! `GET live`: frames, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, Version, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::relay::Handover;
use crate::app::App;
use crate::live::{Event, Published};

/// Proxies cut connections that are silent for long; most of them after a minute. The beat is the last frame once
/// more, not a comment: a page can't hear comments, and would take a quiet campaign for a broken stream.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a browser waits before it comes back, ms.
const HELLO: Event =
    Event { text: Bytes::from_static(b"retry: 2000\n\n"), chunk: Bytes::from_static(b"d\r\nretry: 2000\n\n\r\n") };
/// Tells nginx not to collect frames before it passes them on.
const ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// One listener.
pub(super) struct Listener {
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
pub(crate) async fn get_live(State(app): State<App>, request: Request) -> impl IntoResponse {
    // A frame that is not true any more is made anew before anybody sees it.
    app.live.current().await;
    let listener = Listener {
        frames: app.live.subscribe(),
        stop: app.stop.clone(),
        next: Next::Hello,
        beat_at: Instant::now() + HEARTBEAT,
    };
    // Before HTTP/1.1 there are no chunks.
    let handover = request.extensions().get::<Handover>().filter(|_| request.version() == Version::HTTP_11);
    let body = match handover {
        Some(handover) => handover.leave(listener),
        None => Body::from_stream(stream::unfold(listener, following)),
    };
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store"), (ACCEL_BUFFERING, "no")];
    (headers, body)
}

async fn following(mut listener: Listener) -> Option<(Result<Bytes, Infallible>, Listener)> {
    let event = listener.next().await?;
    Some((Ok(event.text), listener))
}

impl Listener {
    /// What comes next; none when the server stops. Nothing is lost if the wait is given up.
    pub(super) async fn next(&mut self) -> Option<Event> {
        let event = match self.next {
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
        Some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::encoding::{Effort, Encoded};
    use crate::live::Board;

    #[tokio::test(start_paused = true)]
    async fn a_page_hears_the_stream_of_a_quiet_campaign() {
        let frame = "event: frame\nid: 1-1\ndata: {}\n\n".to_owned();
        let published = Published {
            version: 1,
            made: Instant::now(),
            id: "1-1".to_owned(),
            board: Board::default(),
            snapshot: Encoded::of(Bytes::new(), Effort::EachChange),
            snapshot_for_html: String::new(),
            glance_for_html: String::new(),
            event: Event::new(frame.clone()),
        };
        let (_frames_to_come, frames) = watch::channel(Arc::new(published));
        let began = Instant::now();
        let (stop, beat_at) = (CancellationToken::new(), began + HEARTBEAT);
        let mut listener = Listener { frames, stop, next: Next::FirstFrame, beat_at };
        for beats in 0..3 {
            let heard = listener.next().await.expect("the stream goes on");
            assert_eq!(heard.text, frame);
            assert_eq!(began.elapsed(), HEARTBEAT * beats);
        }
    }
}
