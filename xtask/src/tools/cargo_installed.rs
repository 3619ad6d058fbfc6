//! Tools that are built from source: Trunk and wasm-bindgen's command.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::TRUNK;
use crate::places;
use crate::process::{self, cargo, say};

/// Trunk, in the version that the pinned compiler can build.
pub(crate) fn trunk() -> Result<PathBuf> {
    installed("trunk", "trunk", TRUNK, &["--locked"], "about 4 minutes on two cores")
}

/// wasm-bindgen's command; it must be of the very version that the page was compiled with.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    // Not `--locked`: its lock file has named versions that the registry had not got yet.
    installed("wasm-bindgen", "wasm-bindgen-cli", &version, &[], "about 3 minutes on two cores")
}

fn installed(binary: &str, package: &str, version: &str, flags: &[&str], time: &str) -> Result<PathBuf> {
    let home = places::cache()?.join("tools").join(format!("{binary}-{version}"));
    let path = home.join("bin").join(format!("{binary}{}", std::env::consts::EXE_SUFFIX));
    if path.is_file() {
        return Ok(path);
    }
    say(&format!("Installing {package} {version} with cargo (once, {time})"));
    let mut install = cargo();
    install.args(["install", package, "--version", version, "--root"]).arg(&home).args(flags);
    // A build tool's own speed hardly matters: unoptimised it is there in a third of the time.
    install.env("CARGO_PROFILE_RELEASE_LTO", "off");
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    install.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
    process::run(&mut install, "cargo install").with_context(|| {
        format!("{package} {version} could not be installed: connect to the network and run this again")
    })?;
    Ok(path)
}

/// The version of a crate in Cargo.lock.
pub(crate) fn locked_version(name: &str) -> Result<String> {
    let path = places::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).context("Cargo.lock can't be read: run `cargo generate-lockfile`")?;
    version_in(&lock, name).with_context(|| format!("Cargo.lock names no {name}"))
}

fn version_in(lock: &str, name: &str) -> Option<String> {
    let package = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != package);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    version.strip_suffix('"').map(String::from)
}

#[cfg(test)]
mod tests {
    use super::version_in;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.9.9\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";

    #[test]
    fn a_locked_version_is_that_of_the_crate_with_the_whole_name() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
    }

    #[test]
    fn a_crate_that_is_not_locked_has_no_version() {
        assert_eq!(version_in(LOCK, "wasm"), None);
    }

    #[test]
    fn the_checkouts_own_lock_file_names_wasm_bindgen() {
        let version = super::locked_version("wasm-bindgen").expect("the page depends on wasm-bindgen");
        assert!(version.starts_with("0.2."), "{version}");
    }
}
