//! What ARCHITECTURE.md says of the tree, held against the tree.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask lies in the checkout").to_path_buf()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All Rust files below a folder, with their paths from the root.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut folders = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root()).expect("below the root").display().to_string();
                found.push((name, fs::read_to_string(&path).expect("readable text")));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no sources");
    found
}

/// No file below `folder` names any of `words`, but those whose path begins with one of `except`.
fn nobody_names(folder: &str, words: &[&str], except: &[&str]) {
    for (name, source) in sources(folder) {
        if except.iter().any(|allowed| name.starts_with(allowed)) {
            continue;
        }
        // What a file does counts, not what its comments tell.
        let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in words {
            assert!(!code.contains(word), "{name} names {word}");
        }
    }
}

#[test]
fn every_path_of_the_map_and_the_walkthrough_is_there() {
    let map = read("ARCHITECTURE.md");
    let quoted = map.split('`').skip(1).step_by(2);
    let is_path = |word: &&str| word.contains('/') && !word.contains([' ', '{', '(']) && !word.starts_with('/');
    let paths: Vec<_> = quoted.filter(is_path).collect();
    assert!(paths.len() > 15, "the map names its places: {paths:?}");
    for path in paths {
        assert!(root().join(path).exists(), "ARCHITECTURE.md names {path}, which is not there");
    }
}

#[test]
fn the_rules_depend_on_nothing_that_could_make_them_impure() {
    let manifest = read("crates/domain/Cargo.toml");
    let dependencies = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split('[').next());
    let names: Vec<_> = dependencies
        .expect("a list of dependencies")
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.split(['.', ' ']).next().unwrap_or_default())
        .collect();
    assert_eq!(names, ["hmac", "serde", "sha2"]);
    nobody_names("crates/domain/src", &["std::fs", "std::net", "SystemTime", "Instant::now", "println!"], &[]);
}

#[test]
fn only_the_edges_of_the_page_touch_the_browser() {
    nobody_names("src", &["web_sys"], &["src/browser", "src/host", "src/api", "src/app.rs", "src/bench.rs"]);
}

#[test]
fn looks_know_no_word_of_the_campaign() {
    nobody_names("src/ui", &["carnival_domain", "carnival_contract", "crate::state", "crate::api"], &[]);
}

#[test]
fn only_the_state_asks_the_back_end() {
    nobody_names("src/features", &["crate::api"], &[]);
    nobody_names("src/pages", &["crate::api"], &[]);
}

#[test]
fn the_mock_is_no_part_of_a_production_page() {
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("carnival-mock-api = { workspace = true, optional = true }"));
    assert!(!manifest.contains("default = [\"mock-api\"]"));
}
