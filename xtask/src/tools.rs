//! What the page's build needs on this machine, found or installed, each in one exact version.

pub(crate) mod cargo_installed;
pub(crate) mod npm;
pub(crate) mod rust;

use std::path::PathBuf;

use anyhow::Result;

/// The newest Trunk that builds with the pinned compiler.
pub(crate) const TRUNK: &str = "0.21.14";
/// binaryen's `wasm-opt`; Trunk.toml names the same version, so that Trunk takes this one and downloads none.
pub(crate) const BINARYEN: &str = "132.0.0";
/// Minifies script and style and lowers their syntax to the oldest engine.
pub(crate) const ESBUILD: &str = "0.28.2";
/// Parses the shipped scripts as the old engines would.
pub(crate) const ACORN: &str = "8.19.0";
/// Parses style sheets, to find what the old engines would drop from them.
pub(crate) const CSS_TREE: &str = "3.2.1";

/// Everything that a page build calls, by path.
pub(crate) struct Tools {
    /// Trunk itself.
    pub(crate) trunk: PathBuf,
    /// Directories that go first on the build's `PATH`.
    pub(crate) directories: Vec<PathBuf>,
}

impl Tools {
    /// Finds each tool, installing those that are missing.
    pub(crate) fn ensure() -> Result<Self> {
        // The quick questions first: nobody should wait minutes to hear that npm isn't there.
        npm::npm()?;
        npm::node("parse.cjs")?;
        rust::ensure()?;
        let trunk = cargo_installed::trunk()?;
        let wasm_bindgen = cargo_installed::wasm_bindgen()?;
        let binaryen = npm::package("binaryen", BINARYEN)?.join(".bin");
        npm::package("esbuild", ESBUILD)?;
        npm::package("acorn", ACORN)?;
        let beside = |path: &PathBuf| path.parent().map(PathBuf::from);
        let own = std::env::current_exe()?;
        let directories = [beside(&wasm_bindgen), Some(binaryen), beside(&own)].into_iter().flatten().collect();
        Ok(Self { trunk, directories })
    }
}

/// The versions a page depends on besides its sources: a new tool means a new build.
pub(crate) fn versions() -> Result<String> {
    let wasm_bindgen = cargo_installed::locked_version("wasm-bindgen")?;
    Ok(format!("trunk {TRUNK} binaryen {BINARYEN} esbuild {ESBUILD} wasm-bindgen {wasm_bindgen}"))
}
