//! Time as the browser counts it.

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::dom;
use crate::var::Kept;

// As they are, and not by way of the window: these are called at every tick, and each object on the way to them is one more to
// make and to throw away.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Function, ms: i32) -> i32;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: i32);
}

/// Milliseconds since navigation, by a clock that nobody can set.
pub(crate) fn monotonic_ms() -> f64 {
    performance_now()
}

/// The device's clock. Its owner sets it as they like, so it only ever serves to notice that the monotonic clock
/// stood still while the device slept.
#[expect(clippy::disallowed_methods, reason = "compared with the monotonic clock, never shown")]
pub(crate) fn wall_ms() -> f64 {
    js_sys::Date::now()
}

/// When the document was asked for and when its first byte came, on the monotonic clock.
pub(crate) fn document_round_trip() -> Option<(f64, f64)> {
    // Level 1 of Navigation Timing: engines of 2018 have it, and today's still do.
    let timing = dom::window().performance()?.timing();
    let start = timing.navigation_start();
    let (sent, received) = (timing.request_start() - start, timing.response_start() - start);
    (sent >= 0.0 && received >= sent).then_some((sent, received))
}

/// Runs `then` once, after `ms`.
pub(crate) fn after(ms: i32, then: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(then);
    set_timeout(closure.unchecked_ref(), ms);
}

/// Something that is done again and again, each time at a time of its own. It is made once and stays: nothing has to be made for a time.
#[derive(Clone, Copy)]
pub(crate) struct Alarm {
    does: Kept<Option<Function>>,
    /// What the engine calls the time it is set to; 0 is no such thing.
    id: Kept<i32>,
}

impl Alarm {
    /// One that does nothing yet.
    pub(crate) fn new() -> Self {
        Self { does: Kept::new(None), id: Kept::new(0) }
    }

    /// What it does.
    pub(crate) fn does(self, then: impl Fn() + 'static) {
        let closure = Closure::<dyn Fn()>::new(then).into_js_value();
        self.does.set(Some(closure.unchecked_into()));
    }

    /// Sets it to after `ms`, and to no other time.
    pub(crate) fn set(self, ms: i32) {
        clear_timeout(self.id.get());
        self.does.with(|does| does.iter().for_each(|does| self.id.set(set_timeout(does, ms))));
    }
}

/// Runs `then` once, when what stands in the document now was drawn; out of sight nothing is, and it runs a moment later.
pub(crate) fn after_paint(then: impl FnOnce() + 'static) {
    if dom::document().hidden() {
        return after(0, then);
    }
    let drawn = Closure::once_into_js(move || after(0, then));
    let _ = dom::window().request_animation_frame(drawn.unchecked_ref());
}

/// A promise that is kept after `ms`, with `undefined`.
pub(crate) fn promise_after(ms: i32) -> Promise {
    Promise::new(&mut |keep, _| {
        set_timeout(&keep, ms);
    })
}

/// Waits.
pub(crate) async fn sleep(ms: i32) {
    let _ = JsFuture::from(promise_after(ms)).await;
}

/// Waits, but no longer than until the network is back.
pub(crate) async fn sleep_or_online(ms: i32) {
    let promise = Promise::new(&mut |keep, _| {
        set_timeout(&keep, ms);
        let once = web_sys::AddEventListenerOptions::new();
        once.set_once(true);
        let window = dom::window();
        let _ = window.add_event_listener_with_callback_and_add_event_listener_options("online", &keep, &once);
    });
    let _ = JsFuture::from(promise).await;
}

/// Random bytes from the browser's own source, for the names of writes.
pub(crate) fn random_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    fill_random(&mut bytes);
    bytes
}

/// Fills bytes at random.
pub(crate) fn fill_random(bytes: &mut [u8]) {
    if let Ok(crypto) = dom::window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(bytes);
    }
}
