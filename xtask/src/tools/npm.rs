//! Tools that come from npm, each in a directory of its own, so that one version never disturbs another.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, bail};

use crate::places;
use crate::process::{self, command, say};

/// The `node_modules` that holds the package, installed if it was not there.
pub(crate) fn package(name: &str, version: &str) -> Result<PathBuf> {
    let home = places::cache()?.join("npm").join(format!("{name}-{version}"));
    let modules = home.join("node_modules");
    if modules.join(name).join("package.json").is_file() {
        return Ok(modules);
    }
    say(&format!("Installing {name} {version} with npm (once, seconds)"));
    appear(&home, |home| {
        let mut install = npm()?;
        install.args(["install", "--no-audit", "--no-fund", "--loglevel=silent", "--prefix"]);
        install.arg(home).arg(format!("{name}@{version}"));
        process::run(&mut install, "npm install").with_context(|| unreachable_registry(name, version))
    })?;
    Ok(modules)
}

/// Unpacks the package itself, without what it depends on, and returns the directory.
pub(crate) fn unpacked(name: &str, version: &str, finish: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let home =
        places::cache()?.join("engines").join(format!("{}-{version}", name.trim_start_matches('@').replace('/', "-")));
    if home.is_dir() {
        return Ok(home);
    }
    appear(&home, |home| {
        let mut pack = npm()?;
        pack.args(["pack", "--loglevel=silent", "--pack-destination"]).arg(home).arg(format!("{name}@{version}"));
        let printed = process::output(&mut pack, "npm pack").with_context(|| unreachable_registry(name, version))?;
        let archive = home.join(String::from_utf8(printed)?.trim());
        let mut tar = command("tar");
        tar.arg("-xzf").arg(&archive).arg("-C").arg(home).arg("--strip-components=1");
        process::run(&mut tar, "tar")?;
        fs::remove_file(&archive)?;
        finish(home)
    })?;
    Ok(home)
}

/// Fills a directory aside and moves it in place when it is whole: an interrupted install leaves nothing half-done.
fn appear(home: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    // Tests run side by side in one process, and may want the same package.
    static FILLED: AtomicU32 = AtomicU32::new(0);
    let turn = FILLED.fetch_add(1, Ordering::Relaxed);
    let partial = home.with_extension(format!("partial-{}-{turn}", std::process::id()));
    fs::create_dir_all(&partial).with_context(|| format!("{} can't be written", partial.display()))?;
    let filled = fill(&partial);
    if filled.is_err() || home.exists() {
        fs::remove_dir_all(&partial)?;
        return filled;
    }
    fs::rename(&partial, home).with_context(|| format!("{} can't be written", home.display()))
}

/// npm, or the sentence that says how to get it.
pub(crate) fn npm() -> Result<Command> {
    match process::which("npm") {
        Some(npm) => Ok(command(npm)),
        None => bail!("npm isn't here: install Node 20 or newer from https://nodejs.org, then run this again"),
    }
}

/// Node, with a script of ours and its arguments to follow.
pub(crate) fn node(script: &str) -> Result<Command> {
    let Some(node) = process::which("node") else {
        bail!("Node isn't here: install Node 20 or newer from https://nodejs.org, then run this again");
    };
    let mut command = command(node);
    command.arg(places::root().join("xtask/js").join(script));
    Ok(command)
}

/// esbuild's command.
pub(crate) fn esbuild() -> Result<Command> {
    Ok(command(package("esbuild", super::ESBUILD)?.join(".bin/esbuild")))
}

/// One of binaryen's commands.
pub(crate) fn binaryen(name: &str) -> Result<Command> {
    Ok(command(package("binaryen", super::BINARYEN)?.join(".bin").join(name)))
}

fn unreachable_registry(name: &str, version: &str) -> String {
    format!(
        "{name} {version} could not be had from npm: connect to its registry and run this again (`npm view {name}` says more)"
    )
}
