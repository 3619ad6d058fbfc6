//! `GET /auth/{provider}/return?code=…&state=…`

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::problem::Problem;
use carnival_contract::replies::SignInOutcome;
use carnival_domain::ids::ParticipantId;
use carnival_domain::platforms::Provider;
use carnival_engine::{Engine, Failure, Identity, Ledger, SignedIn, Write};

use super::auth::{agrees, parameter, send_to, tell, traveller};
use super::error::HttpError;
use super::extract::Named;
use super::get_page::not_found;
use super::guard::Shopper;
use crate::app::App;
use crate::identity::sign_in::{Ending, Trip};
use crate::random;
use crate::store::{Command, News};

/// Platforms' codes are 32 to 64 characters long, and each that comes is remembered for a while.
const CODE_MAX: usize = 512;

pub(crate) struct Arrive {
    pub(crate) identity: Identity,
    pub(crate) newcomer: ParticipantId,
}

impl Command for Arrive {
    type Reply = SignedIn;
    /// Votes may have been taken back.
    const IS_PUBLIC: bool = true;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<SignedIn, Failure<L::Error>> {
        engine.sign_in(ledger, write, &self.identity, self.newcomer)
    }

    fn run_and_tell<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
        news: &mut News,
    ) -> Result<SignedIn, Failure<L::Error>> {
        let asker = ledger.acting(write.who)?;
        let signed_in = self.run(engine, ledger, write)?;
        if signed_in.who != asker {
            *news = News::Changed([asker, signed_in.who]);
        }
        Ok(signed_in)
    }
}

/// Takes a browser back from a platform and sends it to the page that it wanted, whose address says nothing of it.
pub(crate) async fn auth_return(State(app): State<App>, provider: Named, request: Request) -> Response {
    let (request, _nothing) = request.into_parts();
    let Some(provider) = Provider::parse(provider.as_str()) else {
        return not_found(&app, &request).await;
    };
    take_back(&app, provider, &request).await.unwrap_or_else(|problem| HttpError(problem).into_response())
}

async fn take_back(app: &App, provider: Provider, request: &Parts) -> Result<Response, Problem> {
    let headers = &request.headers;
    let shopper = traveller(app, request)?;
    let now = app.store.now();
    let state = parameter(&request.uri, "state").unwrap_or_default();
    let trip = Trip::of(headers, &app.sign_in.seal, now);
    // Somebody else's code would make this browser somebody else's.
    let Some(trip) = trip.filter(|trip| trip.provider == provider && trip.state == state) else {
        return Ok(tell(app, request, shopper, "/", SignInOutcome::Failed));
    };
    let Some(code) = parameter(&request.uri, "code").filter(|code| !code.is_empty()) else {
        return Ok(tell(app, request, shopper, &trip.to, SignInOutcome::Refused));
    };
    if code.len() > CODE_MAX {
        return Ok(tell(app, request, shopper, &trip.to, SignInOutcome::Failed));
    }
    // It may have been taken back on the way.
    if !agrees(app, shopper.who).await? {
        return Ok(tell(app, request, shopper, &trip.to, SignInOutcome::ConsentMissing));
    }
    let arrival = arrive(app.clone(), trip.clone(), shopper, code.clone(), app.origins.base_url(headers));
    let ending = app.sign_in.flights.join(&state, &code, now, arrival).await;
    Ok(match ending.unwrap_or(Ending::Not(SignInOutcome::Failed)) {
        // `is_new` makes the browser be who it is from now on.
        Ending::SignedIn(who) => tell(app, request, Shopper { who, is_new: true }, &trip.to, SignInOutcome::SignedIn),
        Ending::Not(outcome) => tell(app, request, shopper, &trip.to, outcome),
        Ending::Again => again(app, request, shopper, &trip),
    })
}

async fn arrive(app: App, trip: Trip, shopper: Shopper, code: String, base_url: String) -> Ending {
    let identity = match app.sign_in.exchange(&trip, &code, &base_url).await {
        Ok(identity) => identity,
        Err(ending) => return ending,
    };
    let key = IdempotencyKey::from_random(random::bytes());
    let write = Write { who: shopper.who, key, now: app.store.now() };
    let arrived = app.store.write(write, Arrive { identity, newcomer: app.guests.newcomer(app.store.now()) }).await;
    match arrived {
        Ok(SignedIn { who }) => Ending::SignedIn(who),
        Err(problem) if problem.code == ErrorCode::ConsentOutdated => Ending::Not(SignInOutcome::ConsentMissing),
        Err(_) => Ending::Not(SignInOutcome::Failed),
    }
}

fn again(app: &App, request: &Parts, shopper: Shopper, trip: &Trip) -> Response {
    let trip = trip.again(app.store.now());
    let headers = &request.headers;
    let Some(url) = app.sign_in.authorize_url(&trip, &app.origins.base_url(headers)) else {
        return tell(app, request, shopper, &trip.to, SignInOutcome::Failed);
    };
    let cookie = trip.cookie(&app.sign_in.seal, app.origins.is_secure(headers));
    send_to(app, request, shopper, &url, cookie.into_iter().collect())
}
