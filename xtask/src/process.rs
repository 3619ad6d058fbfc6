//! Running other programs, and failing in words.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::places;

/// Says what happens now; everything slow is announced before it starts.
pub(crate) fn say(what: &str) {
    eprintln!("\u{25b8} {what}");
}

/// A command that starts in the checkout.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(places::root());
    command
}

/// The cargo that runs this program, so that a build never switches toolchains half-way.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end with the terminal shared.
pub(crate) fn run(command: &mut Command, what: &str) -> Result<()> {
    let status = command.status().with_context(|| format!("{what} could not start ({})", program(command)))?;
    if !status.success() {
        bail!("{what} failed ({status})");
    }
    Ok(())
}

/// Runs to the end and returns what was printed; its complaints come with the error.
pub(crate) fn output(command: &mut Command, what: &str) -> Result<Vec<u8>> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{what} could not start ({})", program(command)))?;
    if !output.status.success() {
        bail!("{what} failed ({})\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}

/// Finds a program on `PATH`.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let found = |directory: PathBuf| Some(directory.join(&file)).filter(|path| path.is_file());
    std::env::split_paths(&std::env::var_os("PATH")?).find_map(found)
}

/// `PATH` with these directories before all others.
pub(crate) fn path_with(first: &[&Path]) -> Result<std::ffi::OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = first.iter().map(PathBuf::from).chain(std::env::split_paths(&rest));
    std::env::join_paths(all).context("a directory on PATH has a character that PATH can't hold")
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
