//! `GET /auth/{provider}?to=…`

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use carnival_contract::problem::Problem;
use carnival_contract::replies::SignInOutcome;
use carnival_domain::platforms::Provider;

use super::auth::{agrees, parameter, send_to, tell, traveller};
use super::error::HttpError;
use super::extract::Named;
use super::get_page::not_found;
use crate::app::App;
use crate::identity::sign_in::Trip;

/// Sends a browser to a platform, if its participant agreed to the privacy notice.
pub(crate) async fn auth_start(State(app): State<App>, provider: Named, request: Request) -> Response {
    let Some(provider) = Provider::parse(provider.as_str()) else {
        return not_found(&app, &request.into_parts().0).await;
    };
    start(&app, provider, request).await.unwrap_or_else(|problem| HttpError(problem).into_response())
}

async fn start(app: &App, provider: Provider, request: Request) -> Result<Response, Problem> {
    let (request, _nothing) = request.into_parts();
    let headers = &request.headers;
    let shopper = traveller(app, &request)?;
    let to = parameter(&request.uri, "to").unwrap_or_default();
    let with_profile = parameter(&request.uri, "profile").as_deref() == Some("1");
    let now = app.store.now();
    let under_way = Trip::of(headers, &app.sign_in.seal, now);
    let trip = Trip::begin(provider, with_profile, &to, under_way, now);
    let Some(url) = app.sign_in.authorize_url(&trip, &app.origins.base_url(headers)) else {
        tracing::warn!(
            provider = provider.as_str(),
            "somebody wants to sign in where there is no account or no secret"
        );
        return Ok(tell(app, &request, shopper, &trip.to, SignInOutcome::Failed));
    };
    if !agrees(app, shopper.who).await? {
        return Ok(tell(app, &request, shopper, &trip.to, SignInOutcome::ConsentMissing));
    }
    let cookie = trip.cookie(&app.sign_in.seal, app.origins.is_secure(headers));
    Ok(send_to(app, &request, shopper, &url, cookie.into_iter().collect()))
}
