//! Long work in turns. Between two of them the engine draws, and feels fingers: on a cheap phone what mounts a page takes a
//! third of a second, and most of that is compiling what is called for the first time.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use js_sys::Promise;
use leptos::prelude::{Owner, untrack};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::timer;

type Turn = Box<dyn FnOnce()>;

thread_local! {
    /// When this turn began, on the monotonic clock.
    static BEGAN_MS: Cell<f64> = const { Cell::new(0.0) };
    /// What waits for its turn while a page is put together.
    static WAITING: RefCell<Option<VecDeque<Turn>>> = const { RefCell::new(None) };
}

/// What a turn may last before the next piece gets one of its own, ms. A phone that needs no turns has none.
const LONG_MS: f64 = 24.0;

/// Ends this turn if it is a long one: what follows is another task then.
pub(crate) async fn end() {
    if timer::monotonic_ms() - BEGAN_MS.get() > LONG_MS {
        next().await;
    }
}

/// Ends this turn: what follows is another task.
pub(crate) async fn next() {
    let _ = JsFuture::from(timer::promise_after(0)).await;
    BEGAN_MS.set(timer::monotonic_ms());
}

/// Begins to put something together whose pieces wait for their turns.
pub(crate) fn collect<T>(build: impl FnOnce() -> T) -> T {
    WAITING.set(Some(VecDeque::new()));
    build()
}

/// A piece of the work: in a turn of its own while something is put together, and else at once. What it makes belongs to
/// what surrounds it here.
pub(crate) fn piece(work: impl FnOnce() + 'static) {
    let owner = Owner::current();
    let turn: Turn = Box::new(move || match owner {
        Some(owner) => owner.with(|| untrack(work)),
        None => untrack(work),
    });
    let now = WAITING.with_borrow_mut(|waiting| match waiting {
        Some(waiting) => {
            waiting.push_back(turn);
            None
        }
        None => Some(turn),
    });
    if let Some(turn) = now {
        turn();
    }
}

/// Lets all pieces have their turns, those too that come up meanwhile.
pub(crate) async fn take_all() {
    loop {
        end().await;
        match WAITING.with_borrow_mut(|waiting| waiting.as_mut()?.pop_front()) {
            Some(turn) => {
                turn();
                // What it set has its effects before the turn is measured.
                let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
            }
            None => break,
        }
    }
    WAITING.set(None);
}
