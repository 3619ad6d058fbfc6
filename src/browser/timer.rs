//! Time as the browser counts it.

use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use super::dom;

/// Milliseconds since navigation, by a clock that nobody can set.
pub(crate) fn monotonic_ms() -> f64 {
    dom::window().performance().map_or(0.0, |performance| performance.now())
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

/// Runs `then` once, when what stands in the document now was drawn; out of sight nothing is, and it runs a moment later.
pub(crate) fn after_paint(then: impl FnOnce() + 'static) {
    if dom::document().hidden() {
        return after(0, then);
    }
    let drawn = Closure::once_into_js(move || after(0, then));
    let _ = dom::window().request_animation_frame(drawn.unchecked_ref());
}

fn set_timeout(then: &Function, ms: i32) {
    let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(then, ms);
}

/// A promise that is kept after `ms`, with `undefined`.
pub(crate) fn promise_after(ms: i32) -> Promise {
    Promise::new(&mut |keep, _| set_timeout(&keep, ms))
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
