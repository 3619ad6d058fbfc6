//! Elements that hang on signals.
//!
//! The page is drawn with Leptos' signals, memos, effects and owners, but not with its `view!`: that makes a type of
//! every piece of markup and code for each type, and the same page weighed twice as much with it (174 KB of module
//! after brotli with `view!` and erased components). Here every closure is boxed where it enters, so that all pages
//! share one small piece of code. The rules are Leptos' own: what a closure reads draws it again, and what was drawn
//! inside it is cleaned up before.

pub(crate) mod beat;
mod kept;
mod live;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, Node};

use super::dom;
use kept::Thing;

pub(crate) use live::{each_tick, effect, together};

/// An element under construction, or one that stands in the document: both are the same thing.
#[derive(Clone)]
pub(crate) struct El(Element);

/// What can stand inside an element: one, perhaps one, or several.
pub(crate) trait IntoEls {
    /// All of them, in order.
    fn into_els(self) -> Vec<El>;
}

impl IntoEls for El {
    fn into_els(self) -> Vec<El> {
        vec![self]
    }
}

impl IntoEls for Option<El> {
    fn into_els(self) -> Vec<El> {
        self.into_iter().collect()
    }
}

impl IntoEls for Vec<El> {
    fn into_els(self) -> Vec<El> {
        self
    }
}

// What is ready to catch something costs some objects a call, and a page sets hundreds of attributes. These refuse a name that is none, and
// nodes around themselves: ours are all written in this program.
#[wasm_bindgen]
extern "C" {
    type Place;
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_attribute(this: &Place, name: &str, value: &str);
    #[wasm_bindgen(method)]
    fn after(this: &Place, node: &Node);
    #[wasm_bindgen(method)]
    fn before(this: &Place, node: &Node);
    #[wasm_bindgen(method)]
    fn prepend(this: &Place, node: &Node);
}

/// Sets an attribute; its name must be one.
fn set_attribute(element: &Element, name: &str, value: &str) {
    element.unchecked_ref::<Place>().set_attribute(name, value);
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// A new element with its class.
pub(crate) fn el(tag: &str, class: &str) -> El {
    with_class(dom::document().create_element(tag), class)
}

/// A new element of a drawing.
pub(crate) fn svg(tag: &str, class: &str) -> El {
    with_class(dom::document().create_element_ns(Some(SVG), tag), class)
}

fn with_class(made: Result<Element, wasm_bindgen::JsValue>, class: &str) -> El {
    // Only names that are no names can be refused, and ours are all written in this program.
    let element = El(made.unwrap_or_else(|error| error.unchecked_into()));
    if class.is_empty() { element } else { element.attr("class", class) }
}

impl El {
    /// A node that is an element already.
    pub(super) fn of(element: Node) -> Self {
        Self(element.unchecked_into())
    }

    /// The element itself.
    pub(super) fn element(&self) -> &Element {
        &self.0
    }

    /// An attribute.
    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        set_attribute(&self.0, name, value);
        self
    }

    /// A property of its own style object, which a strict content policy permits.
    pub(crate) fn style(self, name: &str, value: &str) -> Self {
        let _ = self.0.unchecked_ref::<HtmlElement>().style().set_property(name, value);
        self
    }

    /// A text.
    pub(crate) fn text(self, text: &str) -> Self {
        self.append(&dom::document().create_text_node(text));
        self
    }

    /// What stands inside.
    pub(crate) fn child(self, children: impl IntoEls) -> Self {
        for child in children.into_els() {
            self.append(&child.0);
        }
        self
    }

    /// Moves children, each to behind another one or to the beginning, in this order. One that had the focus loses it by
    /// moving: it is given back.
    pub(crate) fn arrange(&self, moves: &[(El, Option<El>)]) {
        let focused = if moves.is_empty() { None } else { dom::focused() };
        for (child, behind) in moves {
            match behind {
                Some(behind) => behind.0.unchecked_ref::<Place>().after(&child.0),
                None => self.0.unchecked_ref::<Place>().prepend(&child.0),
            }
        }
        if let Some(focused) = focused.filter(|focused| self.0.contains(Some(focused))) {
            let _ = focused.focus();
        }
    }

    /// Takes the element out of the document; it can be put back.
    pub(crate) fn detach(&self) {
        self.0.remove();
    }

    /// What a tap does.
    pub(crate) fn on_click(self, then: impl Fn() + 'static) -> Self {
        self.on("click", Box::new(then))
    }

    /// What a change of a switch does, with whether it is on.
    pub(crate) fn on_switch(self, then: impl Fn(bool) + 'static) -> Self {
        let input: web_sys::HtmlInputElement = self.0.clone().unchecked_into();
        self.on("change", Box::new(move || then(input.checked())))
    }

    fn on(self, event: &str, then: Box<dyn Fn()>) -> Self {
        let closure = Closure::wrap(then);
        let _ = self.0.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        // It lives as long as what surrounds the element.
        kept::keep(Thing::Listener { _lives: closure });
        self
    }

    /// Puts the element at the end of another one of the document.
    pub(crate) fn put_into(&self, parent: &HtmlElement) {
        let _ = parent.append_child(&self.0);
    }

    /// Sets a switch.
    pub(crate) fn checked(self, is_on: bool) -> Self {
        self.0.unchecked_ref::<web_sys::HtmlInputElement>().set_checked(is_on);
        self
    }

    /// For tests and benchmarks to hold on to.
    pub(crate) fn testid(self, id: &str) -> Self {
        self.attr("data-testid", id)
    }

    fn append(&self, node: &Node) {
        let _ = self.0.append_child(node);
    }
}
