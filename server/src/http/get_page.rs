//! `GET` a page: the one HTML file, with the card of what is asked for and the first snapshot inside.

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::{Me, SignInOutcome};
use carnival_domain::ids::StarId;
use carnival_domain::share_token::Landing;

use super::crawler::is_crawler;
use super::encoding::accepts;
use super::get_me::ThingsOf;
use super::guard::{newcomer, shopper, visitor, with_cookie};
use crate::app::App;
use crate::site::escape::{html, json_for_html};
use crate::site::frame::PageKind;
use crate::site::head;
use crate::site::template::Filling;

/// WeChat keeps pages long unless it is told not to in so many words.
const CACHE: HeaderValue = HeaderValue::from_static("no-cache, no-store, must-revalidate");
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding");
const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const NOT_BUILT: &str = "This server was built without its page. Build the page with `cargo xtask build --page` and then \
    the server anew, or name a directory that has it: `carnival serve --site DIR`. The API is at /api/v1.\n";

/// What a path asks for.
struct Asked {
    /// The page that the card is of.
    landing: Landing,
    /// Whether it is a share link's page, which must be told where the link leads.
    is_share_link: bool,
    status: StatusCode,
}

impl Asked {
    /// Which page it is: by its path, but for a share link, which leads to one.
    fn page(&self, path: &str) -> PageKind {
        match &self.landing {
            _ if !self.is_share_link => PageKind::at(path),
            Landing::Rush => PageKind::Rush,
            Landing::Stars => PageKind::Stars,
            Landing::Star { .. } => PageKind::Star,
            Landing::Coupons => PageKind::Coupons,
            Landing::Goods | Landing::Item { .. } => PageKind::Goods,
        }
    }
}

/// Any page by its path.
pub(crate) async fn get_page(State(app): State<App>, request: Request) -> Response {
    let (request, _nothing) = request.into_parts();
    let asked = asked(&app, request.uri.path());
    page(&app, &request, asked).await
}

/// The page where there is nothing: it says so itself.
pub(crate) async fn not_found(app: &App, request: &Parts) -> Response {
    let asked = Asked { landing: Landing::Rush, is_share_link: false, status: StatusCode::NOT_FOUND };
    page(app, request, asked).await
}

fn asked(app: &App, path: &str) -> Asked {
    let engine = app.store.engine();
    let (mut status, mut is_share_link) = (StatusCode::OK, false);
    let landing = match path {
        "/stars" => Landing::Stars,
        "/coupons" => Landing::Coupons,
        "/goods" => Landing::Goods,
        path => {
            if let Some(token) = path.strip_prefix("/s/") {
                is_share_link = true;
                // A token that is not ours is a plain visit.
                engine.read_token(token, app.store.now()).map_or(Landing::Rush, |token| token.landing)
            } else if let Some(star) = path.strip_prefix("/stars/") {
                let star_id: Option<StarId> = star.parse().ok();
                let known = star_id.and_then(|star_id| engine.campaign().star(&star_id));
                match known.filter(|star| star.reveals_at <= app.store.now()) {
                    Some(star) => Landing::Star { star_id: star.id.clone() },
                    None => {
                        status = StatusCode::NOT_FOUND;
                        Landing::Stars
                    }
                }
            } else {
                Landing::Rush
            }
        }
    };
    Asked { landing, is_share_link, status }
}

async fn page(app: &App, request: &Parts, asked: Asked) -> Response {
    let Some(template) = app.site.template() else {
        let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return (StatusCode::SERVICE_UNAVAILABLE, headers, NOT_BUILT).into_response();
    };
    let headers = &request.headers;
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    // Too many newcomers from one address: they get the page all the same, and a cookie with their first tap.
    // A crawler is nobody's guest.
    let shopper = match is_crawler(headers) {
        true => None,
        false => shopper(app, headers, visitor(app, headers, &request.extensions)).ok(),
    };
    let known = shopper.filter(|shopper| !shopper.is_new).map(|shopper| shopper.who);
    let (shopper, me) = match known {
        Some(who) => match app.store.read(ThingsOf(who)).await {
            Err(problem) if problem.code == ErrorCode::ParticipantErased => {
                (newcomer(app, visitor(app, headers, &request.extensions)).ok(), None)
            }
            me => (shopper, me.ok()),
        },
        None => (shopper, None),
    };
    let is_secure = app.origins.is_secure(headers);
    let (outcome, told) = app.sign_in.outcome(headers, app.store.now(), is_secure).unzip();
    let published = app.live.current().await;
    let page = asked.page(request.uri.path());
    let campaign = app.store.engine().campaign();
    let rows = match page {
        PageKind::Stars => template.rows(campaign, &published.board, me.as_ref().map(|me| &me.votes), app.store.now()),
        _ => String::new(),
    };
    // These two begin without the file that shows the rest of it. Who was here before begins with all files.
    let begins_small = me.is_none() && matches!(page, PageKind::Rush | PageKind::Stars);
    let snapshot = if begins_small { &published.glance_for_html } else { &published.snapshot_for_html };
    let boot = boot(app, snapshot, me, &asked, outcome);

    let in_english = text(header::ACCEPT_LANGUAGE).to_ascii_lowercase().starts_with("en");
    let card = campaign.share_card(&asked.landing, in_english);
    let tags = head::tags(&card, &app.origins.base_url(headers), request.uri.path());
    let is_new = shopper.is_some_and(|shopper| shopper.is_new);
    let filling = Filling { title: &card.title, head: &tags, rows: &rows, boot: &boot, is_new };
    let packed = accepts(headers, "br").then(|| template.fill_packed(page, filling)).flatten();

    let policy = template.policy(page).header(text(header::USER_AGENT));
    let mut response = match packed {
        Some(body) => (asked.status, [(header::CONTENT_ENCODING, "br")], Html(body)).into_response(),
        None => (asked.status, Html(template.fill(page, filling))).into_response(),
    };
    let sent = response.headers_mut();
    sent.insert(header::VARY, VARY);
    sent.insert(header::CACHE_CONTROL, CACHE);
    sent.insert(PERMISSIONS_POLICY, PERMISSIONS);
    sent.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    if let Some(told) = told {
        sent.append(header::SET_COOKIE, told);
    }
    match HeaderValue::from_str(&policy) {
        Ok(policy) => drop(sent.insert(header::CONTENT_SECURITY_POLICY, policy)),
        Err(_) => tracing::error!(policy = %html(&policy), "the page's policy is no header"),
    }
    match shopper {
        Some(shopper) => {
            response.extensions_mut().insert(shopper);
            with_cookie(app, shopper, is_secure, response)
        }
        None => response,
    }
}

/// What the page would else have to ask for first.
fn boot(app: &App, snapshot: &str, me: Option<Me>, asked: &Asked, outcome: Option<SignInOutcome>) -> String {
    let me = me.and_then(|me| serde_json::to_string(&me).ok());
    let landing = asked.is_share_link.then_some(&asked.landing);
    let landing = landing.and_then(|landing| serde_json::to_string(landing).ok());
    format!(
        "{{\"server_time\":\"{}\",\"pace\":{},\"snapshot\":{},\"me\":{},\"landing\":{},\"sign_in\":{}}}",
        app.store.now(),
        app.store.rehearsal_pace().map_or_else(|| "null".to_owned(), |pace| pace.to_string()),
        snapshot,
        me.map_or_else(|| "null".to_owned(), |me| json_for_html(&me)),
        landing.unwrap_or_else(|| "null".to_owned()),
        serde_json::to_string(&outcome).unwrap_or_else(|_| "null".to_owned()),
    )
}
