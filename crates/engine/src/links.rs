//! Share links and their visits.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::paths;
use carnival_contract::replies::{LinkMade, VisitCounted};
use carnival_contract::requests::MakeLink;
use carnival_domain::entry::AwaitedAct;
use carnival_domain::share_token::{Landing, ShareToken};
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::once::{Write, acting, once};

impl Engine {
    /// Makes a participant's share link to a place through a channel; the same one each time.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn make_link<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        link: &MakeLink,
        random: [u8; 8],
    ) -> Result<LinkMade, Failure<L::Error>> {
        if !self.is_landing(&link.landing, write.now) {
            return Err(Failure::refused(ErrorCode::UnknownLanding));
        }
        let write = acting(ledger, write)?;
        let id = match ledger.link_of(write.who, link)? {
            Some(id) => id,
            None => {
                ledger.add_link(write.who, link, random, write.now)?;
                random
            }
        };
        let token = ShareToken { link: id, landing: link.landing.clone(), channel: link.channel };
        let token = token.sign(&self.share_key);
        let counted = self.count_waiting(ledger, write.who, AwaitedAct::Share, write.now)?;
        Ok(LinkMade { path: paths::share(&token), token, counted })
    }

    /// Counts a visit through a share link: once for each visitor of a participant's links, never one's own.
    /// A token that is not this campaign's is a plain visit to the first page.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn record_visit<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        token: &str,
    ) -> Result<VisitCounted, Failure<L::Error>> {
        let Some(token) = self.read_token(token, write.now) else {
            return Ok(VisitCounted { counted: false, landing: Landing::Rush });
        };
        let request = format!("visit {}", carnival_domain::hex::encode(&token.link));
        once(ledger, write, request, |ledger, write| {
            let owner = ledger.link_owner(token.link)?.filter(|owner| *owner != write.who);
            let counted = match owner {
                Some(owner) => {
                    self.count_waiting(ledger, owner, AwaitedAct::Visit, write.now)?;
                    ledger.add_visit(owner, write.who, token.link, write.now)?
                }
                None => false,
            };
            Ok(VisitCounted { counted, landing: token.landing })
        })
    }

    /// What a token says, if this campaign signed it and its place is there.
    pub fn read_token(&self, token: &str, now: Timestamp) -> Option<ShareToken> {
        let token = ShareToken::verify(token, &self.share_key)?;
        self.is_landing(&token.landing, now).then_some(token)
    }

    fn is_landing(&self, landing: &Landing, now: Timestamp) -> bool {
        match landing {
            Landing::Rush | Landing::Stars | Landing::Coupons | Landing::Goods => true,
            Landing::Star { star_id } => self.campaign.star(star_id).is_some_and(|star| star.reveals_at <= now),
            Landing::Item { item_id } => self.campaign.items.iter().any(|item| item.id == *item_id),
        }
    }
}
