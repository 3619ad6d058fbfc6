//! What of an element hangs on signals.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{RenderEffect, untrack};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::beat::{self, Hearer};
use super::kept::{Thing, keep};
use super::{El, IntoEls, Place, set_attribute};
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

/// Builds something whose effects are one, and hang on one value in many places: when that is another one all of them look again, and
/// each touches only what differs. For what stands on the page many times over, where each effect's own bookkeeping would cost more than what it
/// does. What else they read they do not listen to.
pub(crate) fn together<T>(on: impl Fn() + 'static, build: impl FnOnce() -> T) -> T {
    let around = TOGETHER.replace(Some(Vec::new()));
    let built = build();
    let mut run = collected(around);
    keep_running(Box::new(move || {
        on();
        untrack(&mut run);
    }));
    built
}

/// Builds something that shows the time: its effects are one as well, which runs at each tick of the page's clock, and besides when something else
/// that they read has changed. The time itself they ask for without listening (`Clock::shown`).
pub(crate) fn each_tick<T>(build: impl FnOnce() -> T) -> T {
    let around = TOGETHER.replace(Some(Vec::new()));
    let built = build();
    keep_ticking(collected(around));
    built
}

fn collected(around: Option<Vec<Run>>) -> Run {
    let mut runs = TOGETHER.replace(around).unwrap_or_default();
    Box::new(move || runs.iter_mut().for_each(|run| run()))
}

fn keep_ticking(run: Run) {
    let hearer: Hearer = Rc::new(RefCell::new(run));
    beat::hear(hearer.clone());
    keep_running(Box::new(move || (hearer.borrow_mut())()));
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

/// At each tick, writes, and shows what was written if that is something else than before. What it is written into is kept, so that nothing
/// is made for it.
fn tick_into(mut write: Box<dyn FnMut(&mut String)>, show: Box<dyn Fn(&str)>) {
    let (mut shown, mut fresh) = (String::new(), String::new());
    keep_ticking(Box::new(move || {
        fresh.clear();
        write(&mut fresh);
        if fresh != shown {
            show(&fresh);
            std::mem::swap(&mut fresh, &mut shown);
        }
    }));
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
                match &value {
                    Some(value) => set_attribute(&element, name, value),
                    None => drop(element.remove_attribute(name)),
                }
                shown = value;
            }
        });
        self
    }

    /// An attribute that is written at each tick of the page's clock.
    pub(crate) fn attr_ticking(self, name: &'static str, write: impl FnMut(&mut String) + 'static) -> Self {
        let element = self.0.clone();
        tick_into(Box::new(write), Box::new(move |value| set_attribute(&element, name, value)));
        self
    }

    /// A text that is.
    pub(crate) fn text_ticking(self, write: impl FnMut(&mut String) + 'static) -> Self {
        let node = dom::document().create_text_node("");
        self.append(&node);
        tick_into(Box::new(write), Box::new(move |text| node.set_data(text)));
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
            if fresh.is_empty() && drawn.is_empty() {
                return;
            }
            for old in drawn.drain(..) {
                old.0.remove();
            }
            for new in &fresh {
                marker.unchecked_ref::<Place>().before(&new.0);
            }
            drawn = fresh;
        });
        self
    }
}
