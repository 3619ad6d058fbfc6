//! Posters as the server draws them, for those who can't hold a picture that the page drew.
//!
//! What stands on them is `carnival-poster`'s to say. Here it becomes an SVG, that a bitmap, and that a JPEG: some hundred
//! milliseconds of work, so it is done by few at a time, away from the threads that answer, and kept for the next one.

mod fonts;
mod paint;
mod svg;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_domain::hex;
use carnival_domain::share_token::Landing;
use carnival_poster::Poster;
use quick_cache::sync::Cache;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use crate::app::App;
use crate::http::encoding::Encoded;
use fonts::Fonts;

/// How many posters are kept: at about 200 KB each, some 25 MB.
const KEPT: usize = 128;
/// How many are painted at once. Each takes a whole core for its time, and votes need cores as well.
const PAINTED_AT_ONCE: usize = 2;
/// How many may be waited for; whoever comes on top is told to come back.
const WAITING: usize = 32;

/// Whose poster, in which language, and under which address its code leads here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Wanted {
    /// The share link's token.
    pub(crate) token: String,
    /// Where visitors find the campaign. Part of the name: a request under another host must not decide where
    /// everybody's code leads.
    pub(crate) base_url: String,
    /// English, or else Chinese.
    pub(crate) in_english: bool,
}

/// A JPEG with the name of its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Painted {
    pub(crate) jpeg: Encoded,
    pub(crate) etag: String,
}

/// See the module.
pub(crate) struct Posters {
    kept: Cache<Wanted, Painted>,
    waiting: Semaphore,
    painting: Arc<Semaphore>,
    own_font: Option<PathBuf>,
    fonts: Arc<OnceLock<Option<Fonts>>>,
}

impl Posters {
    /// None painted yet. `own_font` is a font file, or a directory of them, that comes before the system's.
    pub(crate) fn new(own_font: Option<PathBuf>) -> Self {
        Self {
            kept: Cache::new(KEPT),
            waiting: Semaphore::new(WAITING),
            painting: Arc::new(Semaphore::new(PAINTED_AT_ONCE)),
            own_font,
            fonts: Arc::new(OnceLock::new()),
        }
    }

    /// Looks for fonts now rather than with the first poster; says what to do if there is none.
    pub(crate) fn find_fonts(&self) {
        let (fonts, own_font) = (self.fonts.clone(), self.own_font.clone());
        tokio::task::spawn_blocking(move || match fonts.get_or_init(|| Fonts::find(own_font.as_deref())) {
            Some(fonts) => tracing::debug!(family = fonts.family, "posters are written in this font"),
            None => tracing::warn!(
                "No font with Chinese characters was found, so this server can't draw posters; phones draw their own all \
                 the same. Install one, such as the package fonts-noto-cjk, or name a file with --poster-font."
            ),
        });
    }

    /// A poster that was painted before.
    pub(crate) fn kept(&self, wanted: &Wanted) -> Option<Painted> {
        self.kept.get(wanted)
    }

    /// Paints a poster, unless somebody else is painting the same one: then it is waited for.
    ///
    /// # Errors
    /// There are no fonts, too much to do, or a fault of ours.
    pub(crate) async fn paint(&self, app: &App, wanted: &Wanted, landing: &Landing) -> Result<Painted, Problem> {
        let Ok(_place) = self.waiting.try_acquire() else {
            return Err(Problem::new(ErrorCode::Overloaded).retry_after_s(1));
        };
        self.kept.get_or_insert_async(wanted, self.paint_anew(app, wanted, landing)).await
    }

    async fn paint_anew(&self, app: &App, wanted: &Wanted, landing: &Landing) -> Result<Painted, Problem> {
        let place = self.painting.clone().acquire_owned().await;
        let place = place.map_err(|_| Problem::new(ErrorCode::Internal))?;
        let link = [&wanted.base_url, "/s/", &wanted.token].concat();
        let poster = Poster::of(app.store.engine().campaign(), landing, link, wanted.in_english);
        let (app, fonts, own_font) = (app.clone(), self.fonts.clone(), self.own_font.clone());
        let painting = tokio::task::spawn_blocking(move || {
            // Held until it is painted, even if nobody waits any longer.
            let _place = place;
            let fonts = fonts.get_or_init(|| Fonts::find(own_font.as_deref())).as_ref();
            let fonts = fonts.ok_or(ErrorCode::PosterUnavailable)?;
            paint::jpeg(&poster, fonts, &app.site).map_err(|fault| {
                tracing::error!(%fault, "a poster could not be painted");
                ErrorCode::Internal
            })
        });
        let jpeg = painting.await.map_err(|_panicked| ErrorCode::Internal)??;
        let etag = hex::encode(&Sha256::digest(&jpeg)[..12]);
        Ok(Painted { jpeg: Encoded { plain: Bytes::from(jpeg), brotli: None, gzip: None }, etag })
    }
}
