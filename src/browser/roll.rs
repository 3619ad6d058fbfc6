//! Strips that roll by themselves: once they are set going, the compositor moves them, and the page does nothing.

use std::cell::Cell;

use carnival_domain::number::plain;
use js_sys::JSON;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::timer;
use super::view::El;

/// What the strips show may be wrong by so much before they are set right, ms: a frame or two, and less than a tenth.
const TOLERANCE_MS: f64 = 40.0;
#[wasm_bindgen]
extern "C" {
    type Strip;
    #[wasm_bindgen(method, catch)]
    fn animate(this: &Strip, frames: &JsValue, timing: &JsValue) -> Result<Rolling, JsValue>;
    pub(super) type Rolling;
    #[wasm_bindgen(method, setter, js_name = startTime)]
    fn set_start_time(this: &Rolling, ms: f64);
    #[wasm_bindgen(method, getter, js_name = currentTime)]
    fn current_time(this: &Rolling) -> Option<f64>;
    #[wasm_bindgen(method)]
    fn cancel(this: &Rolling);
}

/// Strips that roll together, each through its digits as often as fits into the whole. They stop when they are dropped.
pub(crate) struct Roll {
    strips: Vec<Rolling>,
    can_roll: bool,
    whole_ms: i64,
    /// When they began, by the monotonic clock.
    started_ms: Cell<f64>,
}

impl Roll {
    /// Nothing that rolls yet; all of it is over after so long.
    pub(crate) fn new(whole_ms: i64) -> Self {
        Self { strips: Vec::new(), can_roll: true, whole_ms: whole_ms.max(1), started_ms: Cell::new(0.0) }
    }

    /// Whether all strips roll: Safari before 13.1 can't.
    pub(crate) fn is_whole(&self) -> bool {
        self.can_roll
    }

    /// Lets a strip roll, from its highest digit to zero and again: there are `count` digits, and each stands for
    /// `digit_ms`.
    pub(crate) fn add(&mut self, strip: &El, digit_ms: i64, count: i64) {
        // The whole of the strip is ten digits long, and one that has fewer begins so much later.
        let from = (10 - count) * 10;
        let number = |number: i64| plain(number.unsigned_abs());
        let frames = ["[{\"transform\":\"translateY(-", &number(from), "%)\"},{\"transform\":\"translateY(-100%)\"}]"];
        let turn_ms = digit_ms * count;
        let timing = [
            "{\"duration\":",
            &number(turn_ms),
            ",\"iterations\":",
            &number(self.whole_ms / turn_ms),
            ",\"easing\":\"steps(",
            &number(count),
            ")\",\"fill\":\"both\"}",
        ];
        match begun(strip.element(), &frames.concat(), &timing.concat()) {
            Ok(rolling) => self.strips.push(rolling),
            Err(_) => self.can_roll = false,
        }
    }

    /// Sets all to where they have to be with so much left, unless they are there.
    pub(crate) fn keep(&self, left_ms: i64) {
        // Over is over, however long ago; and of what is more than the digits can say they say the last ones.
        // In whole numbers: what is left over of a fraction is the work of two kilobytes, and of an integer an instruction.
        let aim = (self.whole_ms - left_ms % self.whole_ms).min(self.whole_ms) as f64;
        let current = self.strips.first().and_then(Rolling::current_time);
        let started = match current {
            Some(current) if self.started_ms.get() != 0.0 => {
                let ahead = current.min(self.whole_ms as f64) - aim;
                if ahead.abs() < TOLERANCE_MS {
                    return;
                }
                self.started_ms.get() + ahead
            }
            _ => timer::monotonic_ms() - aim,
        };
        self.started_ms.set(started);
        for strip in &self.strips {
            strip.set_start_time(started);
        }
    }
}

/// Begins an animation: its frames and its timing are JSON. An engine that has none says so.
pub(super) fn begun(strip: &Element, frames: &str, timing: &str) -> Result<Rolling, JsValue> {
    strip.unchecked_ref::<Strip>().animate(&JSON::parse(frames)?, &JSON::parse(timing)?)
}

impl Drop for Roll {
    fn drop(&mut self) {
        for strip in &self.strips {
            strip.cancel();
        }
    }
}
