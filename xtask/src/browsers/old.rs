//! Chromiums of earlier years: npm packages made for cloud functions carry them whole, in one brotli file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Which;
use crate::process::{self, say};
use crate::tools::npm;

/// (Chromium's major version, package, the package's version)
type Old = (&'static str, &'static str, &'static str);

/// 64 is the oldest X5 kernel that is still met, 78 the first XWEB.
const TESTED: [Old; 2] = [("64", "chrome-aws-lambda", "64.0.3264"), ("78", "chrome-aws-lambda", "1.20.4")];

/// Kernels seen in chats between those and today's, for `cargo xtask engines` and for looking into a report: 66 is the
/// X5 of 2018, 90 the last before `@layer` and top-level `await`, 107 WeCom's, the others XWEB's.
const BETWEEN: [Old; 11] = [
    ("66", "chrome-aws-lambda", "66.0.3347"),
    ("88", "chrome-aws-lambda", "5.5.0"),
    ("90", "chrome-aws-lambda", "8.0.2"),
    ("92", "chrome-aws-lambda", "10.1.0"),
    ("107", "@sparticuz/chromium", "107.0.0"),
    ("109", "@sparticuz/chromium", "109.0.6"),
    ("116", "@sparticuz/chromium", "116.0.0"),
    ("117", "@sparticuz/chromium", "117.0.0"),
    ("122", "@sparticuz/chromium", "122.0.0"),
    ("130", "@sparticuz/chromium", "130.0.0"),
    ("131", "@sparticuz/chromium", "131.0.1"),
];

/// The binaries by major version. They exist for x86-64 Linux only; elsewhere there are none.
pub(crate) fn ensure(which: Which) -> Result<BTreeMap<&'static str, PathBuf>> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        say("Old Chromiums exist for x86-64 Linux only: they are left out on this machine");
        return Ok(BTreeMap::new());
    }
    let between: &[Old] = if which == Which::All { &BETWEEN } else { &[] };
    TESTED.iter().chain(between).map(|old| Ok((old.0, one(old)?))).collect()
}

fn one(&(major, package, version): &Old) -> Result<PathBuf> {
    let home = npm::unpacked(package, version, |home| {
        say(&format!("Unpacking Chromium {major} from {package} {version} (once, half a minute)"));
        let binary = home.join("chromium");
        let mut expand = npm::node("compress.cjs")?;
        expand.arg("--expand").arg(home.join("bin/chromium.br")).arg(&binary);
        process::run(&mut expand, "unpacking Chromium")?;
        make_executable(&binary)
    })
    .with_context(|| format!("Chromium {major} is not there"))?;
    Ok(home.join("chromium"))
}

#[cfg(unix)]
fn make_executable(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<()> {
    Ok(())
}
