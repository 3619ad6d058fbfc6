//! The page's side module that checks a draw in the shopper's own browser. The page loads it when somebody asks.
//!
//! `open(draw)` shows a sheet, in which the steps appear one by one; `draw` is the draw's id. A page without a server gives
//! `{ draw, proof, entries }`: the document itself, and its participant's entries in that draw, parted by blanks.
//!
//! What is believed: this module, which came with the page. Proof, list, receipts and key are fetched anew, past what the
//! page knows, and everything in them is computed again.

mod asked;
mod fetch;
mod js;
mod pace;
mod run;
mod sheet;
mod words;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Opens the sheet and begins to check.
#[wasm_bindgen]
pub fn open(asked: &JsValue) {
    let asked = asked::Asked::read(asked);
    let Some(sheet) = sheet::Sheet::open(asked.words()) else { return };
    spawn_local(run::run(asked, sheet));
}
