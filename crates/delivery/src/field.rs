//! A field: its label, where one writes, and what is said of it beside it.
//!
//! Its styles are set through the style object, which a content security policy leaves alone, and from the page's tokens.

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::js;

/// 16 px, or iOS zooms in on what is written in.
const INPUT: &str = "display:block;width:100%;min-height:48px;padding:11px 12px;border:1px solid var(--line);\
    border-radius:var(--radius-s);background:var(--white);color:var(--ink);font:16px/1.5 var(--font);\
    -webkit-appearance:none;resize:none";
const LABEL: &str = "display:block;margin:12px 0 4px;font-weight:700";
const NOTE: &str = "min-height:20px;margin-top:2px;font-size:13px;line-height:20px";
/// The keyboard needs this long to come up; only then is it known what it leaves to see, ms.
const KEYBOARD_MS: i32 = 350;

/// What a field is.
pub(crate) struct Kind {
    /// Its word in the contract and in its id.
    pub(crate) word: &'static str,
    /// What browsers fill it in with.
    pub(crate) autocomplete: &'static str,
    /// Whether it is a telephone number.
    pub(crate) is_phone: bool,
    /// The lines it shows; one is a plain input.
    pub(crate) line_count: u32,
    /// The most characters.
    pub(crate) length_max: usize,
}

/// A field that stands in the sheet.
#[derive(Clone)]
pub(crate) struct Field {
    input: HtmlElement,
    note: HtmlElement,
}

impl Field {
    pub(crate) fn add(into: &HtmlElement, kind: &Kind, label: &str, hint: &str, written: &str) -> Self {
        let id = ["delivery-", kind.word].concat();
        let note_id = [&id, "-note"].concat();
        let name = js::add(into, "label", "", label);
        name.style().set_css_text(LABEL);
        js::set(&name, &[("for", &id)]);
        let input = js::add(into, if kind.line_count > 1 { "textarea" } else { "input" }, "", "");
        input.style().set_css_text(INPUT);
        let most = kind.length_max.to_string();
        js::set(
            &input,
            &[
                ("id", &id),
                ("name", kind.word),
                ("data-testid", &id),
                ("autocomplete", kind.autocomplete),
                ("maxlength", &most),
                ("placeholder", hint),
                ("aria-describedby", &note_id),
                ("aria-required", "true"),
            ],
        );
        if kind.is_phone {
            js::set(&input, &[("type", "tel"), ("inputmode", "tel")]);
        }
        if kind.line_count > 1 {
            js::set(&input, &[("rows", &kind.line_count.to_string())]);
        }
        let note = js::add(into, "p", "", "");
        note.style().set_css_text(NOTE);
        js::set(&note, &[("id", &note_id), ("role", "status")]);
        let field = Self { input, note };
        field.write(written);
        let shown = field.input.clone();
        js::listen(&field.input, "focus", move |_| {
            let shown = shown.clone();
            js::after_ms(KEYBOARD_MS, move || shown.scroll_into_view_with_bool(false));
        });
        field
    }

    pub(crate) fn written(&self) -> String {
        match self.input.dyn_ref::<HtmlInputElement>() {
            Some(input) => input.value(),
            None => self.input.unchecked_ref::<HtmlTextAreaElement>().value(),
        }
    }

    fn write(&self, text: &str) {
        match self.input.dyn_ref::<HtmlInputElement>() {
            Some(input) => input.set_value(text),
            None => self.input.unchecked_ref::<HtmlTextAreaElement>().set_value(text),
        }
    }

    pub(crate) fn on_input(&self, mut run: impl FnMut() + 'static) {
        js::listen(&self.input, "input", move |_| run());
    }

    /// Says something beside the field, or nothing.
    pub(crate) fn say(&self, words: &str, is_wrong: bool) {
        self.note.set_text_content(Some(words));
        let _set = self.note.style().set_property("color", if is_wrong { "var(--red-deep)" } else { "var(--muted)" });
        let _set = self.input.style().set_property("border-color", if is_wrong { "var(--red)" } else { "var(--line)" });
        js::set(&self.input, &[("aria-invalid", if is_wrong { "true" } else { "false" })]);
    }

    pub(crate) fn focus(&self) {
        let _focused = self.input.focus();
    }
}
