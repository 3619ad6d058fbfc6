//! The server: the only `fetch` in the program.

use std::pin::pin;

use carnival_contract::api::Reply;
use carnival_contract::audits::AuditsReply;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::fans::FansReply;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::paths;
use carnival_contract::problem::Problem;
use carnival_contract::replies::{
    ClaimReply, EntryAccepted, LeaderboardReply, LinkMade, PickKept, Picks, PicksShown, PrizeClaimed, RoundsPage,
    ServerTime, VisitCounted, VoteCounted,
};
use carnival_contract::requests::{Board, MakeLink, PickItem, ShowPicks};
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::ids::{DrawId, EntryId, ItemId, OfferId, RoundId, StarId};
use carnival_domain::reach::Reach;
use futures_util::future::{Either, select};
use gloo_net::http::Response;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::request::{Request, abort_controller};
use super::write::body;
use super::{decode, problem};
use crate::browser::side::object;
use crate::browser::{timer, turns};
use crate::var::{Kept, Var};

/// Longer than a slow answer takes, shorter than a shopper's patience.
const TIMEOUT_MS: i32 = 10_000;
/// Pauses between the tries of a write: half a minute in all, over which a lift or a tunnel is passed.
const PAUSES_MS: [i32; 7] = [500, 1000, 2000, 4000, 8000, 8000, 8000];
/// The longest that a server may make a write wait before its next try.
const LONGEST_PAUSE_S: u32 = 15;

/// What a conditional `GET` found.
pub(crate) enum Freshness<T> {
    /// Something new.
    New(T),
    /// What was there before.
    Same,
}

/// The server that the page came from.
#[derive(Clone, Copy)]
pub(crate) struct Http {
    in_trouble: Var<bool>,
    etag: Kept<Option<String>>,
}

/// Why a try came to nothing, or to what.
enum Failure {
    /// The back end said no, and would say so again.
    Refused(Box<Problem>),
    /// The network or the server failed; the same again may work.
    Passing(Box<Problem>),
}

impl Http {
    /// A connection that raises `in_trouble` while its requests fail.
    #[cfg_attr(feature = "mock-api", expect(dead_code, reason = "a mock build talks to no server"))]
    pub(crate) fn new(in_trouble: Var<bool>) -> Self {
        Self { in_trouble, etag: Kept::new(None) }
    }

    /// The campaign, if it changed since the last look.
    pub(crate) async fn campaign_if_changed(&self) -> Reply<Freshness<JsValue>> {
        let etag = self.etag.get();
        let request = Request { etag: etag.as_deref(), ..Request::default() };
        let response = self.send(paths::CAMPAIGN, request).await.map_err(Failure::into_problem)?;
        if response.status() == 304 {
            return Ok(Freshness::Same);
        }
        self.etag.set(response.headers().get("ETag"));
        json(&response).await.map(Freshness::New).ok_or_else(|| problem(ErrorCode::Internal))
    }

    async fn get(&self, path: &str) -> Reply<JsValue> {
        self.tried(path, Request::default()).await.map_err(Failure::into_problem)
    }

    /// What is answered, as a text: JSON, set out for people.
    pub(super) async fn text(&self, path: &str) -> Reply<String> {
        let answer = self.get(path).await?;
        let text = js_sys::JSON::stringify_with_replacer_and_space(&answer, &JsValue::NULL, &JsValue::from(2));
        text.map(String::from).map_err(|_| problem(ErrorCode::Internal))
    }

    /// Writes, and tries again under the same key until there is an answer or no more hope.
    pub(super) async fn post(&self, path: &str, body: Option<String>, key: &IdempotencyKey) -> Reply<JsValue> {
        let request = Request { key: Some(key), body: body.as_deref(), etag: None };
        let mut pauses = PAUSES_MS.into_iter();
        // What the tap shows comes first: at its first call all that sends is compiled.
        turns::next().await;
        loop {
            match self.tried(path, request).await {
                Ok(reply) => return Ok(reply),
                Err(Failure::Refused(problem)) => return Err(*problem),
                Err(Failure::Passing(problem)) => match pauses.next() {
                    Some(pause_ms) => {
                        let asked_s = problem.retry_after_s.unwrap_or(0).min(LONGEST_PAUSE_S) as i32;
                        timer::sleep_or_online(pause_ms.max(asked_s * 1000)).await;
                    }
                    None => return Err(*problem),
                },
            }
        }
    }

    /// One try, up to the answer's body.
    async fn tried(&self, path: &str, request: Request<'_>) -> Result<JsValue, Failure> {
        let response = self.send(path, request).await?;
        let body = json(&response).await;
        if response.ok() {
            return body.ok_or_else(|| passing(ErrorCode::Internal));
        }
        // An answer that is no problem document comes from a proxy between here and the server.
        let refusal: Option<Problem> = body.and_then(|body| decode(body).ok());
        let status = response.status();
        let refusal = Box::new(refusal.unwrap_or_else(|| Problem { status, ..problem(ErrorCode::Unknown) }));
        let may_pass = status >= 500 || status == 429 || status == 408;
        Err(if may_pass { Failure::Passing(refusal) } else { Failure::Refused(refusal) })
    }

