//! What is at which path.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::paths;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _, SizeAbove};

use super::error::HttpError;
use super::guard::{Guarded, identify};
use super::guard_operator::guard_operator;
use super::guard_shop::{guard_shop, guard_shop_write};
use super::{
    auth_return, auth_start, cast_vote, claim_coupon, claim_prize, enter_round, erase_me, get_audits, get_awards,
    get_campaign, get_deliveries, get_draw_entries, get_export, get_fans, get_file, get_health, get_leaderboard,
    get_live, get_me, get_openapi, get_page, get_picks, get_poster, get_problem, get_proof, get_reach, get_receipt,
    get_rounds, get_time, get_wechat_signature, get_well_known, give_consent, make_link, mark_dispatched, pause_rounds,
    pick_item, record_visit, shop, show_picks, withdraw_consent,
};
use crate::app::App;

/// Pages by their paths; all of them are the one HTML file.
const PAGES: [&str; 8] = ["/", "/stars", "/stars/{star}", "/coupons", "/goods", "/mine", "/rules", "/s/{token}"];

/// Shorter answers are sent as they are: one packet either way, and packed they are longer by the three headers that say so.
const WORTH_PACKING: u64 = 600;

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    let writes = Router::new()
        .route("/api/v1/rounds/{round}/entries", post(Guarded(enter_round::enter_round)))
        .route("/api/v1/stars/{star}/votes", post(Guarded(cast_vote::cast_vote)))
        .route("/api/v1/coupons/{offer}/claims", post(Guarded(claim_coupon::claim_coupon)))
        .route("/api/v1/draws/{draw}/awards/{entry}/delivery", post(Guarded(claim_prize::claim_prize)))
        .route("/api/v1/items/{item}/pick", post(Guarded(pick_item::pick_item)))
        .route(paths::PICKS_SHOWN, post(Guarded(show_picks::show_picks)))
        .route(paths::LINKS, post(Guarded(make_link::make_link)))
        .route(paths::VISITS, post(Guarded(record_visit::record_visit)))
        .route(paths::CONSENTS, post(Guarded(give_consent::give_consent)))
        .route(paths::CONSENT_WITHDRAWAL, post(Guarded(withdraw_consent::withdraw_consent)))
        .route(paths::ME_ERASURE, post(Guarded(erase_me::erase_me)))
        .method_not_allowed_fallback(refuse_method);
    let operator = Router::new()
        .route(paths::OPERATOR_PAUSE, post(pause_rounds::pause_rounds))
        .route(paths::OPERATOR_RESUME, post(pause_rounds::resume_rounds))
        .route(paths::OPERATOR_DELIVERIES, get(get_deliveries::get_deliveries))
        .route(paths::OPERATOR_DISPATCHES, post(mark_dispatched::mark_dispatched))
        .route_layer(from_fn_with_state(app.clone(), guard_operator));
    let mine = Router::new()
        .route(paths::ME, get(get_me::get_me))
        .route(paths::PICKS, get(get_picks::get_picks))
        .route(paths::ME_EXPORT, get(get_export::get_export))
        .route(paths::ME_REACH, get(get_reach::get_reach))
        .route_layer(from_fn_with_state(app.clone(), identify));
    let shop_reads = Router::new()
        .route("/api/v1/shop/coupons/{code}", get(shop::get_coupon))
        .route_layer(from_fn_with_state(app.clone(), guard_shop));
    let shop_writes = Router::new()
        .route("/api/v1/shop/coupons/{code}/reservations", post(shop::reserve_coupon))
        .route("/api/v1/shop/reservations/{reservation}/redemption", post(shop::redeem_coupon))
        .route("/api/v1/shop/reservations/{reservation}/rollback", post(shop::roll_back))
        .route_layer(from_fn_with_state(app.clone(), guard_shop_write));
    let reads = Router::new()
        .route(paths::CAMPAIGN, get(get_campaign::get_campaign))
        .route(paths::TIME, get(get_time::get_time))
        .route(paths::ROUNDS, get(get_rounds::get_rounds))
        .route(paths::FANS, get(get_fans::get_fans))
        .route(paths::AUDITS, get(get_audits::get_audits))
        .route("/api/v1/leaderboards/{board}", get(get_leaderboard::get_leaderboard))
        .route("/api/v1/draws/{draw}/proof", get(get_proof::get_proof))
        .route("/api/v1/draws/{draw}/awards", get(get_awards::get_awards))
        .route("/api/v1/draws/{draw}/entries", get(get_draw_entries::get_draw_entries))
        .route("/api/v1/draws/{draw}/receipts/{entry}", get(get_receipt::get_receipt))
        .route("/api/v1/posters/{poster}", get(get_poster::get_poster))
        .route(paths::LIVE, get(get_live::get_live))
        .route(paths::WECHAT_SIGNATURE, get(get_wechat_signature::get_wechat_signature))
        .route("/auth/{provider}", get(auth_start::auth_start))
        .route("/auth/{provider}/return", get(auth_return::auth_return))
        .route("/openapi.json", get(get_openapi::get_openapi))
        .route("/.well-known/carnival.json", get(get_well_known::get_well_known))
        .route("/problems/{code}", get(get_problem::get_problem))
        .route("/healthz", get(get_health::get_healthz))
        .route("/readyz", get(get_health::get_readyz));
    let is_worth_packing = DefaultPredicate::new().and(SizeAbove::new(WORTH_PACKING));
    let pages = PAGES.iter().fold(Router::new(), |router, path| router.route(path, get(get_page::get_page)));

    Router::new()
        .merge(mine)
        .merge(operator)
        .merge(shop_reads)
        .merge(shop_writes)
        .merge(reads)
        .merge(pages)
        .fallback(get_file::get_file)
        .method_not_allowed_fallback(refuse_method)
        // What is compressed already, and what is a stream, it leaves alone. The answers to writes are too short for it.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(is_worth_packing))
        .merge(writes)
        .with_state(app)
}

async fn refuse_method() -> HttpError {
    HttpError(ErrorCode::MethodNotAllowed.into())
}
