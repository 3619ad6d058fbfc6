//! Trunk's last step: what it left in the staging directory becomes the final page.
//!
//! Style and loader go inline, because each request before the first paint costs a round trip; modules and their
//! glue are named after their final bytes, so that a cache may keep them for ever.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::html::{Inline, Sheets};
use crate::module::{Effort, Module, minified};
use crate::{english, html, places, side, stamp};

/// What Trunk calls the page: the binary's name.
const NAME: &str = "carnival-page";

/// What the name of the style begins with that is not in every document, as `src/boot.js` asks for it.
pub(crate) const STYLE_STEM: &str = "carnival-rest-";

const STYLE_TARGET: [&str; 3] = ["--bundle", "--minify", "--target=chrome64,safari12"];

/// Runs inside Trunk, before it moves the staging directory to its place.
pub(crate) fn run() -> Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").context("this hook is called by Trunk")?;
    let staging = PathBuf::from(staging);
    let effort = Effort::of_trunk();

    let mut hashes = BTreeMap::from([("page", main_module(&staging, effort)?)]);
    for side in &side::MODULES {
        hashes.insert(side.name, side::build(side.name, effort)?.finish(&staging, effort)?);
    }

    let style = |name: &str| text(minified(&places::root().join("style").join(name), &STYLE_TARGET)?);
    let modules = format!("--define:MODULES={}", serde_json::to_string(&hashes)?);
    let english = format!("--define:ENGLISH={}", serde_json::to_string(&english::write(&staging)?)?);
    let sheets = Sheets { rush: style("rush.css")?, stars: style("stars.css")?, rest: style("rest.css")? };
    let late = sheets.joined();
    let late_hash = stamp::content_hash(late.as_bytes());
    fs::write(staging.join(format!("{STYLE_STEM}{late_hash}.css")), late)?;
    let late_style = format!("--define:STYLE={}", serde_json::to_string(&late_hash)?);
    let is_split = format!("--define:IS_SPLIT={}", effort == Effort::Full);
    let flags = ["--minify", "--target=es5", &modules, &english, &late_style, &is_split];
    let script = |name: &str| text(minified(&places::root().join("src").join(name), &flags)?);

    let index = staging.join("index.html");
    let (first, loader, style) = (script("first.js")?, script("boot.js")?, style("first.css")?);
    let inline = Inline { first: &first, loader: &loader, style: &style, sheets: &sheets };
    let page = html::finish(&fs::read_to_string(&index)?, &inline)?;
    fs::write(&index, page)?;
    Ok(())
}

/// The page's own module is Trunk's work; its unfinished files leave the staging directory.
fn main_module(staging: &Path, effort: Effort) -> Result<String> {
    let module = Module {
        name: "page",
        global: "wasm_bindgen".into(),
        glue: staging.join(format!("{NAME}.js")),
        wasm: staging.join(format!("{NAME}_bg.wasm")),
        linked: Some(places::page_target().join(format!("wasm32-unknown-unknown/page/{NAME}.wasm"))),
    };
    for left in [&module.glue, &module.wasm] {
        if !left.is_file() {
            bail!("Trunk left no {}", left.display());
        }
    }
    let hash = module.finish(staging, effort)?;
    fs::remove_file(&module.glue)?;
    fs::remove_file(&module.wasm)?;
    Ok(hash)
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).context("esbuild printed something that is not text")
}
