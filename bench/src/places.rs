//! Where things are.

use std::path::{Path, PathBuf};

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Cargo's output, wherever the environment put it.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Figures and plots.
pub(crate) fn results() -> PathBuf {
    root().join("target/bench")
}

/// Databases, made anew by each run and deleted after it. On the disk that the results are on: what is in memory needs no
/// sync, and would prove nothing.
pub(crate) fn run() -> PathBuf {
    results().join("run")
}

/// The server, as it is put into production.
pub(crate) fn server() -> PathBuf {
    target().join("release/carnival")
}

/// The campaign that is played.
pub(crate) fn campaign() -> PathBuf {
    root().join("bench/campaign.toml")
}

/// What the load generator does.
pub(crate) fn script() -> PathBuf {
    root().join("bench/lua/requests.lua")
}

/// The page's files that the server's own tests serve: the page is not what is measured here.
pub(crate) fn site() -> PathBuf {
    root().join("server/tests/site")
}
