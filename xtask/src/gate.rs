//! The gate for old engines: nothing ships that Chromium 64 or Safari 12 would refuse to parse.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasmparser::{Parser, Payload, ValType, Validator, WasmFeatures};

use crate::module::PARTS;
use crate::tools::{self, npm};
use crate::{casts, html, places, process, split};

/// Checks a finished page: its modules, their glue and translations, its inline scripts, its style.
pub(crate) fn check(site: &Path) -> Result<()> {
    let page = fs::read_to_string(site.join("index.html"))?;
    let (inline, other) = html::scripts(&page)?;
    for tag in other {
        // Data is fine; a module script would be syntax that half of the old engines report nowhere.
        if !tag.contains("application/json") {
            bail!("index.html has {tag}>: only the inline loader and data may stand there");
        }
    }
    for (number, style) in html::styles(&page)?.iter().enumerate() {
        let file = places::page_target().join(format!("inline-{number}.css"));
        fs::write(&file, style)?;
        fits(&file).with_context(|| format!("inline style {number} of index.html is not fit for Chromium 64"))?;
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
        let bytes = fs::read(&module)?;
        is_mvp(&bytes).with_context(|| format!("{} needs more than WebAssembly's MVP", module.display()))?;
        // Between the files of one module no engine converts anything.
        let mut between = BTreeSet::new();
        let whole = module.to_string_lossy();
        let stem = PARTS.iter().rev().find_map(|ending| whole.strip_suffix(&format!(".{ending}")));
        for ending in PARTS {
            let part = Path::new(stem.unwrap_or(&whole)).with_added_extension(ending);
            if part.is_file() {
                between.append(&mut split::names_between(&fs::read(part)?)?);
            }
        }
        borders_are_narrow(&bytes, &between).with_context(|| format!("{} needs BigInt", module.display()))?;
    }
    casts::check()?;
    println!("Fit for old engines: MVP modules, ES2017 glue, ES5 loader, style with fallbacks, casts as in Rust");
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

/// Whether Chromium 64 would drop something from this style sheet that nothing older stands in for.
fn fits(sheet: &Path) -> Result<()> {
    let css_tree = npm::package("css-tree", tools::CSS_TREE)?.join("css-tree");
    process::output(npm::node("fit.cjs")?.arg(css_tree).arg(sheet), "reading it").map(drop)
}

/// Numbers of 64 bits cross between module and glue as `BigInt`, which Chromium before 85 and a translated module
/// have no idea of.
fn borders_are_narrow(module: &[u8], between: &BTreeSet<String>) -> Result<()> {
    let (mut types, mut functions, mut crossing) = (Vec::new(), Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::TypeSection(section) => {
                types.extend(section.into_iter_err_on_gc_types().collect::<Result<Vec<_>, _>>()?)
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    if let wasmparser::TypeRef::Func(kind) = import.ty {
                        functions.push(kind);
                        if !split::FROM.contains(&import.module) {
                            crossing.push((import.name, kind));
                        }
                    }
                }
            }
            Payload::FunctionSection(section) => functions.extend(section.into_iter().collect::<Result<Vec<_>, _>>()?),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == wasmparser::ExternalKind::Func && !between.contains(export.name) {
                        let kind = functions.get(export.index as usize).context("an export of no function")?;
                        crossing.push((export.name, *kind));
                    }
                }
            }
            _ => {}
        }
    }
    for (name, kind) in crossing {
        let kind = types.get(kind as usize).context("a function of no type")?;
        if kind.params().iter().chain(kind.results()).any(|it| *it == ValType::I64) {
            bail!("\"{name}\" passes a number of 64 bits between module and glue");
        }
    }
    Ok(())
}

