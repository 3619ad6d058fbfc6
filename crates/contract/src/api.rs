//! One participant's connection to a back end, whatever it is made of.

use carnival_domain::delivery::DeliveryForm;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::ids::{DrawId, EntryId, ItemId, OfferId, RoundId, StarId};
use carnival_domain::reach::Reach;

use crate::audits::AuditsReply;
use crate::error_code::ErrorCode;
use crate::export::Export;
use crate::fans::FansReply;
use crate::idempotency::IdempotencyKey;
use crate::problem::Problem;
use crate::replies::{
    AwardsReply, ClaimReply, ConsentGiven, ConsentWithdrawn, CouponClaimed, EntryAccepted, Erased, LeaderboardReply,
    LinkMade, Me, PickKept, Picks, PicksShown, PrizeClaimed, ReceiptProof, RoundsPage, ServerTime, VisitCounted,
    VoteCounted,
};
use crate::requests::{Board, BoardPart, GiveConsent, MakeLink, PickItem, ShowPicks};
use crate::snapshot::CampaignSnapshot;

/// What a back end says: what was asked for, or why not.
pub type Reply<T> = Result<T, Problem>;

/// The talks of a participant with a back end. A write that is repeated with the same key is done once,
/// and answered alike.
#[expect(async_fn_in_trait, reason = "used with known types only, in one-threaded pages and in tests")]
pub trait CampaignApi {
    /// Everything the page shows to everybody.
    async fn campaign(&self) -> Reply<CampaignSnapshot>;
    /// What this participant has.
    async fn me(&self) -> Reply<Me>;
    /// Everything that is kept about this participant.
    async fn export(&self) -> Reply<Export>;
    /// How far this participant's word went.
    async fn reach(&self) -> Reply<Reach>;
    /// Erases this participant, for good. To do so again changes nothing.
    async fn erase(&self, key: &IdempotencyKey) -> Reply<Erased>;
    /// The back end's clock.
    async fn time(&self) -> Reply<ServerTime>;
    /// The public ledger of rounds that have ended, newest first, those before `before` if that is given.
    async fn rounds(&self, before: Option<RoundId>) -> Reply<RoundsPage>;
    /// The draws of stars' fans.
    async fn fans(&self) -> Reply<FansReply>;
    /// The daily public audit of votes.
    async fn audits(&self) -> Reply<AuditsReply>;
    /// Enters a round. Whoever is in already gets the same receipt again.
    async fn enter_round(&self, round: RoundId, key: &IdempotencyKey) -> Reply<EntryAccepted>;
    /// Casts a vote.
    async fn cast_vote(&self, star: &StarId, key: &IdempotencyKey) -> Reply<VoteCounted>;
    /// Ranks the stars.
    async fn leaderboard(&self, board: Board) -> Reply<LeaderboardReply>;
    /// Ranks the stars, and tells a part of it.
    async fn leaderboard_part(&self, board: Board, part: &BoardPart) -> Reply<LeaderboardReply>;
    /// Claims a coupon.
    async fn claim(&self, offer: &OfferId, key: &IdempotencyKey) -> Reply<ClaimReply>;
    /// Claims a coupon of an offer that is not drawing; of one that is, the answer is that the draw is to come.
    async fn claim_coupon(&self, offer: &OfferId, key: &IdempotencyKey) -> Reply<CouponClaimed> {
        match self.claim(offer, key).await? {
            ClaimReply::Coupon(claimed) => Ok(claimed),
            ClaimReply::InDraw { in_draw } => Err(Problem::new(ErrorCode::DrawNotDone).available_at(in_draw.result_at)),
        }
    }
    /// Makes this participant's share link to a page; the same one each time.
    async fn make_link(&self, link: &MakeLink, key: &IdempotencyKey) -> Reply<LinkMade>;
    /// Says that a share link was opened. A token that is not this campaign's is a plain visit.
    async fn record_visit(&self, token: &str, key: &IdempotencyKey) -> Reply<VisitCounted>;
    /// What this participant picked of the goods, what friends did, and what is popular.
    async fn picks(&self) -> Reply<Picks>;
    /// Picks an item, or takes that back.
    async fn pick_item(&self, item: &ItemId, pick: &PickItem, key: &IdempotencyKey) -> Reply<PickKept>;
    /// Shows this participant's picks to friends who come by their links, or no longer.
    async fn show_picks(&self, show: &ShowPicks, key: &IdempotencyKey) -> Reply<PicksShown>;
    /// Agrees to the privacy notice; only its current version can be agreed to.
    async fn give_consent(&self, consent: &GiveConsent, key: &IdempotencyKey) -> Reply<ConsentGiven>;
    /// Takes that back.
    async fn withdraw_consent(&self, key: &IdempotencyKey) -> Reply<ConsentWithdrawn>;
    /// Says where a prize goes, or that it goes elsewhere now.
    async fn claim_prize(
        &self,
        draw: &DrawId,
        entry: EntryId,
        form: &DeliveryForm,
        key: &IdempotencyKey,
    ) -> Reply<PrizeClaimed>;
    /// What became of a draw's prizes.
    async fn awards(&self, draw: &DrawId) -> Reply<AwardsReply>;
    /// The public proof of a draw.
    async fn proof(&self, draw: &DrawId) -> Reply<DrawProof>;
    /// The way from an entry to the root of its draw.
    async fn receipt_proof(&self, draw: &DrawId, entry: EntryId) -> Reply<ReceiptProof>;
}
