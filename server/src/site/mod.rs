//! The page's files: what was embedded when the server was built, or what stands in a directory.

pub mod csp;
mod earlier;
pub mod escape;
pub mod files;
pub mod frame;
mod hash_source;
pub mod head;
mod rows;
pub mod template;

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use carnival_domain::campaign::Campaign;
use carnival_domain::time::Timestamp;

use crate::platform::settings::PlatformSettings;
use files::Asset;
use template::Template;

/// Everything of the page, in memory: it is small, and a disk that is slow or full then matters to no visitor.
pub struct Site {
    assets: HashMap<String, Asset>,
    template: Option<Template>,
}

impl Site {
    /// The embedded page, or the one in `directory`; with what earlier builds left in `kept`.
    ///
    /// # Errors
    /// Why the directory can't be read, in a sentence.
    pub fn load(
        directory: Option<&Path>,
        kept: Option<&Path>,
        campaign: &Campaign,
        platforms: &PlatformSettings,
        now: Timestamp,
    ) -> Result<Self, String> {
        let mut files = match directory {
            Some(directory) => files::of_directory(directory)
                .map_err(|error| format!("The page in {} can't be read: {error}.", directory.display()))?,
            None => files::embedded(),
        };
        let index = files.remove("index.html");
        for variant in ["index.html.br", "index.html.gz"] {
            files.remove(variant);
        }
        let index = index.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        if let (None, Some(directory)) = (&index, directory) {
            return Err(format!(
                "There is no index.html in {}; build the page with `cargo xtask build --page`.",
                directory.display()
            ));
        }
        if let Some(kept) = kept
            && let Err(error) = earlier::keep_and_add(kept, &mut files, since_1970(now))
        {
            // Old pages in old chats may stay white; that is no reason to serve nobody.
            tracing::warn!(directory = %kept.display(), %error, "the files of earlier builds can't all be kept");
        }
        let template = index.map(|index| Template::new(&index, campaign, platforms));
        Ok(Self { template, assets: files::assets(files) })
    }

    /// A file by its path, without the leading slash.
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets.get(path)
    }

    /// The page itself, unless none was built.
    pub fn template(&self) -> Option<&Template> {
        self.template.as_ref()
    }
}

/// The server's clock in the words of the file system.
fn since_1970(now: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.as_ms()).unwrap_or_default())
}
