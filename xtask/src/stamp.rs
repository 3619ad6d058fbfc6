//! Stamps: whether what is built still stands for what it was built from.
//!
//! A stamp is the hash of every input's name and content, never of times: a fresh clone or a branch switched there
//! and back must not rebuild what has not changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The hash over these files and directories (below `root`) and over words that matter besides.
pub(crate) fn of(root: &Path, inputs: &[&str], words: &str) -> Result<String> {
    let mut files = Vec::new();
    for input in inputs {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        // Lengths keep neighbours apart: ("ab", "c") is not ("a", "bc").
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(words.as_bytes());
    for file in files {
        part(file.strip_prefix(root)?.to_string_lossy().as_bytes());
        part(&fs::read(&file).with_context(|| format!("{} can't be read", file.display()))?);
    }
    Ok(hex(&hasher.finalize()))
}

/// The first 16 hex digits of a content's hash: enough to tell versions of one file apart for ever.
pub(crate) fn content_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

/// Whether the stamp kept in this file is this one.
pub(crate) fn holds(file: &Path, stamp: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|kept| kept == stamp)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("{} can't be read", path.display()))? {
            collect(&entry?.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("carnival-stamp-{name}-{}", std::process::id()));
            fs::create_dir_all(path.join("src")).expect("the temporary directory is writable");
            Self(path)
        }
        fn write(&self, file: &str, text: &str) {
            fs::write(self.0.join(file), text).expect("the temporary directory is writable");
        }
        fn stamp(&self) -> String {
            of(&self.0, &["src", "index.html"], "words").expect("every input can be read")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    #[test]
    fn a_stamp_changes_with_content_with_a_name_and_with_a_new_file() {
        let folder = Folder::new("changes");
        folder.write("src/a.rs", "one");
        let first = folder.stamp();
        folder.write("src/a.rs", "two");
        let second = folder.stamp();
        folder.write("src/b.rs", "");
        let third = folder.stamp();
        fs::rename(folder.0.join("src/b.rs"), folder.0.join("src/c.rs")).expect("the file is there");
        let stamps = [first, second, third, folder.stamp()];
        for (index, stamp) in stamps.iter().enumerate() {
            assert!(!stamps[..index].contains(stamp), "stamp {index} repeats an earlier one");
        }
    }

    #[test]
    fn a_file_written_again_with_the_same_content_keeps_the_stamp() {
        let folder = Folder::new("same");
        folder.write("src/a.rs", "one");
        let first = folder.stamp();
        folder.write("src/a.rs", "one");
        folder.write("elsewhere.txt", "not an input");
        assert_eq!(folder.stamp(), first);
    }

    #[test]
    fn a_stamp_that_was_never_kept_does_not_hold() {
        let folder = Folder::new("kept");
        let kept = folder.0.join("stamp");
        assert!(!holds(&kept, "abc"));
        folder.write("stamp", "abc");
        assert!(holds(&kept, "abc"));
        assert!(!holds(&kept, "abd"));
    }
}
