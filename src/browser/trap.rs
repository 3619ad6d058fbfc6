//! Keeps keyboard and screen reader in whatever lies over the page, whoever laid it there: a sheet of the page's own or of a
//! side module.
//!
//! All of them wear one class, so this asks the document at each key and nobody has to tell it anything. The way back
//! closes what lies there, as Escape does, for it would lie over another page; history itself is left alone.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit, Node};

use super::{dom, events};

/// What lies over the page.
const LAYER: &str = ".overlay";
/// What in it can have the focus. Links without an address can't, nor can what is out of the order on purpose.
const FOCUSABLE: &str = "a[href],button,input,select,textarea";

/// Begins, for as long as the page lives.
pub(crate) fn begin() {
    events::on_key(|event| match event.key().as_str() {
        "Tab" => turn_round(event),
        "Escape" => pass_on(event),
        _ => {}
    });
    events::on_pop_state(|| {
        if let Some(layer) = top() {
            escape(&layer);
        }
    });
}

/// Behind the last comes the first, and the other way round; from anywhere else the way leads in.
fn turn_round(event: &KeyboardEvent) {
    let Some(layer) = top() else { return };
    let stops = stops(&layer);
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return };
    let active = dom::document().active_element();
    let is_at = |stop: &HtmlElement| active.as_ref().is_some_and(|active| active.is_same_node(Some(stop)));
    let is_inside = active.as_ref().is_some_and(|active| layer.contains(Some(active)));
    let next = match (event.shift_key(), is_inside) {
        (true, true) if is_at(first) => last,
        (false, true) if is_at(last) => first,
        (_, true) => return,
        (true, false) => last,
        (false, false) => first,
    };
    event.prevent_default();
    let _ = next.focus();
}

/// Some layers listen to Escape themselves, and hear of it only while the focus is in them.
fn pass_on(event: &KeyboardEvent) {
    let target: Option<Node> = event.target().and_then(|target| target.dyn_into().ok());
    if let Some(layer) = top().filter(|layer| !layer.contains(target.as_ref())) {
        escape(&layer);
    }
}

fn escape(layer: &Element) {
    let init = KeyboardEventInit::new();
    init.set_key("Escape");
    init.set_bubbles(true);
    if let Ok(event) = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init) {
        let _ = layer.dispatch_event(&event);
    }
}

/// The layer on top: the last one in the document.
fn top() -> Option<Element> {
    let layers = dom::document().query_selector_all(LAYER).ok()?;
    layers.item(layers.length().checked_sub(1)?)?.dyn_into().ok()
}

/// Where the focus can stop in it, in order.
fn stops(layer: &Element) -> Vec<HtmlElement> {
    let Ok(found) = layer.query_selector_all(FOCUSABLE) else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|place| found.item(place)?.dyn_into::<HtmlElement>().ok());
    let can_stop = |element: &HtmlElement| {
        element.tab_index() >= 0 && !element.has_attribute("disabled") && element.get_client_rects().length() > 0
    };
    elements.filter(can_stop).collect()
}
