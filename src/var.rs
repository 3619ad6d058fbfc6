//! Signals that last as long as the page.
//!
//! Leptos' `RwSignal` compiles its whole machinery anew for every type it holds; the page has two dozen of them. Here
//! only the value is generic: who listens is kept by one `ArcTrigger` beside it, whose code is shared. What is made
//! once and never ends needs no arena either, so a handle is a plain reference.

use std::sync::{PoisonError, RwLock};

use leptos::prelude::{ArcTrigger, Get, Memo, Notify, Track};

/// A value that others listen to.
pub(crate) struct Var<T: 'static>(&'static Slot<T>);

struct Slot<T: 'static> {
    trigger: ArcTrigger,
    value: Kept<T>,
}

/// A value that nobody listens to.
pub(crate) struct Kept<T: 'static>(&'static RwLock<T>);

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Var<T> {}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> Var<T> {
    /// A value to listen to.
    pub(crate) fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Slot { trigger: trigger(), value: Kept::new(value) })))
    }

    /// Listens to the value.
    pub(crate) fn listen(self) {
        listen(&self.0.trigger);
    }

    /// Looks at the value, and listens to it.
    pub(crate) fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        listen(&self.0.trigger);
        self.0.value.with(look)
    }

    /// Looks at the value.
    pub(crate) fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        self.0.value.with(look)
    }

    /// Changes the value and tells whoever listens.
    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        self.0.value.update(change);
        tell(&self.0.trigger);
    }

    /// Changes the value and tells whoever listens.
    pub(crate) fn set(self, value: T) {
        self.0.value.set(value);
        tell(&self.0.trigger);
    }
}

impl<T: Clone> Var<T> {
    /// The value; listens to it.
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value.
    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T: PartialEq> Var<T> {
    /// Changes the value unless it is the same, which is no news; says whether it was another one.
    pub(crate) fn set_if_new(self, value: T) -> bool {
        let is_new = self.with_untracked(|known| *known != value);
        if is_new {
            self.set(value);
        }
        is_new
    }
}

impl<T> Kept<T> {
    /// A value to keep.
    pub(crate) fn new(value: T) -> Self {
        Self(Box::leak(Box::new(RwLock::new(value))))
    }

    /// Looks at the value.
    pub(crate) fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the value.
    pub(crate) fn update<U>(self, change: impl FnOnce(&mut T) -> U) -> U {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the value.
    pub(crate) fn set(self, value: T) {
        self.update(|kept| *kept = value);
    }
}

impl<T: Clone> Kept<T> {
    /// The value.
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }
}

#[inline(never)]
fn trigger() -> ArcTrigger {
    ArcTrigger::new()
}

#[inline(never)]
fn listen(trigger: &ArcTrigger) {
    trigger.track();
}

#[inline(never)]
fn tell(trigger: &ArcTrigger) {
    trigger.notify();
}

/// A conclusion drawn from other values, told on only when it is another one. It is a number, so that one memo's code
/// serves all: whoever has something else to tell numbers the cases.
#[derive(Clone, Copy)]
pub(crate) struct Derived(Memo<u32>);

impl Derived {
    /// Draws the conclusion now and whenever what it read has changed.
    pub(crate) fn new(conclude: impl Fn() -> u32 + Send + Sync + 'static) -> Self {
        let conclude: Box<dyn Fn() -> u32 + Send + Sync> = Box::new(conclude);
        Self(Memo::new(move |_| conclude()))
    }

    /// The conclusion; listens to it.
    pub(crate) fn get(self) -> u32 {
        Get::get(&self.0)
    }

    /// Whether the conclusion is yes.
    pub(crate) fn is(self) -> bool {
        self.get() != 0
    }
}
