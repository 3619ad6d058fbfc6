//! Side modules: page code that is loaded only when it is asked for, each a crate of its own.

use std::fs;

use anyhow::{Context, Result};

use crate::module::{Effort, Module};
use crate::process::{self, cargo, command};
use crate::tools::cargo_installed;
use crate::{page, places};

/// A module beside the page's.
pub(crate) struct Side {
    /// `window.__carnival.load(name)`; its crate is `carnival-<name>` in `crates/<name>`.
    pub(crate) name: &'static str,
    /// What its glue and its module may weigh after brotli.
    pub(crate) budget: u64,
}

/// All of them.
pub(crate) const MODULES: [Side; 6] = [
    // Four sheets, each with all of its words in both languages. Whoever has one before them has tapped for it, and waits.
    Side { name: "account", budget: 24_000 },
    // The chat's own SDK comes from its makers; this drives it.
    Side { name: "chat", budget: 27_000 },
    // Reads proofs strictly, hashes, and knows Ed25519. Whoever checks a draw waits for it: 0.4 s of a slow 4G.
    Side { name: "check", budget: 84_000 },
    // Pairings of elliptic curves, for draws with a public beacon only.
    Side { name: "beacon", budget: 26_000 },
    // Layout, QR code and painter; it comes while the shopper looks at the place of the picture.
    Side { name: "poster", budget: 30_000 },
    // A form with three fields; only winners ever load it.
    Side { name: "delivery", budget: 20_000 },
];

/// Compiles the crate `carnival-<name>` with the page's own flags and binds it.
pub(crate) fn build(name: &'static str, effort: Effort) -> Result<Module> {
    let package = format!("carnival-{name}");
    let mut build = cargo();
    build.args(["build", "--quiet", "--lib", "--target", "wasm32-unknown-unknown", "--package", &package]);
    build.env("CARGO_TARGET_DIR", places::page_target());
    let profile = match effort {
        Effort::Quick => "debug",
        Effort::Full => {
            build.args(["--profile", "page"]).envs(page::MVP_ENVIRONMENT);
            "page"
        }
    };
    process::run(&mut build, &format!("building {package}"))?;

    let global = package.replace('-', "_");
    let compiled = places::page_target().join("wasm32-unknown-unknown").join(profile).join(format!("{global}.wasm"));
    let bound = places::page_target().join("side").join(name);
    fs::create_dir_all(&bound)?;
    let mut bind = command(cargo_installed::wasm_bindgen()?);
    bind.args(["--target", "no-modules", "--no-modules-global", &global, "--no-typescript"]);
    bind.args(["--out-name", &package, "--out-dir"]).arg(&bound).arg(&compiled);
    process::run(&mut bind, "wasm-bindgen").with_context(|| format!("{package} could not be bound"))?;
    let file = |ending: &str| bound.join(format!("{package}{ending}"));
    Ok(Module { name, glue: file(".js"), wasm: file("_bg.wasm"), global, linked: None })
}
