//! The sheet: shown, filled in, sent, put away.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use carnival_domain::delivery::{ADDRESS_MAX, DeliveryField, DeliveryForm, NAME_MAX, PHONE_MAX, is_mainland_mobile};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, HtmlElement, KeyboardEvent};

use crate::field::{Field, Kind};
use crate::{Asked, draft_of, js, keep_draft};

const FIELDS: [(DeliveryField, Kind); 3] = [
    (
        DeliveryField::Name,
        Kind { word: "name", autocomplete: "name", is_phone: false, line_count: 1, length_max: NAME_MAX },
    ),
    (
        DeliveryField::Phone,
        Kind { word: "phone", autocomplete: "tel", is_phone: true, line_count: 1, length_max: PHONE_MAX },
    ),
    (
        DeliveryField::Address,
        Kind {
            word: "address",
            autocomplete: "street-address",
            is_phone: false,
            line_count: 3,
            length_max: ADDRESS_MAX,
        },
    ),
];
/// Digits after which a number is worth a second look.
const LOOKED_AT: usize = 11;

/// A sheet that stands on the page.
pub(crate) struct Form {
    asked: Asked,
    layer: HtmlElement,
    fields: Vec<Field>,
    submit: HtmlElement,
    said: HtmlElement,
    is_sending: Cell<bool>,
    /// Who had the focus before.
    opener: Option<HtmlElement>,
}

thread_local! {
    static SHOWN: RefCell<Option<Rc<Form>>> = const { RefCell::new(None) };
}

/// Puts a sheet away, if there is one; what was written stays as its draft.
pub(crate) fn put_away() {
    let Some(form) = SHOWN.take() else { return };
    form.layer.remove();
    if let Some(opener) = &form.opener {
        let _focused = opener.focus();
    }
}

impl Form {
    pub(crate) fn show(asked: Asked) {
        let Some(body) = js::document().body() else { return };
        let opener = js::document().active_element().and_then(|element| element.dyn_into().ok());
        let words = asked.words;
        let layer = js::add(&body, "div", "overlay", "");
        // The scrim only dims: a tap beside the sheet must not throw away what somebody wrote.
        js::add(&layer, "div", "overlay__scrim", "");
        let sheet = js::add(&layer, "form", "sheet", "");
        js::set(
            &sheet,
            &[
                ("role", "dialog"),
                ("aria-modal", "true"),
                ("aria-label", words.title),
                ("novalidate", ""),
                ("data-testid", "delivery"),
            ],
        );
        let head = js::add(&sheet, "div", "sheet__head", "");
        js::add(&head, "h2", "sheet__title", words.title);
        let close = js::add(&head, "button", "button button--quiet", words.close);
        js::set(&close, &[("type", "button"), ("data-testid", "delivery-close")]);
        js::listen(&close, "click", |_| put_away());
        js::add(&sheet, "p", "hint", &words.what_is_kept(&asked.prize, &asked.keep_days));

        let draft = draft_of(&asked.entry);
        let fields = FIELDS.iter().map(|(field, kind)| {
            let (label, hint) = match field {
                DeliveryField::Name => (words.name, ""),
                DeliveryField::Phone => (words.phone, ""),
                DeliveryField::Address => (words.address, words.address_hint),
            };
            let written = draft.as_ref().map_or("", |draft| part(draft, *field));
            Field::add(&sheet, kind, label, hint, written)
        });
        let fields: Vec<_> = fields.collect();
        let said = js::add(&sheet, "p", "hint", "");
        js::set(&said, &[("role", "alert"), ("data-tone", "refused")]);
        let submit = js::add(&sheet, "button", "button", words.submit);
        js::set(&submit, &[("type", "submit"), ("data-testid", "delivery-submit")]);
        let _set = submit.style().set_property("width", "100%");
        let form = Rc::new(Self { asked, layer, fields, submit, said, is_sending: Cell::new(false), opener });
        form.listen(&sheet);
        form.fields[0].focus();
        SHOWN.set(Some(form));
    }

    fn listen(self: &Rc<Self>, sheet: &HtmlElement) {
        for field in &self.fields {
            let form = self.clone();
            field.on_input(move || form.written_on());
        }
        let form = self.clone();
        js::listen(sheet, "submit", move |event| {
            event.unchecked_ref::<Event>().prevent_default();
            form.send();
        });
        js::listen(&self.layer, "keydown", |event| {
            if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                put_away();
            }
        });
    }

    fn form(&self) -> DeliveryForm {
        let written = |place: usize| self.fields.get(place).map(Field::written).unwrap_or_default();
        DeliveryForm { name: written(0), phone: written(1), address: written(2) }
    }

    /// What was said of a field is no longer true of what it holds now.
    fn written_on(&self) {
        let form = self.form();
        for field in &self.fields {
            field.say("", false);
        }
        let digits = form.phone.bytes().filter(u8::is_ascii_digit).count();
        if digits >= LOOKED_AT && !is_mainland_mobile(&form.phone) {
            self.fields[1].say(self.asked.words.unusual_phone, false);
        }
        self.said.set_text_content(None);
        keep_draft(&self.asked.entry, Some(form));
    }

    fn send(self: &Rc<Self>) {
        if self.is_sending.get() {
            return;
        }
        let form = match self.form().checked() {
            Ok(form) => form,
            Err(field) => return self.refuse(field),
        };
        let members = [("name", &*form.name), ("phone", &*form.phone), ("address", &*form.address)];
        let Some(answer) = js::ask(&self.asked.submit, &js::object(&members)) else {
            return self.said.set_text_content(Some(self.asked.words.failed));
        };
        self.set_sending(true);
        let shown = self.clone();
        spawn_local(async move {
            let answer = JsFuture::from(answer).await.ok().and_then(|answer: JsValue| answer.as_string());
            shown.set_sending(false);
            shown.answered(answer.as_deref());
        });
    }

    fn answered(&self, answer: Option<&str>) {
        let refused = FIELDS.iter().find(|(field, _)| Some(field.as_str()) == answer);
        match (answer, refused) {
            (Some(""), _) => {
                keep_draft(&self.asked.entry, None);
                put_away();
            }
            (_, Some((field, _))) => self.refuse(*field),
            (Some(sentence), None) => self.said.set_text_content(Some(sentence)),
            (None, None) => self.said.set_text_content(Some(self.asked.words.failed)),
        }
    }

    fn refuse(&self, wrong: DeliveryField) {
        for ((field, _), shown) in FIELDS.iter().zip(&self.fields) {
            if *field == wrong {
                shown.say(self.asked.words.wrong(wrong), true);
                shown.focus();
            }
        }
    }

    fn set_sending(&self, is_sending: bool) {
        self.is_sending.set(is_sending);
        let words = self.asked.words;
        self.submit.set_text_content(Some(if is_sending { words.submitting } else { words.submit }));
        js::set(&self.submit, &[("aria-busy", if is_sending { "true" } else { "false" })]);
    }
}

fn part(form: &DeliveryForm, field: DeliveryField) -> &str {
    match field {
        DeliveryField::Name => &form.name,
        DeliveryField::Phone => &form.phone,
        DeliveryField::Address => &form.address,
    }
}
