//! `cargo xtask size`: what the production page weighs, and whether it may weigh that.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::finish::STYLE_STEM;
use crate::page::{self, Variant};
use crate::side::{self, Side};
use crate::{english, gate, places};

/// HTML with the style and the frames of all pages, of which the server sends only some, and with its scripts; glue and the module's first file, after brotli. 1.6 Mbit/s, a slow 4G, carries these
/// 90,000 bytes in 0.45 s.
const FIRST_LOAD_BUDGET: u64 = 90_000;

/// The same for those who read English, whose words are a file of their own.
const ENGLISH_BUDGET: u64 = FIRST_LOAD_BUDGET + 4_000;

struct Weight {
    file: PathBuf,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

pub(crate) fn run() -> Result<()> {
    page::build(Variant::Production)?;
    let weights = weigh(&places::site())?;
    let of = |kind: Kind| weights.iter().filter(|weight| kind_of(&weight.file) == kind).collect::<Vec<_>>();
    println!("{:>10} {:>10} {:>10}", "raw", "gzip", "brotli");
    let first = print_group(&of(Kind::FirstLoad), "first load");
    let english = first + print_group(&of(Kind::English), "in English, besides");
    let rush = print_group(&of(Kind::Rush), "with the first page");
    let rest = print_group(&of(Kind::Rest), "behind the first screen");
    let board = print_group(&of(Kind::Board), "with the board of stars");
    let later = print_group(&of(Kind::Last), "with the first touch, or other pages");
    let mut sides = Vec::new();
    for side in &side::MODULES {
        let name = format!("when asked for: {}", side.name);
        sides.push((side, print_group(&of(Kind::Side(side.name)), &name)));
    }
    print_group(&of(Kind::WithoutWebAssembly), "without WebAssembly");
    print_group(&of(Kind::Later), "asked for later");
    gate::check(&places::site())?;
    within_budget("the first load", first, FIRST_LOAD_BUDGET)?;
    within_budget("the first load in English", english, ENGLISH_BUDGET)?;
    within_budget("all that is fetched untouched for the first page", first + rush + rest, FIRST_PAGE_BUDGET)?;
    within_budget("all that is fetched untouched for the board", first + rest + board, UNTOUCHED_BUDGET)?;
    within_budget("the other pages", later, LATER_BUDGET)?;
    sides.iter().try_for_each(|(Side { name, budget }, bytes)| {
        within_budget(&format!("the side module \"{name}\""), *bytes, *budget)
    })
}

fn within_budget(what: &str, bytes: u64, budget: u64) -> Result<()> {
    if bytes > budget {
        bail!("{what} weighs {bytes} bytes after brotli: {} over the budget of {budget}", bytes - budget);
    }
    println!("Within its budget: {what}, {bytes} of {budget} bytes after brotli");
    Ok(())
}

/// The module's last file and its style come with the first touch, or when one of its pages is asked for: within 0.37 s of a slow 4G. Its
/// pages' words are in it, and so are not in the first file; and so is the look of the page that was not begun with, and whatever
/// nobody needs before a touch.
const LATER_BUDGET: u64 = 74_000;

/// What somebody fetches who opens the board of stars and touches nothing: HTML, glue and module. The campaign itself, its
/// pictures and the heads of answers come on top of it, and all of that is to be within 100,000:
/// `e2e/the_rest_comes_behind_the_first_screen.spec.ts` weighs it as it is sent.
const UNTOUCHED_BUDGET: u64 = 91_000;

/// The same of the first page, which does without the board.
const FIRST_PAGE_BUDGET: u64 = 81_000;

/// When a file is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// The page, its style, its script and its module.
    FirstLoad,
    /// The words of those who do not read Chinese.
    English,
    /// Of the module, what only the first page shows.
    Rush,
    /// What keeps a page alive.
    Rest,
    /// The board of stars.
    Board,
    /// Its last.
    Last,
    /// The script and the module of a side module.
    Side(&'static str),
    /// Translations to JavaScript: a module's place, in an engine that has none.
    WithoutWebAssembly,
    /// Pictures come when they are seen.
    Later,
}

fn kind_of(file: &Path) -> Kind {
    let name = file.to_string_lossy();
    let ending = file.extension().and_then(|extension| extension.to_str());
    if name.starts_with(english::STEM) {
        return Kind::English;
    }
    if file.components().count() > 1 || !matches!(ending, Some("html" | "css" | "js" | "wasm")) {
        return Kind::Later;
    }
    if name.ends_with(".nowasm.js") {
        return Kind::WithoutWebAssembly;
    }
    if name.ends_with(".rush.wasm") {
        return Kind::Rush;
    }
    if name.ends_with(".rest.wasm") {
        return Kind::Rest;
    }
    if name.ends_with(".board.wasm") {
        return Kind::Board;
    }
    if name.ends_with(".later.wasm") || name.starts_with(STYLE_STEM) {
        return Kind::Last;
    }
    let side = side::MODULES.iter().find(|side| name.starts_with(&format!("carnival-{}-", side.name)));
    side.map_or(Kind::FirstLoad, |side| Kind::Side(side.name))
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

/// Prints the files and their sum; gives the sum after brotli.
fn print_group(weights: &[&Weight], name: &str) -> u64 {
    let sum = |part: fn(&Weight) -> u64| weights.iter().map(|weight| part(weight)).sum();
    weights.iter().for_each(|weight| print(weight));
    let total =
        Weight { file: name.into(), raw: sum(|it| it.raw), gzip: sum(|it| it.gzip), brotli: sum(|it| it.brotli) };
    print(&total);
    total.brotli
}

fn print(weight: &Weight) {
    println!("{:>10} {:>10} {:>10}  {}", weight.raw, weight.gzip, weight.brotli, weight.file.display());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_the_whole_budget_passes_and_one_byte_more_fails() {
        assert!(within_budget("the page", 10, 10).is_ok());
        let refusal = within_budget("the page", 11, 10).expect_err("it is over");
        assert!(refusal.to_string().contains("1 over"), "{refusal}");
    }

    #[test]
    fn every_script_and_module_counts_as_first_load_unless_it_waits_to_be_asked_for() {
        for file in ["index.html", "carnival-page-0.js", "carnival-page-0.wasm", "extra.css", "carnival-else-0.wasm"] {
            assert_eq!(kind_of(Path::new(file)), Kind::FirstLoad, "{file}");
        }
        for file in ["art/stars/kemi.svg", "icon.png", "art/page.html"] {
            assert_eq!(kind_of(Path::new(file)), Kind::Later, "{file}");
        }
        for side in &side::MODULES {
            for ending in ["js", "wasm"] {
                let file = format!("carnival-{}-0.{ending}", side.name);
                assert_eq!(kind_of(Path::new(&file)), Kind::Side(side.name), "{file}");
            }
        }
        assert_eq!(kind_of(Path::new("carnival-page-0.rush.wasm")), Kind::Rush);
        assert_eq!(kind_of(Path::new("carnival-page-0.rest.wasm")), Kind::Rest);
        assert_eq!(kind_of(Path::new("carnival-page-0.board.wasm")), Kind::Board);
        assert_eq!(kind_of(Path::new("carnival-page-0.later.wasm")), Kind::Last);
        assert_eq!(kind_of(Path::new("carnival-chat-0.nowasm.js")), Kind::WithoutWebAssembly);
        assert_eq!(kind_of(Path::new("carnival-en-0.json")), Kind::English);
    }
}
