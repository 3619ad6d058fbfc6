//! Work in slices: the page scrolls, taps are taken and the ticks are painted while a hundred thousand entries are hashed.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use crate::js;

/// How long a slice may be, ms: two of them and the page's own work fit between two frames of 30 a second. A task is
/// called long from 50 ms on.
const SLICE_MS: f64 = 12.0;
/// How long a step is seen at least, ms, where there is so little to do that all would be ticked at once.
const STEP_MS: f64 = 110.0;

pub(crate) struct Pace {
    slice_began: f64,
    step_began: f64,
    /// Whether steps are held so long that they can be followed. With many entries the work itself takes its time.
    pub(crate) is_calm: bool,
}

impl Pace {
    pub(crate) fn begin() -> Self {
        let now = js::now_ms();
        Self { slice_began: now, step_began: now, is_calm: true }
    }

    /// Lets the page live, if this slice is over; says whether it was.
    pub(crate) async fn breathe(&mut self) -> bool {
        let is_over = js::now_ms() - self.slice_began >= SLICE_MS;
        if is_over {
            breath().await;
            self.slice_began = js::now_ms();
        }
        is_over
    }

    /// Ends a step.
    pub(crate) async fn step(&mut self) {
        let left = STEP_MS - (js::now_ms() - self.step_began);
        if self.is_calm && left > 0.0 {
            sleep(left as i32).await;
        }
        self.breathe().await;
        self.step_began = js::now_ms();
    }
}

/// The end of the queue. A timer would wait four milliseconds more each time.
async fn breath() {
    let Ok(channel) = MessageChannel::new() else { return sleep(0).await };
    let promise = Promise::new(&mut |go_on, _| {
        channel.port1().set_onmessage(Some(&go_on));
        let _posted = channel.port2().post_message(&wasm_bindgen::JsValue::NULL);
    });
    let _passed = JsFuture::from(promise).await;
    channel.port1().close();
}

async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |go_on, _| {
        let _timer = js::window().set_timeout_with_callback_and_timeout_and_arguments_0(&go_on, ms);
    });
    let _slept = JsFuture::from(promise).await;
}
