//! The same module for engines without WebAssembly: a phone in lockdown mode, a hardened browser, a policy that
//! forbids it. binaryen translates it to JavaScript; a few lines of ours stand in for the `WebAssembly` object.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::module::minified;
use crate::tools::npm;
use crate::{places, process};

/// Where `src/nowasm.js` wants the translation.
const PLACE: &str = "/*{{translation}}*/";

/// What the translation does where the module would trap, and what we make of it: the loader tells a trap by its type.
const TRAP: &str = "throw new Error('abort')";
const TYPED_TRAP: &str = "throw new WebAssembly.RuntimeError('unreachable')";

/// A script that registers the translated module with the loader.
pub(crate) fn translate(wasm: &Path, name: &str) -> Result<Vec<u8>> {
    let translated = wasm.with_extension("nowasm.js");
    let mut wasm2js = npm::binaryen("wasm2js")?;
    // `--emscripten` is its form for classic scripts: one function `instantiate(imports)` and no `import` or `export`.
    wasm2js.args(["-O", "--emscripten"]).arg(wasm).arg("-o").arg(&translated);
    process::output(&mut wasm2js, "wasm2js")?;
    let stand_in = fs::read_to_string(places::root().join("src/nowasm.js"))?;
    let script = fill(&stand_in, &with_typed_traps(&fs::read_to_string(&translated)?)?, name)?;
    fs::write(&translated, script)?;
    let bytes = minified(&translated, &["--minify", "--target=es2017"])?;
    fs::remove_file(&translated)?;
    Ok(bytes)
}

fn with_typed_traps(translation: &str) -> Result<String> {
    if !translation.contains(TRAP) {
        bail!("wasm2js writes a trap no longer as `{TRAP}`: see how, and mend xtask/src/nowasm.rs");
    }
    Ok(translation.replace(TRAP, TYPED_TRAP))
}

fn fill(stand_in: &str, translation: &str, name: &str) -> Result<String> {
    let (before, after) = stand_in.split_once(PLACE).with_context(|| format!("src/nowasm.js has no {PLACE}"))?;
    Ok(format!("{before}{translation}{after}").replace("{{name}}", name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trap_can_be_told_from_other_errors() {
        let translation = "function wasm2js_trap() { throw new Error('abort'); }";
        let typed = with_typed_traps(translation).expect("there is a trap");
        assert!(typed.contains("WebAssembly.RuntimeError"), "{typed}");
        assert!(with_typed_traps("function wasm2js_trap() { abort(); }").is_err());
    }

    #[test]
    fn the_stand_in_has_a_place_for_translation_and_name() {
        let stand_in = fs::read_to_string(places::root().join("src/nowasm.js")).expect("it is in the checkout");
        let script = fill(&stand_in, "function instantiate() {}", "chat").expect("the place is there");
        assert!(script.contains("function instantiate() {}") && script.contains("nowasm['chat']"), "{script}");
        assert!(!script.contains("{{"), "{script}");
    }
}
