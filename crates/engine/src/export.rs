//! Everything that is kept about a participant, for them to take along; and how far their word went.

use carnival_contract::export::{
    Export, ExportedCoupon, ExportedLink, ExportedPick, ExportedVisits, ExportedWin, guide,
};
use carnival_contract::paths;
use carnival_contract::replies::Win;
use carnival_domain::award::AwardState;
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::ids::ParticipantId;
use carnival_domain::reach::{Reach, reach};
use carnival_domain::share_token::ShareToken;
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{Ledger, LinkRow};
use crate::views::account;

impl Engine {
    /// Everything that is kept about a participant.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn export<L: Ledger>(
        &self,
        ledger: &L,
        who: ParticipantId,
        now: Timestamp,
    ) -> Result<Export, Failure<L::Error>> {
        self.is_there(ledger, who)?;
        let who = ledger.acting(who)?;
        let kept = ledger.kept(who)?;
        let entries = ledger.entries_of(who, u32::MAX)?;
        let mut wins = Vec::new();
        for win in self.wins(ledger, who)? {
            wins.push(ExportedWin { goes_to: self.goes_to(ledger, &win)?, win });
        }
        let mut coupons = Vec::new();
        for coupon in ledger.coupons_of(who)? {
            coupons.push(ExportedCoupon { reservations: ledger.reservations_of(&coupon.code)?, coupon });
        }
        let picks = ledger.picks_of(who)?.into_iter();
        Ok(Export {
            guide: guide(),
            generated_at: now,
            campaign_id: self.campaign.id.clone(),
            participant_id: who,
            other_id_count: kept.other_id_count,
            entries: entries.iter().map(|entry| self.receipt(entry)).collect(),
            wins,
            votes: kept.votes,
            coupons,
            starts: self.starts_of(ledger, who)?,
            fans: self.fans_of(ledger, who)?,
            picks: picks.map(|row| ExportedPick { item_id: row.item_id, picked_at: row.picked_at }).collect(),
            shows_picks: ledger.shows_picks(who)?,
            consents: kept.consents,
            accounts: ledger.accounts_of(who)?.into_iter().map(account).collect(),
            links: kept.links.iter().map(|link| self.exported_link(link)).collect(),
            visits: ExportedVisits {
                visit_count: ledger.visit_count(who)?,
                by_channel: ledger.visits_by_channel(who)?,
                reach: self.reach(ledger, who)?,
                opened_count: kept.opened_count,
            },
            canvassed: ledger.canvassed_by(who)?,
            earned: self.exported_earnings(ledger, who, now)?,
            answer_count: kept.answer_count,
        })
    }

    /// How far a participant's word went.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn reach<L: Ledger>(&self, ledger: &L, who: ParticipantId) -> Result<Reach, Failure<L::Error>> {
        self.is_there(ledger, who)?;
        let who = ledger.acting(who)?;
        Ok(reach(who, ledger.visit_count(who)?, |owner, limit| ledger.visitors_of(owner, limit))?)
    }

    /// The address of a prize in clear, for whoever gave it, as long as it is kept.
    fn goes_to<L: Ledger>(&self, ledger: &L, win: &Win) -> Result<Option<DeliveryForm>, L::Error> {
        if !matches!(win.state, AwardState::Claimed | AwardState::Dispatched) {
            return Ok(None);
        }
        let row = ledger.award(win.entry_id)?;
        let sealed = ledger.delivery(win.entry_id)?;
        Ok(row.zip(sealed).and_then(|(row, sealed)| self.open(&row, &sealed)))
    }

    fn exported_link(&self, row: &LinkRow) -> ExportedLink {
        let LinkRow { link, id, made_at } = row.clone();
        let token = ShareToken { link: id, landing: link.landing.clone(), channel: link.channel };
        let path = paths::share(&token.sign(&self.share_key));
        ExportedLink { path, landing: link.landing, channel: link.channel, made_at }
    }
}
