//! The sheet: its look is the page's own, by the page's classes; what those do not have is set through the style object,
//! which a content security policy leaves alone.

use std::cell::RefCell;
use std::rc::Rc;

use carnival_domain::draw::fault::Step;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlElement, KeyboardEvent};

use crate::js;
use crate::words::Words;

const ID: &str = "draw-check";
const WAITING: &str = "color:var(--muted);background:var(--paper-deep)";
const HELD: &str = "color:var(--white);background:var(--jade)";
const BROKEN: &str = "color:var(--white);background:var(--red-deep)";
const VERDICT: &str = "margin:12px 0 4px;padding:14px 16px;border-radius:var(--radius-s)";

/// How a step is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Its turn is now.
    Running,
    Holds,
    Fails,
}

struct Row {
    step: Step,
    line: HtmlElement,
    mark: HtmlElement,
    sub: HtmlElement,
}

/// Everything that is shown, and how to take it away.
pub(crate) struct Sheet {
    pub(crate) words: &'static Words,
    steps: HtmlElement,
    verdict: HtmlElement,
    rows: RefCell<Vec<Row>>,
    layer: HtmlElement,
}

impl Sheet {
    /// Puts an empty sheet over the page; none where there is no page.
    pub(crate) fn open(words: &'static Words) -> Option<Rc<Self>> {
        if let Some(open) = js::document().get_element_by_id(ID) {
            open.remove();
        }
        let body = js::document().body()?;
        let focused = js::document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        let layer = add(&body, "div", "overlay");
        layer.set_id(ID);
        let scrim = add(&layer, "button", "overlay__scrim");
        set(&scrim, &[("type", "button"), ("tabindex", "-1"), ("aria-label", words.close)]);
        let sheet = add(&layer, "div", "sheet");
        set(&sheet, &[("role", "dialog"), ("aria-modal", "true"), ("aria-label", words.title)]);
        let head = add(&sheet, "div", "sheet__head");
        say(&add(&head, "h2", "sheet__title"), words.title);
        let close = add(&head, "button", "icon-button");
        set(&close, &[("type", "button"), ("aria-label", words.close)]);
        cross(&close);
        say(&add(&sheet, "p", "hint"), words.intro);
        let steps = add(&sheet, "ol", "");
        let verdict = add(&sheet, "div", "");
        set(&verdict, &[("role", "status"), ("data-testid", "verify-result"), ("data-state", "running")]);
        style(&verdict, VERDICT);
        style_more(&verdict, "background", "var(--paper-deep)");
        say(&verdict, words.running);

        let open = Rc::new(Self { words, steps, verdict, rows: RefCell::default(), layer });
        let shut = shut(open.layer.clone(), focused);
        scrim.set_onclick(Some(shut.unchecked_ref()));
        close.set_onclick(Some(shut.unchecked_ref()));
        let escape = js::listener({
            let shut = shut.clone();
            move |event| {
                if event.dyn_into::<KeyboardEvent>().is_ok_and(|event| event.key() == "Escape") {
                    let _closed = shut.call0(&JsValue::NULL);
                }
            }
        });
        open.layer.set_onkeydown(Some(escape.unchecked_ref()));
        let _focused = close.focus();
        Some(open)
    }

    /// Whether it is still there; work for nobody is given up.
    pub(crate) fn is_open(&self) -> bool {
        self.layer.is_connected()
    }

    /// Draws a step, as a new row or in its row. Receipts have a row each: `Mark::Running` begins it.
    pub(crate) fn show(&self, step: Step, mark: Mark, sub: &str) {
        let mut rows = self.rows.borrow_mut();
        let is_new = rows.last().is_none_or(|row| row.step != step || (mark == Mark::Running && is_over(row)));
        if is_new {
            rows.push(self.row(step));
        }
        let Some(row) = rows.last() else { return };
        let (state, look, drawing) = match mark {
            Mark::Running => ("running", WAITING, ""),
            Mark::Holds => ("ok", HELD, "M6 12.5l4 4 8-9"),
            Mark::Fails => ("failed", BROKEN, "M7 7l10 10M17 7L7 17"),
        };
        let before = row.line.get_attribute("data-state");
        set(&row.line, &[("data-state", state)]);
        say(&row.sub, sub);
        if before.as_deref() != Some(state) {
            style_mark(&row.mark, look);
            row.mark.set_text_content(None);
            if mark == Mark::Running {
                spinner(&row.mark)
            } else {
                drawn(&row.mark, drawing)
            }
            if is_new {
                row.line.scroll_into_view_with_bool(false);
            }
        }
    }

