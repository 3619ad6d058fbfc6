//! The page's side module for winners: a sheet with the form that says where a prize goes. The page loads it when a winner
//! taps for it, so nobody else pays for it; for the same reason its words are its own, in both languages.
//!
//! It speaks to the page in plain JavaScript values: `open({ prize, entry, keep_days, in_english, submit })` shows the sheet.
//! `submit({ name, phone, address })` gives a promise of a text: empty when the address is kept, the word of a field that
//! the back end did not take, or a sentence for the winner. What the winner wrote stays in the form until it is kept, also
//! if the sheet is closed meanwhile; it is in no storage.

mod field;
mod form;
mod js;
pub mod words;

use std::cell::RefCell;

use carnival_domain::delivery::DeliveryForm;
use wasm_bindgen::prelude::*;

use form::Form;
use words::Words;

/// What the sheet is for.
#[derive(Clone)]
struct Asked {
    prize: String,
    entry: String,
    keep_days: String,
    words: &'static Words,
    submit: JsValue,
}

thread_local! {
    /// What was written for a prize and not kept yet.
    static DRAFT: RefCell<Option<(String, DeliveryForm)>> = const { RefCell::new(None) };
}

/// Shows the sheet. One that is open is put away: its draft is kept.
#[wasm_bindgen]
pub fn open(settings: &JsValue) {
    form::put_away();
    let asked = Asked {
        prize: js::text(settings, "prize"),
        entry: js::text(settings, "entry"),
        keep_days: js::text(settings, "keep_days"),
        words: Words::of(js::truth(settings, "in_english")),
        submit: js::get(settings, "submit"),
    };
    Form::show(asked);
}

fn draft_of(entry: &str) -> Option<DeliveryForm> {
    DRAFT.with_borrow(|draft| draft.as_ref().filter(|(of, _)| of == entry).map(|(_, form)| form.clone()))
}

fn keep_draft(entry: &str, form: Option<DeliveryForm>) {
    DRAFT.set(form.map(|form| (entry.to_owned(), form)));
}
