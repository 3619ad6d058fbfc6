//! Today's engines, from the system's own packages.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use anyhow::{Result, bail};

use crate::process::{self, command, say, which};

/// Where today's engines are.
pub(crate) struct Today {
    pub(crate) chromium: PathBuf,
    pub(crate) firefox: PathBuf,
    pub(crate) webkit_driver: PathBuf,
    pub(crate) minibrowser: PathBuf,
}

/// Debian's names; fonts because without Chinese glyphs every screenshot is a row of boxes.
const PACKAGES: [&str; 5] = ["chromium", "firefox-esr", "webkit2gtk-driver", "xvfb", "fonts-noto-cjk"];
const CHINESE_GLYPHS: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/// Finds the engines, and asks apt for them where there are none.
pub(crate) fn ensure() -> Result<Today> {
    if let Some(today) = found() {
        return Ok(today);
    }
    let by_hand = format!("run `apt-get install {}` as root, then this again", PACKAGES.join(" "));
    if which("apt-get").is_none() {
        bail!(
            "the browsers for the tests are missing, and only Debian's packages of them are known here: put chromium, firefox-esr, WebKitWebDriver with its MiniBrowser, Xvfb and Noto's Chinese fonts in place, then run this again"
        );
    }
    if !is_root()? {
        bail!("the browsers for the tests are missing: {by_hand}");
    }
    say("Installing browsers with apt-get (once, some minutes, 300 MB)");
    // The package lists may never have been fetched, or be too old to name files that still exist.
    if install().is_err() {
        process::run(apt_get().arg("update"), "apt-get update")?;
        install()?;
    }
    match found() {
        Some(today) => Ok(today),
        None => {
            bail!("apt-get installed the browsers, but not all are where they belong: {by_hand}")
        }
    }
}

/// What it prints is progress: where the browsers are is all that belongs on standard output.
fn apt_get() -> Command {
    let mut apt = command("apt-get");
    apt.stdout(io::stderr());
    apt
}

fn install() -> Result<()> {
    let mut apt = apt_get();
    apt.args(["install", "--yes", "--no-install-recommends"]).args(PACKAGES).env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut apt, "apt-get install")
}

fn found() -> Option<Today> {
    which("Xvfb")?;
    if !Path::new(CHINESE_GLYPHS).is_file() {
        return None;
    }
    Some(Today {
        chromium: which("chromium").or_else(|| which("google-chrome"))?,
        firefox: which("firefox-esr").or_else(|| which("firefox"))?,
        webkit_driver: which("WebKitWebDriver")?,
        minibrowser: minibrowser()?,
    })
}

/// WebKit's own little browser stands beside its library: /usr/lib/<architecture>/webkit2gtk-<api>/MiniBrowser.
fn minibrowser() -> Option<PathBuf> {
    let architectures = fs::read_dir("/usr/lib").ok()?.flatten();
    let libraries = architectures.filter_map(|entry| fs::read_dir(entry.path()).ok()).flat_map(Iterator::flatten);
    let browsers = libraries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("webkit"))
        .map(|entry| entry.path().join("MiniBrowser"));
    // The newest API sorts last.
    browsers.filter(|path| path.is_file()).max()
}

fn is_root() -> Result<bool> {
    Ok(process::output(command("id").arg("-u"), "id")?.trim_ascii() == b"0")
}