    /// Ends with a verdict.
    pub(crate) fn conclude(&self, state: &str, title: &str, texts: &[String], link: Option<&str>) {
        set(&self.verdict, &[("data-state", state)]);
        self.verdict.set_text_content(None);
        let (background, color) = match state {
            "ok" => ("var(--jade-wash)", "var(--jade)"),
            _ => ("var(--red-wash)", "var(--red-deep)"),
        };
        style_more(&self.verdict, "background", background);
        let strong = add(&self.verdict, "p", "");
        style(&strong, "font-size:var(--size-l);font-weight:700");
        style_more(&strong, "color", color);
        say(&strong, title);
        for text in texts {
            let line = add(&self.verdict, "p", "");
            style(&line, "margin-top:6px");
            say(&line, text);
        }
        if let Some(link) = link {
            let anchor = add(&self.verdict, "a", "");
            set(&anchor, &[("href", link), ("target", "_blank"), ("rel", "noopener")]);
            style(&anchor, "display:inline-block;padding:12px 0;margin-bottom:-12px;text-decoration:underline");
            say(&anchor, self.words.proof_link);
        }
        self.verdict.scroll_into_view_with_bool(false);
    }

    fn row(&self, step: Step) -> Row {
        let line = add(&self.steps, "li", "sheet__row");
        set(&line, &[("data-step", step.as_str())]);
        let mark = add(&line, "span", "sheet__mark");
        let label = add(&line, "span", "sheet__label");
        let title = add(&label, "span", "");
        style(&title, "font-weight:600");
        say(&title, self.words.of(step).title);
        let sub = add(&label, "span", "sheet__sub");
        Row { step, line, mark, sub }
    }
}

fn is_over(row: &Row) -> bool {
    row.line.get_attribute("data-state").is_some_and(|state| state != "running")
}

/// What closes the sheet, and gives the focus back.
fn shut(layer: HtmlElement, focused: Option<HtmlElement>) -> js_sys::Function {
    let shut = js::listener(move |_| {
        layer.remove();
        if let Some(focused) = &focused {
            let _given_back = focused.focus();
        }
    });
    // The way back closes it too: what lies over a page that is gone would lie over the wrong one.
    let _listens = js::window().add_event_listener_with_callback("popstate", &shut);
    shut
}

fn add(into: &HtmlElement, name: &str, class: &str) -> HtmlElement {
    #[expect(clippy::expect_used, reason = "the names are ours")]
    let element: HtmlElement = js::document().create_element(name).expect("a known name").unchecked_into();
    if !class.is_empty() {
        element.set_class_name(class);
    }
    let _added = into.append_child(&element);
    element
}

fn set(element: &HtmlElement, attributes: &[(&str, &str)]) {
    for (name, value) in attributes {
        let _set = element.set_attribute(name, value);
    }
}

fn say(element: &HtmlElement, text: &str) {
    element.set_text_content(Some(text));
}

fn style(element: &HtmlElement, css: &str) {
    element.style().set_css_text(css);
}

fn style_more(element: &HtmlElement, name: &str, value: &str) {
    let _set = element.style().set_property(name, value);
}

fn style_mark(mark: &HtmlElement, look: &str) {
    style(mark, &["width:32px;height:32px;transition:background-color var(--calm);", look].concat());
}

fn spinner(mark: &HtmlElement) {
    let turning = add(mark, "span", "spinner");
    style(&turning, "margin:0");
}

fn cross(button: &HtmlElement) {
    drawn(button, "M6 6l12 12M18 6L6 18");
}

fn drawn(into: &HtmlElement, path: &str) {
    const SVG: &str = "http://www.w3.org/2000/svg";
    let shape = |name: &str, attributes: &[(&str, &str)]| {
        let element = js::document().create_element_ns(Some(SVG), name).ok()?;
        for (name, value) in attributes {
            let _set = element.set_attribute(name, value);
        }
        Some(element)
    };
    let outer = [
        ("viewBox", "0 0 24 24"),
        ("width", "22"),
        ("height", "22"),
        ("fill", "none"),
        ("stroke", "currentColor"),
        ("stroke-width", "2.4"),
        ("stroke-linecap", "round"),
        ("stroke-linejoin", "round"),
        ("aria-hidden", "true"),
    ];
    if let (Some(svg), Some(line)) = (shape("svg", &outer), shape("path", &[("d", path)])) {
        let _added = svg.append_child(&line);
        let _added = into.append_child(&svg);
    }
}
