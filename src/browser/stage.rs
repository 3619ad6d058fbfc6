//! Where the page stands while it is put together: in the document, so that each piece is styled and laid out by itself, and
//! out of sight behind the static frame. All at once that takes an eighth of a second on a cheap phone, in one frame.

use web_sys::HtmlElement;

use super::frame;
use super::view::El;

/// As wide as it will be, cut off at no height, and under the frame: the tab bar is fixed, and not cut off. Nothing in it
/// inherits any of this, so nothing of it is styled or laid out again when it goes.
const OUT_OF_SIGHT: [(&str, &str); 6] = [
    ("position", "absolute"),
    ("z-index", "-1"),
    ("top", "0"),
    ("width", "100%"),
    ("height", "0"),
    ("overflow", "hidden"),
];

/// Puts a page that is being put together behind the frame.
pub(crate) fn put_behind(page: &El, root: &HtmlElement) {
    for (name, value) in OUT_OF_SIGHT {
        page.clone().style(name, value);
    }
    page.put_into(root);
}

/// The page takes the frame's place, between two paints.
pub(crate) fn show(page: &El) {
    frame::take_out();
    let _ = page.element().remove_attribute("style");
}
