//! Posters from the server: what is on them is read back from the picture.

use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::paths;
use carnival_contract::requests::MakeLink;
use carnival_domain::share_token::{Channel, Landing, ShareToken};
use carnival_server::http::rate::{Rate, Rates};
use carnival_server::identity::origin::Origins;
use image::imageops::FilterType;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, FORWARDED, HOST, IF_NONE_MATCH};

use crate::client::{http, problem};
use crate::html::{get, header};
use crate::stage::{TestApp, Wish};

const PUBLIC: &str = "https://618.example.com";

async fn at_public_url() -> TestApp {
    let origins = Origins { public_url: Some(PUBLIC.to_owned()), ..Origins::default() };
    TestApp::with(Wish { origins, in_memory: true, ..Wish::default() }).await
}

async fn token(app: &TestApp, landing: Landing) -> String {
    let link = MakeLink { landing, channel: Channel::Offline };
    let key = IdempotencyKey::from_random([9; 16]);
    app.shopper().await.make_link(&link, &key).await.expect("a link").token
}

/// What the code on a JPEG says, when the picture is shrunk to half its size.
fn read_at_half_size(jpeg: &[u8]) -> String {
    let picture = image::load_from_memory(jpeg).expect("a JPEG").to_luma8();
    assert_eq!(picture.dimensions(), (750, 1334));
    let half = image::imageops::resize(&picture, picture.width() / 2, picture.height() / 2, FilterType::Triangle);
    let (width, height) = (half.width() as usize, half.height() as usize);
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| half.get_pixel(x as u32, y as u32).0[0]);
    let grids = prepared.detect_grids();
    assert_eq!(grids.len(), 1, "one code on a poster of {} bytes", jpeg.len());
    grids[0].decode().expect("a code that can be read").1
}

#[tokio::test]
async fn the_code_on_a_poster_is_the_link_it_was_made_for() {
    let app = at_public_url().await;
    for landing in [Landing::Rush, Landing::Stars, Landing::Star { star_id: "ann".parse().expect("a slug") }] {
        let token = token(&app, landing).await;
        for query in ["", "?lang=en"] {
            let response = get(&app, &[&paths::poster(&token), query].concat()).await;
            assert_eq!(response.status(), 200);
            assert_eq!(header(&response, CONTENT_TYPE), "image/jpeg");
            let jpeg = response.bytes().await.expect("bytes");
            assert!(jpeg.len() <= 500_000, "{} bytes", jpeg.len());
            assert_eq!(read_at_half_size(&jpeg), [PUBLIC, "/s/", &token].concat());
        }
    }
}

#[tokio::test]
async fn a_poster_is_kept_by_whoever_has_it() {
    let app = at_public_url().await;
    let path = paths::poster(&token(&app, Landing::Rush).await);
    let first = get(&app, &path).await;
    assert_eq!(header(&first, CACHE_CONTROL), "public, max-age=3600");
    let again = http().get(app.url(&path)).header(IF_NONE_MATCH, header(&first, ETAG)).send().await;
    assert_eq!(again.expect("an answer").status(), 304);
}

#[tokio::test]
async fn a_forged_or_foreign_token_has_no_poster() {
    let app = at_public_url().await;
    let own = token(&app, Landing::Rush).await;
    let foreign = ShareToken { link: [1; 8], landing: Landing::Rush, channel: Channel::Offline }.sign(b"another key");
    let forged = own.replace(&own[4..5], if &own[4..5] == "A" { "B" } else { "A" });
    let hidden_star = Landing::Star { star_id: "hidden".parse().expect("a slug") };
    let key = carnival_server::identity::secrets::Secrets::from_root([7; 32]).share_key();
    let hidden = ShareToken { link: [1; 8], landing: hidden_star, channel: Channel::Offline }.sign(&key);
    for token in [&foreign, &forged, &hidden, "x"] {
        let refused = problem(get(&app, &paths::poster(token)).await).await;
        assert_eq!(refused.code, ErrorCode::NotFound, "{token}");
    }
    let no_jpeg = get(&app, &format!("/api/v1/posters/{own}.png")).await;
    assert_eq!(problem(no_jpeg).await.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_request_under_another_host_changes_nobody_elses_code() {
    let app = TestApp::in_memory().await;
    let path = paths::poster(&token(&app, Landing::Rush).await);
    let evil = http().get(app.url(&path)).header(HOST, "evil.example").header(FORWARDED, "host=evil.example");
    let evil = evil.send().await.expect("an answer").bytes().await.expect("bytes");
    assert!(read_at_half_size(&evil).starts_with("http://evil.example/s/"));
    let own = get(&app, &path).await.bytes().await.expect("bytes");
    assert!(read_at_half_size(&own).starts_with(&app.url("/s/")));
}

#[tokio::test]
async fn painting_is_rationed_by_address_and_what_is_painted_is_not() {
    let rates = Rates { posters_of_address: Rate { per_second: 1, burst: 1 }, ..Wish::default().rates };
    let origins = Origins { public_url: Some(PUBLIC.to_owned()), trust_proxy: true };
    let app = TestApp::with(Wish { origins, rates, in_memory: true, ..Wish::default() }).await;
    let path = paths::poster(&token(&app, Landing::Rush).await);
    let ask = |path: &str| http().get(app.url(path)).header("x-forwarded-for", "203.0.113.7").send();
    let english = [&path, "?lang=en"].concat();
    // At once, for painting the first one may take the second that the next one has to wait.
    let (one, other) = tokio::join!(ask(&path), ask(&english));
    let (one, other) = (one.expect("an answer"), other.expect("an answer"));
    let (painted, refused) = if one.status() == 200 { (path, other) } else { (english, one) };
    let refused = problem(refused).await;
    assert_eq!(refused.code, ErrorCode::RateLimited);
    assert!(refused.retry_after_s.is_some());
    for _again in 0..3 {
        assert_eq!(ask(&painted).await.expect("an answer").status(), 200);
    }
}
