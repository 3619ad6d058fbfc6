//! The static frame, until the page takes its place and after that: its skeletons stand in for what is not there yet.

use std::cell::OnceCell;

use web_sys::{Element, HtmlElement};

use super::dom;
use super::view::El;

/// What the tab bar covers at the foot of the window.
const TAB_BAR_PX: f64 = 58.0;

thread_local! {
    static FRAME: OnceCell<Element> = const { OnceCell::new() };
}

/// Keeps the frame, while it still stands in the document.
pub(crate) fn keep(root: &HtmlElement) {
    if let Some(frame) = root.first_element_child() {
        // Tests mean the page's buttons, and both stand in the document for a moment.
        while let Ok(Some(named)) = frame.query_selector("[data-testid]") {
            let _ = named.remove_attribute("data-testid");
        }
        FRAME.with(|kept| kept.set(frame)).ok();
    }
}

/// Takes it out of the document.
pub(crate) fn take_out() {
    FRAME.with(|kept| kept.get().map(Element::remove));
}

/// Whether a piece of the page that has not been asked for can be seen: below the first screen a skeleton stands for it.
pub(crate) fn is_waited_for() -> bool {
    let found = dom::document().query_selector("main>.section>section[aria-hidden]").ok().flatten();
    let height = dom::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    found.is_some_and(|found| found.get_bounding_client_rect().top() < height - TAB_BAR_PX)
}

/// What the frame shows for a page: under its head, or the `last` part of that alone.
pub(crate) fn skeleton(page: &str, last: bool) -> Option<El> {
    let part = if last { ">:last-child" } else { "" };
    let selector = ["main>.frame__for--", page, part].concat();
    let found =
        FRAME.with(|kept| kept.get()?.query_selector(&selector).ok().flatten()).or_else(|| packed(&selector))?;
    let copy = El::of(found.clone_node_with_deep(true).ok()?);
    // By its class it is hidden unless the document began with this page.
    Some(if last { copy } else { copy.attr("class", "") })
}

/// The same of the frames that the server put aside as text, since the document began with another page.
fn packed(selector: &str) -> Option<Element> {
    let frames = dom::document().create_element("div").ok()?;
    frames.set_inner_html(&dom::by_id("packed")?.text_content()?);
    frames.query_selector(selector).ok().flatten()
}
