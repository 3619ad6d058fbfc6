//! The hashed files of earlier builds. Chat apps keep HTML for long, whatever they are told; an old page that asks for
//! the module it was built with must find it, or it stays white.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::files::{Files, has_hash};

/// A page that old has outlived its campaign.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// All of them together; a build has about two megabytes.
const KEPT_BYTES: u64 = 64 * 1024 * 1024;

/// A kept file: when it was last part of a build, and what it weighs.
struct Kept {
    path: PathBuf,
    seen: SystemTime,
    size: u64,
}

/// Keeps this build's hashed files in `directory`, drops what is too old, and adds what earlier builds left.
///
/// # Errors
/// The directory can't be read or written. What was added by then is added.
pub(super) fn keep_and_add(directory: &Path, files: &mut Files, now: SystemTime) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    for (name, bytes) in files.iter().filter(|(name, _)| has_hash(name) && !name.contains('/')) {
        let path = directory.join(name);
        if !fs::metadata(&path).is_ok_and(|known| known.len() == bytes.len() as u64) {
            fs::write(&path, bytes)?;
        }
        File::options().append(true).open(&path)?.set_modified(now)?;
    }
    let mut kept = kept(directory)?;
    kept.sort_by_key(|file| std::cmp::Reverse(file.seen));
    let mut total = 0;
    for file in kept {
        total += file.size;
        let age = now.duration_since(file.seen).unwrap_or_default();
        if age > KEPT || total > KEPT_BYTES {
            fs::remove_file(&file.path)?;
        } else if let Some(name) = file.path.file_name().and_then(|name| name.to_str())
            && !files.contains_key(name)
        {
            files.insert(name.to_owned(), fs::read(&file.path)?);
        }
    }
    Ok(())
}

fn kept(directory: &Path) -> io::Result<Vec<Kept>> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let about = entry.metadata()?;
        if about.is_file() {
            kept.push(Kept { path: entry.path(), seen: about.modified()?, size: about.len() });
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "carnival-page-0123456789abcdef.js";
    const NEW: &str = "carnival-page-fedcba9876543210.js";
    const DAY: Duration = Duration::from_secs(24 * 3600);

    fn build(name: &str) -> Files {
        [(name.to_owned(), b"script".to_vec()), ("favicon.svg".to_owned(), Vec::new())].into()
    }

    fn names(files: &Files) -> Vec<&str> {
        let mut names: Vec<_> = files.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn an_earlier_builds_files_stay_for_a_month_after_it_was_last_served() {
        let directory = tempfile::tempdir().expect("a directory");
        let start = SystemTime::UNIX_EPOCH + 20_000 * DAY;
        keep_and_add(directory.path(), &mut build(OLD), start).expect("written");
        // Served again after 20 days: the month counts from then.
        keep_and_add(directory.path(), &mut build(OLD), start + 20 * DAY).expect("written");
        let mut second = build(NEW);
        keep_and_add(directory.path(), &mut second, start + 49 * DAY).expect("written");
        assert_eq!(names(&second), [OLD, NEW, "favicon.svg"]);
        let mut third = build(NEW);
        keep_and_add(directory.path(), &mut third, start + 51 * DAY).expect("written");
        assert_eq!(names(&third), [NEW, "favicon.svg"]);
    }
}
