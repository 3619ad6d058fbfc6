//! The wire between the page and a back end: paths, requests, replies and refusals.
//!
//! Any back end that holds these talks alike serves the page: this project's server, the mock API inside
//! the page, or somebody else's. With the feature `scenarios` the talks themselves are here, to be run
//! against each of them.

pub mod api;
pub mod audits;
pub mod error_code;
pub mod events;
pub mod export;
pub mod fans;
pub mod idempotency;
pub mod live;
pub mod paths;
pub mod problem;
pub mod replies;
pub mod requests;
#[cfg(feature = "scenarios")]
pub mod scenarios;
pub mod shop;
pub mod snapshot;
