//! What lives as long as what surrounds an element: its effects, and who listens to its events.

use std::cell::RefCell;

use leptos::prelude::{RenderEffect, on_cleanup};
use wasm_bindgen::closure::Closure;

/// What is kept.
pub(super) enum Thing {
    Effect { _lives: RenderEffect<()> },
    Listener { _lives: Closure<dyn Fn()> },
}

#[derive(Default)]
struct Places {
    things: Vec<Option<Thing>>,
    free: Vec<usize>,
}

thread_local! {
    /// Leptos would keep them too (`StoredValue`), each with its thread's name on it: there is one thread, and to have a name for
    /// it the standard library brings an allocator of its own.
    static PLACES: RefCell<Places> = RefCell::default();
}

/// Keeps it until whatever surrounds it is cleaned up.
pub(super) fn keep(thing: Thing) {
    let place = PLACES.with_borrow_mut(|places| {
        let place = places.free.pop().unwrap_or_else(|| {
            places.things.push(None);
            places.things.len() - 1
        });
        places.things[place] = Some(thing);
        place
    });
    on_cleanup(move || {
        // What ends with it may keep things too: it goes when this is over.
        let _ended = PLACES.with_borrow_mut(|places| {
            places.free.push(place);
            places.things[place].take()
        });
    });
}