    /// Sends, and waits for the answer's head, but not for ever.
    async fn send(&self, path: &str, request: Request<'_>) -> Result<Response, Failure> {
        let abort = abort_controller();
        let answer = pin!(request.send(path, abort.as_ref()));
        let result = match select(answer, JsFuture::from(timer::promise_after(TIMEOUT_MS))).await {
            Either::Left((answer, _)) => answer.map_err(|_| passing(ErrorCode::Unknown)),
            Either::Right(_) => {
                if let Some(abort) = &abort {
                    abort.abort();
                }
                Err(passing(ErrorCode::TimedOut))
            }
        };
        self.in_trouble.set_if_new(result.is_err());
        result
    }
}

impl Failure {
    fn into_problem(self) -> Problem {
        match self {
            Self::Refused(problem) | Self::Passing(problem) => *problem,
        }
    }
}

fn passing(code: ErrorCode) -> Failure {
    Failure::Passing(Box::new(problem(code)))
}

async fn json(response: &Response) -> Option<JsValue> {
    js_sys::JSON::parse(&response.text().await.ok()?).ok()
}

/// What a back end is asked for. The page asks for what it shows; proofs are a checker's to ask for.
impl Http {
    pub(super) async fn campaign(&self) -> Reply<JsValue> {
        self.get(paths::CAMPAIGN).await
    }

    pub(super) async fn me(&self) -> Reply<JsValue> {
        match self.get(paths::ME).await {
            // Somebody erased themselves in another tab: the old cookie went with this answer, and a newcomer asks.
            Err(problem) if problem.code == ErrorCode::ParticipantErased => self.get(paths::ME).await,
            answer => answer,
        }
    }

    pub(super) async fn reach(&self) -> Reply<Reach> {
        decode(self.get(paths::ME_REACH).await?)
    }

    pub(super) async fn time(&self) -> Reply<ServerTime> {
        decode(self.get(paths::TIME).await?)
    }

    pub(super) async fn rounds(&self, before: Option<RoundId>) -> Reply<RoundsPage> {
        let path = before.map_or_else(|| paths::ROUNDS.to_owned(), paths::rounds_before);
        decode(self.get(&path).await?)
    }

    pub(super) async fn fans(&self) -> Reply<FansReply> {
        decode(self.get(paths::FANS).await?)
    }

    pub(super) async fn audits(&self) -> Reply<AuditsReply> {
        decode(self.get(paths::AUDITS).await?)
    }

    pub(super) async fn enter_round(&self, round: RoundId, key: &IdempotencyKey) -> Reply<EntryAccepted> {
        decode(self.post(&paths::entries(round), None, key).await?)
    }

    pub(super) async fn cast_vote(&self, star: &StarId, key: &IdempotencyKey) -> Reply<VoteCounted> {
        decode(self.post(&paths::votes(star), None, key).await?)
    }

    pub(super) async fn leaderboard(&self, board: Board) -> Reply<LeaderboardReply> {
        decode(self.get(&paths::leaderboard(board)).await?)
    }

    pub(super) async fn claim(&self, offer: &OfferId, key: &IdempotencyKey) -> Reply<ClaimReply> {
        decode(self.post(&paths::claims(offer), None, key).await?)
    }

    pub(super) async fn claim_prize(
        &self,
        draw: &DrawId,
        entry: EntryId,
        form: &DeliveryForm,
        key: &IdempotencyKey,
    ) -> Reply<PrizeClaimed> {
        decode(self.post(&paths::delivery(draw, entry), body(form), key).await?)
    }

    pub(super) async fn picks(&self) -> Reply<Picks> {
        decode(self.get(paths::PICKS).await?)
    }

    pub(super) async fn pick_item(&self, item: &ItemId, pick: &PickItem, key: &IdempotencyKey) -> Reply<PickKept> {
        decode(self.post(&paths::pick(item), body(pick), key).await?)
    }

    pub(super) async fn show_picks(&self, show: &ShowPicks, key: &IdempotencyKey) -> Reply<PicksShown> {
        decode(self.post(paths::PICKS_SHOWN, body(show), key).await?)
    }

    pub(super) async fn make_link(&self, link: &MakeLink, key: &IdempotencyKey) -> Reply<LinkMade> {
        decode(self.post(paths::LINKS, body(link), key).await?)
    }

    pub(super) async fn record_visit(&self, token: &str, key: &IdempotencyKey) -> Reply<VisitCounted> {
        // `RecordVisit`, which is told before the serializer of requests is here.
        let visit = js_sys::JSON::stringify(&object(&[("token", token.into())])).ok().and_then(|it| it.as_string());
        decode(self.post(paths::VISITS, visit, key).await?)
    }
}
