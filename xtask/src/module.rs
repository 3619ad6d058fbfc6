//! From what wasm-bindgen makes to what ships: a module, its glue and its translation, under one name with their hash.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::split::{self, Linked, Plan};
use crate::tools::{self, npm};
use crate::{glue, nowasm, order, process, stamp};

/// The oldest engines, in esbuild's words. It believes that Safari can't destructure before 14.1, for a bug in a
/// corner that the glue does not touch, and can't lower it; hence the exception.
const SCRIPT_TARGET: [&str; 3] = ["--minify", "--target=es2017,chrome64,safari12", "--supported:destructuring=true"];

/// In the names of all that fetches: the page's first part only wishes, and the second talks to the back end.
const FETCH: &str = "8gloo_net4http";

/// One module with its glue, as wasm-bindgen left them.
pub(crate) struct Module {
    /// What the loader calls it: `page`, `chat`.
    pub(crate) name: &'static str,
    /// The variable that the glue declares.
    pub(crate) global: String,
    /// `….js`
    pub(crate) glue: PathBuf,
    /// `…_bg.wasm`
    pub(crate) wasm: PathBuf,
    /// What the linker left, if the module is to be cut: its relocations say where that can be done.
    pub(crate) linked: Option<PathBuf>,
}

/// The endings of a module's files, in the order in which they come.
pub(crate) const PARTS: [&str; 5] = ["wasm", "rush.wasm", "rest.wasm", "board.wasm", "later.wasm"];

/// How much is made of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// As it is, in a moment: `cargo xtask dev`.
    Quick,
    /// As small as it gets, and translated for engines without WebAssembly.
    Full,
}

impl Effort {
    /// What Trunk was asked for, as it tells its hooks.
    pub(crate) fn of_trunk() -> Self {
        if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") { Self::Full } else { Self::Quick }
    }
}

impl Module {
    /// Leaves the final files in the site as `carnival-<name>-<hash>.{js,wasm,nowasm.js}` and returns the hash. It is
    /// one for all three, because one table of them goes into every page.
    pub(crate) fn finish(&self, site: &Path, effort: Effort) -> Result<String> {
        let mended = glue::follow_growing_memory(&fs::read_to_string(&self.glue)?)?;
        let shared = if self.linked.is_some() { glue::share_imports(&mended)? } else { mended };
        fs::write(&self.glue, glue::hand_over(&shared, &self.global, self.name)?)?;
        if effort == Effort::Full {
            self.slim("cut")?;
            optimise(&self.wasm)?;
            self.slim("name")?;
        }
        let wasm = fs::read(&self.wasm)?;
        let mut files = vec![("js", minified(&self.glue, &SCRIPT_TARGET)?)];
        if effort == Effort::Full {
            files.push(("nowasm.js", nowasm::translate(&self.wasm, self.name)?));
        }
        match &self.linked {
            Some(linked) if effort == Effort::Full => files.extend(self.parts(&wasm, linked)?),
            _ if effort == Effort::Full => files.push(("wasm", order::alike(&wasm)?)),
            _ => files.push(("wasm", wasm)),
        }
        let hash = stamp::content_hash(&files.iter().flat_map(|(_, bytes)| bytes).copied().collect::<Vec<_>>());
        for (ending, bytes) in files {
            fs::write(site.join(format!("{}.{ending}", stem(self.name, &hash))), bytes)?;
        }
        Ok(hash)
    }

    /// The parts, each optimised once more: what was between them is gone.
    fn parts(&self, wasm: &[u8], linked: &Path) -> Result<Vec<(&'static str, Vec<u8>)>> {
        let whole = Linked::read(&fs::read(linked)?)?;
        let plan = Plan::of(&whole, &split::WAYS, split::BESIDE, FETCH)?;
        fs::write(linked.with_added_extension("parts"), split::contents(&whole, &plan).join("\n"))?;
        let parts = split::cut(wasm, &plan)?.into_iter().zip(PARTS);
        parts
            .map(|(part, ending)| {
                let file = self.wasm.with_added_extension(ending);
                fs::write(&file, part)?;
                optimise(&file)?;
                let bytes = order::alike(&fs::read(&file)?)?;
                fs::remove_file(&file)?;
                Ok((ending, bytes))
            })
            .collect()
    }

    fn slim(&self, step: &str) -> Result<()> {
        let acorn = npm::package("acorn", tools::ACORN)?.join("acorn");
        let mut slim = npm::node("slim.cjs")?;
        slim.arg(acorn).arg(step).arg(&self.glue).arg(&self.wasm);
        process::output(&mut slim, &format!("slimming the module \"{}\"", self.name)).map(drop)
    }
}

/// The final files' name up to their endings.
fn stem(name: &str, hash: &str) -> String {
    format!("carnival-{name}-{hash}")
}

/// Smaller, and still nothing that came after WebAssembly's first release. Rust's linker puts the stack first, which
/// grows down: nothing lives in the lowest kilobyte, and additions to addresses fold into their instructions. What is
/// small is then taken apart, its branches are put together anew, and it is made small twice more: 0.8 % after brotli.
fn optimise(wasm: &Path) -> Result<()> {
    let mut optimise = npm::binaryen("wasm-opt")?;
    optimise
        .args(["--low-memory-unused", "--mvp-features", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"])
        .arg(wasm)
        .arg("-o")
        .arg(wasm);
    process::run(&mut optimise, "wasm-opt")
}

/// A script or a style sheet after esbuild.
pub(crate) fn minified(path: &Path, flags: &[&str]) -> Result<Vec<u8>> {
    let mut esbuild = npm::esbuild()?;
    esbuild.arg(path).args(flags).args(["--charset=utf8", "--log-level=warning"]);
    process::output(&mut esbuild, "esbuild").with_context(|| format!("{} could not be minified", path.display()))
}
