//! A whole back end in the page: the [engine](carnival_engine) on memory.
//!
//! It is authoritative, not canned: it refuses what the server refuses, its rounds end and draw, its codes
//! and proofs are real. It forgets everything with the page. Production builds do not contain it.

mod back_end;
mod crowd;
mod shop;

use std::convert::Infallible;
use std::sync::Arc;

use carnival_contract::api::{CampaignApi, Reply};
use carnival_contract::audits::AuditsReply;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::export::Export;
use carnival_contract::fans::FansReply;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::live::LiveFrame;
use carnival_contract::replies::{
    AwardsReply, ClaimReply, ConsentGiven, ConsentWithdrawn, EntryAccepted, Erased, LeaderboardReply, LinkMade, Me,
    PickKept, Picks, PicksShown, PrizeClaimed, ReceiptProof, RoundsPage, ServerTime, VisitCounted, VoteCounted,
};
use carnival_contract::requests::{Board, BoardPart, GiveConsent, MakeLink, PickItem, ShowPicks};
use carnival_contract::snapshot::CampaignSnapshot;
use carnival_domain::campaign::Campaign;
use carnival_domain::codes::BroughtCodes;
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::ids::{DrawId, EntryId, ItemId, OfferId, ParticipantId, RoundId, StarId};
use carnival_domain::reach::Reach;
use carnival_domain::time::Timestamp;

use back_end::BackEnd;
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{CodesBrought, Engine, Failure};
pub use shop::MockShop;

/// Fills bytes at random.
pub type FillAtRandom = Box<dyn Fn(&mut [u8]) + Send + Sync>;

/// What the mock needs of the world around it.
pub struct World {
    /// The clock.
    pub now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// Fills bytes at random.
    pub random: FillAtRandom,
}

/// One participant's connection to a campaign in memory. Clones are the same participant.
#[derive(Clone)]
pub struct MockApi {
    back_end: Arc<BackEnd>,
    who: ParticipantId,
}

impl MockApi {
    /// A campaign without anybody in it yet, and its first participant.
    pub fn new(campaign: Campaign, world: World) -> Self {
        let back_end = Arc::new(BackEnd::new(campaign, world));
        let who = ParticipantId(back_end.random());
        Self { back_end, who }
    }

    /// The demo campaign of the project's own `campaign.toml`, begun this very moment, with a lively board.
    ///
    /// # Panics
    /// Never: a test reads the same file.
    pub fn demo(world: World) -> Self {
        let api = Self::new(demo_campaign((world.now)()), world);
        api.seed_board();
        api
    }

    /// Another participant's connection to the same campaign.
    pub fn another_participant(&self) -> Self {
        let who = ParticipantId(self.back_end.random());
        Self { back_end: Arc::clone(&self.back_end), who }
    }

    /// Gives the revealed stars votes of days gone by, so that a demo's board does not begin empty.
    pub fn seed_board(&self) {
        crowd::seed_board(&self.back_end);
    }

    /// Lets simulated shoppers vote and enter, about as many as in a second.
    pub fn stir(&self) {
        crowd::stir(&self.back_end);
    }

    /// Adds a vote that no quota is asked about: benchmarks only.
    pub fn add_vote(&self, star: &StarId) {
        self.back_end.write(|_, ledger, now| {
            ledger.seed_votes(star, carnival_domain::time::Day(0), 1);
            now
        });
    }

    /// Takes codes that were brought along, all or none.
    pub fn bring_codes(&self, codes: &[BroughtCodes]) -> CodesBrought {
        self.back_end.write(|engine, ledger, _| {
            let Ok(brought) = engine.bring_codes(ledger, codes);
            brought
        })
    }

    /// A shop's connection to the same campaign.
    pub fn shop(&self) -> MockShop {
        MockShop::of(&self.back_end)
    }

    /// A draw's proof as the JSON that a server would answer; empty for a draw that has none.
    pub fn proof_text(&self, draw: &DrawId) -> String {
        let proof = self.back_end.ask(|engine, ledger, _| engine.proof(ledger, draw));
        proof.ok().and_then(|proof| serde_json::to_string(&proof).ok()).unwrap_or_default()
    }

    /// Everything that is kept about this participant, as the text that a server would answer.
    ///
    /// # Errors
    /// A refusal.
    pub async fn export_text(&self) -> Reply<String> {
        let export = self.export().await?;
        serde_json::to_string_pretty(&export).map_err(|_| ErrorCode::Internal.into())
    }

    /// What the operator does, by the rules' own name for it.
    ///
    /// # Errors
    /// A refusal.
    pub fn operate<T>(
        &self,
        run: impl FnOnce(&Engine, &mut MemoryLedger, Timestamp) -> Result<T, Failure<Infallible>>,
    ) -> Reply<T> {
        self.back_end.write(run).map_err(Failure::into_problem)
    }

    /// The live frame of this moment.
    pub fn live_frame(&self) -> LiveFrame {
        self.back_end.live_frame()
    }
}

#[expect(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
fn demo_campaign(first_start: Timestamp) -> Campaign {
    let file = carnival_campaign_file::read(include_str!("../../../campaign.toml"), first_start);
    file.expect("the demo campaign is well formed").campaign
}

impl CampaignApi for MockApi {
    async fn campaign(&self) -> Reply<CampaignSnapshot> {
        Ok(self.back_end.snapshot())
    }

    async fn me(&self) -> Reply<Me> {
        self.back_end.ask(|engine, ledger, now| {
            engine.is_there(ledger, self.who)?;
            Ok(engine.me(ledger, self.who, now)?)
        })
    }

