//! `GET posters/{token}.jpg`, and `?lang=en` for the English one.

use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use carnival_contract::error_code::ErrorCode;

use super::error::Answer;
use super::extract::Named;
use super::get_campaign::send;
use super::guard::visitor;
use crate::app::App;
use crate::poster::Wanted;

/// A campaign's texts change with a restart at most; its picture in a chat may well be an hour old.
const CACHE: &str = "public, max-age=3600";

/// A poster of what a share link leads to.
pub(crate) async fn get_poster(State(app): State<App>, name: Named, request: Parts) -> Answer<Response> {
    let token = name.as_str().strip_suffix(".jpg").ok_or(ErrorCode::NotFound)?;
    // Asked every time, and before anything that is kept: a star may not be shown yet.
    let place = app.store.engine().read_token(token, app.store.now()).ok_or(ErrorCode::NotFound)?;
    let query = request.uri.query().unwrap_or_default();
    let wanted = Wanted {
        token: token.to_owned(),
        base_url: app.origins.base_url(&request.headers),
        in_english: query.split('&').any(|pair| pair == "lang=en"),
    };
    let painted = match app.posters.kept(&wanted) {
        Some(painted) => painted,
        None => {
            app.rates.poster_for(visitor(&app, &request.headers, &request.extensions))?;
            app.posters.paint(&app, &wanted, &place.landing).await?
        }
    };
    Ok(send(&painted.jpeg, "image/jpeg", Some(&painted.etag), CACHE, &request.headers))
}
