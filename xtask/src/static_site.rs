//! The static page, served from a directory: what any static host does that falls back to `index.html`.

use std::fs::{self, File};
use std::net::IpAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Request, Response, Server};

/// A browser opens six connections to a host; the seventh thread is there for a second browser.
const THREADS: usize = 7;

/// A running static host; it serves until the program ends.
pub(crate) struct StaticSite(Vec<thread::JoinHandle<()>>);

impl StaticSite {
    /// Listens at once.
    pub(crate) fn start(site: PathBuf, host: IpAddr, port: u16) -> Result<Self> {
        let server = Server::http((host, port)).map_err(|error| anyhow!("port {port} can't be served: {error}"))?;
        let (server, site) = (Arc::new(server), Arc::new(site));
        let worker = |_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            thread::spawn(move || server.incoming_requests().for_each(|request| answer(&site, request)))
        };
        Ok(Self((0..THREADS).map(worker).collect()))
    }

    /// Serves until the program is stopped.
    pub(crate) fn wait(self) {
        for thread in self.0 {
            thread.join().ok();
        }
    }
}

fn answer(site: &Path, request: Request) {
    let file = resolve(site, request.url());
    // A browser that went away in the middle of an answer is no event.
    let _ = match file.as_deref().map(|path| (path, File::open(path))) {
        Some((path, Ok(file))) => {
            let kind = Header::from_bytes("Content-Type", media_type(path)).ok();
            let fresh = Header::from_bytes("Cache-Control", "no-cache").ok();
            let response = [kind, fresh].into_iter().flatten().fold(Response::from_file(file), Response::with_header);
            request.respond(response)
        }
        _ => request.respond(Response::from_string("not found").with_status_code(404)),
    };
}

/// The file for a URL. A path that looks like a file but isn't there is missing; any other is a page of the app.
fn resolve(site: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let relative = Path::new(path);
    let stays_inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    let file = site.join(relative);
    if stays_inside && fs::metadata(&file).is_ok_and(|it| it.is_file()) {
        return Some(file);
    }
    (stays_inside && relative.extension().is_none()).then(|| site.join("index.html"))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        // With any other type the browser can't compile the module while it arrives.
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> PathBuf {
        crate::places::root().join("xtask")
    }

    #[test]
    fn a_file_is_itself_and_a_query_does_not_hide_it() {
        assert_eq!(resolve(&site(), "/Cargo.toml?v=1"), Some(site().join("Cargo.toml")));
    }

    #[test]
    fn a_page_path_opens_the_app() {
        for url in ["/", "/stars/hao-dachu", "/s/aBc_1?from=chat", "/src"] {
            assert_eq!(resolve(&site(), url), Some(site().join("index.html")), "{url}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_missing() {
        assert_eq!(resolve(&site(), "/carnival-page-0.wasm"), None);
    }

    #[test]
    fn no_path_leads_out_of_the_site() {
        for url in ["/../Cargo.toml", "/src/../../Cargo.toml", "//etc/../../x", "/./../README.md"] {
            assert_eq!(resolve(&site(), url), None, "{url}");
        }
    }
}
