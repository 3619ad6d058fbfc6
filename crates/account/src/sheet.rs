//! A sheet from below, over the page, in the page's own style: its classes are the page's.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use carnival_side as js;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, HtmlElement, HtmlInputElement, KeyboardEvent, PageTransitionEvent};

/// A drawing of the page's sprite.
const CROSS: &str = r##"<svg class="icon" aria-hidden="true"><use href="#i-close"/></svg>"##;

thread_local! {
    static OPEN: RefCell<Option<Rc<Sheet>>> = const { RefCell::new(None) };
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

pub(crate) struct Sheet {
    overlay: HtmlElement,
    body: HtmlElement,
    /// Says why a tap came to nothing.
    why: HtmlElement,
    /// The id of what opened it, where the focus goes back to. The focus can't tell: engines of iOS give a tapped button none,
    /// and what had it may be drawn anew meanwhile.
    opener: &'static str,
    sending: Cell<bool>,
    /// Whether the page is over with it: it is another participant's then.
    ends_page: Cell<bool>,
}

impl Sheet {
    /// Opens one, in place of another that may be open, for a control of the page.
    pub(crate) fn open(opener: &'static str, title: &str, close_words: &str) -> Option<Rc<Self>> {
        close();
        listen();
        let overlay = element("div", "overlay", "");
        let scrim = button(&overlay, "overlay__scrim", "", |_| close());
        scrim.set_attribute("tabindex", "-1").ok()?;
        scrim.set_attribute("aria-label", close_words).ok()?;
        let body = add(&overlay, "div", "sheet account-sheet", "");
        for (name, value) in [("role", "dialog"), ("aria-modal", "true"), ("aria-label", title)] {
            body.set_attribute(name, value).ok()?;
        }
        body.set_attribute("data-testid", "account-sheet").ok()?;
        let head = add(&body, "div", "sheet__head", "");
        add(&head, "h2", "sheet__title", title);
        let corner = button(&head, "icon-button", "", |_| close());
        corner.set_inner_html(CROSS);
        corner.set_attribute("aria-label", close_words).ok()?;
        js::document().body()?.append_child(&overlay).ok()?;
        corner.focus().ok()?;
        let why = element("p", "hint", "");
        for (name, value) in [("role", "status"), ("data-tone", "refused")] {
            why.set_attribute(name, value).ok()?;
        }
        let sheet =
            Rc::new(Self { overlay, body, why, opener, sending: Cell::new(false), ends_page: Cell::new(false) });
        OPEN.set(Some(sheet.clone()));
        Some(sheet)
    }

    /// Whether it lies over the page still.
    pub(crate) fn is_open(&self) -> bool {
        self.overlay.is_connected()
    }

    /// Takes out all that was said, for another word; and whatever closes it opens the page anew.
    pub(crate) fn ends_page(&self, title: &str) {
        self.ends_page.set(true);
        while let Some(last) = self.body.last_child().filter(|last| Some(last) != self.body.first_child().as_ref()) {
            let _taken = self.body.remove_child(&last);
        }
        self.add("p", "sheet__title", title);
    }

    /// Something in it.
    pub(crate) fn add(&self, tag: &str, class: &str, text: &str) -> HtmlElement {
        add(&self.body, tag, class, text)
    }

    /// The line that says why a tap came to nothing. It is always there, so that nothing jumps.
    pub(crate) fn add_why(&self) {
        let _added = self.body.append_child(&self.why);
    }

    /// A box to tick, which nobody has ticked, with its words, and perhaps a line under them.
    pub(crate) fn tick(&self, id: &str, words: &str, sub: &str) -> HtmlInputElement {
        let label = self.add("label", "tick", "");
        let real: HtmlInputElement = add(&label, "input", "tick__box", "").unchecked_into();
        real.set_type("checkbox");
        let _named = real.set_attribute("data-testid", id);
        add(&label, "span", "tick__mark", "");
        let said = add(&label, "span", "list__text", words);
        if !sub.is_empty() {
            add(&said, "span", "list__sub", sub);
        }
        real
    }

    /// A button as wide as the sheet; what a tap does is told which button it was.
    pub(crate) fn button(&self, class: &str, words: &str, then: impl FnMut(&HtmlElement) + 'static) -> HtmlElement {
        button(&self.body, &["button button--wide ", class].concat(), words, then)
    }

    /// Says why a tap came to nothing, or nothing.
    pub(crate) fn say(&self, why: &str) {
        self.why.set_text_content(Some(why));
    }

    /// Shows on the button that an answer is awaited; false if one is already.
    pub(crate) fn begins_to_send(&self, button: &HtmlElement) -> bool {
        if self.sending.replace(true) {
            return false;
        }
        self.say("");
        let _shown = button.set_attribute("data-state", "sending");
        true
    }

    /// Says what came of it. Without a word there is nothing more to do here.
    pub(crate) fn ends_sending(&self, button: &HtmlElement, why: &str) {
        self.sending.set(false);
        let _shown = button.remove_attribute("data-state");
        self.say(why);
        if why.is_empty() && self.is_open() {
            close();
        }
    }
}

/// Clears the page.
pub(crate) fn close() {
    let Some(sheet) = OPEN.take() else { return };
    if sheet.ends_page.get() {
        let _left = js::window().location().assign("/mine");
        return;
    }
    sheet.overlay.remove();
    let opener = js::document().get_element_by_id(sheet.opener);
    if let Some(opener) = opener.and_then(|opener| opener.dyn_into::<HtmlElement>().ok()) {
        let _focused = opener.focus();
    }
}

/// Escape closes; and out of the browser's memory, a page may still show that it is about to be left.
fn listen() {
    if LISTENS.replace(true) {
        return;
    }
    on(&js::window(), "keydown", |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            close();
        }
    });
    on(&js::window(), "pageshow", |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            close();
        }
    });
}

/// Calls `then` with each event of a name, for as long as its target lives.
pub(crate) fn on(target: &EventTarget, name: &str, then: impl FnMut(JsValue) + 'static) {
    let _listening = target.add_event_listener_with_callback(name, js::function(then).unchecked_ref());
}

fn button(into: &HtmlElement, class: &str, words: &str, mut then: impl FnMut(&HtmlElement) + 'static) -> HtmlElement {
    let button = add(into, "button", class, words);
    let _typed = button.set_attribute("type", "button");
    let tapped = button.clone();
    on(&button, "click", move |_| then(&tapped));
    button
}

fn element(tag: &str, class: &str, text: &str) -> HtmlElement {
    #[expect(clippy::expect_used, reason = "the names are ours")]
    let made: HtmlElement = js::document().create_element(tag).expect("a known name").unchecked_into();
    made.set_class_name(class);
    if !text.is_empty() {
        made.set_text_content(Some(text));
    }
    made
}

/// Something inside something.
pub(crate) fn add(into: &HtmlElement, tag: &str, class: &str, text: &str) -> HtmlElement {
    let made = element(tag, class, text);
    let _added = into.append_child(&made);
    made
}
