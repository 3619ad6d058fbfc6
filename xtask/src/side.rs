//! Side modules: page code that is loaded only when it is asked for, each a crate of its own.

use std::fs;

use anyhow::{Context, Result, bail};

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
pub(crate) const MODULES: [Side; 2] = [
    // The chat's own SDK comes from its makers; this drives it.
    Side { name: "chat", budget: 25_000 },
    // Drawing, a QR code and their fonts' measures.
    Side { name: "poster", budget: 45_000 },
];

impl Side {
    /// Compiles it with the page's own flags and binds it. Runs inside Trunk, whose environment has both.
    pub(crate) fn build(&self, effort: Effort) -> Result<Module> {
        let package = format!("carnival-{}", self.name);
        if !places::root().join("crates").join(self.name).join("Cargo.toml").is_file() {
            bail!("the side module {package} has no crate in crates/{}", self.name);
        }
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
        let bound = places::page_target().join("side").join(self.name);
        fs::create_dir_all(&bound)?;
        let mut bind = command(cargo_installed::wasm_bindgen()?);
        bind.args(["--target", "no-modules", "--no-modules-global", &global, "--no-typescript"]);
        bind.args(["--out-name", &package, "--out-dir"]).arg(&bound).arg(&compiled);
        process::run(&mut bind, "wasm-bindgen").with_context(|| format!("{package} could not be bound"))?;
        Ok(Module {
            name: self.name,
            global,
            glue: bound.join(format!("{package}.js")),
            wasm: bound.join(format!("{package}_bg.wasm")),
        })
    }
}
