//! `cargo xtask test`: everything that must hold, step by step, each named and timed.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::browsers::Which;
use crate::page::{self, Variant};
use crate::process::{self, cargo, say};
use crate::tools::{npm, rust};
use crate::{browsers, build, places, size};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only one part, while working on it
    #[arg(long)]
    only: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Format, lints, unit tests
    Rust,
    /// Builds, sizes, browser tests
    Browsers,
}

struct Step {
    part: Part,
    name: &'static str,
    check: fn() -> Result<()>,
    /// Later steps build on it: without it they have nothing to test.
    foundation: bool,
}

const STEPS: [Step; 17] = [
    rust("format", || cargo_run(&["fmt", "--all", "--check"])),
    rust("lints, host", || {
        cargo_run(&["clippy", "--workspace", "--exclude", "carnival", "--all-targets", "--", "-D", "warnings"])
    }),
    rust("lints, page", || page_clippy(&[])),
    rust("lints, page with the mock API", || page_clippy(&["--features", "mock-api"])),
    rust("lints, page that counts allocations", || page_clippy(&["--features", "count-allocations"])),
    rust("tests", || cargo_run(&["test", "--workspace", "--exclude", "carnival"])),
    rust("tests, page", || cargo_run(&["test", "-p", "carnival"])),
    foundation("build, page", || page::build(Variant::Production)),
    foundation("build, page with the mock API", || page::build(Variant::Mock)),
    foundation("build, page that counts allocations", || page::build(Variant::Counting)),
    browser("sizes and old engines' syntax", size::run),
    foundation("build, server", build::server),
    foundation("build, the platforms' stand-in", build::stand_in),
    foundation("browsers in place", || browsers::file(Which::Tested).map(drop)),
    foundation("browser tests in place", install_browser_tests),
    browser("types of the browser tests", || process::run(&mut npm_in_e2e(&["run", "check"])?, "tsc")),
    browser("browser tests", browser_tests),
];

const fn rust(name: &'static str, check: fn() -> Result<()>) -> Step {
    Step { part: Part::Rust, name, check, foundation: false }
}

const fn browser(name: &'static str, check: fn() -> Result<()>) -> Step {
    Step { part: Part::Browsers, name, check, foundation: false }
}

const fn foundation(name: &'static str, check: fn() -> Result<()>) -> Step {
    Step { part: Part::Browsers, name, check, foundation: true }
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let (chosen, left_out): (Vec<_>, Vec<_>) =
        STEPS.iter().partition(|step| args.only.is_none_or(|only| only == step.part));
    rust::ensure()?;
    // The server embeds the page's directory; its lints and tests need it to exist, not to be filled.
    std::fs::create_dir_all(places::site())?;

    let (mut passed, mut failed) = (0, Vec::new());
    let mut without = None;
    let started = Instant::now();
    for (index, step) in chosen.iter().enumerate() {
        let place = format!("[{}/{}] {}", index + 1, chosen.len(), step.name);
        if let Some(missing) = without {
            say(&format!("{place}: not run, it needs \"{missing}\""));
            failed.push(step.name);
            continue;
        }
        say(&place);
        let begun = Instant::now();
        match (step.check)() {
            Ok(()) => {
                passed += 1;
                say(&format!("{place}: passed in {}", seconds(begun.elapsed())));
            }
            Err(error) => {
                failed.push(step.name);
                without = step.foundation.then_some(step.name);
                say(&format!("{place}: FAILED after {}: {error:#}", seconds(begun.elapsed())));
            }
        }
    }
    for step in &left_out {
        say(&format!("left out by --only: {}", step.name));
    }
    println!("{passed} passed, {} failed ({})", failed.len(), seconds(started.elapsed()));
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn cargo_run(arguments: &[&str]) -> Result<()> {
    process::run(cargo().args(arguments), &format!("cargo {}", arguments[0]))
}

fn page_clippy(features: &[&str]) -> Result<()> {
    let mut clippy = cargo();
    clippy.args(["clippy", "-p", "carnival", "--target", "wasm32-unknown-unknown"]).args(features);
    clippy.args(["--", "-D", "warnings"]).env("CARGO_TARGET_DIR", places::page_target());
    process::run(&mut clippy, "cargo clippy")
}

fn browser_tests() -> Result<()> {
    let mut tests = npm_in_e2e(&["test"])?;
    with_surroundings(&mut tests, &browsers::file(Which::Tested)?);
    process::run(&mut tests, "the browser tests")
}

/// What the browser tests are written with.
pub(crate) fn install_browser_tests() -> Result<()> {
    process::run(npm_in_e2e(&["ci"])?.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), "npm ci")
}

/// Tells the browser tests where everything is.
pub(crate) fn with_surroundings(tests: &mut Command, browsers: &Path) {
    tests.env("CARNIVAL_BROWSERS", browsers);
    tests.env("CARNIVAL_SERVER", places::server_binary());
    tests.env("CARNIVAL_STAND_IN", places::stand_in_binary());
    tests.env("CARNIVAL_MOCK_SITE", places::mock_site());
    tests.env("CARNIVAL_COUNTING_SITE", places::counting_site());
    // An engine that is not there is a failure here, never a test skipped.
    tests.env("CI", "1");
}

/// A script of the browser tests on the production build, with everything that it needs built and installed.
pub(crate) fn on_production(script: &str, which: Which) -> Result<Command> {
    page::build(Variant::Production)?;
    build::server()?;
    build::stand_in()?;
    let browsers = browsers::file(which)?;
    install_browser_tests()?;
    let mut tests = npm_in_e2e(&["run", script])?;
    with_surroundings(&mut tests, &browsers);
    Ok(tests)
}

/// npm, where the browser tests are.
pub(crate) fn npm_in_e2e(arguments: &[&str]) -> Result<Command> {
    let mut npm = npm::npm()?;
    npm.current_dir(places::root().join("e2e")).args(arguments);
    Ok(npm)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
