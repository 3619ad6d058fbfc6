//! A shopper's side of HTTP: the contract's API, and raw requests.

use carnival_contract::api::{CampaignApi, Reply};
use carnival_contract::audits::AuditsReply;
use carnival_contract::export::Export;
use carnival_contract::fans::FansReply;
use carnival_contract::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use carnival_contract::paths;
use carnival_contract::problem::{PROBLEM_JSON, Problem};
use carnival_contract::replies::{
    AwardsReply, ClaimReply, ConsentGiven, ConsentWithdrawn, EntryAccepted, Erased, LeaderboardReply, LinkMade, Me,
    PickKept, Picks, PicksShown, PrizeClaimed, ReceiptProof, RoundsPage, ServerTime, VisitCounted, VoteCounted,
};
use carnival_contract::requests::{Board, BoardPart, GiveConsent, MakeLink, PickItem, RecordVisit, ShowPicks};
use carnival_contract::snapshot::CampaignSnapshot;
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::ids::{DrawId, EntryId, ItemId, OfferId, RoundId, StarId};
use carnival_domain::reach::Reach;
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) struct Shopper {
    server: String,
    http: Client,
    pub(crate) cookie: String,
}

impl Shopper {
    pub(crate) async fn new(server: String) -> Self {
        let http = http();
        let response = http.get(format!("{server}{}", paths::ME)).send().await.expect("an answer");
        let cookie = cookie_of(&response).expect("a newcomer gets a cookie");
        Self { server, http, cookie }
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.server)).header(COOKIE, &self.cookie)
    }

    pub(crate) fn post(&self, path: &str, key: &IdempotencyKey) -> RequestBuilder {
        let request = self.http.post(format!("{}{path}", self.server));
        request.header(COOKIE, &self.cookie).header(IDEMPOTENCY_KEY, key.as_str())
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Reply<T> {
        read(request.send().await.expect("an answer")).await
    }

    async fn post_json<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        key: &IdempotencyKey,
    ) -> Reply<T> {
        self.send(self.post(path, key).json(body)).await
    }
}

/// A client that keeps no cookies and follows no proxy.
pub(crate) fn http() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}

pub(crate) fn cookie_of(response: &Response) -> Option<String> {
    let cookie = response.headers().get(SET_COOKIE)?.to_str().ok()?;
    cookie.split(';').next().map(str::to_owned)
}

/// What was answered: the reply, or a problem that is one in every respect.
pub(crate) async fn read<T: DeserializeOwned>(response: Response) -> Reply<T> {
    if response.status().is_success() {
        return Ok(response.json().await.expect("a reply"));
    }
    Err(problem(response).await)
}

pub(crate) async fn problem(response: Response) -> Problem {
    let status = response.status().as_u16();
    let media_type = response.headers().get(CONTENT_TYPE).map(|value| value.to_str().expect("text").to_owned());
    let text = response.text().await.expect("a body");
    assert_eq!(media_type.as_deref(), Some(PROBLEM_JSON), "{status} {text}");
    let problem: Problem = serde_json::from_str(&text).expect("a problem");
    assert_eq!(problem.status, status);
    assert_eq!(problem.kind, format!("/problems/{}", problem.code.as_str()));
    problem
}

impl CampaignApi for Shopper {
    async fn campaign(&self) -> Reply<CampaignSnapshot> {
        self.send(self.get(paths::CAMPAIGN)).await
    }
    async fn me(&self) -> Reply<Me> {
        self.send(self.get(paths::ME)).await
    }
    async fn export(&self) -> Reply<Export> {
        self.send(self.get(paths::ME_EXPORT)).await
    }
    async fn reach(&self) -> Reply<Reach> {
        self.send(self.get(paths::ME_REACH)).await
    }
    async fn erase(&self, key: &IdempotencyKey) -> Reply<Erased> {
        self.send(self.post(paths::ME_ERASURE, key)).await
    }
    async fn time(&self) -> Reply<ServerTime> {
        self.send(self.get(paths::TIME)).await
    }
    async fn rounds(&self, before: Option<RoundId>) -> Reply<RoundsPage> {
        let path = before.map_or_else(|| paths::ROUNDS.to_owned(), paths::rounds_before);
        self.send(self.get(&path)).await
    }
    async fn fans(&self) -> Reply<FansReply> {
        self.send(self.get(paths::FANS)).await
    }
    async fn audits(&self) -> Reply<AuditsReply> {
        self.send(self.get(paths::AUDITS)).await
    }
    async fn enter_round(&self, round: RoundId, key: &IdempotencyKey) -> Reply<EntryAccepted> {
        self.send(self.post(&paths::entries(round), key)).await
    }
    async fn cast_vote(&self, star: &StarId, key: &IdempotencyKey) -> Reply<VoteCounted> {
        self.send(self.post(&paths::votes(star), key)).await
    }
    async fn leaderboard(&self, board: Board) -> Reply<LeaderboardReply> {
        self.send(self.get(&paths::leaderboard(board))).await
    }
    async fn leaderboard_part(&self, board: Board, part: &BoardPart) -> Reply<LeaderboardReply> {
        self.send(self.get(&paths::leaderboard_part(board, part))).await
    }
    async fn claim(&self, offer: &OfferId, key: &IdempotencyKey) -> Reply<ClaimReply> {
        self.send(self.post(&paths::claims(offer), key)).await
    }
    async fn make_link(&self, link: &MakeLink, key: &IdempotencyKey) -> Reply<LinkMade> {
        self.post_json(paths::LINKS, link, key).await
    }
    async fn record_visit(&self, token: &str, key: &IdempotencyKey) -> Reply<VisitCounted> {
        let token = token.to_owned();
        self.post_json(paths::VISITS, &RecordVisit { token }, key).await
    }
    async fn picks(&self) -> Reply<Picks> {
        self.send(self.get(paths::PICKS)).await
    }
    async fn pick_item(&self, item: &ItemId, pick: &PickItem, key: &IdempotencyKey) -> Reply<PickKept> {
        self.post_json(&paths::pick(item), pick, key).await
    }
    async fn show_picks(&self, show: &ShowPicks, key: &IdempotencyKey) -> Reply<PicksShown> {
        self.post_json(paths::PICKS_SHOWN, show, key).await
    }
    async fn give_consent(&self, consent: &GiveConsent, key: &IdempotencyKey) -> Reply<ConsentGiven> {
        self.post_json(paths::CONSENTS, consent, key).await
    }
    async fn withdraw_consent(&self, key: &IdempotencyKey) -> Reply<ConsentWithdrawn> {
        self.send(self.post(paths::CONSENT_WITHDRAWAL, key)).await
    }
    async fn claim_prize(
        &self,
        draw: &DrawId,
        entry: EntryId,
        form: &DeliveryForm,
        key: &IdempotencyKey,
    ) -> Reply<PrizeClaimed> {
        self.post_json(&paths::delivery(draw, entry), form, key).await
    }
    async fn awards(&self, draw: &DrawId) -> Reply<AwardsReply> {
        self.send(self.get(&paths::awards(draw))).await
    }
    async fn proof(&self, draw: &DrawId) -> Reply<DrawProof> {
        self.send(self.get(&paths::proof(draw))).await
    }
    async fn receipt_proof(&self, draw: &DrawId, entry: EntryId) -> Reply<ReceiptProof> {
        self.send(self.get(&paths::receipt(draw, entry))).await
    }
}
