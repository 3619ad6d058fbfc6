//! What of an element hangs on signals.

use std::borrow::Cow;
use std::cell::RefCell;

use leptos::prelude::RenderEffect;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::kept::{Thing, keep};
use super::{El, IntoEls};
use crate::browser::{dom, turns};

/// Runs now and whenever something that it read has changed, for as long as what surrounds it lives.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    keep_running(Box::new(run));
}

/// What runs of its own accord.
type Run = Box<dyn FnMut()>;

thread_local! {
    /// The effects of what is being built together.
    static TOGETHER: RefCell<Option<Vec<Run>>> = const { RefCell::new(None) };
}

/// Builds something whose effects are one: whatever any of them read has all of them look again, and each touches only
/// what differs. For what hangs on one value in many places and stands on the page many times over, where each effect's
/// own bookkeeping would cost more than what it does.
pub(crate) fn together<T>(build: impl FnOnce() -> T) -> T {
    let around = TOGETHER.replace(Some(Vec::new()));
    let built = build();
    let mut runs = TOGETHER.replace(around).unwrap_or_default();
    keep_running(Box::new(move || runs.iter_mut().for_each(|run| run())));
    built
}

fn keep_running(run: Run) {
    let alone = TOGETHER.with_borrow_mut(|together| match together {
        Some(together) => {
            together.push(run);
            None
        }
        None => Some(run),
    });
    if let Some(mut run) = alone {
        keep(Thing::Effect { _lives: RenderEffect::new(move |_: Option<()>| run()) });
    }
}

impl El {
    /// An attribute that is there while the closure says so, with the value it says.
    pub(crate) fn attr_with<T: Into<Cow<'static, str>>>(
        self,
        name: &'static str,
        value: impl Fn() -> Option<T> + 'static,
    ) -> Self {
        self.attr_boxed(name, Box::new(move || value().map(Into::into)))
    }

    fn attr_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<Cow<'static, str>>>) -> Self {
        let element = self.0.clone();
        let mut shown = None;
        effect(move || {
            let value = value();
            if value != shown {
                let _ = match &value {
                    Some(value) => element.set_attribute(name, value),
                    None => element.remove_attribute(name),
                };
                shown = value;
            }
        });
        self
    }

    /// A custom property of CSS. It is set on the element's own style object, which a strict content policy permits.
    pub(crate) fn var_with<T: Into<Cow<'static, str>>>(
        self,
        name: &'static str,
        value: impl Fn() -> T + 'static,
    ) -> Self {
        let element: HtmlElement = self.0.clone().unchecked_into();
        effect(move || {
            let _ = element.style().set_property(name, &value().into());
        });
        self
    }

    /// A text that changes. Only its own node is touched, and only when the text is another one.
    pub(crate) fn text_with<T: Into<Cow<'static, str>>>(self, text: impl Fn() -> T + 'static) -> Self {
        self.text_boxed(Box::new(move || text().into()))
    }

    fn text_boxed(self, text: Box<dyn Fn() -> Cow<'static, str>>) -> Self {
        let node = dom::document().create_text_node("");
        self.append(&node);
        let mut shown = Cow::Borrowed("");
        effect(move || {
            let text = text();
            if text != shown {
                node.set_data(&text);
                shown = text;
            }
        });
        self
    }

    /// What stands inside and is drawn anew when something that it read has changed.
    pub(crate) fn child_with<T: IntoEls>(self, children: impl Fn() -> T + 'static) -> Self {
        self.child_boxed(Box::new(move || children().into_els()))
    }

    /// The same, in a turn of its own while a page is put together.
    pub(crate) fn child_in_turn<T: IntoEls>(self, children: impl Fn() -> T + 'static) -> Self {
        let place = self.clone();
        turns::piece(move || drop(place.child_with(children)));
        self
    }

    fn child_boxed(self, children: Box<dyn Fn() -> Vec<El>>) -> Self {
        // An empty text marks the place: what is drawn stands before it.
        let marker = dom::document().create_text_node("");
        self.append(&marker);
        let mut drawn: Vec<El> = Vec::new();
        effect(move || {
            let fresh = children();
            for old in drawn.drain(..) {
                old.0.remove();
            }
            if let Some(parent) = marker.parent_node() {
                for new in &fresh {
                    let _ = parent.insert_before(&new.0, Some(&marker));
                }
            }
            drawn = fresh;
        });
        self
    }
}