    async fn export(&self) -> Reply<Export> {
        self.back_end.ask(|engine, ledger, now| engine.export(ledger, self.who, now))
    }

    async fn reach(&self) -> Reply<Reach> {
        self.back_end.ask(|engine, ledger, _| engine.reach(ledger, self.who))
    }

    async fn erase(&self, key: &IdempotencyKey) -> Reply<Erased> {
        self.back_end.command(self.who, key, |engine, ledger, write| engine.erase(ledger, write))
    }

    async fn time(&self) -> Reply<ServerTime> {
        Ok(ServerTime { server_time: self.back_end.now(), pace: None })
    }

    async fn rounds(&self, before: Option<RoundId>) -> Reply<RoundsPage> {
        self.back_end.ask(|engine, ledger, _| engine.rounds(ledger, before).map_err(Into::into))
    }

    async fn fans(&self) -> Reply<FansReply> {
        self.back_end.ask(|engine, ledger, now| engine.fans(ledger, now).map_err(Into::into))
    }

    async fn audits(&self) -> Reply<AuditsReply> {
        self.back_end.ask(|engine, ledger, now| engine.audits(ledger, now).map_err(Into::into))
    }

    async fn enter_round(&self, round: RoundId, key: &IdempotencyKey) -> Reply<EntryAccepted> {
        let random = self.back_end.random();
        self.back_end.command(self.who, key, |engine, ledger, write| engine.enter_round(ledger, write, round, random))
    }

    async fn cast_vote(&self, star: &StarId, key: &IdempotencyKey) -> Reply<VoteCounted> {
        let random = self.back_end.random();
        self.back_end.command(self.who, key, |engine, ledger, write| engine.cast_vote(ledger, write, star, || random))
    }

    async fn leaderboard(&self, board: Board) -> Reply<LeaderboardReply> {
        self.back_end.ask(|engine, ledger, now| engine.leaderboard(ledger, board, now).map_err(Into::into))
    }

    async fn leaderboard_part(&self, board: Board, part: &BoardPart) -> Reply<LeaderboardReply> {
        self.back_end.ask(|engine, ledger, now| engine.leaderboard_part(ledger, board, part, now))
    }

    async fn claim(&self, offer: &OfferId, key: &IdempotencyKey) -> Reply<ClaimReply> {
        let random = self.back_end.random();
        self.back_end.command(self.who, key, |engine, ledger, write| engine.claim_coupon(ledger, write, offer, random))
    }

    async fn make_link(&self, link: &MakeLink, key: &IdempotencyKey) -> Reply<LinkMade> {
        let random = self.back_end.random();
        self.back_end.command(self.who, key, |engine, ledger, write| engine.make_link(ledger, write, link, random))
    }

    async fn record_visit(&self, token: &str, key: &IdempotencyKey) -> Reply<VisitCounted> {
        self.back_end.command(self.who, key, |engine, ledger, write| engine.record_visit(ledger, write, token))
    }

    async fn picks(&self) -> Reply<Picks> {
        self.back_end.ask(|engine, ledger, _| {
            engine.is_there(ledger, self.who)?;
            Ok(engine.picks(ledger, self.who)?)
        })
    }

    async fn pick_item(&self, item: &ItemId, pick: &PickItem, key: &IdempotencyKey) -> Reply<PickKept> {
        self.back_end.command(self.who, key, |engine, ledger, write| engine.pick_item(ledger, write, item, *pick))
    }

    async fn show_picks(&self, show: &ShowPicks, key: &IdempotencyKey) -> Reply<PicksShown> {
        self.back_end.command(self.who, key, |engine, ledger, write| engine.show_picks(ledger, write, *show))
    }

    async fn give_consent(&self, consent: &GiveConsent, key: &IdempotencyKey) -> Reply<ConsentGiven> {
        self.back_end.command(self.who, key, |engine, ledger, write| engine.give_consent(ledger, write, consent))
    }

    async fn withdraw_consent(&self, key: &IdempotencyKey) -> Reply<ConsentWithdrawn> {
        self.back_end.command(self.who, key, |engine, ledger, write| engine.withdraw_consent(ledger, write))
    }

    async fn claim_prize(
        &self,
        draw: &DrawId,
        entry: EntryId,
        form: &DeliveryForm,
        key: &IdempotencyKey,
    ) -> Reply<PrizeClaimed> {
        let nonce = self.back_end.random();
        self.back_end
            .command(self.who, key, |engine, ledger, write| engine.claim_prize(ledger, write, draw, entry, form, nonce))
    }

    async fn awards(&self, draw: &DrawId) -> Reply<AwardsReply> {
        self.back_end.ask(|engine, ledger, _| engine.awards(ledger, draw))
    }

    async fn proof(&self, draw: &DrawId) -> Reply<DrawProof> {
        self.back_end.ask(|engine, ledger, _| engine.proof(ledger, draw))
    }

    async fn receipt_proof(&self, draw: &DrawId, entry: EntryId) -> Reply<ReceiptProof> {
        self.back_end.ask(|engine, ledger, _| engine.receipt_proof(ledger, draw, entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_stars_to_vote_for_and_coupons_to_claim_whenever_it_begins() {
        let noon = carnival_contract::scenarios::campaign::noon();
        for hours in [0, 7, 11, 12, 23] {
            let now = noon.plus_ms(hours * 3_600_000);
            let campaign = demo_campaign(now);
            let revealed = campaign.stars.iter().filter(|star| star.reveals_at <= now).count();
            assert_eq!(revealed, 6);
            assert!(campaign.offers.iter().any(|offer| offer.opens_at <= now && now < offer.closes_at));
            assert!(campaign.rounds.schedule.current_or_next(now).is_some());
        }
    }
}
