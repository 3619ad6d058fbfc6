//! Where things are. No other file joins a path to the checkout or to the cache by itself.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Cargo's output for the host, wherever the environment put it.
pub(crate) fn host_target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The page's compiler output: apart from the host's, because its flags would else evict each other's work.
pub(crate) fn page_target() -> PathBuf {
    root().join("target/page")
}

/// The production page, which the server embeds.
pub(crate) fn site() -> PathBuf {
    root().join("target/site")
}

/// What the benchmarks leave: figures, plots, and while they run their databases.
pub(crate) fn bench() -> PathBuf {
    root().join("target/bench")
}

/// The static page with the mock API inside.
pub(crate) fn mock_site() -> PathBuf {
    root().join("dist")
}

/// The production page that counts how often it asks for memory.
pub(crate) fn counting_site() -> PathBuf {
    root().join("target/counting-site")
}

/// The server binary of the release build.
pub(crate) fn server_binary() -> PathBuf {
    host_target().join("release").join(format!("carnival{}", std::env::consts::EXE_SUFFIX))
}

/// The platforms' stand-in of the release build.
pub(crate) fn stand_in_binary() -> PathBuf {
    host_target().join("release").join(format!("carnival-stand-in{}", std::env::consts::EXE_SUFFIX))
}

/// Installed tools live outside the checkout, so that `git clean` or a second clone costs no minutes.
pub(crate) fn cache() -> Result<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(cache) = set("CARNIVAL_CACHE") {
        return Ok(cache);
    }
    let base = set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").or_else(|| set("USERPROFILE")).map(|home| home.join(".cache")))
        .context("no home directory to keep tools in: set CARNIVAL_CACHE to a directory and run this again")?;
    Ok(base.join("carnival"))
}
