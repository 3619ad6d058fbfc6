//! The campaign page.
//!
//! `pages → state → api → contract → domain` and `pages → features → ui`: rules live in `carnival-domain`, state is
//! owned in `state`, views only show and ask, and the world is touched in `browser`, `host` and `api`.

mod api;
mod app;
#[cfg(feature = "mock-api")]
mod bench;
mod browser;
#[cfg(feature = "count-allocations")]
mod counting;
mod features;
mod host;
mod later;
mod pages;
mod rest;
mod routes;
mod state;
mod text;
mod ui;
mod var;

/// A page allocates much and little of it at a time: constant time for each, and little code.
#[cfg(all(target_arch = "wasm32", not(feature = "count-allocations")))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start();
}
