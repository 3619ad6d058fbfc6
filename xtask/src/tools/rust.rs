//! The compiler's own parts: the wasm target, and the standard library's source, which the page's build recompiles.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process::{self, command, say};

/// Asks rustup for the parts that are missing.
pub(crate) fn ensure() -> Result<()> {
    let rustlib = sysroot()?.join("lib/rustlib");
    if !rustlib.join("wasm32-unknown-unknown/lib").is_dir() {
        say("Adding Rust's wasm32 target (once, under a minute)");
        rustup(&["target", "add", "wasm32-unknown-unknown"])?;
    }
    if !rustlib.join("src/rust/library/std/src").is_dir() {
        say("Adding the source of Rust's standard library (once, seconds)");
        rustup(&["component", "add", "rust-src"])?;
    }
    Ok(())
}

fn sysroot() -> Result<PathBuf> {
    let printed = process::output(command("rustc").args(["--print", "sysroot"]), "rustc")
        .context("no Rust compiler: install one with rustup from https://rustup.rs, then run this again")?;
    Ok(PathBuf::from(String::from_utf8(printed)?.trim()))
}

fn rustup(arguments: &[&str]) -> Result<()> {
    let line = arguments.join(" ");
    if process::which("rustup").is_none() {
        bail!(
            "`rustup {line}` is needed but rustup isn't here: install it from https://rustup.rs, then run this again"
        );
    }
    process::run(command("rustup").args(arguments), "rustup")
        .with_context(|| format!("Rust's part could not be added: run `rustup {line}` where there is a network"))
}
