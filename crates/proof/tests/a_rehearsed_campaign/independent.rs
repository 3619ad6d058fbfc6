//! What the checker in Python says.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

/// A verdict.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Told {
    pub(crate) holds: bool,
    /// The step that fails.
    pub(crate) step: Option<String>,
}

/// Fewer than any system's limit on a command line.
const FILES_AT_ONCE: usize = 1_000;

/// Runs the independent checker over documents, in as few processes as can be.
pub(crate) fn independently(documents: &[Vec<u8>]) -> Vec<Told> {
    let checker = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/checker/verify_draw.py");
    let scratch = tempfile::tempdir().expect("a directory");
    let mut all = Vec::new();
    for (number, portion) in documents.chunks(FILES_AT_ONCE).enumerate() {
        let mut command = Command::new("python3");
        command.arg(&checker).arg("--json").current_dir(scratch.path());
        for (place, document) in portion.iter().enumerate() {
            let name = format!("{number}-{place}.json");
            std::fs::write(scratch.path().join(&name), document).expect("a file");
            command.arg(name);
        }
        let output = command.output();
        let output = output.expect("python3 must be installed: the independent checker of draws is written in Python");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).expect("text");
        all.extend(told.lines().map(|line| serde_json::from_str::<Told>(line).expect("a verdict")));
    }
    assert_eq!(all.len(), documents.len());
    all
}
