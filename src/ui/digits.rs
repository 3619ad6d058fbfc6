//! A number of fixed width that changes in place.

use std::rc::Rc;

use super::{El, each_tick, effect, el};
use crate::browser::roll::Roll;
use crate::text::{countdown_digit, countdown_units, countdown_wheel};

/// Digits that count down. Each stands in a cell of its own: a tick changes texts, and no box moves. `picture` is
/// `COUNTDOWN` or `COUNTDOWN_LONG`.
pub(crate) fn digits(picture: &'static str, remaining_ms: impl Fn() -> i64 + 'static) -> El {
    each_tick(|| cells(picture, Rc::new(remaining_ms), None))
}

/// The same where digits can roll by themselves: each is a strip that the compositor moves, and a tick only looks whether
/// it is right. The main thread draws nothing, and however busy it is the time stays true. The text stands hidden under
/// each strip, as exact as the ticks.
pub(crate) fn rolling_digits(picture: &'static str, remaining_ms: impl Fn() -> i64 + 'static) -> Option<El> {
    let remaining_ms: Rc<dyn Fn() -> i64> = Rc::new(remaining_ms);
    let (units, step_ms) = countdown_units(picture);
    let mut roll = Roll::new(units.first().map_or(0, |(unit, count)| unit * count));
    each_tick(move || {
        let digits = cells(picture, Rc::clone(&remaining_ms), Some(&mut roll)).attr("data-rolls", "");
        let can_roll = roll.is_whole();
        // Strips round down, and what is left is shown rounded up: each digit comes a step after its own time.
        effect(move || roll.keep(remaining_ms() + step_ms));
        can_roll.then_some(digits)
    })
}

fn cells(picture: &'static str, remaining_ms: Rc<dyn Fn() -> i64>, mut roll: Option<&mut Roll>) -> El {
    let mut digits = el("span", "digits").attr("aria-hidden", "true");
    for (place, shape) in picture.bytes().enumerate() {
        let is_after_point = picture.as_bytes().get(place.wrapping_sub(1)) == Some(&b'.');
        let class = match shape {
            b'0' if is_after_point => "digits__cell digits__cell--tenth",
            b'0' => "digits__cell",
            _ => "digits__mark",
        };
        let remaining_ms = Rc::clone(&remaining_ms);
        let text = move || countdown_digit(picture, place, remaining_ms());
        let wheel = roll.as_deref_mut().zip(countdown_wheel(picture, place));
        digits = digits.child(match wheel {
            Some((roll, (digit_ms, count))) => {
                let strip = el("b", "digits__strip");
                roll.add(&strip, digit_ms, count);
                let window = el("b", "digits__window").child(strip);
                el("b", class).child(el("span", "digits__text").text_with(text)).child(window)
            }
            None => el("b", class).text_with(text),
        });
    }
    digits
}
