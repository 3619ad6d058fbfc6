//! A number of fixed width that changes in place.

use std::rc::Rc;

use super::{El, el};
use crate::text::countdown_digit;

/// Digits that count down. Each stands in a cell of its own: a tick changes texts, and no box moves. `picture` is
/// `COUNTDOWN` or `COUNTDOWN_LONG`.
pub(crate) fn digits(picture: &'static str, remaining_ms: impl Fn() -> i64 + 'static) -> El {
    let remaining_ms = Rc::new(remaining_ms);
    let mut digits = el("span", "digits").attr("aria-hidden", "true");
    for (place, shape) in picture.bytes().enumerate() {
        let is_after_point = picture.as_bytes().get(place.wrapping_sub(1)) == Some(&b'.');
        let class = match shape {
            b'0' if is_after_point => "digits__cell digits__cell--tenth",
            b'0' => "digits__cell",
            _ => "digits__mark",
        };
        let remaining_ms = Rc::clone(&remaining_ms);
        digits = digits.child(el("b", class).text_with(move || countdown_digit(picture, place, remaining_ms())));
    }
    digits
}
