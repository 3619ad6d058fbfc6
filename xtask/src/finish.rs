//! Trunk's last step: what it left in the staging directory becomes the final page.
//!
//! Style and loader go inline, because each request before the first paint costs a round trip; the module and its
//! glue are named after their final bytes, so that a cache may keep them for ever.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process;
use crate::tools::npm;
use crate::{glue, html, places, stamp};

/// What Trunk calls the page: the binary's name.
const NAME: &str = "carnival-page";

/// The oldest engines, in esbuild's words. It believes that Safari can't destructure before 14.1, for a bug in a
/// corner that the glue does not touch, and can't lower it; hence the exception.
const SCRIPT_TARGET: [&str; 3] = ["--minify", "--target=es2017,chrome64,safari12", "--supported:destructuring=true"];
const STYLE_TARGET: [&str; 3] = ["--bundle", "--minify", "--target=chrome64,safari12"];

/// Runs inside Trunk, before it moves the staging directory to its place.
pub(crate) fn run() -> Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").context("this hook is called by Trunk")?;
    let staging = PathBuf::from(staging);
    let glue = hashed(&staging, &format!("{NAME}.js"), |path| {
        fs::write(path, glue::follow_growing_memory(&fs::read_to_string(path)?)?)?;
        esbuild(path, &SCRIPT_TARGET)
    })?;
    let module = hashed(&staging, &format!("{NAME}_bg.wasm"), |path| Ok(fs::read(path)?))?;

    let style = text(esbuild(&places::root().join("style/main.css"), &STYLE_TARGET)?)?;
    let boot = text(esbuild(&places::root().join("src/boot.js"), &["--minify", "--target=es5"])?)?;
    let boot = boot.replace("{{glue}}", &format!("/{glue}")).replace("{{module}}", &format!("/{module}"));

    let index = staging.join("index.html");
    let page = html::finish(&fs::read_to_string(&index)?, style.trim(), boot.trim())?;
    fs::write(&index, page)?;
    Ok(())
}

/// Replaces a staged file by its final form, named after its hash, and returns the new name.
fn hashed(staging: &Path, name: &str, make: impl FnOnce(&Path) -> Result<Vec<u8>>) -> Result<String> {
    let path = staging.join(name);
    if !path.is_file() {
        bail!("Trunk left no {name}");
    }
    let bytes = make(&path)?;
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let final_name = format!("{NAME}-{}.{extension}", stamp::content_hash(&bytes));
    fs::write(staging.join(&final_name), bytes)?;
    fs::remove_file(path)?;
    Ok(final_name)
}

fn esbuild(path: &Path, flags: &[&str]) -> Result<Vec<u8>> {
    let mut esbuild = npm::esbuild()?;
    esbuild.arg(path).args(flags).args(["--charset=utf8", "--log-level=warning"]);
    process::output(&mut esbuild, &format!("esbuild on {}", path.display()))
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).context("esbuild printed something that is not text")
}
