//! Precompressed copies, made once at build time with all the effort that no server would spend on a request.

use std::path::Path;

use anyhow::Result;

use crate::process;
use crate::tools::npm;

/// Writes `.br` (brotli at its best) and `.gz` next to each file that compression helps.
pub(crate) fn beside_each_file(site: &Path) -> Result<()> {
    process::run(npm::node("compress.cjs")?.arg(site), "compressing the page")
}
