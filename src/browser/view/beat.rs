//! What is done at each tick of the page's clock.
//!
//! A signal keeps books of who has read it, and writes them anew whenever it changes: for what changes every second of a page that
//! somebody only looks at, that was all of the page's work. Here nothing is written down, so a tick makes nothing.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::on_cleanup;

/// What hears the ticks.
pub(super) type Hearer = Rc<RefCell<Box<dyn FnMut()>>>;

thread_local! {
    /// With gaps where somebody has gone.
    static HEARERS: RefCell<Vec<Option<Hearer>>> = const { RefCell::new(Vec::new()) };
}

/// Has it hear the ticks until whatever surrounds it is cleaned up.
pub(super) fn hear(hearer: Hearer) {
    let place = HEARERS.with_borrow_mut(|hearers| {
        let place = hearers.iter().position(Option::is_none).unwrap_or_else(|| {
            hearers.push(None);
            hearers.len() - 1
        });
        hearers[place] = Some(hearer);
        place
    });
    on_cleanup(move || {
        // What ends with it may end others: it goes when this is over.
        let _ended = HEARERS.with_borrow_mut(|hearers| hearers[place].take());
    });
}

/// Tells everybody that the clock has ticked.
pub(crate) fn tick() {
    let mut place = 0;
    // Who hears it may come or go meanwhile.
    while let Some(hearer) = HEARERS.with_borrow(|hearers| hearers.get(place).cloned()) {
        if let Some(hearer) = hearer
            && let Ok(mut run) = hearer.try_borrow_mut()
        {
            run();
        }
        place += 1;
    }
}