/// Validates against WebAssembly as it shipped in 2017: `WASM1` without what wasmparser counts in beyond it.
pub(crate) fn is_mvp(module: &[u8]) -> Result<()> {
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

    /// What the gate says of a style sheet.
    fn verdict(name: &str, style: &str) -> Result<()> {
        let sheet = std::env::temp_dir().join(format!("carnival-gate-{name}-{}.css", std::process::id()));
        fs::write(&sheet, style).expect("the temporary directory is writable");
        let verdict = fits(&sheet);
        fs::remove_file(&sheet).expect("it was just written");
        verdict
    }

    #[test]
    fn new_style_with_something_older_before_it_passes() {
        let good = ".a { height: 100vh; height: 100dvh }
                    .b { padding-top: 100%; aspect-ratio: 1 }
                    .c { display: grid; grid-gap: 4px; gap: 4px }
                    .d:focus-visible { outline: 0 }
                    .e { background: radial-gradient(circle at 50% 20%, red 0%, blue 50%) }
                    @supports (color: oklch(0 0 0)) { :root { --x: oklch(50% 0 0); width: min(1px, 2px) } }
                    @media (prefers-reduced-motion: reduce) { .f { animation: none } }";
        verdict("good", good).expect("Chromium 64 loses nothing by it");
    }

    #[test]
    fn each_kind_of_style_that_is_lost_on_old_engines_is_refused_with_its_line() {
        let bad = [
            (".a { display: flex; gap: 4px }", "gap"),
            (".a { aspect-ratio: 1 }", "aspect-ratio"),
            (".a { inset: 0 }", "inset"),
            (".a { height: 100dvh }", "dvh"),
            (".a { width: clamp(1px, 2vw, 3px) }", "clamp"),
            (".a { padding: env(safe-area-inset-top) }", "env"),
            (".a { margin: 1px; margin: var(--a, env(safe-area-inset-top)) }", "env"),
            (":root { --x: color-mix(in srgb, red, blue) }", "color-mix"),
            (".a { backdrop-filter: blur(2px) }", "backdrop-filter"),
            (".a { color: rgb(0 0 0 / 50%) }", "without commas"),
            (".a { background: linear-gradient(red 0 50%, blue 50%) }", "two positions"),
            (".a, .b:focus-visible { color: red }", "focus-visible"),
            (".a:is(.b) { color: red }", ":is"),
            (".a:has(.b) { color: red }", ":has"),
            (".a:not(.b, .c) { color: red }", ":not"),
            ("@layer base { .a { color: red } }", "@layer"),
            ("@container (min-width: 1px) { .a { color: red } }", "@container"),
            ("@media (width >= 400px) { .a { color: red } }", "media query"),
            (".a { & > .b { color: red } }", "inside a rule"),
            ("@supports not (display: grid) { .a { color: oklch(0 0 0) } }", "oklch"),
            ("@supports (gap: 1px) { .a { color: oklch(0 0 0) } }", "oklch"),
        ];
        for (number, (style, what)) in bad.iter().enumerate() {
            let refusal = verdict(&number.to_string(), &format!("\n{style}")).expect_err(style).to_string();
            assert!(refusal.contains("line 2") && refusal.contains(what), "{style}: {refusal}");
        }
    }

    #[test]
    fn a_number_of_64_bits_may_not_cross_the_border() {
        // `(module (func (export "f") (param i64)))`, and the same with an i32.
        let module = |kind: u8| {
            let mut bytes = b"\0asm\x01\0\0\0\x01\x05\x01\x60\x01".to_vec();
            bytes.extend([kind, 0, 3, 2, 1, 0, 7, 5, 1, 1, b'f', 0, 0, 0x0a, 4, 1, 2, 0, 0x0b]);
            bytes
        };
        let refusal = borders_are_narrow(&module(0x7e), &BTreeSet::new()).expect_err("i64 is too wide");
        assert!(refusal.to_string().contains("\"f\""), "{refusal}");
        borders_are_narrow(&module(0x7f), &BTreeSet::new()).expect("i32 is a plain number");
        // Unless it only goes to the module's own second file.
        borders_are_narrow(&module(0x7e), &["f".to_owned()].into()).expect("no engine converts it");
    }
}
