//! The page's build: Trunk with the flags that make a module every engine since 2018 runs.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, cargo, command, say};
use crate::tools::{self, Tools};
use crate::{compress, places, stamp};

/// The builds of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// Talks to the server it came from.
    Production,
    /// Carries the mock API and needs no server.
    Mock,
    /// The production page, which counts how often it asks for memory.
    Counting,
}

/// What any build is made of, the build itself included.
const INPUTS: [&str; 12] = [
    "build.rs",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "campaign.toml",
    "crates",
    "index.html",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask",
];

/// Rust's default for wasm32 uses reference types, bulk memory and more, which Chromium before 96 and Safari before
/// 16.4 reject; the precompiled standard library has them in, so it is compiled again, for size while at it.
/// Those are compiler options not yet stable: `RUSTC_BOOTSTRAP` opens them on the pinned compiler.
pub(crate) const MVP_ENVIRONMENT: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("RUSTFLAGS", MVP_RUSTFLAGS),
];
const MVP_RUSTFLAGS: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Ctarget-cpu=mvp -Zlocation-detail=none -Zfmt-debug=none";

impl Variant {
    fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Mock => "mock",
            Self::Counting => "counting",
        }
    }

    /// Where the finished page is left.
    pub(crate) fn site(self) -> PathBuf {
        match self {
            Self::Production => places::site(),
            Self::Mock => places::mock_site(),
            Self::Counting => places::counting_site(),
        }
    }

    fn features(self) -> &'static [&'static str] {
        match self {
            Self::Production => &[],
            Self::Mock => &["--features", "mock-api"],
            Self::Counting => &["--features", "count-allocations"],
        }
    }
}

/// Builds the page unless what is there was built from the same inputs.
pub(crate) fn build(variant: Variant) -> Result<()> {
    fs::create_dir_all(places::page_target())?;
    // Trunk keeps intermediate files at fixed places: two builds at once would mix their pages.
    let turn = File::create(places::page_target().join("build.lock"))?;
    turn.lock().context("another page build holds the lock")?;

    let kept = places::page_target().join(format!("stamp-{}", variant.name()));
    let words = format!("{} {} {MVP_RUSTFLAGS}", variant.name(), tools::versions()?);
    let now = stamp::of(places::root(), &INPUTS, &words)?;
    if stamp::holds(&kept, &now) && variant.site().join("index.html").is_file() {
        say(&format!("The {} page is up to date", variant.name()));
        return Ok(());
    }
    let tools = Tools::ensure()?;
    fetch_crates()?;
    say(&format!("Building the {} page (the first time some minutes, then about one)", variant.name()));
    let mut trunk = trunk(&tools, "build")?;
    trunk.args(["--release", "--dist"]).arg(variant.site()).args(variant.features()).envs(MVP_ENVIRONMENT);
    process::run(&mut trunk, "Trunk")?;
    if variant == Variant::Production {
        compress::beside_each_file(&variant.site())?;
    }
    fs::write(&kept, now)?;
    Ok(())
}

/// Trunk, told to download nothing: its tools are ours.
pub(crate) fn trunk(tools: &Tools, verb: &str) -> Result<Command> {
    let directories: Vec<_> = tools.directories.iter().map(PathBuf::as_path).collect();
    let mut trunk = command(&tools.trunk);
    trunk.args([verb, "--quiet", "--offline", "--skip-version-check"]);
    trunk.env("PATH", process::path_with(&directories)?).env("CARGO_TARGET_DIR", places::page_target());
    // Trunk reads NO_COLOR as a boolean and stops at the usual `1`.
    trunk.env_remove("NO_COLOR");
    // A failed build is told in a few lines; the backtrace would be that of Trunk itself.
    trunk.env_remove("RUST_BACKTRACE");
    Ok(trunk)
}

/// Trunk hands its `--offline` on to cargo, so every crate must be there before, the standard library's among them.
fn fetch_crates() -> Result<()> {
    let mut fetch = cargo();
    fetch.args(["fetch", "--quiet", "--target", "wasm32-unknown-unknown"]).envs(MVP_ENVIRONMENT);
    process::run(&mut fetch, "cargo fetch")
        .context("the page's crates could not be had: connect to the network and run this again")
}
