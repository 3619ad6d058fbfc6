//! What back ends answer.

use carnival_contract::audits::{AuditDay, AuditsReply, RefusedVotes};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::fans::{FansDrawView, FansReply, FansView};
use carnival_contract::live::{AwaitedBeacon, LiveFrame, OfferClaims, RoundView, StartDraw};
use carnival_contract::problem::Problem;
use carnival_contract::replies::{
    Account, ChannelVisits, ClaimReply, Consent, ConsentGiven, ConsentWithdrawn, Coupon, CouponClaimed, EntryAccepted,
    EntryReceipt, FanEntry, LeaderboardReply, LinkMade, Me, PickKept, Picks, PicksShown, PrizeClaimed, PrizeCoupon,
    RoundRecord, RoundsPage, ServerTime, SignInOutcome, StarVotes, StartEntry, VisitCounted, VoteCounted, VotesCast,
    VotesEarned, Win,
};
use carnival_contract::requests::Board;
use carnival_contract::snapshot::{CampaignSnapshot, CampaignView, StarView};
use carnival_domain::award::Occasion;
use carnival_domain::fans::FansEnding;

use super::{Node, Read, structs, words};
use crate::state::first_sight::{FirstSight, Gist, MyEntries};
use crate::state::told::{Besides, CampaignSight, Claims, FrameSight, Prizes, StarsSight, Tallies, Votes};

structs! {
    CampaignSnapshot { campaign stars reveals_at offers items last_rounds live }
    CampaignSight { live }
    FrameSight { at revision round ended_round_id }
    StarsSight { stars reveals_at live }
    Tallies { tallies }
    Votes { votes }
    Besides { campaign offers items last_rounds live }
    Claims { claims ended_round_id }
    Gist { title starts_at ends_at utc_offset voting votes_by_friends round_length_ms }
    CampaignView {
        id title tagline organiser contact filing_number share_title share_text cover starts_at ends_at utc_offset
        voting votes_by_friends round_length_ms target participation draw_at reserve_count prizes policy privacy platforms
    }
    StarView { id name epithet portrait color }
    LiveFrame { id at revision round ended_round_id tallies claims }
    RoundView {
        round_id draw_id commitment beacon opens_at closes_at ending target participant_count carried_entry_count pool
        carried_in is_last paused
    }
    AwaitedBeacon { chain round comes_at }
    OfferClaims { offer_id claimed_count start }
    StartDraw { draw_id commitment }
    RoundRecord {
        round_id draw_id opens_at ended_at ending target participant_count carried_in added awaits winners pauses
    }
    RoundsPage { rounds next_before }
    ServerTime { server_time pace }
    MyEntries { entries }
    Me { entries wins votes all_votes coupons starts fans visit_count visits_by_channel canvassed account consent }
    ChannelVisits { channel visit_count }
    Account { provider since nickname }
    Consent { version given_at }
    ConsentGiven { consent }
    ConsentWithdrawn { withdrawn_at }
    EntryReceipt { round_id draw_id entry_id accepted_at signature waits_for }
    PrizeCoupon { code valid_until }
    PrizeClaimed { entry_id state changed_at }
    VotesCast { day by_star by_friends }
    VotesEarned { friend_count vote_count }
    StarVotes { star_id vote_count }
    Coupon { offer_id code claimed_at valid_until redeemed_at }
    EntryAccepted { receipt participant_count }
    VoteCounted { tally votes fan }
    FanEntry { star_id draw_id entry_id accepted_at signature }
    AuditsReply { days }
    AuditDay { day is_over accepted taken_back refused }
    RefusedVotes { code count }
    FansReply { fans }
    FansView { top reserve_count prizes draws hidden_commitments }
    FansDrawView { star_id draw_id commitment entry_count beacon ending is_drawn }
    LeaderboardReply { board day standings next_after previous_before }
    CouponClaimed { coupon claimed_count }
    StartEntry { offer_id draw_id entry_id accepted_at signature result_at is_drawn }
    Picks { mine is_shown of_friends popular }
    PickKept { item_id is_picked }
    PicksShown { is_shown }
    LinkMade { token path counted }
    VisitCounted { counted landing }
}

words! {
    FansEnding { "held" => Held "undrawn" => Undrawn }
    SignInOutcome {
        "signed_in" => SignedIn "refused" => Refused "snapshot" => Snapshot "consent_missing" => ConsentMissing
        "failed" => Failed
    }
}

impl Read for FirstSight {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        let node = place?;
        let live = node.field("live")?;
        Some(Self {
            campaign: Read::read(node.field("campaign"))?,
            at: Read::read(live.field("at"))?,
            round: Read::read(live.field("round"))?,
            ended_round_id: Read::read(live.field("ended_round_id"))?,
            entries: Vec::new(),
        })
    }
}

impl Read for Prizes {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        Read::read(place?.field("campaign")?.field("prizes")).map(Self)
    }
}

impl Read for Win {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        let node = place?;
        Some(Self {
            draw_id: Read::read(node.field("draw_id"))?,
            occasion: match Read::read(node.field("round_id"))? {
                Some(round_id) => Occasion::Round(round_id),
                None => Occasion::Star(Read::read(node.field("star_id"))?),
            },
            entry_id: Read::read(node.field("entry_id"))?,
            prize_id: Read::read(node.field("prize_id"))?,
            state: Read::read(node.field("state"))?,
            claim_by: Read::read(node.field("claim_by"))?,
            reserve: Read::read(node.field("reserve"))?,
            coupon: Read::read(node.field("coupon"))?,
            delivery: Read::read(node.field("delivery"))?,
        })
    }
}

impl Read for ClaimReply {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        let node = place?;
        match node.field("in_draw") {
            Some(place) => Some(Self::InDraw { in_draw: Read::read(Some(place))? }),
            None => Read::read(Some(node)).map(Self::Coupon),
        }
    }
}

impl Read for Board {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        Self::parse(&place?.text()?)
    }
}

impl Read for ErrorCode {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        let word = place?.text()?;
        // A word of a later version is still a refusal.
        Some(Self::ALL.iter().copied().find(|code| code.as_str() == word).unwrap_or(Self::Unknown))
    }
}

impl Read for Problem {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        let node = place?;
        Some(Self {
            kind: Read::read(node.field("type"))?,
            title: Read::read(node.field("title"))?,
            status: u32::read(node.field("status"))? as u16,
            code: Read::read(node.field("code"))?,
            detail: Read::read(node.field("detail"))?,
            available_at: Read::read(node.field("available_at"))?,
            limit: Read::read(node.field("limit"))?,
            retry_after_s: Read::read(node.field("retry_after_s"))?,
        })
    }
}
