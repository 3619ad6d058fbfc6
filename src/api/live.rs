//! What changes by the second: a stream of server-sent events, and the word for when to poll because it fails.

use carnival_contract::paths;
use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventSource, MessageEvent};

use crate::var::Kept;

/// How often the campaign is asked for while the stream is silent.
const POLL_EVERY_S: u32 = 2;
/// A refused stream is tried again after 4 s, then 8, up to a minute: a proxy that buffers stays one.
const FIRST_PAUSE_S: u32 = 4;
const LONGEST_PAUSE_S: u32 = 64;
/// A stream that was heard and then says nothing for so long is taken for broken.
const SILENCE_S: u32 = 20;

/// The stream. It has no timer of its own: the page's ticker calls [`Live::second`].
#[derive(Clone, Copy)]
pub(crate) struct Live(Kept<Stream>);

struct Stream {
    source: Option<EventSource>,
    heard: bool,
    quiet_s: u32,
    pause_s: u32,
    /// Both are there once `Live::new` is over. An empty function to begin with would be made by `eval`, which the
    /// page's content policy forbids.
    on_frame: Option<Function>,
    on_error: Option<Function>,
}

impl Live {
    /// A stream that is not open yet.
    pub(crate) fn new(on_frame: impl Fn(JsValue) + 'static) -> Self {
        let live = Kept::new(Stream {
            source: None,
            heard: false,
            quiet_s: 0,
            pause_s: FIRST_PAUSE_S,
            on_frame: None,
            on_error: None,
        });
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            live.update(|stream| {
                stream.heard = true;
                stream.quiet_s = 0;
                stream.pause_s = FIRST_PAUSE_S;
            });
            if let Some(frame) = event.data().as_string().and_then(|text| js_sys::JSON::parse(&text).ok()) {
                on_frame(frame);
            }
        });
        let failed = Closure::<dyn Fn()>::new(move || {
            live.update(|stream| {
                stream.heard = false;
                // A broken connection the browser mends by itself; a refused one it gives up.
                if stream.source.as_ref().is_some_and(|source| source.ready_state() == EventSource::CLOSED) {
                    stream.close();
                }
            });
        });
        live.update(|stream| {
            stream.on_frame = Some(heard.into_js_value().unchecked_into());
            stream.on_error = Some(failed.into_js_value().unchecked_into());
        });
        Self(live)
    }

    /// Opens the stream, unless it is open.
    pub(crate) fn open(&self) {
        self.0.update(Stream::open);
    }

    /// Closes the stream: a page out of sight needs no frames.
    pub(crate) fn close(&self) {
        self.0.update(Stream::close);
    }

    /// Another second has passed. Says whether to poll now.
    pub(crate) fn second(&self) -> bool {
        self.0.update(Stream::second)
    }
}

impl Stream {
    fn open(&mut self) {
        if self.source.is_some() {
            return;
        }
        self.quiet_s = 0;
        let Ok(source) = EventSource::new(paths::LIVE) else { return };
        if let Some(on_frame) = &self.on_frame {
            let _ = source.add_event_listener_with_callback("frame", on_frame);
        }
        source.set_onerror(self.on_error.as_ref());
        self.source = Some(source);
    }

    fn close(&mut self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
        self.heard = false;
        self.quiet_s = 0;
    }

    fn second(&mut self) -> bool {
        self.quiet_s += 1;
        let silent = self.quiet_s >= SILENCE_S;
        if self.heard && !silent {
            return false;
        }
        if self.source.is_some() && silent {
            self.close();
        } else if self.source.is_none() && self.quiet_s >= self.pause_s {
            self.pause_s = (self.pause_s * 2).min(LONGEST_PAUSE_S);
            self.open();
        }
        self.quiet_s % POLL_EVERY_S == 1
    }
}
