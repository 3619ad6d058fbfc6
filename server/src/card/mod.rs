//! `carnival card URL`: the card that chats make of a page, as far as it can be known without being in one.

mod fetch;
mod notes;
mod page;
mod show;

use carnival_contract::paths;
use carnival_domain::policy::Cover;
use reqwest::{StatusCode, Url};

use crate::check::{Told, picture};
use crate::cli::CardArgs;
use crate::failure::StartFailure;
use fetch::{Fetched, Fetcher};
use page::Page;

/// A picture is fetched up to here; chats refuse far smaller ones.
const PICTURE_BYTES: usize = 5 << 20;
/// A page is fetched up to here.
const PAGE_BYTES: usize = 2 << 20;

/// Everything that was found out about a page.
struct Seen {
    asked: Url,
    fetched: Fetched,
    page: Page,
    picture: Picture,
    signature: Signature,
}

/// The card's picture.
enum Picture {
    /// The page names none.
    NotNamed,
    /// It could not be fetched.
    Unreachable { url: String, why: String },
    /// It was.
    Fetched { url: Url, cover: Cover, bytes: usize },
}

/// What the endpoint that signs for the JS-SDK says of this page.
enum Signature {
    /// It signs.
    Given,
    /// There is none, or no account behind it.
    NotConfigured,
    /// It is there and refuses.
    Refused(String),
}

/// Looks at a page.
///
/// # Errors
/// Why it can't be fetched.
pub async fn run(args: &CardArgs) -> Result<Told, StartFailure> {
    let asked = Url::parse(&args.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let asked = asked.ok_or_else(|| {
        StartFailure::because(format!("{} is no address of a page, such as https://618.example.com/.", args.url))
    })?;
    let fetcher = Fetcher::new().map_err(StartFailure::Because)?;
    let fetched = fetcher.get(&asked, PAGE_BYTES).await;
    let fetched = fetched.map_err(|why| StartFailure::because(format!("{asked} can't be fetched: {why}.")))?;
    let page = Page::read(&String::from_utf8_lossy(&fetched.body));
    let picture = picture_of(&fetcher, &page, &fetched.url).await;
    let signature = signature(&fetcher, &fetched.url).await;
    let seen = Seen { asked, fetched, page, picture, signature };
    Ok(if args.json { show::json(&seen) } else { show::text(&seen) })
}

async fn picture_of(fetcher: &Fetcher, page: &Page, base: &Url) -> Picture {
    let Some(named) = page.image() else {
        return Picture::NotNamed;
    };
    let unreachable = |why: String| Picture::Unreachable { url: named.to_owned(), why };
    let Ok(url) = base.join(named) else {
        return unreachable("that is no address".to_owned());
    };
    match fetcher.get(&url, PICTURE_BYTES).await {
        Ok(found) if found.status.is_success() => {
            Picture::Fetched { url, cover: picture(&found.body), bytes: found.body.len() }
        }
        Ok(found) => unreachable(format!("the answer is {}", found.status)),
        Err(why) => unreachable(why),
    }
}

async fn signature(fetcher: &Fetcher, page: &Url) -> Signature {
    const ANSWER_BYTES: usize = 1 << 16;
    let Ok(mut url) = page.join(paths::WECHAT_SIGNATURE) else {
        return Signature::NotConfigured;
    };
    let mut signed = page.clone();
    signed.set_fragment(None);
    url.query_pairs_mut().append_pair("url", signed.as_str());
    match fetcher.get(&url, ANSWER_BYTES).await {
        Err(why) => Signature::Refused(why),
        Ok(answer) => {
            let said: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let code = said["code"].as_str().unwrap_or_default();
            match answer.status {
                StatusCode::OK if said["signature"].is_string() => Signature::Given,
                StatusCode::OK | StatusCode::NOT_FOUND => Signature::NotConfigured,
                _ if code == "platform-not-configured" => Signature::NotConfigured,
                status => Signature::Refused(format!("{status} {code}").trim().to_owned()),
            }
        }
    }
}
