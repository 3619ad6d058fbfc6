//! The gate for old engines: nothing ships that Chromium 64 or Safari 12 would refuse to parse.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasmparser::{Validator, WasmFeatures};

use crate::tools::{self, npm};
use crate::{html, places, process};

/// Checks a finished page: its module, its glue, its inline scripts.
pub(crate) fn check(site: &Path) -> Result<()> {
    let page = fs::read_to_string(site.join("index.html"))?;
    let (inline, other) = html::scripts(&page)?;
    for tag in other {
        // Data is fine; a module script would be syntax that half of the old engines report nowhere.
        if !tag.contains("application/json") {
            bail!("index.html has {tag}>: only the inline loader and data may stand there");
        }
    }
    for (number, script) in inline.iter().enumerate() {
        let file = places::page_target().join(format!("inline-{number}.js"));
        fs::write(&file, script)?;
        parses_as(5, &file).with_context(|| format!("inline script {number} of index.html is not ES5"))?;
    }
    for glue in with_extension(site, "js")? {
        parses_as(2017, &glue).with_context(|| format!("{} is not ES2017", glue.display()))?;
        if fs::read_to_string(&glue)?.contains("externref") {
            bail!("{} uses externref, which Chromium before 96 has not", glue.display());
        }
    }
    for module in with_extension(site, "wasm")? {
        is_mvp(&fs::read(&module)?)
            .with_context(|| format!("{} needs more than WebAssembly's MVP", module.display()))?;
    }
    println!("Fit for old engines: MVP module, ES2017 glue, ES5 loader");
    Ok(())
}

fn with_extension(site: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(site)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == extension) {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("the page in {} has no .{extension} file", site.display());
    }
    Ok(files)
}

fn parses_as(year: u16, file: &Path) -> Result<()> {
    let acorn = npm::package("acorn", tools::ACORN)?.join("acorn");
    process::output(npm::node("parse.cjs")?.arg(acorn).arg(year.to_string()).arg(file), "parsing it").map(drop)
}

/// Validates against WebAssembly as it shipped in 2017: `WASM1` without what wasmparser counts in beyond it.
fn is_mvp(module: &[u8]) -> Result<()> {
    let features = WasmFeatures::WASM1.difference(WasmFeatures::MUTABLE_GLOBAL);
    Validator::new_with_features(features).validate_all(module)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(module (func (param f32) (result i32) local.get 0 OPCODE))`
    fn module(opcode: &[u8]) -> Vec<u8> {
        let body_length = u8::try_from(4 + opcode.len()).expect("an opcode is short");
        let mut bytes = b"\0asm\x01\0\0\0\x01\x06\x01\x60\x01\x7d\x01\x7f\x03\x02\x01\0\x0a".to_vec();
        bytes.extend([body_length + 2, 1, body_length, 0, 0x20, 0]);
        bytes.extend(opcode);
        bytes.push(0x0b);
        bytes
    }

    #[test]
    fn a_module_of_2017_passes() {
        is_mvp(&module(&[0xa8])).expect("i32.trunc_f32_s is as old as WebAssembly");
    }

    #[test]
    fn saturating_casts_and_sign_extension_are_refused() {
        let refusal = is_mvp(&module(&[0xfc, 0x00])).expect_err("i32.trunc_sat_f32_s came later");
        assert!(refusal.to_string().contains("saturating"), "{refusal}");
        assert!(is_mvp(&module(&[0xa8, 0xc0])).is_err(), "i32.extend8_s came later");
    }

    #[test]
    fn an_exported_mutable_global_is_refused() {
        let module = b"\0asm\x01\0\0\0\x06\x06\x01\x7f\x01\x41\0\x0b\x07\x05\x01\x01g\x03\0";
        assert!(is_mvp(module).is_err());
    }
}
