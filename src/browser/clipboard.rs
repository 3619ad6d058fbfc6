//! Copying, by the best way this browser has.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

use super::dom;

/// Copies a text; says whether that worked. Must be called from a tap.
///
/// Chats and old engines have no `navigator.clipboard` or refuse it, so the old way comes second. Where both fail
/// the caller shows the text for the participant to select.
pub(crate) async fn copy(text: &str) -> bool {
    // The old way first where there is no new one: it needs the tap that is still going on.
    let Some(clipboard) = clipboard() else { return copy_by_selection(text) };
    match JsFuture::from(clipboard.write_text(text)).await {
        Ok(_) => true,
        Err(_) => copy_by_selection(text),
    }
}

fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator = dom::window().navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    let write_text = Reflect::get(&clipboard, &"writeText".into()).ok()?;
    write_text.is_function().then(|| clipboard.unchecked_into())
}

fn copy_by_selection(text: &str) -> bool {
    let document = dom::document();
    let (Some(body), Ok(element)) = (document.body(), document.create_element("textarea")) else { return false };
    let field: HtmlTextAreaElement = element.unchecked_into();
    let focused = dom::focused();
    field.set_value(text);
    // iOS selects nothing in a field that can't be edited, and zooms in on letters under 16 px.
    field.style().set_css_text("position:fixed;top:0;left:0;opacity:0;font-size:16px");
    let _ = body.append_child(&field);
    field.select();
    let _ = field.set_selection_range(0, text.encode_utf16().count() as u32);
    let copied = exec_command(&document).is_ok_and(|copied| copied.is_truthy());
    field.remove();
    // What was tapped has it again: a sheet that opens now gives it back to there.
    if let Some(focused) = focused {
        let _ = focused.focus();
    }
    copied
}

/// `execCommand` stands on HTML documents only, for which `web_sys` has a type of its own.
fn exec_command(document: &web_sys::Document) -> Result<JsValue, JsValue> {
    let command = Reflect::get(document, &"execCommand".into())?.dyn_into::<js_sys::Function>()?;
    command.call1(document, &"copy".into())
}
