//! For a test and a benchmark, in a build of their own: how often the page has asked for memory.

use std::alloc::System;

use js_sys::Reflect;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use wasm_bindgen::closure::Closure;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Puts `__bench_allocations` on the window: it says how often memory was asked for.
pub(crate) fn expose() {
    let count = Closure::<dyn Fn() -> f64>::new(|| {
        let stats = ALLOCATOR.stats();
        (stats.allocations + stats.reallocations) as f64
    });
    let _ = Reflect::set(&js_sys::global(), &"__bench_allocations".into(), &count.into_js_value());
}
