//! Events of window and document. The page lives as long as they do, so no listener is ever taken off.

use std::cell::LazyCell;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

use super::dom;

/// Calls `then` whenever one of the events happens.
fn listen(target: &EventTarget, names: &[&str], then: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(then).into_js_value();
    for name in names {
        let _ = target.add_event_listener_with_callback(name, closure.unchecked_ref());
    }
}

/// Whether the page is out of sight.
pub(crate) fn is_hidden() -> bool {
    dom::document().hidden()
}

/// Whether the browser knows that there is no network; if it says there is one, that means little.
pub(crate) fn is_offline() -> bool {
    !dom::window().navigator().on_line()
}

/// Calls `then` whenever the page may have slept, come back, or lost or found its network. Some chat apps miss
/// `visibilitychange`, and a page out of the back/forward cache only gets `pageshow`: hence all of them.
pub(crate) fn on_wake_or_sleep(then: impl Fn() + 'static) {
    let then = std::rc::Rc::new(then);
    let other = then.clone();
    listen(&dom::window(), &["pageshow", "pagehide", "focus", "online", "offline"], move |_| then());
    listen(&dom::document(), &["visibilitychange"], move |_| other());
}

/// Calls `then` when Back or Forward was used.
pub(crate) fn on_pop_state(then: impl Fn() + 'static) {
    listen(&dom::window(), &["popstate"], move |_| then());
}

/// Calls `then` for each tap on a link to a path of ours, with that path; `true` says that the tap is dealt with.
/// Taps with modifier keys mean "in another tab" and stay the browser's.
pub(crate) fn on_link(then: impl Fn(&str) -> bool + 'static) {
    listen(&dom::document(), &["click"], move |event| {
        let Some(mouse) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        if event.default_prevented() || mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.button() != 0
        {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| dom::closest_link(&target));
        let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
        if then(&href) {
            event.prevent_default();
        }
    });
}

/// Marks whether finger or keyboard is in use: engines that do not know `:focus-visible` show no ring after a tap then.
/// iOS, besides, shows buttons as pressed only where somebody listens to touches.
pub(crate) fn mark_input() {
    listen(&dom::document(), &["touchstart", "mousedown"], |_| dom::set_root_attribute("data-input", "pointer"));
    listen(&dom::document(), &["keydown"], |_| dom::set_root_attribute("data-input", "keys"));
}

/// Calls `then` whenever somebody touches the page, turns a wheel, scrolls or presses a key. A finger comes down a tenth of a second
/// before its tap.
pub(crate) fn on_touch(then: impl Fn() + 'static) {
    listen(&dom::document(), &["touchstart", "mousedown", "keydown", "wheel", "scroll"], move |_| then());
}

/// Calls `then` at each key that is pressed.
pub(crate) fn on_key(then: impl Fn(&web_sys::KeyboardEvent) + 'static) {
    listen(&dom::document(), &["keydown"], move |event| {
        if let Some(event) = event.dyn_ref() {
            then(event);
        }
    });
}

thread_local! {
    static SAVES_DATA: LazyCell<bool> = LazyCell::new(ask_whether_data_is_saved);
}

/// Whether the shopper had told the browser to load no more than is asked for, when that was first of interest.
pub(crate) fn saves_data() -> bool {
    SAVES_DATA.with(|saves| **saves)
}

fn ask_whether_data_is_saved() -> bool {
    let of = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let connection = of(&dom::window().navigator(), "connection");
    connection.is_object() && of(&connection, "saveData").is_truthy()
}
