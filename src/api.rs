//! The back end, whichever it is. Only `state` calls it.

mod http;
pub(crate) mod live;
#[cfg(feature = "mock-api")]
pub(crate) mod mock;
mod read;
mod request;
mod write;

use std::pin::Pin;

#[cfg(feature = "mock-api")]
use carnival_contract::api::CampaignApi;
use carnival_contract::api::Reply;
use carnival_contract::audits::AuditsReply;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::fans::FansReply;
use carnival_contract::idempotency::IdempotencyKey;
#[cfg(feature = "mock-api")]
use carnival_contract::paths::ME_ERASURE;
use carnival_contract::paths::ME_EXPORT;
use carnival_contract::problem::Problem;
use carnival_contract::replies::{
    ClaimReply, EntryAccepted, LeaderboardReply, LinkMade, PickKept, Picks, PicksShown, PrizeClaimed, RoundsPage,
    ServerTime, VisitCounted, VoteCounted,
};
use carnival_contract::requests::{Board, MakeLink, PickItem, ShowPicks};
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::ids::{DrawId, EntryId, ItemId, OfferId, RoundId, StarId};
use carnival_domain::reach::Reach;
use wasm_bindgen::JsValue;

use crate::browser::boot;
use crate::var::Var;

pub(crate) use http::{Freshness, Http};
pub(crate) use read::{Node, Read};

/// A participant's connection to the back end.
#[derive(Clone)]
pub(crate) enum Api {
    /// The server that the page came from.
    #[cfg_attr(feature = "mock-api", expect(dead_code, reason = "a mock build talks to no server"))]
    Http(Http),
    /// The rules themselves, in the page.
    #[cfg(feature = "mock-api")]
    Mock(mock::Mock),
}

/// An answer that is awaited. Boxed, or else everybody who waits for one would hold the whole talk inside.
type Answer<'a, T> = Pin<Box<dyn Future<Output = Reply<T>> + 'a>>;

/// Hands a call on to whichever back end it is.
macro_rules! hand_on {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $reply:ty;)*) => {
        impl Api {
            $(
                #[doc = concat!("See `CampaignApi::", stringify!($name), "`.")]
                pub(crate) fn $name<'a>(&'a self $(, $argument: $kind)*) -> Answer<'a, $reply> {
                    match self {
                        Self::Http(api) => Box::pin(api.$name($($argument),*)),
                        #[cfg(feature = "mock-api")]
                        Self::Mock(api) => Box::pin(api.$name($($argument),*)),
                    }
                }
            )*
        }
    };
}

hand_on! {
    reach() -> Reach;
    time() -> ServerTime;
    rounds(before: Option<RoundId>) -> RoundsPage;
    fans() -> FansReply;
    audits() -> AuditsReply;
    enter_round(round: RoundId, key: &'a IdempotencyKey) -> EntryAccepted;
    cast_vote(star: &'a StarId, key: &'a IdempotencyKey) -> VoteCounted;
    leaderboard(board: Board) -> LeaderboardReply;
    claim(offer: &'a OfferId, key: &'a IdempotencyKey) -> ClaimReply;
    claim_prize(draw: &'a DrawId, entry: EntryId, form: &'a DeliveryForm, key: &'a IdempotencyKey) -> PrizeClaimed;
    picks() -> Picks;
    pick_item(item: &'a ItemId, pick: &'a PickItem, key: &'a IdempotencyKey) -> PickKept;
    show_picks(show: &'a ShowPicks, key: &'a IdempotencyKey) -> PicksShown;
    make_link(link: &'a MakeLink, key: &'a IdempotencyKey) -> LinkMade;
    record_visit(token: &'a str, key: &'a IdempotencyKey) -> VisitCounted;
}

impl Api {
    /// The campaign as it is said: each file of the page reads its part of it.
    pub(crate) fn campaign(&self) -> Answer<'_, JsValue> {
        match self {
            Self::Http(api) => Box::pin(api.campaign()),
            #[cfg(feature = "mock-api")]
            Self::Mock(api) => Box::pin(async { Ok(mock::said(&crate::bench::filled(api.campaign().await?))) }),
        }
    }

    /// What this participant has, in the same way.
    pub(crate) fn me(&self) -> Answer<'_, JsValue> {
        match self {
            Self::Http(api) => Box::pin(api.me()),
            #[cfg(feature = "mock-api")]
            Self::Mock(api) => Box::pin(async { Ok(mock::said(&api.me().await?)) }),
        }
    }

    /// The proof of a draw, for the side module that checks it: a server's it fetches by itself.
    #[cfg(feature = "mock-api")]
    pub(crate) fn proof_text(&self, draw: &DrawId) -> String {
        match self {
            Self::Http(_) => String::new(),
            Self::Mock(api) => api.proof_text(draw),
        }
    }

    /// Writes to a path of its own, for a side module that makes its bodies itself: see [`Http::post`].
    pub(crate) async fn post(&self, path: &str, body: Option<String>, key: &IdempotencyKey) -> Reply<JsValue> {
        match self {
            Self::Http(api) => api.post(path, body, key).await,
            #[cfg(feature = "mock-api")]
            Self::Mock(api) if path == ME_ERASURE => api.erase(key).await.map(|_| JsValue::NULL),
            #[cfg(feature = "mock-api")]
            Self::Mock(_) => Err(problem(ErrorCode::NotFound)),
        }
    }

    /// Everything that is kept about this participant, as a text that people can read.
    pub(crate) async fn export_text(&self) -> Reply<String> {
        match self {
            Self::Http(api) => api.text(ME_EXPORT).await,
            #[cfg(feature = "mock-api")]
            Self::Mock(api) => api.export_text().await,
        }
    }

    /// Whether the back end has addresses of its own to link to, such as a draw's proof.
    pub(crate) fn has_addresses(&self) -> bool {
        matches!(self, Self::Http(_))
    }
}

/// Reads a value of the browser's as one of the contract's types. What can't be read is a fault of the back end.
pub(crate) fn decode<T: Read>(value: JsValue) -> Reply<T> {
    T::read(Some(value)).ok_or_else(|| problem(ErrorCode::Internal))
}

/// One part of what the server wrote into the document; none where it wrote none.
pub(crate) fn inlined<T: Read>(name: &str) -> Option<T> {
    let value = boot::part(name);
    if value.is_undefined() || value.is_null() { None } else { decode(value).ok() }
}

/// A problem of the way to the back end rather than of the back end. It has no title: the page has sentences of
/// its own, and the English ones of [`ErrorCode::title`] would only weigh.
pub(crate) fn problem(code: ErrorCode) -> Problem {
    Problem {
        kind: String::new(),
        title: String::new(),
        status: 0,
        code,
        detail: None,
        available_at: None,
        limit: None,
        retry_after_s: None,
    }
}

/// The back end of this build.
pub(crate) fn connect(in_trouble: Var<bool>) -> Api {
    #[cfg(feature = "mock-api")]
    {
        let _ = in_trouble;
        Api::Mock(mock::demo())
    }
    #[cfg(not(feature = "mock-api"))]
    Api::Http(Http::new(in_trouble))
}
