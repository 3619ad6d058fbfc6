//! `cargo xtask size`: what the production page weighs, and whether it may weigh that.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::page::{self, Variant};
use crate::{gate, places};

/// HTML with its style and loader, glue and module, after brotli. 1.6 Mbit/s, a slow 4G, carries these 110,000 bytes
/// in 0.55 s: with its connection set up, a first visit is usable in about one second and a half.
const FIRST_LOAD_BUDGET: u64 = 110_000;

struct Weight {
    file: PathBuf,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

pub(crate) fn run() -> Result<()> {
    page::build(Variant::Production)?;
    let weights = weigh(&places::site())?;
    let (first, later): (Vec<_>, Vec<_>) = weights.iter().partition(|weight| is_first_load(&weight.file));
    println!("{:>10} {:>10} {:>10}", "raw", "gzip", "brotli");
    first.iter().for_each(|weight| print(weight));
    let first = total(&first, "first load");
    print(&first);
    if !later.is_empty() {
        later.iter().for_each(|weight| print(weight));
        print(&total(&later, "asked for later"));
    }
    gate::check(&places::site())?;
    within_budget(first.brotli)
}

fn within_budget(bytes: u64) -> Result<()> {
    if bytes > FIRST_LOAD_BUDGET {
        bail!(
            "the first load weighs {bytes} bytes after brotli: {} over the budget of {FIRST_LOAD_BUDGET}",
            bytes - FIRST_LOAD_BUDGET
        );
    }
    println!("The first load is within its budget: {bytes} of {FIRST_LOAD_BUDGET} bytes after brotli");
    Ok(())
}

/// The page, its style, its scripts and its module; pictures come when they are seen.
fn is_first_load(file: &Path) -> bool {
    let kind = file.extension().and_then(|extension| extension.to_str());
    file.components().count() == 1 && matches!(kind, Some("html" | "css" | "js" | "wasm"))
}

fn weigh(site: &Path) -> Result<Vec<Weight>> {
    let mut weights = Vec::new();
    for file in files(site)? {
        let raw = fs::metadata(&file)?.len();
        // What is not worth compressing is sent as it is.
        let packed = |suffix: &str| {
            let mut name = file.clone().into_os_string();
            name.push(suffix);
            fs::metadata(name).map_or(raw, |it| it.len())
        };
        weights.push(Weight { raw, gzip: packed(".gz"), brotli: packed(".br"), file: file.strip_prefix(site)?.into() });
    }
    Ok(weights)
}

fn files(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).with_context(|| format!("no page in {}", directory.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if !path.extension().is_some_and(|extension| extension == "br" || extension == "gz") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn total(weights: &[&Weight], name: &str) -> Weight {
    let sum = |part: fn(&Weight) -> u64| weights.iter().map(|weight| part(weight)).sum();
    Weight { file: name.into(), raw: sum(|it| it.raw), gzip: sum(|it| it.gzip), brotli: sum(|it| it.brotli) }
}

fn print(weight: &Weight) {
    println!("{:>10} {:>10} {:>10}  {}", weight.raw, weight.gzip, weight.brotli, weight.file.display());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_the_whole_budget_passes_and_one_byte_more_fails() {
        assert!(within_budget(FIRST_LOAD_BUDGET).is_ok());
        let refusal = within_budget(FIRST_LOAD_BUDGET + 1).expect_err("it is over");
        assert!(refusal.to_string().contains("1 over"), "{refusal}");
    }

    #[test]
    fn pictures_do_not_count_as_first_load_but_every_script_and_module_does() {
        for file in ["index.html", "carnival-page-0.js", "carnival-page-0.wasm", "extra.css"] {
            assert!(is_first_load(Path::new(file)), "{file}");
        }
        for file in ["art/stars/kemi.svg", "icon.png", "art/page.html"] {
            assert!(!is_first_load(Path::new(file)), "{file}");
        }
    }
}
